/** Answers that others worked out: RFC 8448 for TLS 1.3, the vectors of the IETF's TLS list for the PRF of TLS 1.2. */

import assert from "node:assert/strict";
import { makeAead } from "./aead.ts";
import { expandLabel, KeySchedule } from "./key_schedule.ts";
import { prf } from "./prf.ts";
import { suiteSpec } from "./suite_spec.ts";

function hex(text: string): Uint8Array {
  return Uint8Array.fromHex(text.replaceAll(" ", ""));
}

Deno.test("the key schedule of TLS 1.3 is that of RFC 8448 3", () => {
  const suite = suiteSpec(0x1301);
  assert.ok(suite !== undefined);
  const schedule = new KeySchedule(
    suite,
    hex("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d"),
  );
  const secrets = schedule.handshakeSecrets(
    hex("860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8"),
  );
  assert.equal(
    secrets.client.toHex(),
    "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21",
  );
  assert.equal(
    secrets.server.toHex(),
    "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38",
  );
  const data = schedule.dataSecrets(
    hex("9608102a0f1ccc6db6250b7b7e417b1a000eaada3daae4777a7686c9ff83df13"),
  );
  assert.equal(
    data.client.toHex(),
    "9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5",
  );
  assert.equal(
    data.server.toHex(),
    "a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643",
  );
  const label = { secret: secrets.server, context: new Uint8Array() };
  const key = expandLabel("sha256", { ...label, label: "key", length: 16 });
  const iv = expandLabel("sha256", { ...label, label: "iv", length: 12 });
  assert.equal(key.toHex(), "3fce516009c21727d0f2e4e86ee403bc");
  assert.equal(iv.toHex(), "5d313eb2671276ee13000b30");
  const finished = hex(
    "14 00 00 20 a8 ec 43 6d 67 76 34 ae 52 5a c1 fc eb e1 1a 03 9e c1 76 94 fa c6 e9 85 " +
      "27 b6 42 f2 ed d5 ce 61",
  );
  const record = schedule.protection(secrets.client).seal({ type: 22, bytes: finished });
  assert.equal(
    record.toHex(),
    "170303003575ec4dc238cce60b298044a71e219c56cc77b0517fe9b93c7a4bfc44d87f38f80338ac98fc46de" +
      "b384bd1caeacab6867d726c40546",
  );
});

Deno.test("the PRF of TLS 1.2 gives the vector of the TLS working group", () => {
  const out = prf("sha256", {
    secret: hex("9bbe436ba940f017b17652849a71db35"),
    label: "test label",
    seed: hex("a0ba9f936cda311827a6f796ffd5198c"),
    length: 100,
  });
  assert.equal(
    out.toHex(),
    "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a" +
      "6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab" +
      "4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701" +
      "87347b66",
  );
});

Deno.test("AES-CCM gives example 3 of NIST SP 800-38C", () => {
  const key = hex("404142434445464748494a4b4c4d4e4f");
  const input = {
    nonce: hex("101112131415161718191a1b"),
    associated: hex("000102030405060708090a0b0c0d0e0f10111213"),
    bytes: hex("202122232425262728292a2b2c2d2e2f3031323334353637"),
  };
  const sealed = makeAead("aes-128-ccm8", key).seal(input);
  assert.equal(
    sealed.toHex(),
    "e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5484392fbc1b09951",
  );
  const opened = makeAead("aes-128-ccm8", key).open({ ...input, bytes: sealed });
  assert.deepEqual(opened, input.bytes);
  const changed = sealed.map((byte, at) => at === 3 ? byte ^ 1 : byte);
  assert.equal(makeAead("aes-128-ccm8", key).open({ ...input, bytes: changed }), undefined);
});
