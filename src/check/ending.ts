/** How a check ends its association: politely after success, by A-ABORT after a failed echo. */

import { DimseError } from "../dimse/mod.ts";
import type { CheckFailure, EndingFailure } from "./errors.ts";
import { Interrupted, ProtocolViolation, SendFailed } from "./errors.ts";
import { failureOf, receive, sendFailure } from "./failures.ts";
import { acseLimits } from "./limits.ts";
import type { Session } from "./session.ts";

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
  const { layer, environment, stream } = session;
  const { signal } = environment;
  let error: EndingFailure | undefined;
  try {
    await layer.requestRelease();
    error = await awaitRelease(session);
  } catch (thrown) {
    error = thrown instanceof SendFailed || thrown instanceof Interrupted
      ? thrown
      : sendFailure(thrown, { stage: "release", stream, signal });
  }
  if (error?.name === "Interrupted") await layer.abort().catch(() => {});
  else if (error !== undefined && !isMet(error)) {
    environment.trace({ type: "association-release-failed", error });
  }
  return error;
}

/** A PDU that is not an answer was met with A-ABORT, which the reference takes for an end: its log says nothing of it. */
function isMet(error: EndingFailure): boolean {
  return error.name === "ProtocolViolation" && error.violation.kind === "unexpected-pdu";
}

/**
 * Waits for the answer to our A-RELEASE-RQ. Gives back what came instead.
 *
 * The peer may ask for the release at the same time (PS3.8 7.2.2.7): it gets its answer (AR-8, AR-9) and owes us ours. A
 * peer that did not see our request closes instead, since its own was answered; that ends the association as well.
 */
async function awaitRelease(session: Session): Promise<EndingFailure | undefined> {
  const { layer, stream, check, environment } = session;
  const { clock, signal } = environment;
  const at = { stage: "release", limits: { ...acseLimits(check), since: clock.now() } } as const;
  let indication = await receive(session, at);
  if (indication.type === "release-requested") {
    try {
      await layer.respondRelease();
    } catch (error) {
      const failure = sendFailure(error, { stage: "release", stream, signal });
      return failure.name === "Interrupted" ? failure : undefined;
    }
    indication = await receive(session, at);
    if (indication.type === "closed") return undefined;
  }
  if (indication.type === "release-confirmed") return undefined;
  const context = { stage: "release", timer: "acse", stream, signal } as const;
  return failureOf(indication, context) as EndingFailure;
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
    return sendFailure(error, { stage: "abort", stream, signal });
  }
}
