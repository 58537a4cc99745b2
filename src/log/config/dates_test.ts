import assert from "node:assert/strict";
import fc from "fast-check";
import golden from "../../../tests/golden/strftime.json" with { type: "json" };
import { isEmptyDateFormat, renderDate } from "./dates.ts";
import { putTogether, takeApart, utcZone } from "./moment.ts";
import { strftime } from "./strftime.ts";

const SECONDS = Date.UTC(2026, 10, 23, 7, 54, 0) / 1000;

Deno.test("strftime() agrees with the C library on every golden case", () => {
  for (const [format, seconds, offsetSeconds, name, expected] of golden.cases) {
    const moment = takeApart({
      seconds: Number(seconds),
      zone: () => ({ offsetSeconds: Number(offsetSeconds), name: String(name) }),
    });
    assert.equal(strftime(String(format), moment), expected, `${format} ${seconds}`);
  }
});

Deno.test("strftime() never throws and never grows beyond its widest field", () => {
  const moment = takeApart({ seconds: SECONDS, zone: utcZone });
  fc.assert(fc.property(fc.string({ unit: "binary-ascii" }), (format) => {
    assert.ok(strftime(format, moment).length < 10_000);
  }));
  assert.equal(strftime("%999999999Y", moment).length, 4096);
});

Deno.test("renderDate() knows %q, %Q and %s and leaves flags before them alone", () => {
  const at = (format: string) => renderDate(format, { seconds: SECONDS + 0.827852, zone: utcZone });
  assert.equal(at("%q|%Q|%s"), "827|827.852|1795420440");
  assert.equal(at("%%q|%3q|%-Q"), "%q|%3q|%-Q");
  assert.equal(at("%H:%M:%S.%q"), "07:54:00.827");
});

Deno.test("renderDate() drops a percent sign at the end and prints GMT for UTC", () => {
  const at = (format: string) => renderDate(format, { seconds: SECONDS, zone: utcZone });
  assert.equal(at("a%"), "a");
  assert.equal(at("%"), "");
  assert.equal(at("%Z %z"), "GMT +0000");
  assert.equal(isEmptyDateFormat("%"), true);
  assert.equal(isEmptyDateFormat("%%"), false);
});

Deno.test("renderDate() shows the fraction that a time in milliseconds has", () => {
  for (const millisecond of [0, 1, 291, 499, 999]) {
    const seconds = (SECONDS * 1000 + millisecond) / 1000;
    const expected = String(millisecond).padStart(3, "0");
    assert.equal(renderDate("%Q", { seconds, zone: utcZone }), `${expected}.000`);
  }
});

Deno.test("putTogether() is the inverse of takeApart() and carries over", () => {
  const zone = () => ({ offsetSeconds: -12_600, name: "NST" });
  fc.assert(fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
    assert.equal(putTogether(takeApart({ seconds, zone }), zone), seconds);
  }));
  const fields = { year: 2026, month: 12, day: 0, hour: 0, minute: 0, second: 0 };
  assert.equal(putTogether(fields, utcZone), Date.UTC(2026, 11, 31) / 1000);
});
