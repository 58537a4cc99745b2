/** How long a probe may take: a little less than the scraper waits, so that it gets an answer instead of nothing. */

import type { HttpRequest } from "../http/mod.ts";

/** Prometheus sends its `scrape_timeout` in this field. */
const HEADER = "x-prometheus-scrape-timeout-seconds";

/** For answering and for the way back; half of the time when there is less than twice this. */
const MARGIN_SECONDS = 0.5;

/** Seconds for the probe, or `undefined` when the header is not a number. */
export function budgetSeconds(
  headers: HttpRequest["headers"],
  limits: {
    /** When the scraper names no time. */
    readonly deadlineSeconds: number;
    /** Whatever the scraper says. */
    readonly ceilingSeconds: number;
  },
): number | undefined {
  const text = headers[HEADER];
  if (text === undefined) return limits.deadlineSeconds;
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(text)) return undefined;
  const seconds = Number(text);
  if (seconds <= 0) return undefined;
  return Math.min(limits.ceilingSeconds, Math.max(seconds - MARGIN_SECONDS, seconds / 2));
}
