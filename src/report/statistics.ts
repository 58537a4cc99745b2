/** Response times of the echoes of one check, as ping sums them up. */

import type { CheckResult } from "../check/mod.ts";
import { decimal } from "./values.ts";

/** Response times in milliseconds; of the times only when at least one echo was answered. */
export interface EchoStatistics {
  /** How many echoes were sent. */
  readonly sent: number;
  /** How many of them were answered, whatever their status. */
  readonly answered: number;
  /** The fastest. */
  readonly minMs: number;
  /** The mean. */
  readonly avgMs: number;
  /** The slowest. */
  readonly maxMs: number;
  /** The standard deviation of these times themselves, as ping gives it. */
  readonly stddevMs: number;
  /** The median: half of the echoes were at least as fast. */
  readonly p50Ms: number;
  /** Of 100, 95 were at least as fast. */
  readonly p95Ms: number;
  /** Of 100, 99 were at least as fast. */
  readonly p99Ms: number;
}

/** Sums up the echoes of `result`, the times of those that are listed; `undefined` when none was answered. */
export function echoStatistics(result: CheckResult): EchoStatistics | undefined {
  const times = result.echoes.map(({ elapsedMs }) => elapsedMs).sort((left, right) => left - right);
  const listed = times.length;
  if (listed === 0) return undefined;
  const answered = listed + (result.unlistedEchoes ?? 0);
  const avgMs = times.reduce((sum, ms) => sum + ms, 0) / listed;
  const variance = times.reduce((sum, ms) => sum + (ms - avgMs) ** 2, 0) / listed;
  return {
    sent: answered + (isUnanswered(result) ? 1 : 0),
    answered,
    minMs: times[0] ?? 0,
    avgMs,
    maxMs: times.at(-1) ?? 0,
    stddevMs: Math.sqrt(variance),
    p50Ms: percentile(times, 50),
    p95Ms: percentile(times, 95),
    p99Ms: percentile(times, 99),
  };
}

/** Whether an echo was under way when the check ended; a person who ends it in a pause loses nothing. */
function isUnanswered(result: CheckResult): boolean {
  if (result.outcome === "verified") return false;
  const { name, stage } = result.error;
  return stage === "echo" && name !== "EchoFailed" && name !== "Interrupted";
}

/** The nearest rank: a time that was really measured, never one between two of them. */
function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.ceil(sorted.length * percent / 100) - 1] ?? 0;
}

/** How long an answer took on average, in milliseconds; `undefined` when there was none. */
export function echoAverageMs(result: CheckResult): number | undefined {
  return echoStatistics(result)?.avgMs;
}

/** The same in one line, also of echoes that nobody answered; `undefined` when none was sent. */
export function echoLine(result: CheckResult): string | undefined {
  const statistics = echoStatistics(result);
  if (statistics !== undefined) return statisticsLine(statistics);
  return isUnanswered(result) ? "1 sent, 0 answered, 1 lost (100 %)" : undefined;
}

/** One line without line feed, such as `3 sent, 3 answered, 0 lost (0 %), min/avg/max/... 1.98/...`. */
export function statisticsLine(statistics: EchoStatistics): string {
  const { sent, answered } = statistics;
  const { minMs, avgMs, maxMs, stddevMs, p50Ms, p95Ms, p99Ms } = statistics;
  const lost = sent - answered;
  const percent = decimal(100 * lost / sent, 1);
  const times = [minMs, avgMs, maxMs, stddevMs, p50Ms, p95Ms, p99Ms].map((ms) => ms.toFixed(2));
  return `${sent} sent, ${answered} answered, ${lost} lost (${percent} %), ` +
    `min/avg/max/stddev/p50/p95/p99 ${times.join("/")} ms`;
}
