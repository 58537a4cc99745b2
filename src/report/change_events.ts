/** What watched peers do as events of a log in JSON: the words of a line, and the facts in it. */

import type { CheckResult } from "../check/mod.ts";
import type {
  PeerChange,
  ReportEntry,
  RunReport,
  StateChange,
  WatchedRun,
  WatchTotals,
} from "../runner/mod.ts";
import { type ChangeLook, changeText, runsSummary, stateText, watchSummary } from "./changes.ts";
import { summaryOf } from "./document.ts";
import { failureOf, troubleIn } from "./failure.ts";
import { echoAverageMs } from "./statistics.ts";
import { summaryLine } from "./text.ts";
import { isoTime, roundMs } from "./values.ts";

/** One event. */
export interface ChangeEvent {
  /** Bad news is a warning. */
  readonly level: "info" | "warn";
  /** The words of the line without its time. */
  readonly text: string;
  /** The facts in them. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Whose state it is, where a plan says who; otherwise all events are about the one peer. */
  readonly entry?: ReportEntry;
}

/** The event of a change of the one peer that is watched. */
export function changeEvent(change: StateChange, look: ChangeLook): ChangeEvent {
  const { at, result, before } = change;
  const isUp = result.outcome === "verified";
  const past = before && { isGood: before.isUp, lastedMs: before.lastedMs };
  return {
    level: isUp && troubleIn(result) === undefined ? "info" : "warn",
    text: changeText(change, look),
    fields: {
      state: isUp ? "up" : "down",
      ...pastFields(past, ["up", "down"]),
      checkedAt: isoTime(at),
      ...resultFields(result, look),
    },
  };
}

/** The events of a run of many peers: what `runChanges()` has lines for. */
export function runChangeEvents(
  { report, changes }: WatchedRun,
  look: ChangeLook,
): readonly ChangeEvent[] {
  const { startedAt, elapsedMs, entries } = report;
  if (changes !== undefined) return changes.map((one) => peerEvent(one, look));
  const others = entries.filter(({ verdict }) => verdict !== "passed");
  return [
    {
      level: others.length === 0 ? "info" : "warn",
      text: summaryLine(report),
      fields: {
        ...summaryOf(report),
        elapsedMs: roundMs(elapsedMs),
        checkedAt: isoTime(startedAt),
      },
    },
    ...others.map((entry) => peerEvent({ entry: { startedAt, ...entry } }, look)),
  ];
}

/** The event at the end of watching one peer. */
export function watchEndEvent(totals: WatchTotals): ChangeEvent {
  return { level: "info", text: watchSummary(totals).trimEnd(), fields: { ...totals } };
}

/** The event at the end of watching many. */
export function runsEndEvent(runs: number, last: RunReport | undefined): ChangeEvent {
  return {
    level: "info",
    text: runsSummary(runs, last).trimEnd(),
    fields: { runs, ...(last === undefined ? {} : summaryOf(last)) },
  };
}

function peerEvent(change: PeerChange, look: ChangeLook): ChangeEvent {
  const { entry, before } = change;
  const { verdict, startedAt, unmet, result } = entry;
  const past = before && { isGood: before.hasPassed, lastedMs: before.lastedMs };
  return {
    level: verdict === "passed" ? "info" : "warn",
    text: stateText(change, look),
    fields: {
      state: verdict,
      ...pastFields(past, ["passed", "failed"]),
      ...(startedAt === undefined ? {} : { checkedAt: isoTime(startedAt) }),
      ...(unmet.length === 0 ? {} : { unmet: unmet.map(({ message }) => message) }),
      ...(result === undefined ? {} : resultFields(result, look)),
    },
    entry,
  };
}

function pastFields(
  past: { readonly isGood: boolean; readonly lastedMs: number } | undefined,
  [good, bad]: readonly [string, string],
): Readonly<Record<string, unknown>> {
  if (past === undefined) return {};
  return { before: past.isGood ? good : bad, lastedMs: roundMs(past.lastedMs) };
}

function resultFields(
  result: CheckResult,
  { settings }: ChangeLook,
): Readonly<Record<string, unknown>> {
  const trouble = troubleIn(result);
  const average = echoAverageMs(result);
  const { name, fault, message, hint, situation } = trouble === undefined
    ? {} as Partial<ReturnType<typeof failureOf>>
    : failureOf(trouble, settings);
  return {
    ...(average === undefined ? {} : { echoMs: roundMs(average) }),
    ...(name === undefined ? {} : { error: name, fault, message, hint, situation }),
  };
}
