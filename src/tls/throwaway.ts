/** A key and a self-signed certificate for one run on this machine: nothing of them is ever written anywhere. */

import { Buffer } from "node:buffer";
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { TlsIdentity } from "./types.ts";
import { type Certificate, encodeDer, encodePem, parseCertificate, TAG } from "../x509/mod.ts";

/** What was made. */
export interface Throwaway {
  /** For the handshake. */
  readonly identity: TlsIdentity;
  /** To trust. */
  readonly certificate: Certificate;
}

const DAY_MS = 86_400_000;
const CONTEXT = 0xa0;
const OIDS = {
  ecdsaSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
  commonName: [0x55, 0x04, 0x03],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
} as const;

/** Makes a key pair and a certificate for `localhost` and the loopback addresses, valid for a day. */
export function makeThrowaway(nowMs: number): Throwaway {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const spki = bytesOf(publicKey.export({ type: "spki", format: "der" }));
  const algorithm = encodeDer(TAG.sequence, oid("ecdsaSha256"));
  const tbs = tbsCertificate({ algorithm, spki, nowMs });
  const signature = bytesOf(sign("sha256", Buffer.from(tbs), privateKey));
  const bits = encodeDer(TAG.bitString, Uint8Array.of(0, ...signature));
  const der = encodeDer(TAG.sequence, tbs, algorithm, bits);
  const pkcs8 = bytesOf(privateKey.export({ type: "pkcs8", format: "der" }));
  return {
    identity: { key: encodePem("PRIVATE KEY", pkcs8), certificates: encodePem("CERTIFICATE", der) },
    certificate: parseCertificate(der),
  };
}

function tbsCertificate(
  parts: { readonly algorithm: Uint8Array; readonly spki: Uint8Array; readonly nowMs: number },
): Uint8Array {
  const text = new TextEncoder().encode("echoscu self-test");
  const name = encodeDer(
    TAG.sequence,
    encodeDer(
      TAG.set,
      encodeDer(TAG.sequence, oid("commonName"), encodeDer(TAG.utf8String, text)),
    ),
  );
  const validity = encodeDer(
    TAG.sequence,
    time(parts.nowMs - DAY_MS / 24),
    time(parts.nowMs + DAY_MS),
  );
  // The first bit is cleared: a serial number is positive.
  const serial = bytesOf(randomBytes(16)).map((byte, at) => at === 0 ? (byte & 0x7f) | 0x40 : byte);
  return encodeDer(
    TAG.sequence,
    encodeDer(CONTEXT, encodeDer(TAG.integer, Uint8Array.of(2))),
    encodeDer(TAG.integer, serial),
    parts.algorithm,
    name,
    validity,
    name,
    parts.spki,
    encodeDer(CONTEXT + 3, encodeDer(TAG.sequence, ...extensions())),
  );
}

const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

function extensions(): readonly Uint8Array[] {
  const names = [
    encodeDer(DNS_NAME, new TextEncoder().encode("localhost")),
    encodeDer(IP_ADDRESS, Uint8Array.of(127, 0, 0, 1)),
    encodeDer(IP_ADDRESS, Uint8Array.of(...new Array<number>(15).fill(0), 1)),
  ];
  return [
    extension("basicConstraints", encodeDer(TAG.sequence)),
    extension("subjectAltName", encodeDer(TAG.sequence, ...names)),
  ];
}

function extension(name: keyof typeof OIDS, value: Uint8Array): Uint8Array {
  return encodeDer(TAG.sequence, oid(name), encodeDer(TAG.octetString, value));
}

function oid(name: keyof typeof OIDS): Uint8Array {
  return encodeDer(TAG.oid, Uint8Array.from(OIDS[name]));
}

/** UTCTime, which holds until 2049 (RFC 5280 4.1.2.5.1); GeneralizedTime after that. */
function time(ms: number): Uint8Array {
  const digits = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, "");
  const isLate = Number(digits.slice(0, 4)) >= 2050;
  const text = new TextEncoder().encode(isLate ? digits : digits.slice(2));
  return encodeDer(isLate ? TAG.generalizedTime : TAG.utcTime, text);
}

function bytesOf(buffer: Uint8Array): Uint8Array {
  return Uint8Array.from(buffer);
}
