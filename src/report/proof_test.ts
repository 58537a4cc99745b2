/** What makes reports a proof: who checked whom from where, when, by which plan, with which build. */

import assert from "node:assert/strict";
import { entryOf, STARTED_AT, verified } from "../../tests/support/report_runs.ts";
import type { RunReport } from "../runner/mod.ts";
import { documentOf } from "./document.ts";
import { renderHtml } from "./html.ts";
import { renderJunit } from "./junit.ts";
import { renderText } from "./text.ts";

const SHA256 = "ab".repeat(32);
const COMMIT = "12".repeat(20);
const SETTINGS = {
  program: "echoscu 1.2.3",
  origin: { commit: COMMIT, machine: "lab-pc", operator: "A. <Miller>" },
  offsetMinutes: () => 60,
};
const LOCAL = { host: "10.0.0.7", port: 40_000 };
const RUN: RunReport = {
  startedAt: STARTED_AT,
  elapsedMs: 5,
  site: "North",
  sources: [{ file: "site.yaml", sha256: SHA256 }],
  entries: [entryOf({ ...verified(), local: LOCAL }, { startedAt: STARTED_AT })],
};

Deno.test("a json report names operator, machine, site, build, plan and source address", () => {
  const run = documentOf(RUN, SETTINGS);
  assert.partialDeepStrictEqual(run, {
    site: "North",
    operator: "A. <Miller>",
    machine: "lab-pc",
    commit: COMMIT,
    startedAt: "2026-01-31T08:00:00.123Z",
    startedAtLocal: "2026-01-31T09:00:00.123+01:00",
    planFiles: [{ file: "site.yaml", sha256: SHA256 }],
  });
  assert.deepEqual(run.entries[0]?.local, LOCAL);
  assert.equal(run.entries[0]?.startedAtLocal, "2026-01-31T09:00:00.123+01:00");
});

Deno.test("a junit report has the machine as hostname, and the rest as properties", () => {
  const xml = renderJunit(RUN, SETTINGS);
  assert.match(xml, / hostname="lab-pc"/);
  for (const value of [COMMIT, "A. &lt;Miller&gt;", "North", SHA256, "09:00:00.123+01:00"]) {
    assert.ok(xml.includes(`value="`) && xml.includes(value), value);
  }
  const unknown = renderJunit(RUN, { program: "p" });
  assert.match(unknown, / hostname="localhost"/);
});

Deno.test("html and text reports say the same to people", () => {
  const html = renderHtml(RUN, SETTINGS);
  const known = [COMMIT, "lab-pc", "North", SHA256, "09:00:00.123+01:00", "10.0.0.7:40000"];
  for (const value of [...known, "A. &lt;Miller&gt;", "LittleEndianImplicit"]) {
    assert.ok(html.includes(value), value);
  }
  const text = renderText(RUN, SETTINGS);
  for (const value of [...known, "A. <Miller>"]) assert.ok(text.includes(value), value);
});
