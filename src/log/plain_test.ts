import assert from "node:assert/strict";
import { createPlainSink } from "./plain.ts";
import type { LogEvent, LogLevel, LogThreshold } from "./types.ts";

const LEVELS: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error", "fatal"];

function event(level: LogLevel, text: string): LogEvent {
  return { logger: "dcmtk.apps.echoscu", level, text, time: 0 };
}

function collect(threshold: LogThreshold, events: readonly LogEvent[]): string {
  let text = "";
  const sink = createPlainSink(threshold, (bytes) => text += new TextDecoder().decode(bytes));
  for (const one of events) sink.log(one);
  return text;
}

Deno.test("createPlainSink() writes the level letter before every line", () => {
  assert.equal(
    collect("trace", LEVELS.map((level) => event(level, "text"))),
    "T: text\nD: text\nI: text\nW: text\nE: text\nF: text\n",
  );
  assert.equal(collect("fatal", [event("fatal", "one\n\ntwo\n")]), "F: one\nF: \nF: two\nF: \n");
});

Deno.test("createPlainSink() lets pass what is at or above its threshold", () => {
  for (const [index, threshold] of LEVELS.entries()) {
    const sink = createPlainSink(threshold, () => {});
    const enabled = LEVELS.filter((level) => sink.isEnabled("any", level));
    assert.deepEqual(enabled, LEVELS.slice(index));
    const written = collect(threshold, LEVELS.map((level) => event(level, level)));
    assert.equal(written.split("\n").length - 1, LEVELS.length - index);
  }
});

Deno.test("createPlainSink() writes nothing at off but what is unconditional", () => {
  const all = LEVELS.map((level) => event(level, "text"));
  assert.equal(collect("off", all), "");
  assert.equal(collect("off", [{ ...event("info", "a\n"), unconditional: true }]), "I: a\nI: \n");
});

Deno.test("createPlainSink() survives a stream that takes nothing", () => {
  const sink = createPlainSink("trace", () => {
    throw new Error("closed");
  });
  sink.log(event("fatal", "lost"));
  assert.equal(sink.isEnabled("any", "fatal"), true);
});

Deno.test("createPlainSink() hands an event over in one piece", () => {
  let writes = 0;
  createPlainSink("info", () => writes++).log(event("info", "one\ntwo\nthree"));
  assert.equal(writes, 1);
});
