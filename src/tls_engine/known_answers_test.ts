/**
 * Answers that others worked out: RFC 8448 for TLS 1.3, the IETF's TLS list and OpenSSL for the PRF, NIST for AES-CCM.
 * Whole handshakes that OpenSSL made are in recorded_test.ts.
 */

import assert from "node:assert/strict";
import { makeAead } from "./aead.ts";
import { EXTENSION, MESSAGE, RECORD, VERSION } from "./codes.ts";
import { signedContents } from "./flow13.ts";
import { makeShare } from "./groups.ts";
import { readServerHello, type ServerHello } from "./hello.ts";
import { keyOf } from "./identity.ts";
import { KeySchedule } from "./key_schedule.ts";
import { masterSecret } from "./legacy_keys.ts";
import type { Message } from "./link.ts";
import { digest, prf } from "./prf.ts";
import type { Protection, TypedBytes } from "./protection.ts";
import { MessageReader, RecordReader } from "./records.ts";
import { verifyProof } from "./signatures.ts";
import { rfc8448 } from "../../tests/support/rfc8448.ts";
import { join, vector, WireReader } from "./wire.ts";

function hex(text: string): Uint8Array {
  return Uint8Array.fromHex(text.replaceAll(" ", ""));
}

Deno.test("the trace of RFC 8448 3 is understood, and continued with its very bytes", () => {
  const hello = rfc8448("clientHello");
  const share = makeShare(0x1d, () => rfc8448("clientShare"));
  assert.ok(hello.toHex().includes(share.publicValue.toHex()));
  const server = serverHelloOf(rfc8448("serverHello"));
  const keyShare = new WireReader(server.extensions.get(EXTENSION.keyShare) ?? new Uint8Array());
  assert.equal(keyShare.number(2), 0x1d);
  const shared = share.agree(keyShare.vector(2));
  assert.equal(
    shared.toHex(),
    "8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d",
  );
  const schedule = new KeySchedule(server.suite, shared);
  const transcript = [hello, rfc8448("serverHello").subarray(5)];
  const hash = () => digest("sha256", transcript);
  const secrets = schedule.handshakeSecrets(hash());
  assert.equal(
    secrets.client.toHex(),
    "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21",
  );
  assert.equal(
    secrets.server.toHex(),
    "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38",
  );
  const messages = messagesIn(schedule.protection(secrets.server), "serverFlight");
  const [encrypted, certificate, proof, finished] = messages;
  assert.ok(encrypted && certificate && proof && finished);
  transcript.push(encrypted.raw, certificate.raw);
  verifyProof({
    key: keyOf(certificateIn(certificate.body)),
    code: 0x0804,
    version: VERSION.tls13,
    message: signedContents("server", hash()),
    signature: proof.body.subarray(4),
  });
  transcript.push(proof.raw);
  assert.deepEqual(finished.body, schedule.finished(secrets.server, hash()));
  transcript.push(finished.raw);
  const data = schedule.dataSecrets(hash());
  assert.equal(
    data.client.toHex(),
    "9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5",
  );
  assert.equal(
    data.server.toHex(),
    "a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643",
  );
  const ours = schedule.finished(secrets.client, hash());
  const last = join(Uint8Array.of(MESSAGE.finished), vector(3, ours));
  const sealed = schedule.protection(secrets.client).seal({ type: RECORD.handshake, bytes: last });
  assert.deepEqual(sealed, rfc8448("clientFinished"));
  const reading = schedule.protection(data.server);
  assert.deepEqual(messagesIn(reading, "ticket").map(({ type }) => type), [
    MESSAGE.newSessionTicket,
  ]);
  const bytes = Uint8Array.from({ length: 50 }, (_, at) => at);
  const goodbye = { type: RECORD.alert, bytes: Uint8Array.of(1, 0) };
  assert.deepEqual(opened(reading, "serverData"), { type: RECORD.data, bytes });
  assert.deepEqual(opened(reading, "serverGoodbye"), goodbye);
  const writing = schedule.protection(data.client);
  assert.deepEqual(writing.seal({ type: RECORD.data, bytes }), rfc8448("clientData"));
  assert.deepEqual(writing.seal(goodbye), rfc8448("clientGoodbye"));
});

/** Reads the ServerHello as an answer to the ClientHello of the trace. */
function serverHelloOf(record: Uint8Array): ServerHello {
  const empty = new Uint8Array();
  const asked = [EXTENSION.keyShare, EXTENSION.versions];
  return readServerHello(record.subarray(9), {
    settings: {
      offer: { versions: [0x0304], suites: [0x1301], groups: [0x1d], shares: [0x1d], schemes: [] },
      serverName: undefined,
      identity: undefined,
      random: () => empty,
      judge: () => undefined,
    },
    hello: {
      body: empty,
      random: empty,
      sessionId: empty,
      shares: [],
      extensions: new Map(asked.map((type) => [type, empty])),
    },
  });
}

function opened(protection: Protection, name: Parameters<typeof rfc8448>[0]): TypedBytes {
  const reader = new RecordReader();
  reader.push(rfc8448(name));
  const record = reader.next(true);
  assert.ok(record);
  return protection.open(record);
}

function messagesIn(protection: Protection, name: Parameters<typeof rfc8448>[0]): Message[] {
  const reader = new MessageReader();
  reader.push(opened(protection, name).bytes);
  const messages: Message[] = [];
  for (let one = reader.next(); one !== undefined; one = reader.next()) messages.push(one);
  assert.ok(!reader.isCut);
  return messages;
}

/** The first certificate of a Certificate message of TLS 1.3. */
function certificateIn(body: Uint8Array): Uint8Array {
  return new WireReader(new WireReader(body.subarray(1)).vector(3)).vector(3);
}

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

/** By `openssl kdf -keylen 48 -kdfopt digest:... -kdfopt hexsecret:... -kdfopt hexseed:... TLS1-PRF` of OpenSSL 3.0.19. */
const EXTENDED = [
  {
    hash: "md5-sha1",
    length: 36,
    master: "40a62edb0388030fcdb4663be838b1a17098693dacaf041503bfbff4351047f2" +
      "b8474d3bbd55d3c7159d54cdb86acece",
  },
  {
    hash: "sha256",
    length: 32,
    master: "4aaf1993b546d715e6e08180e67b134a088fb7d19afa9f29f32d6f6595712559" +
      "2a2f3a89a163142d3e8cc887f2e31051",
  },
  {
    hash: "sha384",
    length: 48,
    master: "9b4b4158585b05dff09e28bd0bb7b14570e6c487f7146c863a2abad8bc158cc7" +
      "b4e1dc16368b804b261c5f58ea83bf3d",
  },
] as const;

Deno.test("extended master secrets (RFC 7627 4) are those of OpenSSL, with the PRF of every version", () => {
  for (const { hash, length, master } of EXTENDED) {
    const made = masterSecret(hash, {
      premaster: hex("9bbe436ba940f017b17652849a71db35"),
      randoms: { client: new Uint8Array(32), server: new Uint8Array(32) },
      sessionHash: Uint8Array.from({ length }, (_, at) => at),
    });
    assert.equal(made.toHex(), master);
  }
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
