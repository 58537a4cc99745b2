/** A verified peer whose association ended badly: passed and up, and every format says what happened. */

import assert from "node:assert/strict";
import { checkOf, entryOf, runOf, verified } from "../../tests/support/report_runs.ts";
import { PeerAborted } from "../check/mod.ts";
import { renderCsv } from "./csv.ts";
import { documentOf } from "./document.ts";
import { renderHtml } from "./html.ts";
import { renderJunit } from "./junit.ts";
import { nagiosState, renderNagios } from "./nagios.ts";
import { renderProbe } from "./prometheus.ts";
import { renderText } from "./text.ts";

const ENDED_BADLY = {
  ...verified(checkOf({}, "pacs")),
  endingError: new PeerAborted("release", { source: 0, reason: 0 }),
};
const REPORT = runOf([entryOf(ENDED_BADLY)]);
const SETTINGS = {
  program: "p",
  diagnose: () => ({ situation: "release-aborted", title: "it aborted", hint: "use --abort" }),
};

Deno.test("a bad ending is a failure of its own in JSON, next to the verified outcome", () => {
  const [entry] = documentOf(REPORT, SETTINGS).entries;
  assert.equal(entry?.verdict, "passed");
  assert.equal(entry?.outcome, "verified");
  assert.equal(entry?.failure, undefined);
  const { name, stage, situation, title, hint } = entry?.endingFailure ?? {};
  assert.deepEqual([name, stage, situation, title, hint], [
    "PeerAborted",
    "release",
    "release-aborted",
    "it aborted",
    "use --abort",
  ]);
});

Deno.test("a bad ending is a warning for Nagios, with its hint", () => {
  assert.equal(nagiosState(REPORT, SETTINGS), "WARNING");
  const text = renderNagios(REPORT, SETTINGS);
  assert.match(
    text,
    /^DICOM WARNING - pacs:104: echo answered in 2\.13 ms, but it aborted\|.*\n.*\nhint: use --abort\n$/,
  );
  const slow = renderNagios(REPORT, { ...SETTINGS, warnLatencyMs: 1 });
  assert.match(slow, /WARNING - .* answered in 2\.13 ms, limit 1 ms, but it aborted/);
});

Deno.test("a bad ending leaves a peer up, and is a metric of its own", () => {
  const text = renderProbe(REPORT, SETTINGS);
  assert.match(text, /\nechoscu_up 1\n/);
  assert.match(text, /\nechoscu_as_expected 1\n/);
  assert.match(text, /\nechoscu_ended_well 0\n/);
  assert.doesNotMatch(text, /^echoscu_failure_info/m);
});

Deno.test("a bad ending is reported where people read, and where tables are made", () => {
  assert.match(renderText(REPORT, SETTINGS), /passed .* verified, but it aborted\n/);
  assert.match(renderHtml(REPORT, SETTINGS), /It aborted\.[^]*use --abort/);
  assert.match(
    renderJunit(REPORT, SETTINGS),
    /failures="0"[^]*<system-out>warning: pacs:104: verified, but it aborted<\/system-out>/,
  );
  const [header = "", row = ""] = renderCsv(REPORT, SETTINGS).split("\r\n");
  assert.match(header, /,ending_failure,ending_message,/);
  assert.match(row, /,PeerAborted,it aborted,/);
});
