/** Servers that prove nothing, or agree on keys that are none: each is refused by its rule and alert. */

import assert from "node:assert/strict";
import { bitString, integer, oid, sequence } from "../../tests/support/cert_builder.ts";
import { encodeDer, TAG } from "../tls/mod.ts";
import { EXTENSION, MESSAGE } from "./codes.ts";
import { bytesOf } from "./group_numbers.ts";
import {
  type Attack,
  CBC,
  certificateOf,
  CERTIFICATES,
  changing,
  DHE,
  EC,
  ECDHE,
  flipLast,
  meet,
  OTHER,
  own,
  RSA,
  saying,
  SETTINGS,
  SHARE_OF_ZEROS,
  testAttacks,
  TLS13,
  WITH_RSA,
} from "../../tests/support/tls_attacks.ts";
import type { ServerSettings, Tricks } from "./testing_types.ts";
import { join, number, vector, WireReader } from "./wire.ts";

const PRIME_AT = 2;

/** The DH parameters with another value in place of one of the three. */
function dhWith(at: 0 | 1 | 2, value: (prime: Uint8Array) => Uint8Array): Tricks {
  return {
    parameters(parameters) {
      const prime = parameters.subarray(PRIME_AT, PRIME_AT + 256);
      const values = [prime, Uint8Array.of(2), parameters.slice(-256)];
      values[at] = value(prime);
      return join(...values.map((one) => vector(2, one)));
    },
  };
}

function minusOne(prime: Uint8Array): Uint8Array {
  return prime.map((byte, at) => at === prime.length - 1 ? byte - 1 : byte);
}

/** EncryptedExtensions with an extension that is not in the transcript: server_name, which may be there. */
const OTHER_EXTENSIONS = vector(2, number(EXTENSION.groups, 2), vector(2));

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** A CertificateVerify with the other good ECDSA signature of the same transcript: (r, n - s). */
function otherSignature(body: Uint8Array): Uint8Array {
  const signature = new WireReader(body);
  const scheme = signature.bytes(2);
  const fields = new WireReader(new WireReader(signature.vector(2).subarray(1)).vector(1));
  fields.bytes(1);
  const r = fields.vector(1);
  fields.bytes(1);
  const s = P256_ORDER - BigInt(`0x${fields.vector(1).toHex()}`);
  const tag = Uint8Array.of(2);
  const integers = [r, bytesOf(s, 33)].flatMap((one) => [tag, vector(1, shortest(one))]);
  return join(scheme, vector(2, Uint8Array.of(0x30), vector(1, ...integers)));
}

/** A positive DER integer without zeros too many. */
function shortest(bytes: Uint8Array): Uint8Array {
  const isNeeded = (bytes[1] ?? 0) >= 0x80;
  return bytes[0] === 0 && !isNeeded ? shortest(bytes.subarray(1)) : bytes;
}

/** An RSA key that decodes and that no cryptography takes. */
function rsaKey(exponent: number): Uint8Array {
  const modulus = encodeDer(TAG.integer, Uint8Array.of(0), new Uint8Array(256).fill(0xab));
  const key = sequence(modulus, integer(exponent));
  return sequence(sequence(oid("1.2.840.113549.1.1.1"), encodeDer(TAG.null)), bitString(key));
}

testAttacks([
  {
    what: "a wrong Finished in TLS 1.3",
    settings: TLS13,
    tricks: changing(20, flipLast),
    violation: "finished",
    alert: 51,
  },
  {
    what: "a wrong Finished in TLS 1.2",
    settings: ECDHE,
    tricks: changing(20, flipLast),
    violation: "finished",
    alert: 51,
  },
  {
    what: "a wrong signature in TLS 1.3",
    settings: TLS13,
    tricks: changing(15, flipLast),
    violation: "signature",
    alert: 51,
  },
  {
    what: "a wrong signature in TLS 1.2",
    settings: ECDHE,
    tricks: changing(12, flipLast),
    violation: "signature",
    alert: 51,
  },
  {
    what: "a signature over another transcript",
    settings: TLS13,
    tricks: {
      sent: (type) => type === MESSAGE.encryptedExtensions ? OTHER_EXTENSIONS : undefined,
    },
    violation: "signature",
    alert: 51,
  },
  {
    what: "a Finished over another transcript",
    settings: TLS13,
    tricks: {
      sent: (type, body) => type === MESSAGE.certificateVerify ? otherSignature(body) : undefined,
    },
    violation: "finished",
    alert: 51,
  },
  {
    what: "a certificate of somebody else",
    settings: { ...TLS13, key: own(OTHER) },
    violation: "signature",
    alert: 51,
  },
  {
    what: "a certificate of somebody else in TLS 1.2",
    settings: { ...ECDHE, key: own(OTHER) },
    violation: "signature",
    alert: 51,
  },
  {
    what: "a signature over other parameters",
    settings: ECDHE,
    tricks: changing(12, (body) => body.map((byte, at) => at === 40 ? byte ^ 1 : byte)),
    violation: "signature",
    alert: 51,
  },
  {
    what: "a DH prime of 512 bits",
    settings: DHE,
    tricks: dhWith(0, (prime) => prime.subarray(0, 64)),
    violation: "dh-size",
    alert: 40,
  },
  {
    what: "a composite DH prime",
    settings: DHE,
    tricks: dhWith(0, (prime) => prime.map((byte, at) => at === 255 ? byte - 2 : byte)),
    violation: "dh-value",
    alert: 47,
  },
  {
    what: "an even DH prime",
    settings: DHE,
    tricks: dhWith(0, minusOne),
    violation: "dh-value",
    alert: 47,
  },
  {
    what: "a DH generator of 1",
    settings: DHE,
    tricks: dhWith(1, () => Uint8Array.of(1)),
    violation: "dh-value",
    alert: 47,
  },
  ...[0, 1].map((value): Attack => ({
    what: `a DH value of ${value}`,
    settings: DHE,
    tricks: dhWith(2, () => Uint8Array.of(value)),
    violation: "dh-value",
    alert: 47,
  })),
  {
    what: "a DH value of p - 1",
    settings: DHE,
    tricks: dhWith(2, minusOne),
    violation: "dh-value",
    alert: 47,
  },
  {
    what: "a DH value of p",
    settings: DHE,
    tricks: dhWith(2, (prime) => prime),
    violation: "dh-value",
    alert: 47,
  },
  {
    what: "a point that is not on the curve",
    settings: ECDHE,
    tricks: { parameters: (parameters) => flipLast(parameters) },
    violation: "point",
    alert: 47,
  },
  {
    what: "a point that is not on the curve in TLS 1.3",
    settings: TLS13,
    tricks: saying(({ extensions }) => ({
      extensions: extensions.map(([type, contents]) =>
        [type, type === 51 ? flipLast(contents) : contents] as const
      ),
    })),
    violation: "point",
    alert: 47,
  },
  {
    what: "an X25519 value of zeros",
    settings: TLS13,
    client: { offer: { ...SETTINGS.offer, shares: [0x17, 0x1d] } },
    tricks: saying(({ extensions }) => ({
      extensions: extensions.map(([type, contents]) =>
        [type, type === 51 ? SHARE_OF_ZEROS : contents] as const
      ),
    })),
    violation: "point",
    alert: 47,
  },
  ...[0, 1, 4].map((exponent): Attack => ({
    what: `an RSA key with the exponent ${exponent}`,
    settings: { ...CBC, certificate: certificateOf({ ...RSA, spki: rsaKey(exponent) }) },
    violation: "certificate-key",
    alert: 47,
  })),
  {
    what: "an EC certificate for an RSA suite",
    settings: { ...CBC, certificate: CERTIFICATES.ec },
    violation: "certificate-key",
    alert: 47,
  },
  {
    what: "no certificate",
    settings: ECDHE,
    tricks: changing(11, () => vector(3)),
    violation: "certificate-list",
    alert: 50,
  },
  {
    what: "no certificate in TLS 1.3",
    settings: TLS13,
    tricks: changing(11, () => join(vector(1), vector(3))),
    violation: "certificate-list",
    alert: 50,
  },
  {
    what: "a certificate that is none",
    settings: TLS13,
    tricks: changing(11, () => join(vector(1), vector(3, vector(3, Uint8Array.of(1)), vector(2)))),
    violation: "certificate-list",
    alert: 50,
  },
  {
    what: "a scheme that was not offered",
    settings: { ...TLS13, scheme: 0x0503 },
    violation: "signature-scheme",
    alert: 47,
  },
  {
    what: "PKCS #1 in TLS 1.3",
    settings: { ...TLS13, ...WITH_RSA },
    violation: "signature-scheme",
    alert: 47,
  },
]);

Deno.test("who proves nothing never learns who we are", () => {
  const identity = { certificates: [CERTIFICATES.ec], key: own(EC) } as const;
  const shown = (settings: ServerSettings, tricks: Tricks) => {
    const { events, server } = meet({ ...settings, asksForCertificate: true }, {
      tricks,
      client: { identity },
    });
    return [events[0]?.type, server.sawCertificate];
  };
  assert.deepEqual(shown(TLS13, {}), ["established", true]);
  assert.deepEqual(shown(ECDHE, {}), ["established", true]);
  assert.deepEqual(shown(TLS13, changing(15, flipLast)), ["violation", false]);
  assert.deepEqual(shown(TLS13, changing(20, flipLast)), ["violation", false]);
  assert.deepEqual(shown(ECDHE, changing(12, flipLast)), ["violation", false]);
});
