/** What is worth a warning of a peer that did what was expected of it. */

import type { ReportEntry } from "../runner/mod.ts";
import { expiryWarnings } from "./tls_report.ts";

/** A warning. */
export interface Warning {
  /** Which limit, by its name in the plan: `tls.warnDaysValid`. */
  readonly name: string;
  /** One clause. */
  readonly message: string;
}

/** The warnings of one peer; none where no limit was set, or it was not tried. */
export function warningsOf({ result, certificates }: ReportEntry): readonly Warning[] {
  const days = certificates?.warnDays;
  if (result === undefined || days === undefined) return [];
  return expiryWarnings(result, days).map((text) => ({
    name: "tls.warnDaysValid",
    message: text.charAt(0).toLowerCase() + text.slice(1),
  }));
}

/** Whole days until the first certificate of the peer, or of the path found for it, ends. */
export function leastDaysLeft({ result }: ReportEntry): number | undefined {
  const { chain = [], path = [] } = result?.tls?.facts ?? {};
  const days = [...chain, ...path].flatMap(({ daysLeft }) => daysLeft ?? []);
  return days.length === 0 ? undefined : Math.min(...days);
}
