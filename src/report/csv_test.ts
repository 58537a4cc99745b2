import assert from "node:assert/strict";
import fc from "fast-check";
import {
  checkOf,
  entryOf,
  failed,
  FAILURES,
  hospitalRun,
  ODD_TEXTS,
  oddRun,
  runOf,
  verified,
} from "../../tests/support/report_runs.ts";
import { diagnose } from "../diagnosis/mod.ts";
import { renderCsv } from "./csv.ts";

const SETTINGS = { program: "echoscu 1.2.3", diagnose };

/** RFC 4180 as its grammar says, nothing more lenient; throws for anything else. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const quoted = /^"((?:[^"]|"")*)"/.exec(text.slice(at));
      const [whole = "", inner] = quoted ?? /^[^",\r\n]*/.exec(text.slice(at)) ?? [];
      row.push(inner?.replaceAll('""', '"') ?? whole);
      at += whole.length;
      if (text[at] !== ",") break;
      at += 1;
    }
    assert.equal(text.slice(at, at + 2), "\r\n", `no line end at ${at}`);
    at += 2;
    rows.push(row);
  }
  return rows;
}

/** The rows by column name. */
function table(text: string): readonly Readonly<Record<string, string>>[] {
  const [head = [], ...rows] = parse(text);
  return rows.map((row) => {
    assert.equal(row.length, head.length);
    return Object.fromEntries(row.map((cell, at) => [head[at] ?? "", cell]));
  });
}

Deno.test("renderCsv() has a header and one row for each peer", () => {
  const rows = table(renderCsv(hospitalRun(30), SETTINGS));
  assert.equal(rows.length, 30);
  assert.equal(table(renderCsv(runOf([]), SETTINGS)).length, 0);
  assert.match(
    renderCsv(runOf([]), SETTINGS),
    /^name,group,tags,host,.*,contact,latency_avg_ms,latency_max_ms,latency_p95_ms,tls_ms,.*\r\n$/,
  );
});

Deno.test("renderCsv() writes numbers as numbers and leaves out what is not known", () => {
  const check = checkOf({ repeat: 2 });
  const [good, bad, none] = table(
    renderCsv(
      runOf([
        entryOf(verified(check), { name: "good", tags: ["a", "b"], group: "g" }),
        entryOf(failed(FAILURES[4] ?? assert.fail()), { name: "bad" }),
        { name: "none", tags: [], verdict: "skipped", unmet: [], attempts: 0, check },
      ]),
      SETTINGS,
    ),
  );
  assert.ok(good && bad && none);
  assert.equal(good.tags, "a b");
  assert.equal(
    [good.connect_ms, good.associate_ms, good.echo_ms, good.end_ms].join(),
    "0.6,1.8,2.125,0.4",
  );
  assert.equal([good.echoes_answered, good.last_status, good.failure].join(), "2,0,");
  assert.equal([good.latency_avg_ms, good.latency_max_ms].join(), "2.175,2.225");
  assert.equal([bad.failure, bad.stage, bad.fault].join(), "AssociationRejected,associate,peer");
  assert.equal([bad.situation, bad.echo_ms, bad.end_ms].join(), "called-title-default,,");
  assert.equal([none.verdict, none.host, none.port, none.outcome].join(), "skipped,192.0.2.1,104,");
});

Deno.test("renderCsv() keeps odd texts in their cells", () => {
  const rows = table(renderCsv(oddRun(), SETTINGS));
  assert.equal(rows.length, ODD_TEXTS.length);
  assert.equal(rows[3]?.name, 'say "no"');
  assert.equal(rows[7]?.note, "Zürich ✓ 日本 🙂");
  assert.equal(rows[2]?.name, "a,b;c d|e");
});

Deno.test("renderCsv() writes nothing that a spreadsheet takes for a formula", () => {
  const texts = [
    "=1",
    "+1",
    "-1",
    "@A",
    "\t=1",
    " =1",
    "a;=1",
    "a; =1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
  ];
  const names = texts.map((name) => entryOf(verified(), { name }));
  const rows = table(renderCsv(runOf(names), SETTINGS));
  assert.deepEqual(rows.map(({ name }) => name), [
    ...["'=1", "'+1", "'-1", "'@A", "' =1", "' =1", "a;'=1", "a;' =1"],
    ...["'＝1", "'＋1", "'－1", "'＠A"],
  ]);
});

Deno.test("renderCsv() is RFC 4180 without formulas, whatever the texts", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (name, note) => {
      const text = renderCsv(runOf([entryOf(verified(), { name, note })]), SETTINGS);
      for (const row of table(text)) {
        for (const cell of Object.values(row)) assert.doesNotMatch(cell, /(^|;)\s*[=+\-@]/);
      }
    }),
    { numRuns: 300 },
  );
});
