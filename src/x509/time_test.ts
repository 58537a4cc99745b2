import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeDer } from "./bytes.ts";
import { DerError, DerReader, TAG } from "./der.ts";
import { isLater, readTime, renderReferenceTime, renderTime, type X509Time } from "./time.ts";

function time(tag: number, text: string): X509Time {
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  return readTime(new DerReader(encodeDer(tag, bytes)), "time");
}

Deno.test("readTime() reads UTCTime with the years 1950 to 2049", () => {
  assert.equal(time(TAG.utcTime, "700101000000Z").epochSeconds, 0);
  assert.equal(
    time(TAG.utcTime, "491231235959Z").epochSeconds,
    Date.UTC(2049, 11, 31, 23, 59, 59) / 1000,
  );
  assert.equal(time(TAG.utcTime, "500101000000Z").epochSeconds, Date.UTC(1950, 0, 1) / 1000);
});

Deno.test("readTime() reads GeneralizedTime with all years", () => {
  assert.equal(
    time(TAG.generalizedTime, "99991231235959Z").epochSeconds,
    253_402_300_799,
  );
  assert.equal(time(TAG.generalizedTime, "00010101000000Z").epochSeconds, -62_135_596_800);
});

Deno.test("readTime() keeps what is not a time of RFC 5280, without a value", () => {
  const wrong = [
    "0101010000Z",
    "010101000000+0000",
    "400230000000Z",
    "410229000000Z",
    "401301000000Z",
    "400100000000Z",
    "400101240000Z",
    "400101006000Z",
    "400101000060Z",
    "4001010000xxZ",
    "",
  ];
  for (const text of wrong) {
    assert.equal(time(TAG.utcTime, text).epochSeconds, undefined, text);
    assert.equal(time(TAG.utcTime, text).text, text);
  }
  assert.equal(time(TAG.generalizedTime, "20400101000000.5Z").epochSeconds, undefined);
  assert.notEqual(time(TAG.utcTime, "400229000000Z").epochSeconds, undefined);
});

Deno.test("readTime() refuses other types", () => {
  assert.throws(() => time(TAG.utf8String, "200101000000Z"), DerError);
});

Deno.test("renderTime() writes as the reference, which writes nothing for a GeneralizedTime", () => {
  assert.equal(renderTime(time(TAG.utcTime, "200101000000Z")), "Jan  1 00:00:00 2020 GMT");
  assert.equal(renderReferenceTime(time(TAG.utcTime, "491231235959Z")), "Dec 31 23:59:59 2049 GMT");
  assert.equal(renderReferenceTime(time(TAG.generalizedTime, "20630626161234Z")), "");
  assert.equal(
    renderTime(time(TAG.generalizedTime, "20630626161234Z")),
    "Jun 26 16:12:34 2063 GMT",
  );
  assert.equal(renderTime(time(TAG.utcTime, "junk")), "junk");
});

Deno.test("readTime() and the calendar agree on every second", () => {
  const years = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 });
  fc.assert(fc.property(years, (seconds) => {
    const digits = new Date(seconds * 1000).toISOString().replace(/[-:T]|\.\d+/g, "");
    assert.equal(time(TAG.generalizedTime, digits).epochSeconds, seconds);
  }));
});

Deno.test("isLater() also reads what no check of a date accepts", () => {
  const base = time(TAG.utcTime, "400101000000Z");
  assert.ok(isLater(time(TAG.generalizedTime, "20400101000001.5Z"), base));
  assert.ok(isLater(time(TAG.utcTime, "4001010001Z"), base));
  assert.ok(isLater(time(TAG.utcTime, "400101000000-0100"), base));
  assert.ok(!isLater(time(TAG.utcTime, "400101000000+0100"), base));
  assert.ok(!isLater(base, base));
  assert.ok(!isLater(time(TAG.utcTime, "junk"), base));
  assert.ok(!isLater(base, time(TAG.utcTime, "junk")));
});
