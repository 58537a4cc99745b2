import assert from "node:assert/strict";
import { renderIsoTime } from "../common/local_time.ts";
import { createJsonSink } from "./json.ts";
import type { LogEvent } from "./types.ts";

const TIME = Date.UTC(2026, 10, 23, 15, 4, 5, 678);

function lines(events: readonly LogEvent[], offset = 0): string {
  let text = "";
  const write = (bytes: Uint8Array) => text += new TextDecoder().decode(bytes);
  const sink = createJsonSink({ threshold: "info", write, offsetMinutes: () => offset });
  for (const event of events) sink.log(event);
  return text;
}

Deno.test("createJsonSink() writes one line per event with its members in order", () => {
  const event: LogEvent = {
    logger: "dcmtk.apps.echoscu",
    level: "fatal",
    text: 'first "line"\nsecond\u0007',
    time: TIME,
    stage: "connect",
    fields: { port: 104, bytes: 12n },
  };
  assert.equal(
    lines([event], 60),
    '{"time":"2026-11-23T16:04:05.678+01:00","level":"fatal","logger":"dcmtk.apps.echoscu",' +
      '"stage":"connect","message":"first \\"line\\"\\nsecond\\u0007",' +
      '"fields":{"port":104,"bytes":"12"}}\n',
  );
});

Deno.test("createJsonSink() leaves out what an event does not have", () => {
  assert.equal(
    lines([{ logger: "root", level: "info", text: "a", time: TIME }]),
    '{"time":"2026-11-23T15:04:05.678+00:00","level":"info","logger":"root","message":"a"}\n',
  );
});

Deno.test("createJsonSink() puts what all events are about before facts of their own", () => {
  let text = "";
  const write = (bytes: Uint8Array) => text += new TextDecoder().decode(bytes);
  const sink = createJsonSink({ threshold: "info", write, fields: { peer: "a", port: 1 } });
  sink.log({ logger: "root", level: "info", text: "a", time: TIME, fields: { port: 2, more: 3 } });
  sink.log({ logger: "root", level: "info", text: "b", time: TIME });
  assert.deepEqual(
    text.trimEnd().split("\n").map((line) => JSON.parse(line).fields),
    [{ peer: "a", port: 2, more: 3 }, { peer: "a", port: 1 }],
  );
});

Deno.test("createJsonSink() keeps to its threshold but for unconditional events", () => {
  const event: LogEvent = { logger: "root", level: "debug", text: "a", time: TIME };
  assert.equal(lines([event]), "");
  assert.notEqual(lines([{ ...event, unconditional: true }]), "");
});

Deno.test("createJsonSink() loses an event that cannot be shown and goes on", () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  const bad: LogEvent = { logger: "root", level: "info", text: "bad", time: TIME, fields: circle };
  const good: LogEvent = { logger: "root", level: "info", text: "good", time: TIME };
  assert.match(lines([bad, good]), /^\{[^\n]*"good"[^\n]*\}\n$/);
});

Deno.test("renderIsoTime() writes offsets to the west and of half hours", () => {
  assert.equal(renderIsoTime(TIME, -210), "2026-11-23T11:34:05.678-03:30");
  assert.equal(renderIsoTime(TIME, 345), "2026-11-23T20:49:05.678+05:45");
});
