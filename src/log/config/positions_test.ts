import assert from "node:assert/strict";
import recorded from "../../../tests/golden/log-events.json" with { type: "json" };
import type { LogLevel } from "../types.ts";
import { PositionFinder } from "./positions.ts";

type Row = [string, string, string, number, string, string];
const LEVELS: Readonly<Record<string, LogLevel>> = {
  T: "trace",
  D: "debug",
  I: "info",
  W: "warn",
  E: "error",
  F: "fatal",
};

function eventOf(logger: string, text: string, level: LogLevel = "info") {
  return { logger, level, text, time: 0 };
}

Deno.test("PositionFinder finds every recorded message where the reference has it", () => {
  for (const rows of [recorded.accepting, recorded.rejecting, recorded.closed]) {
    const finder = new PositionFinder();
    for (const [letter, logger, file, line, name, text] of rows as Row[]) {
      const found = finder.find(eventOf(logger, text, LEVELS[letter]));
      assert.deepEqual(found, { file, line, function: name }, text);
    }
  }
});

Deno.test("PositionFinder reports the three places of Aborting Association apart", () => {
  const finder = new PositionFinder();
  const line = (text: string) => finder.find(eventOf("dcmtk.apps.echoscu", text))?.line;
  assert.equal(line("Aborting Association"), 429);
  line("Protocol Error: Peer requested release (Aborting)");
  assert.equal(line("Aborting Association"), 450);
  line("Echo SCU Failed: 0006:0207 DIMSE No data available (timeout in non-blocking mode)");
  assert.equal(line("Aborting Association"), 465);
});

Deno.test("PositionFinder finds this program's own identification where the reference has its", () => {
  const event = eventOf("dcmtk.apps.echoscu", "$echoscu: echoscu v1.0.0 2026-11-23 $\n", "debug");
  assert.equal(new PositionFinder().find(event)?.line, 290);
});

Deno.test("PositionFinder knows no position for the program's own messages and for other loggers", () => {
  const finder = new PositionFinder();
  assert.equal(finder.find(eventOf("dcmtk.apps.echoscu", "something new")), undefined);
  assert.equal(finder.find(eventOf("root", "Requesting Association")), undefined);
});
