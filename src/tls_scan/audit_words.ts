/** What the files of the audit share. */

import type { AuditFinding } from "./types.ts";

/** Keys and primes below this can be broken by those who try hard. */
export const LEAST_BITS = 2048;

/** A complaint, and where it is written. */
type Words = Pick<AuditFinding, "text" | "reference">;

/** Something forbidden or broken. */
export function must(id: string, words: Words): AuditFinding {
  return { weight: "must", id, ...words };
}

/** Something that is advised against. */
export function should(id: string, words: Words): AuditFinding {
  return { weight: "should", id, ...words };
}
