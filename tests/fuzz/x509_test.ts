/**
 * Random changes to certificates, CRLs, PEM files and keys: only the rooms' own errors come out, everything ends,
 * and no changed certificate is ever accepted.
 *
 * FUZZ_SECONDS says how long (a quarter of it is used here); `-- --seed=N` chooses others, or repeats a run that failed.
 */

import assert from "node:assert/strict";
import {
  type Certificate,
  completeOwnChain,
  DerError,
  encodePem,
  explainRefusal,
  type FileReader,
  KeyError,
  loadPrivateKey,
  loadTrustFile,
  matchHost,
  ownCertificateWarnings,
  parseCertificate,
  parseCrl,
  parseTrustedCertificate,
  readCertificates,
  renderName,
  renderOneline,
  renderSerialDecimal,
  renderTime,
  scanPem,
  TrustStore,
  verifyCertificate,
} from "../../src/tls/mod.ts";
import { bytesOf } from "../support/cert_builder.ts";
import { Random } from "../support/chain_world.ts";
import { seedOfRun } from "../support/seed.ts";
import {
  GOLDEN_CERTIFICATES,
  GOLDEN_CRL,
  GOLDEN_KEYS,
  GOLDEN_TRUSTED,
  GOLDEN_VERDICTS,
  goldenDer,
} from "../support/x509_golden.ts";

const SECONDS = Number(Deno.env.get("FUZZ_SECONDS") ?? 8) / 4;
const SEED = seedOfRun();
const NOW_MS = GOLDEN_VERDICTS[0]?.nowMs ?? 0;

const CERTIFICATES = Object.keys(GOLDEN_CERTIFICATES).map(goldenDer);
const PIECES = [...CERTIFICATES, GOLDEN_CRL];
const KEYS = Object.values(GOLDEN_KEYS);
const NO_FILES: FileReader = { read: () => ({ ok: false, errno: 2 }) };

/** Bytes that tags and lengths are made of. */
const TELLING = [
  0,
  1,
  2,
  3,
  4,
  5,
  6,
  12,
  0x13,
  0x17,
  0x18,
  0x30,
  0x31,
  0x7f,
  0x80,
  0x81,
  0x82,
  0x84,
  0xa0,
  0xa3,
  0xff,
];

/** One to four changes: bytes set, removed, doubled, pieces of others put in. */
function mutate(input: Uint8Array, random: Random): Uint8Array {
  const out = [...input];
  for (let changes = 1 + random.below(4); changes > 0; changes--) {
    const at = random.below(out.length + 1);
    const length = 1 + random.below(random.oneIn(4) ? 60 : 4);
    switch (random.below(6)) {
      case 0:
        out[at] = random.below(256);
        break;
      case 1:
        out[at] = random.pick(TELLING);
        break;
      case 2:
        out.splice(at, length);
        break;
      case 3:
        out.splice(at, 0, ...out.slice(at, at + length));
        break;
      case 4: {
        const other = random.pick(PIECES);
        const from = random.below(other.length);
        out.splice(at, length, ...other.slice(from, from + length));
        break;
      }
      default:
        out[at] = (out[at] ?? 0) ^ (1 << random.below(8));
    }
  }
  return Uint8Array.from(out, (byte) => byte ?? 0);
}

/** The value, or `undefined` when it is refused with the right error. */
function attempt<T>(run: () => T, own: new (...args: never[]) => Error): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof own) return undefined;
    throw error;
  }
}

/** Everything that is done with a certificate must work on every certificate that could be parsed. */
function useCertificate(certificate: Certificate, random: Random): void {
  renderOneline(certificate.subject);
  renderName(certificate.issuer);
  renderTime(certificate.notAfter);
  renderSerialDecimal(certificate.serialNumber);
  matchHost(certificate, "pacs.example.org");
  ownCertificateWarnings(certificate, "x");
  const store = new TrustStore(NO_FILES, "pem");
  const others = ["root", "int", "named"].map((name) => parseCertificate(goldenDer(name)));
  const crl = attempt(
    () => parseCrl(random.oneIn(2) ? GOLDEN_CRL : mutate(GOLDEN_CRL, random)),
    DerError,
  );
  const crls = crl === undefined ? [] : [crl];
  store.addLoaded({ certificates: others.slice(0, 1), crls });
  const options = { store, nowMs: NOW_MS, untrusted: [...others, certificate] };
  const crlCheck = random.pick(["none", "leaf", "all"] as const);
  const purpose = random.pick(["any", "server", "client"] as const);
  const verdict = verifyCertificate(certificate, { ...options, purpose, crlCheck });
  if (verdict.ok) assert.ok(isKnown(certificate), "a changed certificate is accepted");
  else explainRefusal(verdict, { nowMs: NOW_MS, side: "server" });
  const trusting = new TrustStore(NO_FILES, "pem");
  trusting.addLoaded({ certificates: [certificate, ...others], crls });
  for (const leaf of others) {
    verifyCertificate(leaf, { ...options, store: trusting, purpose, crlCheck: "all" });
  }
  completeOwnChain([certificate], { store: trusting, nowMs: NOW_MS });
}

/** Whether the signed part is that of one of the certificates that openssl made. */
function isKnown(certificate: Certificate): boolean {
  return CERTIFICATES.some((der) => {
    const { tbs } = parseCertificate(der);
    return tbs.length === certificate.tbs.length &&
      tbs.every((byte, i) => byte === certificate.tbs[i]);
  });
}

function fuzzOnce(random: Random): void {
  const der = mutate(random.pick(CERTIFICATES), random);
  const certificate = attempt(() => parseCertificate(der), DerError);
  if (certificate !== undefined) useCertificate(certificate, random);
  attempt(() => parseTrustedCertificate(mutate(random.pick(CERTIFICATES), random)), DerError);
  attempt(() => parseCrl(mutate(GOLDEN_CRL, random)), DerError);
  const blocks = encodePem("CERTIFICATE", der) + GOLDEN_TRUSTED + encodePem("X509 CRL", GOLDEN_CRL);
  const text = mutate(bytesOf(blocks), random);
  scanPem(text);
  loadTrustFile({ ok: true, bytes: text }, random.oneIn(2) ? "pem" : "der");
  readCertificates(text, "pem");
  const key = mutate(bytesOf(random.pick(KEYS)), random);
  if (random.oneIn(5)) {
    attempt(() => loadPrivateKey(key, { format: "pem", password: "secret" }), KeyError);
  }
}

Deno.test(`the tls room survives random changes to everything it reads (seed ${SEED})`, () => {
  const end = performance.now() + SECONDS * 1000;
  let run = 0;
  for (; performance.now() < end || run < 200; run++) {
    try {
      fuzzOnce(new Random(SEED + run));
    } catch (error) {
      throw new Error(`repeat with -- --seed=${SEED + run}`, { cause: error });
    }
  }
  console.log(`${run} executions from seed ${SEED}`);
});
