/** From what the rooms below report to the failures a check can end with: the only place that wraps. */

import { type Indication, type ReadLimits, WriteError } from "../association/mod.ts";
import { Bug, type Stage } from "../errors.ts";
import { DialError, SocketError, TlsError } from "../transport/mod.ts";
import type { TlsProblem } from "../tls/types.ts";
import type { ByteStream, Ending } from "../transport/mod.ts";
import {
  type CheckFailure,
  ConnectionLost,
  DialFailed,
  Interrupted,
  PeerAborted,
  ProtocolViolation,
  SendFailed,
  TimedOut,
  TlsFailed,
} from "./errors.ts";
import type { Session } from "./session.ts";
import type { Check } from "./types.ts";

/** What is known where an indication turns into a failure. */
export interface FailureContext {
  readonly stage: Stage;
  /** Which limit governed the wait. */
  readonly timer: "acse" | "dimse" | "socket";
  /** The connection: how it ended, and whether TLS broke. */
  readonly stream: Pick<ByteStream, "ending" | "tls">;
  readonly signal: AbortSignal | undefined;
  /** Fragments of a response that had come. Default: 0. */
  readonly fragments?: number;
}

/** The failure after an indication that is not the one hoped for. */
export function failureOf(indication: Indication, context: FailureContext): CheckFailure {
  const { stage } = context;
  switch (indication.type) {
    case "aborted":
      return new PeerAborted(stage, { source: indication.source, reason: indication.reason });
    case "closed":
      return new ConnectionLost(stage, {
        how: context.stream.ending === "reset" ? "reset" : "closed",
        within: indication.within,
        ...brokenTls(context.stream),
      });
    case "timed-out": {
      const timer = indication.within === "body" ? "socket" : context.timer;
      const { within, seconds } = indication;
      const { fragments = 0 } = context;
      return new TimedOut(stage, {
        timer,
        seconds,
        within,
        ...(fragments === 0 ? {} : { fragments }),
      });
    }
    case "cancelled":
      return new Interrupted(stage, context.signal?.reason);
    case "defect": {
      const { defect } = indication.error;
      return new ProtocolViolation(stage, { kind: "pdu", defect }, indication.error);
    }
    case "unexpected":
      return new ProtocolViolation(stage, { kind: "unexpected-pdu", header: indication.header });
    case "release-requested":
      return new ProtocolViolation(stage, { kind: "release-requested" });
    case "data":
      return new ProtocolViolation(stage, { kind: "late-data" });
    default:
      throw new Bug(`${indication.type} at stage ${stage}`);
  }
}

/** Waits for the next indication; throws `SendFailed` when an A-ABORT in answer to a PDU did not get out. */
export async function receive(
  { layer, stream, environment }: Session,
  at: { readonly stage: Stage; readonly limits: ReadLimits },
): Promise<Indication> {
  try {
    return await layer.receive(at.limits);
  } catch (error) {
    const { signal } = environment;
    throw sendFailure(error, { stage: at.stage, stream, signal, isAnswer: true });
  }
}

/** The failure after a PDU that could not be sent; rethrows everything else. */
export function sendFailure(
  error: unknown,
  at: Pick<FailureContext, "stage" | "stream" | "signal"> & {
    /** Whether it answers a PDU, so that the reference had met no error before. */
    readonly isAnswer?: boolean;
  },
): SendFailed | Interrupted {
  if (!(error instanceof WriteError)) throw error;
  if (error.kind === "cancelled") return new Interrupted(at.stage, at.signal?.reason);
  const isFirst = error.pdu !== "A-ABORT" || at.isAnswer === true;
  return new SendFailed(at.stage, {
    pdu: error.pdu,
    systemText: sendText(error, isFirst ? at.stream.ending : undefined),
    cause: error.cause,
    ...brokenTls(at.stream),
  });
}

/** What broke a TLS connection after its handshake; nothing where the connection below it just ended. */
function brokenTls({ tls }: Pick<ByteStream, "tls">): { readonly tls?: TlsProblem } {
  const { problem } = tls ?? {};
  return problem === undefined || problem.kind === "ended" ? {} : { tls: problem };
}

/**
 * What the C library would have said: a socket that failed once says EPIPE for ever after; but our reader may have
 * taken note of a reset first, which the reference would have learnt from this write.
 */
function sendText(error: WriteError, ending: Ending | undefined): string {
  if (error.kind === "timeout") return "Resource temporarily unavailable";
  if (error.kind === "again") return "Broken pipe";
  if (ending === "reset") return "Connection reset by peer";
  return error.cause instanceof SocketError ? error.cause.message : "Input/output error";
}

/** The failure after a connection that did not come about; rethrows everything else. */
export function dialFailure(error: unknown, check: Check): DialFailed {
  if (!(error instanceof DialError)) throw error;
  const { host, port } = check.target;
  return new DialFailed(error.reason, { host, port, systemText: error.message, cause: error });
}

/** The failure after a handshake that did not succeed; rethrows everything else. */
export function tlsFailure(error: unknown): TlsFailed {
  if (!(error instanceof TlsError)) throw error;
  return new TlsFailed(error.problem, error);
}

/**
 * What really ended a connection before the association was established: in TLS 1.3 a peer refuses our certificate only after
 * our side of the handshake is done, so its alert meets the request.
 */
export function unlessEndedByTls(error: unknown, { tls }: ByteStream): unknown {
  const isEnd = error instanceof ConnectionLost || error instanceof SendFailed;
  if (!isEnd || error.stage !== "associate" || tls?.problem?.kind !== "alert") return error;
  return new TlsFailed(tls.problem, error);
}
