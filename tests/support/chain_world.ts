/**
 * A small world of certificates in which things can be made wrong: a chain from leaf to root, CRLs for each CA, a
 * file that holds the chain, a file that holds what is trusted.
 */

import { encodeDer, encodePem, TAG } from "../../src/tls/mod.ts";
import {
  bitString,
  buildCertificate,
  buildCrl,
  type CertificateSpec,
  type CrlSpec,
  extension,
  integer,
  makeKey,
  oid,
  sequence,
  simpleName,
  type TestKey,
  time,
} from "./cert_builder.ts";

/** Random numbers from a seed (mulberry32). */
export class Random {
  #state: number;

  /** Starts at a seed. */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number 0..below-1. */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  }

  /** One of several. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("Nothing to pick from");
    return item;
  }

  /** True in one of `n` cases. */
  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  /** The items in another order. */
  shuffle<T>(items: readonly T[]): T[] {
    const left = [...items];
    const out: T[] = [];
    while (left.length > 0) out.push(...left.splice(this.below(left.length), 1));
    return out;
  }
}

/** A certificate that may still be changed. */
export interface CertDraft {
  spec: CertificateSpec;
  key: TestKey;
  /** Contents of basicConstraints, `undefined` = no such extension. */
  constraints: Uint8Array | undefined;
  keyUsage: number | undefined;
  subjectKeyId: Uint8Array | undefined;
  /** Contents of authorityKeyIdentifier. */
  authorityKeyId: Uint8Array | undefined;
  extra: Uint8Array[];
  /** OpenSSL trust settings: makes it a TRUSTED CERTIFICATE in the store. */
  trust: Uint8Array | undefined;
}

/** A CRL that may still be changed. */
export interface CrlDraft {
  spec: CrlSpec;
  /** Place in `certs` of the CA it is from. */
  from: number;
}

/** The world. */
export interface World {
  readonly random: Random;
  readonly now: number;
  /** Leaf first, root last. */
  certs: CertDraft[];
  crls: CrlDraft[];
  /** Further certificates, by their place in `certs`, that follow the leaf in its file. */
  sent: number[];
  /** Certificates in the store, by their place in `certs`. */
  trusted: number[];
  /** Further DER certificates for the store, before or after the others. */
  storeBefore: Uint8Array[];
  storeAfter: Uint8Array[];
  /** Further DER certificates for the leaf's file, right after the leaf. */
  sentBefore: Uint8Array[];
  crlCheck: "none" | "leaf" | "all";
  labels: string[];
}

/** Keys made once and used over and over. */
export interface KeyRing {
  readonly any: readonly TestKey[];
  readonly rsa: TestKey;
  readonly stranger: TestKey;
}

/** Makes the keys. */
export function makeKeyRing(): KeyRing {
  const rsa = makeKey("rsa");
  const p256 = (): TestKey => makeKey("p256");
  const any = [
    rsa,
    p256(),
    p256(),
    p256(),
    makeKey("p384"),
    makeKey("ed25519"),
    makeKey("rsa1024"),
  ];
  return { any, rsa, stranger: p256() };
}

const DAY = 86_400;

/** A chain of 1 to 5 certificates in which everything is right. */
export function makeWorld(
  ring: KeyRing,
  options: { readonly random: Random; readonly now: number; readonly tag: string },
): World {
  const { random, now, tag } = options;
  const length = random.pick([1, 2, 2, 3, 3, 3, 4, 4, 5]);
  const names = Array.from({ length }, (_, i) => simpleName(`${tag} ${placeName(i, length)}`));
  const keys = Array.from({ length }, () => random.pick(ring.any));
  const certs = names.map((subject, i): CertDraft => {
    const above = Math.min(i + 1, length - 1);
    const key = keys[i] ?? ring.rsa;
    const signer = keys[above] ?? ring.rsa;
    return makeCert({
      subject,
      issuer: names[above] ?? subject,
      key,
      signer,
      random,
      now,
      isCa: i > 0,
    });
  });
  const crls = certs.flatMap((cert, i) => i === 0 ? [] : [makeCrl(cert, { from: i, now })]);
  return {
    random,
    now,
    certs,
    crls,
    sent: certs.map((_, i) => i).slice(1, -1),
    trusted: [length - 1],
    storeBefore: [],
    storeAfter: [],
    sentBefore: [],
    crlCheck: random.pick(["none", "none", "leaf", "all"]),
    labels: [],
  };
}

function placeName(i: number, length: number): string {
  return i === 0 ? "leaf" : i === length - 1 ? "root" : `CA ${i}`;
}

interface CertInput {
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly key: TestKey;
  readonly signer: TestKey;
  readonly random: Random;
  readonly now: number;
  readonly isCa: boolean;
}

function makeCert(input: CertInput): CertDraft {
  const { random, now, isCa } = input;
  return {
    key: input.key,
    spec: {
      version: 2,
      serial: Uint8Array.of(1 + random.below(100), random.below(256)),
      issuer: input.issuer,
      subject: input.subject,
      notBefore: time(now - (1 + random.below(900)) * DAY),
      notAfter: time(now + (1 + random.below(9000)) * DAY),
      spki: input.key.spki,
      extensions: [],
      signing: { key: input.signer, hash: "sha256" },
    },
    constraints: isCa ? sequence(encodeDer(TAG.boolean, Uint8Array.of(0xff))) : undefined,
    keyUsage: random.oneIn(2) ? (isCa ? 0x06 : 0xa0) : undefined,
    subjectKeyId: random.oneIn(2) ? keyId(input.key) : undefined,
    authorityKeyId: random.oneIn(2) ? sequence(encodeDer(0x80, keyId(input.signer))) : undefined,
    extra: [],
    trust: undefined,
  };
}

/** A key identifier: some bytes of the key. */
export function keyId(key: TestKey): Uint8Array {
  return key.spki.slice(-20);
}

function makeCrl(cert: CertDraft, at: { readonly from: number; readonly now: number }): CrlDraft {
  return {
    from: at.from,
    spec: {
      version: 1,
      issuer: cert.spec.subject,
      thisUpdate: time(at.now - 5 * DAY),
      nextUpdate: time(at.now + 50 * DAY),
      entries: [],
      extensions: [],
      signing: { key: cert.key, hash: "sha256" },
    },
  };
}

/** The DER of a certificate as it is now. */
export function renderCert(draft: CertDraft): Uint8Array {
  const known: Uint8Array[] = [];
  if (draft.constraints) known.push(extension("2.5.29.19", draft.constraints, true));
  if (draft.keyUsage !== undefined) {
    known.push(extension("2.5.29.15", bitString(Uint8Array.of(draft.keyUsage)), true));
  }
  if (draft.subjectKeyId) {
    known.push(extension("2.5.29.14", encodeDer(TAG.octetString, draft.subjectKeyId)));
  }
  if (draft.authorityKeyId) known.push(extension("2.5.29.35", draft.authorityKeyId));
  return buildCertificate({
    ...draft.spec,
    extensions: [...draft.spec.extensions, ...known, ...draft.extra],
  });
}

/** A case as files. */
export interface GeneratedCase {
  /** What was made wrong. */
  readonly label: string;
  /** The leaf and what is sent with it. */
  readonly chainPem: string;
  /** What is trusted, and the CRLs. */
  readonly storePem: string;
  readonly crlCheck: "none" | "leaf" | "all";
}

/** Writes the files of a world. */
export function renderWorld(world: World): GeneratedCase {
  const ders = world.certs.map(renderCert);
  const pem = (der: Uint8Array): string => encodePem("CERTIFICATE", der);
  const at = (i: number): string => ders[i] === undefined ? "" : pem(ders[i]);
  const stored = (i: number): string => {
    const trust = world.certs[i]?.trust;
    const der = ders[i];
    if (trust === undefined || der === undefined) return at(i);
    return encodePem("TRUSTED CERTIFICATE", Uint8Array.from([...der, ...trust]));
  };
  const crls = world.crls.map((crl) => encodePem("X509 CRL", buildCrl(crl.spec)));
  return {
    label: world.labels.join(" + ") || "nothing wrong",
    chainPem: [at(0), ...world.sentBefore.map(pem), ...world.sent.map(at)].join(""),
    storePem: [
      ...world.storeBefore.map(pem),
      ...world.trusted.map(stored),
      ...world.storeAfter.map(pem),
      ...crls,
    ].join(""),
    crlCheck: world.crlCheck,
  };
}

/** An entry of a CRL. */
export function crlEntry(
  serial: Uint8Array,
  options: { readonly now: number; readonly extensions?: readonly Uint8Array[] },
): Uint8Array {
  const tail = options.extensions === undefined ? [] : [sequence(...options.extensions)];
  return sequence(integer(serial), time(options.now - 3 * DAY), ...tail);
}

/** OpenSSL's trust settings: uses trusted and uses rejected. */
export function trustSettings(
  trusted: readonly string[] | undefined,
  rejected: readonly string[],
): Uint8Array {
  const parts: Uint8Array[] = [];
  if (trusted) parts.push(sequence(...trusted.map(oid)));
  if (rejected.length > 0) parts.push(encodeDer(0xa0, ...rejected.map(oid)));
  return sequence(...parts);
}
