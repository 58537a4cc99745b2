/** What the answering side reports while it works; readers of these events cannot change the outcome. */

import type { AssociationEvent, ReadPosition } from "../association/mod.ts";
import type { DimseDefect } from "../dimse/mod.ts";
import type { AssociateAc, AssociateRj, AssociateRq, PduDefect, PduHeader } from "../pdu/types.ts";
import type { TlsFacts, TlsProblem } from "../tls/types.ts";
import type { Endpoint } from "../transport/types.ts";
import type { RequestFinding } from "./findings.ts";
import type { ForeignCaller } from "./foreign.ts";
import type { Dismissal } from "./places.ts";

/** One connection, as events name it. */
export interface Connection {
  /** Counts connections from 1. */
  readonly number: number;
  /** Who called. */
  readonly remote: Endpoint;
}

/** What a peer did that no peer may do. */
export type ScpViolation =
  /** Another protocol than DICOM. */
  | { readonly kind: "foreign"; readonly caller: ForeignCaller }
  /** Bytes that are no PDU, or one that is too long. */
  | {
    readonly kind: "pdu";
    readonly message: string;
    readonly defect: PduDefect;
    /** Where it is not a PDU at all, the first bytes that came. */
    readonly head: Uint8Array;
  }
  /** A PDU that may not come now. */
  | { readonly kind: "unexpected-pdu"; readonly header: PduHeader }
  /** No command, or one that cannot be answered. */
  | { readonly kind: "dimse"; readonly message: string; readonly defect: DimseDefect }
  /** Data sets, which Verification never has, beyond what we pass over. */
  | { readonly kind: "data-set"; readonly maximum: number };

/** How a connection came to its end. */
export type ConnectionEnd =
  | { readonly type: "released" }
  | {
    readonly type: "rejected";
    readonly answer: AssociateRj;
    /** Asked for by whoever runs this side: all are rejected, or the called title is not one of those accepted. */
    readonly why?: "asked" | "title";
  }
  /** Dropped or aborted because whoever runs this side asked for that. */
  | { readonly type: "as-asked"; readonly what: "dropped" | "aborted" }
  /** The peer's A-ABORT. */
  | { readonly type: "peer-aborted"; readonly source: number; readonly reason: number }
  /** The peer or the network closed it, possibly inside a PDU. */
  | {
    readonly type: "lost";
    readonly how: "closed" | "reset";
    readonly within: ReadPosition;
    /** Who it was, as far as the few bytes that came show it. */
    readonly caller?: ForeignCaller;
  }
  /** Not even a request, no further message, or not the rest of one that had begun came in time. */
  | {
    readonly type: "timed-out";
    readonly seconds: number;
    readonly awaited: "request" | "message" | "rest";
    /** Who it was, as far as the few bytes that came show it. */
    readonly caller?: ForeignCaller;
  }
  | { readonly type: "violation"; readonly violation: ScpViolation }
  /** The peer did not take what we sent. */
  | { readonly type: "not-sent"; readonly pdu: string; readonly how: "timed-out" | "failed" }
  /** There is no TLS connection. */
  | { readonly type: "tls"; readonly problem: TlsProblem }
  | { readonly type: "dismissed"; readonly why: Dismissal }
  /** A defect of this program. */
  | { readonly type: "bug"; readonly error: unknown };

/** One connection from its first to its last byte. */
export interface ConnectionRecord {
  /** Which one. */
  readonly connection: Connection;
  /** What was requested; `undefined` when nothing was. */
  readonly request: AssociateRq | undefined;
  /** What it was answered, when it was accepted. */
  readonly answer: AssociateAc | undefined;
  /** What is odd about the request. */
  readonly findings: readonly RequestFinding[];
  /** Number of C-ECHO requests answered with Success. */
  readonly echoes: number;
  /** Number of other operations refused, and of C-ECHO requests for another SOP class. */
  readonly refusals: number;
  /** How it ended. */
  readonly end: ConnectionEnd;
  /** From the connection to the end of the association, in milliseconds. */
  readonly elapsedMs: number;
}

/** A typed event of the answering side. */
export type ScpEvent =
  | {
    readonly type: "listening";
    readonly local: Endpoint;
    readonly maxAssociations: number;
  }
  | { readonly type: "connection-accepted"; readonly connection: Connection }
  | {
    readonly type: "connection-secured";
    readonly connection: Connection;
    readonly facts: TlsFacts;
  }
  | {
    readonly type: "association-requested";
    readonly connection: Connection;
    readonly request: AssociateRq;
  }
  | {
    readonly type: "association-accepted";
    readonly connection: Connection;
    readonly request: AssociateRq;
    readonly answer: AssociateAc;
  }
  | {
    readonly type: "echo-answered";
    readonly connection: Connection;
    readonly contextId: number;
    readonly messageId: number;
    readonly status: number;
  }
  | {
    readonly type: "operation-refused";
    readonly connection: Connection;
    readonly contextId: number;
    readonly commandField: number;
    readonly messageId: number;
    readonly status: number;
  }
  /** A data set where none may be: announced by a C-ECHO-RQ, or sent without one. Told once an association. */
  | {
    readonly type: "data-set-ignored";
    readonly connection: Connection;
    readonly how: "announced" | "sent";
  }
  /** The association is over; the connection may stand a little longer. */
  | { readonly type: "association-ended"; readonly record: ConnectionRecord }
  /** No more connections are accepted; `running` associations may still end by themselves. */
  | {
    readonly type: "stopping";
    /** Reason of the signal: `"SIGINT"`, `"SIGTERM"`. */
    readonly reason: unknown;
    readonly running: number;
    readonly graceSeconds: number;
  }
  | { readonly type: "stopped"; readonly associations: number; readonly echoes: number }
  /** From the upper layer of one connection. */
  | {
    readonly type: "upper-layer";
    readonly connection: Connection;
    readonly event: AssociationEvent;
  };

/** Takes the events of the answering side. */
export type ScpTrace = (event: ScpEvent) => void;
