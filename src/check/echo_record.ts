/** What is kept of the echoes of a check, however many there are. */

import type { EchoResult } from "./types.ts";

/** Echoes that a result lists: our judgement, 28 hours of one a second; what comes later is only counted. */
export const ECHOES_LISTED = 100_000;

/** Echoes that also count as stages of their own: more than a timeline can show. */
export const ECHOES_TIMED = 1_000;

/** The echoes that were answered. */
export interface EchoRecord {
  /** The first of them, in their order. */
  readonly echoes: EchoResult[];
  /** How many more there were. */
  unlistedEchoes?: number;
  /** The first one that was answered with another status than Success. */
  failedEcho?: EchoResult;
}

/** Adds one more. */
export function keepEcho(answered: EchoResult, record: EchoRecord): void {
  if (record.echoes.length < ECHOES_LISTED) record.echoes.push(answered);
  else record.unlistedEchoes = (record.unlistedEchoes ?? 0) + 1;
  if (answered.status !== 0) record.failedEcho ??= answered;
}
