/** Which time limit governs what, with the reference's reach (its `-ta`, `-td` and `-ts`). */

import type { ReadLimits } from "../association/mod.ts";
import type { Check } from "./types.ts";

/**
 * Least total time for one PDU body in seconds.
 *
 * The reference bounds only the pauses inside a body, so that a peer that sends a byte now and then holds it for
 * ever. A body gets a minute, or the socket limit when that is longer; without a socket limit there is none here.
 */
const BODY_TOTAL_SECONDS = 60;

/** The limit for one blocking read or write; `undefined` = none. */
export function socketSeconds(check: Check): number | undefined {
  const seconds = check.socketTimeoutSeconds;
  return seconds === undefined || seconds <= 0 ? undefined : seconds;
}

function bodyLimits(check: Check): Pick<ReadLimits, "bodyIdleSeconds" | "bodyTotalSeconds"> {
  const bodyIdleSeconds = socketSeconds(check);
  const bodyTotalSeconds = bodyIdleSeconds === undefined
    ? undefined
    : Math.max(BODY_TOTAL_SECONDS, bodyIdleSeconds);
  return { bodyIdleSeconds, bodyTotalSeconds };
}

/** Limits for the answer to A-ASSOCIATE-RQ or A-RELEASE-RQ: `-ta` until its header is there. */
export function acseLimits(check: Check): ReadLimits {
  return {
    headerSeconds: check.acseTimeoutSeconds,
    headerFrom: "call",
    ...bodyLimits(check),
  };
}

/** Limits for each PDU of an echo response: `-td` twice, else the socket's. */
export function dimseLimits(check: Check): ReadLimits {
  const seconds = check.dimseTimeoutSeconds ?? socketSeconds(check);
  return {
    firstByteSeconds: seconds,
    headerSeconds: seconds,
    headerFrom: "first-byte",
    ...bodyLimits(check),
  };
}
