/** Reports in the eyes of the programs they are made for. */

import assert from "node:assert/strict";
import { diagnose } from "../../src/diagnosis/mod.ts";
import { loadReports, type ReportFormat } from "../../src/report/mod.ts";
import type { RunReport } from "../../src/runner/mod.ts";
import { missing, pathOf } from "../support/installed.ts";
import { entryOf, failed, FAILURES, hospitalRun, oddRun, runOf } from "../support/report_runs.ts";
import { runProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";

const RUNS: Readonly<Record<string, RunReport>> = {
  nobody: runOf([]),
  hospital: hospitalRun(120),
  odd: oddRun(),
  failures: runOf(FAILURES.map((error) => entryOf(failed(error)))),
};

async function render(format: ReportFormat, run: RunReport): Promise<string> {
  const { loadRenderer } = await loadReports();
  return (await loadRenderer(format))(run, { program: "echoscu 1.2.3", diagnose });
}

async function inFile<T>(text: string, use: (path: string) => Promise<T>): Promise<T> {
  const path = await Deno.makeTempFile({ prefix: "report-" });
  try {
    await Deno.writeTextFile(path, text);
    return await use(path);
  } finally {
    await Deno.remove(path);
  }
}

testWith({
  name: "xmllint finds junit reports valid by the schema of their consumers",
  missing: missing({ program: "xmllint" }),
  fn: async () => {
    const schema = pathOf("../reports/junit.xsd");
    for (const [name, run] of Object.entries(RUNS)) {
      const { code, stderr } = await inFile(
        await render("junit", run),
        (path) =>
          runProgram({ command: "xmllint", args: ["--noout", "--schema", schema] }, {
            args: [path],
          }),
      );
      assert.equal(code, 0, `${name}: ${stderr}`);
    }
  },
});

testWith({
  name: "promtool finds nothing to complain about in prometheus reports",
  missing: missing({ program: "promtool" }),
  fn: async () => {
    for (const [name, run] of Object.entries(RUNS)) {
      const { code, stdout, stderr } = await runProgram(
        { command: "promtool", args: ["check", "metrics"] },
        { args: [], stdin: await render("prometheus", run) },
      );
      assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: "", stderr: "" }, name);
    }
  },
});

testWith({
  name: "Python's csv module reads csv reports as they were meant",
  missing: missing({ program: "python3" }),
  fn: async () => {
    const script = "import csv, json, sys; " +
      "print(json.dumps(list(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8')))))";
    for (const [name, run] of Object.entries(RUNS)) {
      const { stdout, stderr } = await inFile(
        await render("csv", run),
        (path) => runProgram({ command: "python3", args: ["-c", script] }, { args: [path] }),
      );
      assert.equal(stderr, "", name);
      const rows: readonly Readonly<Record<string, string>>[] = JSON.parse(stdout);
      assert.deepEqual(
        rows.map(({ verdict, attempts }) => `${verdict} ${attempts}`),
        run.entries.map(({ verdict, attempts }) => `${verdict} ${attempts}`),
      );
    }
  },
});
