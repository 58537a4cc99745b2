/** Rows of a history for tests. */

import type { HistoryRow } from "./types.ts";

/** A row of a peer that was verified at `startedMs`, unless `more` says other. */
export function rowAt(startedMs: number, more: Partial<HistoryRow> = {}): HistoryRow {
  return {
    name: "ARCHIVE",
    group: "",
    host: "10.0.0.1",
    port: 104,
    callingAeTitle: "A",
    calledAeTitle: "B",
    startedMs,
    elapsedMs: 20,
    verdict: "passed",
    outcome: "verified",
    attempts: 1,
    stage: null,
    fault: null,
    situation: null,
    message: null,
    resolveMs: null,
    connectMs: 1,
    tlsMs: null,
    associateMs: 4,
    echoMs: 10,
    endMs: 5,
    tlsDaysLeft: null,
    ...more,
  };
}

/** What makes a row one of a peer that is down. */
export const DOWN: Partial<HistoryRow> = {
  verdict: "failed",
  outcome: "failed",
  stage: "connect",
  fault: "network",
  situation: "port-refused",
  message: "refused",
};
