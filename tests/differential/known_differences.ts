/**
 * The lasting differences between the reference and ours, each with its reason.
 *
 * A row says how the reference's outcome must be rewritten to be ours, by a rule and never by the name of a case. A row
 * that rewrites nothing, or whose rewriting is no longer needed, fails the run: see `judge` in `outcome.ts`.
 */

import type { KnownDifference } from "./outcome.ts";

/** All rows; `docs/differences.md` has the same ids. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    id: "exit-70-lost-during-echo",
    reason:
      "exit 0 means verified: the reference exits 0 when the peer aborts, closes or falls silent",
    rewrite: (expected) =>
      expected.exit === 0 && /^E: Echo Failed: /m.test(expected.stderr)
        ? { ...expected, exit: 70 }
        : undefined,
  },
  {
    id: "exit-71-failing-status",
    reason:
      "exit 0 means verified: the reference exits 0 when the echo is answered with a failing status",
    rewrite: (expected, run) =>
      expected.exit === 0 && /^I: Received Echo Response \((?!Success\))/m.test(run.verbose)
        ? { ...expected, exit: 71 }
        : undefined,
  },
  {
    id: "reserved-byte-zero",
    reason: "PS3.8 Table 9-13: the reserved byte of a proposed context is sent as 00, not FF",
    rewrite: (expected) =>
      expected.sent === undefined ? undefined : {
        ...expected,
        sent: expected.sent.map((pdu) => pdu.replace(/( 20:[0-9a-f]{4})ff/g, "$100")),
      },
  },
];
