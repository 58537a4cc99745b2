/**
 * Tests that fail in a laboratory for a reason of the laboratory's own: each with that reason.
 *
 * A test is excluded by its name only where the real system cannot fail so; what fails because of the program is cured.
 */

import type { Counts } from "../gate/junit.ts";

/** One rule. */
export interface Exclusion {
  /** Name of the laboratory. */
  readonly laboratory: string;
  /** Names of tests. */
  readonly test: RegExp;
  /** What of the laboratory makes them fail. */
  readonly reason: string;
}

/** All rules. */
export const EXCLUSIONS: readonly Exclusion[] = [
  {
    laboratory: "windows",
    test: /^writeReport\(\) replaces a file as a whole and keeps its mode$/,
    reason: "wine puts no file in the place of one that is open; Windows 10 does (POSIX semantics)",
  },
  {
    laboratory: "windows",
    test: /^the real files append, tell who they are, and fail with the system's numbers$/,
    reason: "wine forgets the volume of an open file that is renamed",
  },
  {
    laboratory: "windows",
    test: /^closedPort\(\) refuses connections at /,
    reason: "wine lets others listen on the near port of a connection; Windows does not",
  },
  {
    laboratory: "windows",
    test: /^stage\(\) gives the compiler the same files /,
    reason: "wine has no certificate authorities of its own to fetch the bundler with",
  },
  {
    laboratory: "windows",
    test: /^our program checks all peers although it may open few files at once$/,
    reason: "wine calls a lack of descriptors an invalid argument; Windows has no such limit",
  },
  {
    laboratory: "windows",
    test: /^Ctrl-C ends a prompt for a password, /,
    reason: "wine's console loses Ctrl-C when a program reads key by key; Windows passes it on",
  },
];

/** The counts without what is excluded, and that by name and reason. */
export function withoutExcluded(
  { passed, failed, skipped }: Counts,
  { rows = EXCLUSIONS, laboratory }: {
    readonly rows?: readonly Exclusion[];
    readonly laboratory: string;
  },
): { readonly counts: Counts; readonly excluded: readonly string[] } {
  const ruleFor = (name: string) =>
    rows.find((rule) => rule.laboratory === laboratory && rule.test.test(name));
  return {
    counts: { passed, failed: failed.filter((name) => ruleFor(name) === undefined), skipped },
    excluded: failed.flatMap((name) => {
      const rule = ruleFor(name);
      return rule === undefined ? [] : [`${name}: ${rule.reason}`];
    }),
  };
}
