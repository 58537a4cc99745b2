/** What is worth a warning of a peer that did what was expected of it. */

import type { ReportEntry } from "../runner/mod.ts";
import { expiryWarnings, weaknessWarning } from "./tls_report.ts";

/** A warning. */
export interface Warning {
  /** What sets it in the plan: `tls.warnDaysValid`, `tls.allow`. */
  readonly name: string;
  /** One clause. */
  readonly message: string;
}

/** The warnings of one peer: weak TLS that is not allowed, then certificates within a limit; none if it was not tried. */
export function warningsOf(entry: ReportEntry): readonly Warning[] {
  const { result, certificates, allowedWeaknesses } = entry;
  if (result === undefined) return [];
  const weakness = weaknessWarning(result, allowedWeaknesses);
  const days = certificates?.warnDays;
  return [
    ...weakness === undefined ? [] : [{ name: "tls.allow", message: weakness }],
    ...days === undefined ? [] : expiryWarnings(result, days).map((text) => ({
      name: "tls.warnDaysValid",
      message: text.charAt(0).toLowerCase() + text.slice(1),
    })),
  ];
}

/** Whole days until the first certificate of the peer, or of the path found for it, ends. */
export function leastDaysLeft({ result }: ReportEntry): number | undefined {
  const { chain = [], path = [] } = result?.tls?.facts ?? {};
  const days = [...chain, ...path].flatMap(({ daysLeft }) => daysLeft ?? []);
  return days.length === 0 ? undefined : Math.min(...days);
}
