/**
 * Replays the recorded runs of the reference's command line.
 *
 * What goes beyond the command line (network, TLS, certificate files) is compared only as far as the command line
 * decides it: the run begins, after the message of `--arguments`.
 */

import assert from "node:assert/strict";
import recorded from "../golden/cli-cases.json" with { type: "json" };
import type { OptionsHost } from "../../src/options/mod.ts";
import { compare } from "./cli_differences.ts";

interface RecordedCase {
  readonly args: readonly string[];
  readonly exit: number;
  readonly stderrAll: string;
  readonly files?: Readonly<Record<string, string>>;
}

Deno.test("parseCommandLine() agrees with every recorded run of the reference", async () => {
  const cases: readonly RecordedCase[] = recorded;
  const lines: string[] = [];
  const counts = { equal: 0, excused: 0, different: 0 };
  let begun = 0;
  for (const { args, exit, stderrAll, files } of cases) {
    const result = await compare(args, {
      reference: { exit, stderr: stderrAll },
      host: hostWith(files ?? {}),
    });
    counts[result.verdict] += 1;
    if (result.ours.kind === "run") begun += 1;
    if (result.verdict !== "equal") {
      const reason = result.verdict === "excused" ? result.excuses.join(" ") : "NO REASON";
      lines.push(`  ${reason}: ${JSON.stringify(args)}`);
    }
  }
  console.log(
    `${cases.length} recorded runs: ${counts.equal} agree in exit code and standard error ` +
      `(${begun} of all begin a run and are compared up to there), ${counts.excused} differ as ` +
      `docs/differences.md says, ${counts.different} differ otherwise\n${lines.join("\n")}`,
  );
  assert.equal(counts.different, 0);
});

/** A world with only these files in it; `.` is a directory. */
function hostWith(files: Readonly<Record<string, string>>): OptionsHost {
  return {
    programName: "echoscu",
    readFile(path) {
      const content = files[path];
      if (content !== undefined) return new TextEncoder().encode(content);
      return { error: path === "." ? "directory" : "missing" };
    },
    stderrIsTerminal: false,
    target: "test",
    versions: [],
  };
}
