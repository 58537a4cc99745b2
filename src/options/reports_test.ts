import assert from "node:assert/strict";
import { errorOf, optionsOf } from "./testing.ts";
import { REPORT_FORMATS } from "../common/choices.ts";
import { understoodReports } from "./reports.ts";
import { OPTION_ROWS } from "./rows.ts";

Deno.test("--report takes every format, to standard output or to a file", async () => {
  for (const format of REPORT_FORMATS) {
    for (
      const [word, file] of [
        [format, undefined],
        [`${format}=-`, undefined],
        [`${format}=/dev/stdout`, undefined],
        [`${format}=a=b`, "a=b"],
      ] as const
    ) {
      const { reports } = await optionsOf(["--report", word, "a", "1"]);
      assert.deepEqual(reports, [{ format, file }]);
    }
  }
});

Deno.test("--report refuses unknown formats and empty files", async () => {
  for (const word of ["xml", "JSON", "", "=f", "json=", "jsonl,csv"]) {
    const shown = word === "" ? "" : ` (${word})`;
    assert.equal(
      await errorOf(["--report", word, "a", "1"]),
      `Invalid value for option --report${shown}`,
    );
  }
});

Deno.test("--report names its formats in the advice", async () => {
  assert.match(
    await errorOf(["--explain", "--report", "xml", "a", "1"]),
    /\nhint: --report takes FORMAT\[=FILE\], of text, json, .*, html$/,
  );
});

Deno.test("--report may be given several times, in their order, --json last", async () => {
  const words = ["--json", "--report", "csv=c", "--report", "html=h", "--report", "csv=d"];
  const { reports } = await optionsOf([...words, "a", "1"]);
  assert.deepEqual(reports.map(({ format, file }) => `${format} ${file}`), [
    "csv c",
    "html h",
    "csv d",
    "json undefined",
  ]);
});

Deno.test("two reports for one place are refused", async () => {
  const out = "More than one report for standard output";
  assert.equal(await errorOf(["--report", "csv", "--report", "html", "a", "1"]), out);
  assert.equal(await errorOf(["--report", "csv", "--json", "a", "1"]), out);
  assert.equal(await errorOf(["--report", "csv", "--report", "csv=-", "a", "1"]), out);
  assert.equal(
    await errorOf(["--report", "csv=f", "--report", "html=f", "a", "1"]),
    "More than one report for file 'f'",
  );
});

Deno.test("reports go with modes that have a result", async () => {
  for (const mode of [["--listen", "1"], ["--selftest"], ["--exporter", "1"]]) {
    for (const report of [["--json"], ["--report", "csv=f"]]) {
      assert.equal(
        await errorOf([...mode, ...report]),
        `${
          report[0]
        } not allowed with --listen, --selftest, --exporter, --verify-cert or --is-root-cert`,
      );
    }
  }
});

Deno.test("limits for the latency need the report that they change", async () => {
  for (const option of ["--warn-latency", "--critical-latency"]) {
    for (const others of [[], ["--json"], ["--report", "csv"]]) {
      assert.equal(
        await errorOf([option, "1", ...others, "a", "1"]),
        `${option} only allowed with --report nagios`,
      );
    }
  }
});

Deno.test("the limits for the latency are in their order", async () => {
  const limits = (
    warn: string,
    critical: string,
  ) => ["--report", "nagios", "--warn-latency", warn, "--critical-latency", critical, "a", "1"];
  assert.equal(await errorOf(limits("2", "1")), "--warn-latency is above --critical-latency");
  assert.equal((await optionsOf(limits("1", "1"))).warnLatencyMs, 1);
});

Deno.test("--watch prints only reports that can follow one another", async () => {
  for (const format of REPORT_FORMATS) {
    for (const peers of [["a", "1"], ["--plan", "p"]]) {
      const words = (report: string) => ["--watch", "1", "--report", report, ...peers];
      assert.equal((await optionsOf(words(`${format}=f`))).reports.length, 1);
      if (["text", "json", "jsonl", "csv"].includes(format)) {
        assert.equal((await optionsOf(words(format))).reports.length, 1);
      } else {
        const problem = `--watch needs a file for the ${format} report`;
        assert.equal(await errorOf(words(format)), problem);
      }
    }
  }
});

Deno.test("understoodReports() finds what is asked for in a command line that is wrong elsewhere", () => {
  const words = ["--nope", "-aec", "--report", "--report", "nagios=a", "--report", "x", "--report"];
  // The first --report is the AE title; the third has a format that does not exist, the last none.
  assert.deepEqual(understoodReports(words, OPTION_ROWS), [{ format: "nagios", file: "a" }]);
});
