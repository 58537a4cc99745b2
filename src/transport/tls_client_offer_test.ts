import assert from "node:assert/strict";
import fc from "fast-check";
import { readClientOffer } from "./tls_client_offer.ts";

const START = `0303${"00".repeat(32)}00`;
const SUITES = "0004c02f00ff";
const EXTENSIONS = [
  "002b00050403040303",
  "000a00060004001d0017",
  "000d0006000404010804",
].join("");

function hello(text: string): Uint8Array {
  return Uint8Array.fromHex(text);
}

const WHOLE = hello(`${START}${SUITES}0100001d${EXTENSIONS}`);

Deno.test("readClientOffer() reads versions, suites, groups and signature schemes", () => {
  assert.deepEqual(readClientOffer(WHOLE), {
    legacyVersion: 0x0303,
    versions: [0x0304, 0x0303],
    suites: [0xc02f, 0x00ff],
    groups: [0x1d, 0x17],
    schemes: [0x0401, 0x0804],
  });
});

Deno.test("readClientOffer() reads a hello without extensions", () => {
  assert.deepEqual(readClientOffer(hello(`0301${"00".repeat(32)}00${SUITES}0100`)), {
    legacyVersion: 0x0301,
    versions: undefined,
    suites: [0xc02f, 0x00ff],
    groups: undefined,
    schemes: undefined,
  });
});

Deno.test("readClientOffer() leaves a hello alone that is cut anywhere", () => {
  const noExtensions = WHOLE.length - 0x1d - 2;
  for (let length = 0; length < WHOLE.length; length++) {
    const offer = readClientOffer(WHOLE.subarray(0, length));
    assert.equal(offer === undefined, length !== noExtensions, String(length));
  }
});

Deno.test("readClientOffer() never throws", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
    readClientOffer(bytes);
    readClientOffer(new Uint8Array([...WHOLE.subarray(0, 45), ...bytes]));
  }));
});
