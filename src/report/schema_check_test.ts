/** Real and made-up reports against the published schema, by a validator of another vendor. */

import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/2020";
import {
  checkOf,
  entryOf,
  failed,
  FAILURES,
  hospitalRun,
  oddRun,
  runOf,
  verified,
} from "../../tests/support/report_runs.ts";
import { diagnose } from "../diagnosis/mod.ts";
import { PeerAborted } from "../check/mod.ts";
import { renderJson } from "./json.ts";
import { renderJsonl } from "./jsonl.ts";
import { REPORT_SCHEMA, type ReportDocument } from "./report_schema.ts";
import type { RunReport } from "../runner/mod.ts";

const SETTINGS = { program: "echoscu 1.2.3", diagnose };

/** Users' validators let unknown members pass, ours must not: what is written is in the schema. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const members = Object.entries(schema).map(([name, value]) => [name, closed(value)]);
  const more = "properties" in schema ? { additionalProperties: false } : {};
  return { ...Object.fromEntries(members), ...more };
}

const isValid = new Ajv2020({ strict: true, formats: { "date-time": true } })
  .compile(closed(REPORT_SCHEMA) as Record<string, unknown>);

function accepts(value: unknown): boolean {
  return isValid(value) === true;
}

function assertValid(text: string): void {
  assert.ok(accepts(JSON.parse(text)), JSON.stringify(isValid.errors?.slice(0, 5), null, 1));
}

const RUNS: Readonly<Record<string, RunReport>> = {
  "no peers": runOf([]),
  "every class of failures": runOf(FAILURES.map((error) => entryOf(failed(error)))),
  "an interrupted run": runOf([], { interrupted: "deadline", title: "t" }),
  "a failure while ending": runOf([
    entryOf({
      ...failed(FAILURES[0] ?? new PeerAborted("echo", { source: 0, reason: 0 })),
      endingError: new PeerAborted("release", { source: 2, reason: 6 }),
    }),
  ]),
  "a verified peer that ended badly": runOf([
    entryOf({ ...verified(), endingError: new PeerAborted("release", { source: 2, reason: 6 }) }),
  ]),
  "limits that are not set": runOf([
    entryOf(verified(checkOf({ socketTimeoutSeconds: undefined, dimseTimeoutSeconds: 3 }))),
  ]),
  "odd texts": oddRun(),
  "a hospital": hospitalRun(60),
};

for (const [name, run] of Object.entries(RUNS)) {
  Deno.test(`json reports are as the schema says: ${name}`, () => {
    assertValid(renderJson(run, SETTINGS));
    assertValid(renderJson(run, { program: "p" }));
  });

  Deno.test(`lines of jsonl reports are as the schema says: ${name}`, () => {
    const lines = renderJsonl(run, SETTINGS).split("\n");
    assert.equal(lines.pop(), "");
    assert.equal(lines.length, run.entries.length + 1);
    for (const line of lines) assertValid(line);
  });
}

Deno.test("the schema refuses what is not a report", () => {
  const report: ReportDocument = JSON.parse(renderJson(hospitalRun(5), SETTINGS));
  assert.ok(accepts(report));
  const wrong = [
    {},
    { ...report, version: 2 },
    { ...report, kind: "entry" },
    { ...report, startedAt: "2026-01-31 08:00" },
    { ...report, elapsedMs: "1" },
    { ...report, entries: [{ ...report.entries[0], verdict: "maybe" }] },
    { ...report, more: 1 },
  ];
  for (const value of wrong) assert.ok(!accepts(value), JSON.stringify(value).slice(0, 80));
});
