/** The ways a check can fail (see `src/errors.ts` for what all of them have in common). */

import { hex4H } from "../common/hex.ts";
import { CheckError, type Fault, type Stage } from "../errors.ts";
import type { DimseDefect } from "../dimse/mod.ts";
import type { ContextResult, Pdu, PduDefect, PduHeader } from "../pdu/types.ts";
import type { TlsProblem } from "../tls/types.ts";
import type { DialReason } from "../transport/types.ts";

/** What a peer did that the standard forbids, or that leaves no way on. */
export type Violation =
  /** Bytes that are no PDU. */
  | { readonly kind: "pdu"; readonly defect: PduDefect }
  /** A PDU that may not come now; our A-ABORT went out. */
  | { readonly kind: "unexpected-pdu"; readonly header: PduHeader }
  /** A release request while an answer is due. */
  | { readonly kind: "release-requested" }
  /** Data while the release is awaited. */
  | { readonly kind: "late-data" }
  /** A response that is not a C-ECHO-RSP for our request, or a maximum length that leaves no room for a request. */
  | { readonly kind: "dimse"; readonly defect: DimseDefect }
  /** The accepted contexts are none that we proposed. */
  | { readonly kind: "context-not-proposed"; readonly abstractSyntax: string }
  /** One context was accepted and refused. */
  | { readonly kind: "context-contradicted"; readonly id: number }
  /** An accepted context has a transfer syntax that nobody can use. */
  | { readonly kind: "transfer-syntax"; readonly uid: string }
  /** An association that was already aborted cannot be aborted. */
  | { readonly kind: "already-aborted" };

/** A value of the check itself that cannot be sent. */
export class InvalidParameter extends CheckError {
  /** Stable code. */
  override readonly name = "InvalidParameter";
  /** The user's. */
  override readonly fault = "user";

  /** Makes an error for `parameter`, which has the unusable `value`. */
  constructor(
    /** Which one. */
    readonly parameter: "called AE title" | "calling AE title" | "peer",
    /** What it was. */
    readonly value: string,
  ) {
    super(`the ${parameter} is empty`, { stage: parameter === "peer" ? "resolve" : "associate" });
  }
}

const RESOLVING: readonly DialReason[] = ["unknown-host", "lookup-failed", "invalid-host"];

/** Where it is not the network's. */
const DIAL_FAULTS: Partial<Record<DialReason, Fault>> = {
  "invalid-host": "user",
  "source-address": "user",
  "no-descriptors": "program",
  "not-allowed": "program",
};

/** No connection came about. */
export class DialFailed extends CheckError {
  /** Stable code. */
  override readonly name = "DialFailed";
  /** The user's, ours, or the network's. */
  override readonly fault: Fault;

  /** Makes an error from what the transport room found. */
  constructor(
    /** What kind of failure. */
    readonly reason: DialReason,
    /** Where to, and the system's words without its error number. */
    readonly details: {
      readonly host: string;
      readonly port: number;
      readonly systemText: string;
      readonly cause: unknown;
    },
  ) {
    super(`cannot connect to ${details.host} port ${details.port}: ${details.systemText}`, {
      stage: RESOLVING.includes(reason) ? "resolve" : "connect",
      cause: details.cause,
    });
    this.fault = DIAL_FAULTS[reason] ?? "network";
  }
}

/** There is no TLS connection over the connection that is established, or TLS ended it before the association was established. */
export class TlsFailed extends CheckError {
  /** Stable code. */
  override readonly name = "TlsFailed";
  /** The peer's, or the network's. */
  override readonly fault: Fault;

  /** Makes an error from what the transport room found. */
  constructor(
    /** What went wrong. */
    readonly problem: TlsProblem,
    cause?: unknown,
  ) {
    super(tlsMessage(problem), { stage: "tls", cause });
    this.fault = problem.kind === "ended" || problem.kind === "timed-out" ? "network" : "peer";
  }
}

function tlsMessage(problem: TlsProblem): string {
  if (problem.kind === "alert") return `the peer refused TLS with alert ${problem.alert}`;
  if (problem.kind !== "refused") return `no TLS connection: ${problem.kind}`;
  const { refusal } = problem;
  if (refusal.kind === "certificate") return refusal.sentence;
  return `the peer was refused: ${refusal.kind}`;
}

/** The peer answered with A-ASSOCIATE-RJ. */
export class AssociationRejected extends CheckError {
  /** Stable code. */
  override readonly name = "AssociationRejected";
  /** The peer's. */
  override readonly fault = "peer";

  /** Makes an error from the three codes of PS3.8 Table 9-21, as they came. */
  constructor(
    /** Result, source and reason. */
    readonly codes: { readonly result: number; readonly source: number; readonly reason: number },
  ) {
    super("the peer rejected the association", { stage: "associate" });
  }
}

/** The peer sent A-ABORT. */
export class PeerAborted extends CheckError {
  /** Stable code. */
  override readonly name = "PeerAborted";
  /** The peer's. */
  override readonly fault = "peer";

  /** Makes an error from the codes of PS3.8 Table 9-26, as they came. */
  constructor(
    stage: Stage,
    /** Source and reason. */
    readonly codes: { readonly source: number; readonly reason: number },
  ) {
    super("the peer aborted the association", { stage });
  }
}

/** The connection ended while something was awaited. */
export class ConnectionLost extends CheckError {
  /** Stable code. */
  override readonly name = "ConnectionLost";
  /** The peer's when it closed; a reset may come from anything between. */
  override readonly fault: Fault;

  /** Makes an error for a connection that ended as `details` say. */
  constructor(
    stage: Stage,
    /** `how`: closed or reset; `within`: between PDUs, inside a header, inside a body; `tls`: what broke TLS, if that did. */
    readonly details: {
      readonly how: "closed" | "reset";
      readonly within: "idle" | "header" | "body";
      readonly tls?: TlsProblem;
    },
  ) {
    const what = details.tls === undefined
      ? `the connection was ${details.how} by the peer`
      : `TLS broke after the handshake: ${tlsMessage(details.tls)}`;
    super(what, { stage });
    this.fault = details.how === "closed" || details.tls !== undefined ? "peer" : "network";
  }
}

/** A PDU could not be sent. */
export class SendFailed extends CheckError {
  /** Stable code. */
  override readonly name = "SendFailed";
  /** The peer's when TLS broke, else something between. */
  override readonly fault: Fault;

  /** Makes an error for `pdu`, with the system's words without its error number. */
  constructor(
    stage: Stage,
    /** Which PDU, and why not; `tls`: what broke TLS, if that did. */
    readonly details: {
      readonly pdu: Pdu["type"];
      readonly systemText: string;
      readonly cause: unknown;
      readonly tls?: TlsProblem;
    },
  ) {
    super(`cannot send ${details.pdu}: ${details.systemText}`, { stage, cause: details.cause });
    this.fault = details.tls === undefined ? "network" : "peer";
  }
}

/** The association was accepted, but no context that can carry the echo. */
export class NoAcceptedContext extends CheckError {
  /** Stable code. */
  override readonly name = "NoAcceptedContext";
  /** The peer's. */
  override readonly fault = "peer";

  /** Makes an error from the acceptor's answers. */
  constructor(
    /** The answers in their order. */
    readonly contexts: readonly ContextResult[],
  ) {
    super("the peer accepted no presentation context", { stage: "associate" });
  }
}

/** The peer broke the protocol. */
export class ProtocolViolation extends CheckError {
  /** Stable code. */
  override readonly name = "ProtocolViolation";
  /** The peer's. */
  override readonly fault = "peer";

  /** Makes an error for `violation`. */
  constructor(
    stage: Stage,
    /** What was done. */
    readonly violation: Violation,
    cause?: unknown,
  ) {
    super(`the peer broke the protocol: ${violation.kind}`, { stage, cause });
  }
}

/** A limit ran out. */
export class TimedOut extends CheckError {
  /** Stable code. */
  override readonly name = "TimedOut";
  /** The peer's when it took the connection and sent nothing; all else may be stopped by anything between. */
  override readonly fault: Fault;

  /** Makes an error for the limit in `details`. */
  constructor(
    stage: Stage,
    /**
     * Which limit (`deadline`: that of the whole check, `wait`: the end of a wait for the peer), its seconds, and how
     * far the awaited PDU had come.
     */
    readonly details: {
      readonly timer: "acse" | "dimse" | "socket" | "deadline" | "wait";
      readonly seconds: number;
      readonly within: "idle" | "header" | "body";
      /** Fragments of the awaited message that had come, when there were any. */
      readonly fragments?: number;
    },
  ) {
    super(`no answer within ${details.seconds} seconds`, { stage });
    this.fault = details.within === "idle" && stage !== "connect" ? "peer" : "network";
  }
}

/** An echo was answered with a status that is not Success. */
export class EchoFailed extends CheckError {
  /** Stable code. */
  override readonly name = "EchoFailed";
  /** The peer's. */
  override readonly fault = "peer";

  /** Makes an error for the first failing answer. */
  constructor(
    /** Status of the response, message ID of its request, and the Error Comment (0000,0902) as a byte string, if any. */
    readonly details: {
      readonly status: number;
      readonly messageId: number;
      readonly comment?: string;
    },
  ) {
    super(`the echo was answered with status ${hex4H(details.status)}`, { stage: "echo" });
  }
}

/** The user ended the check. */
export class Interrupted extends CheckError {
  /** Stable code. */
  override readonly name = "Interrupted";
  /** The user's. */
  override readonly fault = "user";

  /** Makes an error for a check that was at `stage`. */
  constructor(
    stage: Stage,
    /** Why the signal was raised, as its raiser gave it. */
    readonly reason: unknown,
  ) {
    super("the check was interrupted", { stage });
  }
}

/** Every way a check can fail. */
export type CheckFailure =
  | InvalidParameter
  | DialFailed
  | TlsFailed
  | AssociationRejected
  | PeerAborted
  | ConnectionLost
  | SendFailed
  | NoAcceptedContext
  | ProtocolViolation
  | TimedOut
  | EchoFailed
  | Interrupted;

/** What can go wrong while an association is ended. */
export type EndingFailure = Exclude<CheckFailure, EchoFailed>;
