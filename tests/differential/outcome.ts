/** What a run came to, and whether it is what the reference's came to. */

import type { Step } from "../support/script.ts";
import { normalise } from "../support/normalise.ts";

/** What can be compared of a run. */
export interface Outcome {
  /** Exit code. */
  readonly exit: number;
  /** Standard output, normalised. */
  readonly stdout: string;
  /** Standard error, normalised. */
  readonly stderr: string;
  /** The PDUs the program sent, without its identity; `undefined` where they were not recorded. */
  readonly sent?: readonly string[] | undefined;
  /**
   * Whether the last PDU may be missing: the network drops it when we close with bytes unread, since they turn our
   * close into a reset that overtakes it.
   */
  readonly lastMayBeLost?: boolean;
  /** Whether it ended clearly sooner than the reference, so that a timeout cannot have been kept. */
  readonly early?: boolean;
}

/** What a row may look at besides the outcome. */
export interface RunFacts {
  /** Arguments of the run, `{HOST}` and `{PORT}` as placeholders. */
  readonly args: readonly string[];
  /** Variables given to the program. */
  readonly env: Readonly<Record<string, string>>;
  /** What the reference wrote to standard error with `-v`. */
  readonly verbose: string;
  /** What the peer does. */
  readonly steps: readonly Step[];
}

/** A lasting difference: how the reference's outcome is to be rewritten to be ours. */
export interface KnownDifference {
  /** Also its row in `docs/differences.md`. */
  readonly id: string;
  /** Why ours differs. */
  readonly reason: string;
  /** True when only cases show it that run with `--slow`. */
  readonly slowOnly?: true;
  /** Whether ours goes another way altogether, so that the run is not played; another test shows which. */
  skips?(run: RunFacts): boolean;
  /** Gives what ours must come to; `undefined` when the row does not concern this run. */
  rewrite(expected: Outcome, run: RunFacts): Outcome | undefined;
}

/** What came of a comparison. */
export interface Verdict {
  /** Rows that explain why the two differ. */
  readonly excuses: readonly string[];
  /** What is wrong; `undefined` when ours is as it must be. */
  readonly fault: string | undefined;
}

/** An outcome with both streams normalised. */
export function toOutcome(run: { code: number; stdout: string; stderr: string }): Outcome {
  return { exit: run.code, stdout: normalise(run.stdout), stderr: normalise(run.stderr) };
}

/** Judges ours by the reference's outcome and the known differences. */
export function judge(
  pair: { readonly reference: Outcome; readonly ours: Outcome },
  known: { readonly rows: readonly KnownDifference[]; readonly run: RunFacts },
): Verdict {
  const excuses: string[] = [];
  let expected = pair.reference;
  for (const row of known.rows) {
    const rewritten = row.rewrite(expected, known.run);
    if (rewritten === undefined || describe(expected, rewritten) === undefined) continue;
    expected = rewritten;
    excuses.push(row.id);
  }
  const fault = describe(expected, pair.ours);
  if (fault === undefined || excuses.length === 0) return { excuses, fault };
  if (describe(pair.reference, pair.ours) !== undefined) return { excuses, fault };
  return { excuses: [], fault: `no longer differs, against the row ${excuses.join(", ")}` };
}

/** Says what differs in two outcomes; `undefined` when nothing does. */
export function describe(expected: Outcome, ours: Outcome): string | undefined {
  const faults: string[] = [];
  if (ours.exit !== expected.exit) faults.push(`exit ${ours.exit} instead of ${expected.exit}`);
  for (const stream of ["stdout", "stderr"] as const) {
    const difference = describeText(expected[stream], ours[stream]);
    if (difference !== undefined) faults.push(`${stream}: ${difference}`);
  }
  if (expected.sent !== undefined && ours.sent !== undefined) {
    const wanted = expected.lastMayBeLost && ours.sent.length < expected.sent.length
      ? expected.sent.slice(0, -1)
      : expected.sent;
    const difference = describeText(wanted.join("\n"), ours.sent.join("\n"));
    if (difference !== undefined) faults.push(`PDUs sent: ${difference}`);
  }
  if (ours.early && !expected.early) faults.push("ended before its time was up");
  return faults.length === 0 ? undefined : faults.join("\n");
}

/** Shows the first line that differs, with the lines that only one side has counted. */
function describeText(expected: string, ours: string): string | undefined {
  if (expected === ours) return undefined;
  const wanted = expected.split("\n");
  const got = ours.split("\n");
  let at = 0;
  while (wanted[at] === got[at]) at += 1;
  const show = (line: string | undefined) =>
    line === undefined ? "(nothing)" : JSON.stringify(line);
  return `line ${at + 1} of ${got.length} (expected ${wanted.length})\n` +
    `    expected ${show(wanted[at])}\n    ours     ${show(got[at])}`;
}
