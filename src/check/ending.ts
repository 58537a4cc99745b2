/** How a check ends its association: politely after success, by A-ABORT after a failed echo. */

import { DimseError } from "../dimse/mod.ts";
import type { CheckFailure, EchoFailed } from "./errors.ts";
import { Interrupted, ProtocolViolation, SendFailed } from "./errors.ts";
import { failureOf, receive, sendFailure } from "./failures.ts";
import { acseLimits } from "./limits.ts";
import type { Session } from "./session.ts";

/** What can go wrong while an association is ended. */
export type EndingFailure = Exclude<CheckFailure, EchoFailed>;

/** Releases the association, or aborts it when the check says so. Gives back what went wrong. */
export async function endAssociation(session: Session): Promise<EndingFailure | undefined> {
  const { check, environment, stopwatch } = session;
  if (check.ending === "abort") return await stopwatch.time("abort", () => abort(session));
  environment.trace({ type: "releasing-association" });
  return await stopwatch.time("release", () => release(session));
}

/**
 * Ends the association after a failed echo, as the reference does: nothing to do when the connection is gone, else
 * A-ABORT and a wait for the close. Gives back what went wrong while doing so.
 */
export async function endAfterFailure(
  session: Session,
  error: CheckFailure,
): Promise<EndingFailure | undefined> {
  const { trace } = session.environment;
  if (error.name === "Interrupted") {
    await session.layer.abort().catch(() => {});
    return undefined;
  }
  const details = error.cause instanceof DimseError ? error.cause.leftover : [];
  trace({ type: "echo-failed", error, details });
  if (isGone(error)) {
    trace({ type: "peer-aborted" });
    return undefined;
  }
  if (error.name === "ProtocolViolation" && error.violation.kind === "release-requested") {
    trace({ type: "peer-requested-release" });
  } else {
    trace({ type: "echo-scu-failed", error });
  }
  return await session.stopwatch.time("abort", () => abort(session, error));
}

/** What the reference takes for a connection that is no longer there. */
function isGone(error: CheckFailure): boolean {
  switch (error.name) {
    case "PeerAborted":
      return true;
    case "ConnectionLost":
      return error.details.within !== "body";
    case "TimedOut":
      return error.details.timer === "socket" && error.details.within !== "body";
    default:
      return false;
  }
}

async function release(session: Session): Promise<EndingFailure | undefined> {
  const { layer, environment } = session;
  let error: EndingFailure;
  try {
    await layer.requestRelease();
    const indication = await receive(session, {
      stage: "release",
      limits: acseLimits(session.check),
    });
    /* An A-ASSOCIATE PDU instead of the answer was met with A-ABORT; the echo stands, and so does the verdict. */
    if (indication.type === "release-confirmed" || indication.type === "unexpected") {
      return undefined;
    }
    error = failureOf(indication, {
      stage: "release",
      timer: "acse",
      ending: session.stream.ending,
      signal: environment.signal,
    }) as EndingFailure;
  } catch (thrown) {
    const { signal } = environment;
    const at = { stage: "release", ending: session.stream.ending, signal } as const;
    error = thrown instanceof SendFailed || thrown instanceof Interrupted
      ? thrown
      : sendFailure(thrown, at);
  }
  if (error.name === "Interrupted") await layer.abort().catch(() => {});
  else environment.trace({ type: "association-release-failed", error });
  return error;
}

async function abort(
  session: Session,
  after?: CheckFailure,
): Promise<EndingFailure | undefined> {
  const { layer, environment } = session;
  environment.trace({ type: "aborting-association" });
  let error: EndingFailure | undefined;
  if (layer.state !== "Sta13") {
    error = await sendAbort(session);
  } else if (after !== undefined && wasAborted(after)) {
    error = new ProtocolViolation("abort", { kind: "already-aborted" });
  }
  if (error === undefined) await layer.awaitClose();
  else environment.trace({ type: "association-abort-failed", error });
  return error;
}

/** Whether a PDU that may not come was met with an A-ABORT already. */
function wasAborted(after: CheckFailure): boolean {
  return after.name === "ProtocolViolation"
    ? after.violation.kind === "unexpected-pdu"
    : after.name === "SendFailed" && after.details.pdu === "A-ABORT";
}

async function sendAbort(
  { layer, stream, environment }: Session,
): Promise<EndingFailure | undefined> {
  try {
    await layer.abort();
    return undefined;
  } catch (error) {
    const { signal } = environment;
    return sendFailure(error, { stage: "abort", ending: stream.ending, signal });
  }
}
