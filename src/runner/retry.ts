/** Which failures may be gone a moment later. */

import type { CheckResult, FailedCheck } from "../check/mod.ts";

/**
 * Whether it is worth trying again: no connection, no answer, a broken one, or a transient rejection.
 *
 * What a peer decided (a permanent rejection, no context, a failing status) or got wrong it will do again, and an
 * unknown name stays unknown.
 */
export function isWorthRetrying(result: FailedCheck): boolean {
  const { error } = result;
  switch (error.name) {
    case "DialFailed":
      return !["unknown-host", "invalid-host", "not-allowed", "not-permitted", "source-address"]
        .includes(error.reason);
    case "AssociationRejected":
      return error.codes.result === 2;
    case "PeerAborted":
    case "ConnectionLost":
    case "SendFailed":
    case "TimedOut":
      return true;
    default:
      return false;
  }
}

/** Whether there was no free descriptor for the connection: not the peer's matter at all. */
export function hadNoDescriptor(result: CheckResult): boolean {
  return result.outcome === "failed" && result.error.name === "DialFailed" &&
    result.error.reason === "no-descriptors";
}
