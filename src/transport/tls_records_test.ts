import assert from "node:assert/strict";
import fc from "fast-check";
import { HandshakeWatch } from "./tls_records.ts";

function watch(...chunks: readonly string[]): HandshakeWatch {
  const seen = new HandshakeWatch();
  for (const chunk of chunks) seen.incoming(Uint8Array.fromHex(chunk));
  return seen;
}

Deno.test("HandshakeWatch keeps what is not TLS", () => {
  assert.equal(watch("160303").problem, undefined);
  assert.equal(watch("48545450").problem?.kind, "not-tls");
  assert.equal(watch("07", "00").problem?.kind, "not-tls");
  assert.equal(watch("1603030000", "2a03030000").problem?.kind, "not-tls");
});

Deno.test("HandshakeWatch finds a record that is too long before its body is there", () => {
  assert.equal(watch("1603034800").problem, undefined);
  assert.equal(watch("1603034801").problem?.kind, "too-long");
});

Deno.test("HandshakeWatch reads alerts in the clear, and none that are encrypted", () => {
  assert.equal(watch("15030300020228").alert, 40);
  assert.equal(watch("15030300020164").alert, undefined);
  assert.deepEqual(watch("15030300020100").problem, { kind: "ended", how: "close-notify" });
  assert.equal(watch("140303000101", "15030300020228").alert, undefined);
});

Deno.test("HandshakeWatch sees the request for a certificate wherever records are cut", () => {
  // A ServerHelloDone of no bytes comes before it: messages are counted by their own lengths.
  assert.ok(watch("16030300080e0000000d000000").asksForCertificate);
  assert.ok(!watch("16030300040e000000").asksForCertificate);
  // A certificate of 5 bytes and the request after it, over three records.
  assert.ok(
    watch("16030300060b0000050102", "16030300050304050d00", "16030300020000").asksForCertificate,
  );
});

Deno.test("HandshakeWatch sees the hello of the peer", () => {
  assert.ok(!watch("15030300020128").isAnswered);
  assert.ok(!watch("160303000402000002").isAnswered);
  assert.ok(watch("160303000602000002", "0303").isAnswered);
});

Deno.test("HandshakeWatch keeps no message that is longer than there may be", () => {
  const seen = watch("16030300040bffffff", "16030300040d000000");
  assert.deepEqual([seen.asksForCertificate, seen.problem], [false, undefined]);
});

Deno.test("HandshakeWatch counts what is sent encrypted, without what encryption adds", () => {
  const seen = new HandshakeWatch();
  seen.outgoing(Uint8Array.fromHex("140303000101"));
  seen.outgoing(new Uint8Array([23, 3, 3, 0, 69, ...new Array<number>(69).fill(0)]));
  assert.equal(seen.encryptedSent, 52);
});

Deno.test("HandshakeWatch comes to the same however bytes are cut, and never throws", () => {
  const record = fc.tuple(fc.integer({ min: 18, max: 25 }), fc.uint8Array({ maxLength: 40 })).map((
    [type, body],
  ) => [type, 3, 3, 0, body.length, ...body]);
  fc.assert(fc.property(
    fc.array(fc.oneof(record, fc.array(fc.integer({ min: 0, max: 255 })))),
    fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
    (parts, sizes) => {
      const bytes = Uint8Array.from(parts.flat());
      const whole = new HandshakeWatch();
      const cut = new HandshakeWatch();
      for (let at = 0, n = 0; at < bytes.length; n += 1) {
        const size = sizes[n % sizes.length] ?? 1;
        if (!cut.incoming(bytes.subarray(at, at + size))) break;
        at += size;
      }
      whole.incoming(bytes);
      assert.equal(cut.problem?.kind, whole.problem?.kind);
    },
  ));
});
