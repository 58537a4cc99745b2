/** Which time limit governs what on the answering side. */

import type { ReadLimits } from "../association/mod.ts";

/** Time limits of one connection, in seconds. */
export interface ServiceLimits {
  /** ARTIM (PS3.8 9.1.5): for the request, and for the peer's close in the end. */
  readonly artimSeconds: number;
  /** For the next message, for the rest of one that has begun, and for each write; `undefined` = none. */
  readonly idleSeconds: number | undefined;
}

/**
 * Most bytes of an A-ASSOCIATE-RQ. Our judgement: 128 contexts with a dozen transfer syntaxes each and a user identity
 * fit, and what is to be answered by one context of Verification is smaller by far.
 */
export const LONGEST_REQUEST = 131_072;

/** Least total time for one PDU body in seconds, however steadily its bytes come. */
const BODY_TOTAL_SECONDS = 60;

/**
 * Limits for the next PDU of an association. `since`: when a message that goes on had begun (clock milliseconds), so that
 * all of its PDUs share one limit; `undefined` between messages.
 */
export function messageLimits(
  { idleSeconds }: ServiceLimits,
  since: number | undefined,
): ReadLimits {
  if (idleSeconds === undefined) return NO_LIMITS;
  return {
    since,
    firstByteSeconds: idleSeconds,
    headerSeconds: idleSeconds,
    headerFrom: "first-byte",
    bodyIdleSeconds: idleSeconds,
    bodyTotalSeconds: Math.max(BODY_TOTAL_SECONDS, idleSeconds),
  };
}

const NO_LIMITS: ReadLimits = {
  firstByteSeconds: undefined,
  headerSeconds: undefined,
  headerFrom: "first-byte",
  bodyIdleSeconds: undefined,
  bodyTotalSeconds: undefined,
};
