import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/2020";
import {
  cellsOf,
  type OverTime,
  PeriodMaker,
  type TimedResult,
  Zone,
} from "../availability/mod.ts";
import { overTimeDocument } from "./over_time_document.ts";
import { renderOverTime } from "./over_time_report.ts";
import { isoTime } from "./values.ts";
import { OVER_TIME_SCHEMA, type OverTimeDocument } from "./over_time_schema.ts";

const DAY_MS = 86_400_000;
const SINCE_MS = Date.UTC(2026, 2, 27, 23);
const HOSTILE = '=1+1;</script><img src=x onerror=alert(1)>"\n\u202e\x1b[2J';

/** Four days in Berlin with a day of 23 hours: down from 8:00 to 9:00 UTC of the first, off on the third. */
function found(): OverTime {
  const period = { sinceMs: SINCE_MS, untilMs: SINCE_MS + 4 * DAY_MS - 3_600_000 };
  const cells = cellsOf(period, new Zone("Europe/Berlin"));
  const peer = (name: string, group: string) => {
    const maker = new PeriodMaker({ ...period, bounds: cells.bounds });
    for (let at = SINCE_MS; at < period.untilMs; at += 300_000) {
      if (at >= SINCE_MS + 47 * 3_600_000 && at < SINCE_MS + 71 * 3_600_000) continue;
      maker.add(resultAt(at, at - SINCE_MS >= 9 * 3_600_000 && at - SINCE_MS < 10 * 3_600_000));
    }
    const address = { host: "10.0.0.1", port: 104, callingAeTitle: "A", calledAeTitle: HOSTILE };
    const earlier = new PeriodMaker({ sinceMs: SINCE_MS - DAY_MS, untilMs: SINCE_MS }).finish();
    return { ...maker.finish(), name, group, addresses: [address], earlier };
  };
  const peers = [peer("ARCHIVE", "CT"), peer(HOSTILE, "CT"), peer("MR_1", HOSTILE)];
  return { ...period, zone: "Europe/Berlin", cells, peers };
}

function resultAt(startedMs: number, isDown: boolean): TimedResult {
  const cause = isDown
    ? { situation: "port-refused", stage: "connect", fault: "network", message: HOSTILE }
    : { situation: null, stage: null, fault: null, message: null };
  return {
    startedMs,
    elapsedMs: 20,
    verdict: isDown ? "failed" : "passed",
    everySeconds: 300,
    runMs: 20,
    ...cause,
    stageMs: [null, 1, 5, 4, 8, 2],
    tlsDaysLeft: 40,
  };
}

const settings = { program: "echoscu 1.2.3", origin: { machine: "m", operator: HOSTILE } };
const DOCUMENT = overTimeDocument(found(), { history: "site.db", settings });

function rendered(format: "text" | "json" | "csv" | "html", document = DOCUMENT): string {
  return renderOverTime(format, { document, glyphs: "ascii" });
}

Deno.test("the document says how much was measured, and never rounds up", () => {
  const [peer] = DOCUMENT.peers;
  // 95 hours, 24 of them off; the last result before that holds 10 minutes, 5 of which are its own.
  assert.equal(peer?.downMs, 3_600_000);
  assert.equal(peer.upMs, (71 - 1) * 3_600_000 + 300_000);
  assert.equal(peer.measured, Math.floor((71 + 1 / 12) / 95 * 1e7) / 1e7);
  assert.equal(peer.outages[0]?.begin, "2026-03-28T08:00:00.000Z");
  assert.equal(peer.tls?.until, "2026-05-10T21:55:00.000Z");
  assert.deepEqual(DOCUMENT.groups.map(({ group, peers }) => [group, peers]), [
    ["CT", 2],
    [HOSTILE.toWellFormed(), 1],
  ]);
});

Deno.test("JSON is as the schema says", () => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, formats: { "date-time": true } });
  const validate = ajv.compile(OVER_TIME_SCHEMA);
  const empty = overTimeDocument({ ...found(), peers: [] }, { history: "h", settings });
  for (const document of [DOCUMENT, empty]) {
    assert.ok(validate(JSON.parse(rendered("json", document))), JSON.stringify(validate.errors));
  }
});

Deno.test("text fits a terminal, shows days by the clock on the wall, and moves no cursor", () => {
  const text = rendered("text");
  assert.ok(text.split("\n").every((line) => line.length <= 80), text);
  assert.match(text, /^ARCHIVE +o#\.#$/m);
  assert.match(text, /^2026-03-28 09:00 {2}1 h 0 min {2}ARCHIVE$/m);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(text, /[\x1b\u202e]/);
});

Deno.test("CSV has a row for everything, and no formula", () => {
  const rows = rendered("csv").trimEnd().split("\r\n");
  assert.deepEqual(rows.map((row) => row.split(",")[0]), [
    ...["row", "total", "group", "group", "peer", "peer", "peer"],
    ...["outage", "outage", "outage"],
  ]);
  assert.ok(rows.every((row) => !/(^|[,;"])[=+@]/.test(row)));
});

Deno.test("the page has one heading, a strip of each peer, and nothing of what a peer says runs", () => {
  const page = rendered("html");
  assert.equal(page.match(/<h1>/g)?.length, 1);
  assert.equal(page.match(/class="strip"/g)?.length, 6);
  assert.doesNotMatch(page, /<script|<img|https?:|\u202e/);
  assert.match(page, /Times are Europe\/Berlin\./);
  assert.match(page, /aria-label="Each day: 2 up, 1 down for a while, 1 not measured"/);
});

Deno.test("the cells of a year need no more room than a telephone has", () => {
  const [peer] = DOCUMENT.peers;
  assert.ok(peer?.cells[0] !== undefined);
  const length = 366;
  const year: OverTimeDocument = {
    ...DOCUMENT,
    cellBounds: Array.from({ length: length + 1 }, (_, day) => isoTime(SINCE_MS + day * DAY_MS)),
    groups: [],
    peers: [{ ...peer, cells: new Array(length).fill(peer.cells[0]) }],
  };
  const page = rendered("html", year);
  assert.equal(page.match(/class="strip many"/g)?.length, 2);
  assert.match(page, /\.strip\.many \{ gap: 0; \}\n\.strip\.many \.cell \{ min-width: 0; \}/);
});

Deno.test("a history without results in the period says so", () => {
  const empty: OverTimeDocument = overTimeDocument({ ...found(), peers: [] }, {
    history: "site.db",
    settings,
  });
  for (const format of ["text", "html"] as const) {
    assert.match(rendered(format, empty), /Nothing was measured/);
  }
});
