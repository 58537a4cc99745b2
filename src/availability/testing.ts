/** Results for tests, written as people would write them down. */

import type { Stretch, TimedResult } from "./types.ts";

/** A result at `startedMs`; passed, of a single run that took no time, unless `more` says other. */
export function resultAt(startedMs: number, more: Partial<TimedResult> = {}): TimedResult {
  return {
    startedMs,
    elapsedMs: 0,
    verdict: "passed",
    everySeconds: null,
    runMs: 0,
    situation: null,
    stage: null,
    fault: null,
    message: null,
    stageMs: [null, null, null, null, null, null],
    tlsDaysLeft: null,
    ...more,
  };
}

/** What makes a result one of a peer that is down. */
export const DOWN = {
  verdict: "failed",
  situation: "port-refused",
  stage: "connect",
  fault: "peer",
  message: "connection refused",
} as const;

/** `60..120 up, 120..180 down`, in seconds. */
export function stretchesText(stretches: readonly Stretch[]): string {
  return stretches.map(({ beginMs, endMs, cause }) =>
    `${beginMs / 1000}..${endMs / 1000} ${cause === undefined ? "up" : cause.situation}`
  ).join(", ");
}
