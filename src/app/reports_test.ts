import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/2020";
import { runPlanWorld } from "../../tests/support/plan_world.ts";
import { loadReportSchema } from "../report/mod.ts";

Deno.test("--report nagios is UNKNOWN when nobody could be checked, in its file too", async () => {
  const files = { bad: "peers: [{ host: a }]", good: "peers: [{ host: a, port: 1 }]" };
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [["--plan", "bad"], /1 error in the plan, nobody was contacted: bad:1:9: /],
    [["--plan", "none"], /none does not exist/],
    [["--plan", "good", "--only", "tag"], /no peer has the tag tag/],
    [["+tls", "key", "cert", "pacs", "104"], /TLS cannot be set up, nobody was contacted/],
  ];
  for (const [args, reason] of cases) {
    for (const [report, file] of [["nagios", "-"], ["nagios=state", "state"]] as const) {
      const seen = await runPlanWorld(["--report", report, ...args], { files });
      const text = seen.reports[file] ?? "";
      assert.match(text, /^DICOM UNKNOWN - .*\n$/);
      assert.match(text, reason);
      assert.equal(seen.code, 3);
      assert.deepEqual(seen.dialed, []);
    }
  }
});

Deno.test("--report nagios=FILE makes a wrong command line UNKNOWN, and leaves the file alone", async () => {
  const seen = await runPlanWorld(["--report", "nagios=state", "--nope", "pacs", "104"]);
  assert.deepEqual([seen.code, seen.out, seen.reports], [3, "", {}]);
});

const isReport = new Ajv2020({ strict: true, formats: { "date-time": true } })
  .compile(await loadReportSchema());

/** The last value that `text`, a json or jsonl report, holds. */
function lastOf(format: string, text: string) {
  const values = format === "json" ? [text] : text.trimEnd().split("\n");
  for (const value of values) assert.ok(isReport(JSON.parse(value)) === true, value);
  return JSON.parse(values.at(-1) ?? "");
}

Deno.test("--json says why nobody could be checked: failure, hint and exit code", async () => {
  const files = {
    bad: "peers: [{ host: a }]",
    secure: "peers: [{ host: a, port: 1, tls: { key: key, certificate: key } }]",
    key: "no key",
    "log.cfg": "nothing",
  };
  const cases: readonly (readonly [readonly string[], string, number, RegExp, RegExp | null])[] = [
    [["+tls", "none", "cert", "pacs", "104"], "tls", 63, /Unable to load private TLS key/, /path/],
    [["+tls", "key", "key", "pacs", "104"], "tls", 63, /private TLS key/, /key/],
    [["+tla", "+cs", "NOPE", "pacs", "104"], "tls", 63, /contacted: ./, /--list-ciphers/],
    [["--plan", "secure"], "tls", 63, /for peer a:1, nobody was contacted: .*'key'$/, /tls\.key/],
    [["--plan", "bad"], "usage", 1, /^1 error in the plan.*bad:1:9: /, null],
    [["--plan", "none"], "input", 20, /^none does not exist$/, null],
    [["-lc", "log.cfg", "pacs", "104"], "usage", 1, /log/, /--print-log-config/],
    [["--nope", "pacs", "104"], "usage", 1, /--nope/, /./],
    [["pacs", "99999"], "usage", 1, /99999/, /65535/],
  ];
  for (const [args, obstacle, code, message, hint] of cases) {
    for (const format of ["json", "jsonl"]) {
      const wanted = ["--report", format, "--exit-codes", "detailed"];
      const seen = await runPlanWorld([...wanted, ...args], { files });
      const { failure, exitCode, summary } = lastOf(format, seen.reports["-"] ?? "");
      assert.deepEqual([seen.code, exitCode, seen.dialed], [code, code, []], args.join(" "));
      assert.deepEqual([failure.name, failure.fields], ["CannotBegin", { obstacle }]);
      assert.match(failure.message, message);
      if (hint !== null) assert.match(failure.hint, hint);
      assert.equal(summary.total, summary.skipped);
    }
  }
});

Deno.test("--json names the one peer that was not tried, and --report json=FILE is written too", async () => {
  const args = ["+tls", "none", "cert", "-aec", "PACS", "pacs", "104"];
  const seen = await runPlanWorld(["--json", "--report", "jsonl=lines", ...args]);
  const { entries } = lastOf("json", seen.reports["-"] ?? "");
  assert.deepEqual([entries.length, entries[0].name, entries[0].verdict], [
    1,
    "pacs:104",
    "skipped",
  ]);
  assert.equal(entries[0].check.calledAeTitle, "PACS");
  assert.equal(entries[0].failure.stage, "tls");
  assert.equal(lastOf("jsonl", seen.reports.lines ?? "").exitCode, 1);
  // Of a wrong command line nobody knows what the file is for.
  const wrong = await runPlanWorld(["--report", "json=kept", "--nope", "pacs", "104"]);
  assert.deepEqual(wrong.reports, {});
});

Deno.test("with Nagios' report next to it, JSON has the code that the program ends with", async () => {
  const both = ["--report", "nagios=state", "--json", "+tls", "none", "cert", "pacs", "104"];
  const seen = await runPlanWorld(both);
  assert.deepEqual([seen.code, lastOf("json", seen.reports["-"] ?? "").exitCode], [3, 3]);
});

/** The words that say why nothing could be checked, as each format for people and machines has them. */
const SAYS: Readonly<Record<string, RegExp>> = {
  text: /^(skipped: .*\n)?Nothing could be checked: .*MESSAGE.*\n(hint: .+\n)?\n.*program: /,
  html: /nothing could be checked<\/title>[^]*<p class="what">MESSAGE/,
  csv: /^name,.*\r\n[^,]+,.*,skipped,.*,CannotBegin,[a-z]+,user,.*MESSAGE/,
  junit: /tests="1" failures="0" errors="1"[^]*<error message="MESSAGE[^"]*" type="CannotBegin">/,
};

Deno.test("reports for people and CI say why nobody could be checked, in place of what was there", async () => {
  const files = { bad: "peers: [{ host: a }]" };
  const cases: readonly (readonly [readonly string[], string])[] = [
    [["--plan", "bad"], "1 error in the plan"],
    [["--plan", "none"], "None does not exist"],
    [["+tls", "key", "cert", "pacs", "104"], "TLS cannot be set up, nobody was contacted"],
  ];
  for (const [args, message] of cases) {
    for (const [format, says] of Object.entries(SAYS)) {
      for (const [report, file] of [[format, "-"], [`${format}=kept`, "kept"]] as const) {
        const seen = await runPlanWorld(["--report", report, ...args], { files });
        const pattern = new RegExp(says.source.replace("MESSAGE", message), "i");
        assert.match(seen.reports[file] ?? "", pattern);
        assert.deepEqual([seen.code === 0, seen.dialed], [false, []]);
      }
    }
    // The rules for alerts notice that this one grows old; a new one without peers would end them.
    const metrics = await runPlanWorld(["--report", "prometheus=kept", ...args], { files });
    assert.deepEqual(metrics.reports, {});
  }
});

Deno.test("with --watch what kept it from beginning is added to files that are added to", async () => {
  const files = { bad: "peers: [{ host: a }]", kept: "before\n" };
  for (
    const args of [["--plan", "bad"], ["+tls", "k", "c", "a", "1"]]
  ) {
    for (const format of ["csv", "jsonl"]) {
      const seen = await runPlanWorld(["--watch", "1", "--report", `${format}=kept`, ...args], {
        files,
      });
      assert.match(seen.reports.kept ?? "", /^before\n(?!name,)[^]*CannotBegin/);
    }
  }
});
