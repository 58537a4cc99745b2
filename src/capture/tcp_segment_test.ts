import assert from "node:assert/strict";
import { addressBytes, addressPair } from "./address.ts";
import { FLAGS, packetOf } from "./tcp_segment.ts";

Deno.test("addressBytes() reads IPv4, IPv6 and IPv4 in IPv6, and nothing else", () => {
  const rows: readonly (readonly [string, readonly number[] | undefined])[] = [
    ["192.0.2.1", [192, 0, 2, 1]],
    ["::ffff:192.0.2.1", [192, 0, 2, 1]],
    ["[2001:db8::1]", [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ["fe80::1%eth0", [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    ["1:2:3:4:5:6:7:8", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
    ["::", Array(16).fill(0)],
    ["1:2:3:4:5:6:7", undefined],
    ["1::2::3", undefined],
    ["256.0.0.1", undefined],
    ["pacs", undefined],
    ["", undefined],
  ];
  for (const [text, expected] of rows) {
    const bytes = addressBytes(text);
    assert.deepEqual(bytes === undefined ? undefined : [...bytes], expected, text);
  }
  assert.deepEqual(addressPair("2001:db8::1", "192.0.2.1").map(({ length }) => length), [16, 16]);
  assert.deepEqual(addressPair("pacs", "192.0.2.1").map((bytes) => [...bytes]), [
    [0, 0, 0, 0],
    [192, 0, 2, 1],
  ]);
});

/** The sum of all 16-bit words, as a receiver adds them (RFC 1071). */
function sum(bytes: Uint8Array): number {
  let total = 0;
  for (let at = 0; at < bytes.length; at += 2) {
    total += (bytes[at] ?? 0) * 0x100 + (bytes[at + 1] ?? 0);
  }
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return total;
}

Deno.test("packetOf() has checksums that a receiver finds right, for odd lengths too", () => {
  for (const length of [0, 1, 2, 1459, 1460]) {
    const segment = {
      source: Uint8Array.of(192, 0, 2, 1),
      destination: Uint8Array.of(198, 51, 100, 7),
      sourcePort: 4000,
      destinationPort: 104,
      sequence: 0xffff_ffff,
      acknowledgment: 7,
      flags: FLAGS.ack | FLAGS.psh,
      options: new Uint8Array(),
      payload: new Uint8Array(length).fill(0xff),
      identification: 0xffff,
    };
    const packet = packetOf(segment);
    assert.equal(sum(packet.subarray(0, 20)), 0xffff);
    const size = packet.length - 20;
    const pseudo = [...packet.subarray(12, 20), 0, 6, size >> 8, size & 0xff];
    assert.equal(sum(Uint8Array.of(...pseudo, ...packet.subarray(20))), 0xffff, `${length}`);
  }
});
