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

/**
 * Limits for the PDUs of one echo response, waited for since `since` (clock milliseconds): `-td`, else the socket's, for
 * all of them to begin, and once more for the header of the one that comes last.
 *
 * The reference starts the limit anew with each PDU, so that fragments that come now and then hold it for ever.
 */
export function dimseLimits(check: Check, since: number): ReadLimits {
  const seconds = check.dimseTimeoutSeconds ?? socketSeconds(check);
  return {
    firstByteSeconds: seconds,
    headerSeconds: seconds,
    headerFrom: "first-byte",
    ...bodyLimits(check),
    since,
  };
}
