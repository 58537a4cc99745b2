import assert from "node:assert/strict";
import { PduDecodeError } from "./errors.ts";
import { PduFramer } from "./framer.ts";

const HTTP = new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n" + "x".repeat(100));
const FIRST_64 = HTTP.subarray(0, 64);

/** The error that ends the framing of `pieces`. */
function errorOf(pieces: readonly Uint8Array[]): PduDecodeError {
  const framer = new PduFramer();
  try {
    for (const piece of pieces) framer.push(piece);
  } catch (error) {
    if (error instanceof PduDecodeError) return error;
  }
  throw new Error("all of it was taken");
}

Deno.test("PduFramer keeps the first 64 bytes of what is not a PDU", () => {
  assert.deepEqual(errorOf([HTTP]).head, FIRST_64);
});

Deno.test("PduFramer keeps first bytes that came in several pieces", () => {
  assert.deepEqual(errorOf([HTTP.subarray(0, 2), HTTP.subarray(2)]).head, FIRST_64);
  const header = Array.from(HTTP.subarray(0, 6), (byte) => Uint8Array.of(byte));
  assert.deepEqual(errorOf(header).head, HTTP.subarray(0, 6));
});

Deno.test("PduFramer keeps first bytes after a good PDU", () => {
  const release = Uint8Array.fromHex("05000000000400000000");
  const framer = new PduFramer();
  assert.equal(framer.push(Uint8Array.of(...release, ...HTTP)).length, 1);
  assert.deepEqual(framer.error?.head, FIRST_64);
});

Deno.test("PduFramer keeps the header of a PDU that is too long", () => {
  const header = Uint8Array.fromHex("0400ffffffff0000");
  assert.deepEqual(errorOf([header]).head, header);
});

Deno.test("PduDecodeError holds no bytes where the header is right", () => {
  const short = Uint8Array.fromHex("0200000000020001");
  assert.deepEqual(errorOf([short]).head, new Uint8Array(0));
});
