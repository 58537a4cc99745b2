/** What a check reports while it runs, in order. Readers cannot change the outcome. */

import type { AssociationEvent } from "../association/mod.ts";
import type { CommandElement, DimseDefect, DimseWarning, MaxSendPdvWarning } from "../dimse/mod.ts";
import type { AssociateAc, AssociateRq } from "../pdu/mod.ts";
import type { TlsFacts, TlsProblem } from "../tls/types.ts";
import type { Endpoint } from "../transport/types.ts";
import type { CheckFailure } from "./errors.ts";
import type { Check } from "./types.ts";

/** Request and answer side by side; `answer` is missing before (or without) an A-ASSOCIATE-AC. */
export interface NegotiationView {
  /** What we asked for. */
  readonly request: AssociateRq;
  /** What the peer answered. */
  readonly answer: AssociateAc | undefined;
}

/** The environment variables that the reference applies to its sockets, as they are set; `undefined` = unset. */
export interface SocketVariables {
  /** `TCP_BUFFER_LENGTH`. */
  readonly bufferLength: string | undefined;
  /** `TCP_NODELAY`. */
  readonly noDelay: string | undefined;
}

/** A command set on its way. */
export interface TracedCommand {
  /** The presentation context it goes or came on. */
  readonly contextId: number;
  /** Size of the encoded command set. */
  readonly lengthBytes: number;
  /** Its elements as they are on the wire. */
  readonly elements: readonly CommandElement[];
}

/** A typed event of a check. */
export type CheckEvent =
  /** The maximum length asked for was odd. */
  | { readonly type: "maximum-length-odd"; readonly asked: number; readonly used: number }
  /** A limit for the check as a whole has ended it; the last event. */
  | { readonly type: "overdue" }
  /** What will be requested. */
  | { readonly type: "request-parameters"; readonly view: NegotiationView }
  | { readonly type: "requesting-association"; readonly check: Check }
  /** The transport connection is established. */
  | { readonly type: "connected"; readonly check: Check; readonly remote: Endpoint }
  /** What the environment says about sockets; no size and no delay depends on it here. */
  | { readonly type: "socket-variables"; readonly variables: SocketVariables }
  /** The TLS handshake begins. */
  | { readonly type: "securing" }
  /** The handshake of the runtime led to nothing; the own engine tries on another connection. */
  | { readonly type: "securing-again"; readonly problem: TlsProblem }
  /** TLS is established and the peer is accepted. */
  | { readonly type: "secured"; readonly facts: TlsFacts }
  /** The A-ASSOCIATE-RQ is being made. */
  | { readonly type: "constructing-request"; readonly check: Check }
  | { readonly type: "association-negotiated"; readonly view: NegotiationView }
  | { readonly type: "max-send-pdv-warning"; readonly warning: MaxSendPdvWarning }
  | { readonly type: "association-accepted"; readonly maxSendPdv: number }
  /** A user identity was sent, and the association accepted. */
  | {
    readonly type: "user-identity-taken";
    readonly userIdentityType: number;
    readonly positiveResponseRequested: boolean;
    /** How long the peer's answer is, in bytes; `undefined`: it gave none. */
    readonly answerBytes: number | undefined;
  }
  | { readonly type: "sending-echo"; readonly messageId: number }
  /** A command goes out. */
  | ({ readonly type: "sending-command" } & TracedCommand)
  /** A command is waited for. */
  | { readonly type: "receiving-command" }
  /** A whole command came; what it is, is not yet known. */
  | ({ readonly type: "command-received"; readonly pdvs: number } & TracedCommand)
  /** A command set is being read from complete fragments. */
  | { readonly type: "reading-command" }
  /** Something in a command set was tolerated. */
  | { readonly type: "command-warning"; readonly warning: DimseWarning }
  /** A command set cannot be taken; the titles are those the reference names. */
  | {
    readonly type: "command-defect";
    readonly defect: DimseDefect;
    readonly callingAeTitle: string;
    readonly calledAeTitle: string;
  }
  | {
    readonly type: "echo-received";
    readonly messageId: number;
    readonly status: number;
    readonly elapsedMs: number;
    /** Elements that a C-ECHO-RSP need not have. */
    readonly details: readonly CommandElement[];
  }
  /** The echo failed; what follows says how the association ends. */
  | {
    readonly type: "echo-failed";
    readonly error: CheckFailure;
    /** Elements of a wrong response that its command does not have. */
    readonly details: readonly CommandElement[];
  }
  | { readonly type: "peer-aborted" }
  | { readonly type: "peer-requested-release" }
  /** The echo failed and this side aborts because of it. */
  | { readonly type: "echo-scu-failed"; readonly error: CheckFailure }
  | { readonly type: "releasing-association" }
  | { readonly type: "aborting-association" }
  | { readonly type: "association-request-failed"; readonly error: CheckFailure }
  | { readonly type: "association-release-failed"; readonly error: CheckFailure }
  | { readonly type: "association-abort-failed"; readonly error: CheckFailure }
  /** From the upper layer below. */
  | AssociationEvent;

/** Takes the events of a check. */
export type CheckTrace = (event: CheckEvent) => void;
