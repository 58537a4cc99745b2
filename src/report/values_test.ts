import assert from "node:assert/strict";
import { hostAndPort } from "../common/host.ts";
import { decimal, durationText, isoTime, oneLine, secondsOf } from "./values.ts";

Deno.test("durationText() keeps about three digits", () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, "0 ms"],
    [0.8449, "0.84 ms"],
    [9.999, "10 ms"],
    [12.34, "12.3 ms"],
    [99.96, "100 ms"],
    [834.2, "834 ms"],
    [1000, "1 s"],
    [5010, "5.01 s"],
    [999.7, "1 s"],
    [59_999, "1 min 0 s"],
    [60_000, "1 min 0 s"],
    [125_400, "2 min 5 s"],
    [3_599_900, "1 h 0 min"],
    [12_000_000, "3 h 20 min"],
    [86_399_000, "1 d 0 h"],
    [352_800_000, "4 d 2 h"],
  ];
  for (const [ms, text] of cases) assert.equal(durationText(ms), text);
});

Deno.test("decimal() never writes an exponent or trailing zeros", () => {
  assert.equal(decimal(0.000001, 6), "0.000001");
  assert.equal(decimal(1e-9, 6), "0");
  assert.equal(decimal(1.5, 3), "1.5");
  assert.equal(decimal(100, 0), "100");
  assert.equal(decimal(123_456_789, 3), "123456789");
});

Deno.test("isoTime() has milliseconds and the offset", () => {
  assert.equal(isoTime(0), "1970-01-01T00:00:00.000Z");
});

Deno.test("secondsOf() keeps microseconds", () => {
  assert.equal(secondsOf(1234.5678), 1.234568);
});

Deno.test("hostAndPort() puts IPv6 addresses into brackets, once", () => {
  assert.equal(hostAndPort({ host: "pacs", port: 104 }), "pacs:104");
  assert.equal(hostAndPort({ host: "::1", port: 104 }), "[::1]:104");
  assert.equal(hostAndPort({ host: "[::1]", port: 104 }), "[::1]:104");
});

Deno.test("oneLine() leaves nothing that could forge a line or move a cursor", () => {
  assert.equal(oneLine("a\nb\tc\u001b[2J\u2028\u202e"), "a\\x0ab c\\x1b[2J\\u2028\\u202e");
});
