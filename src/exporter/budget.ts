/** How long a probe may take: a little less than the scraper waits, so that it gets an answer instead of nothing. */

/** Prometheus sends its `scrape_timeout` in this field. */
const HEADER = "x-prometheus-scrape-timeout-seconds";

/** For answering and for the way back; half of the time when there is less than twice this. */
const MARGIN_SECONDS = 0.5;

/** Nobody waits longer: Prometheus' own limit is the scrape interval. */
const LONGEST_SECONDS = 600;

/** Seconds for the probe, or `undefined` when the header is no number. */
export function budgetSeconds(
  headers: ReadonlyMap<string, string>,
  { deadlineSeconds }: { readonly deadlineSeconds: number },
): number | undefined {
  const text = headers.get(HEADER);
  if (text === undefined) return deadlineSeconds;
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(text)) return undefined;
  const seconds = Number(text);
  if (seconds <= 0) return undefined;
  return Math.min(LONGEST_SECONDS, Math.max(seconds - MARGIN_SECONDS, seconds / 2));
}
