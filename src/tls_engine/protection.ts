/** Protection of records: how content becomes a record and back, up to TLS 1.2 (RFC 5246 6.2.3) and in TLS 1.3 (RFC 8446 5.2). */

import { createHmac, timingSafeEqual } from "node:crypto";
import { type Aead, makeAead, NONCE_LENGTH } from "./aead.ts";
import { type BlockCipher, makeBlockCipher } from "./block_cipher.ts";
import { RECORD, VERSION } from "./codes.ts";
import { EngineError, require } from "./failure.ts";
import type { SuiteSpec } from "./suite_spec.ts";
import { join, number, vector } from "./wire.ts";

/** Longest content of a record (RFC 8446 5.1). */
export const LONGEST_CONTENT = 16_384;
const HEADER = 5;

/** A record or what was in it. */
export interface TypedBytes {
  /** Its type. */
  readonly type: number;
  /** Its bytes, without header. */
  readonly bytes: Uint8Array;
}

/** One direction of a connection while one set of keys is used. */
export interface Protection {
  /** Makes a whole record, with its header. */
  seal(content: TypedBytes): Uint8Array;
  /** Gets the content out of a record. Throws `EngineError`. */
  open(record: TypedBytes): TypedBytes;
}

/** Records in the clear, of this version. */
export function plainProtection(version: number): Protection {
  return { seal: (content) => record(version, content), open: (content) => content };
}

/** Keys of one direction, as many of each as the suite takes. */
export interface DirectionKeys {
  /** Key of the cipher. */
  readonly key: Uint8Array;
  /** Its initial vector, or the fixed part of its nonces. */
  readonly iv: Uint8Array;
  /** Key of the MAC. */
  readonly macKey: Uint8Array;
}

/** How records are protected up to TLS 1.2. */
export interface LegacyProtection extends DirectionKeys {
  /** The suite. */
  readonly suite: SuiteSpec;
  /** Negotiated version. */
  readonly version: number;
  /** Whether the MAC goes over the encrypted bytes (RFC 7366). */
  readonly encryptThenMac: boolean;
  /** Initial vectors. */
  readonly random: (length: number) => Uint8Array;
}

/** Protection up to TLS 1.2. */
export function legacyProtection(how: LegacyProtection): Protection {
  const { cipher } = how.suite;
  if (cipher === "null") return macProtection(how);
  if (cipher.endsWith("-cbc")) {
    return how.encryptThenMac ? encryptThenMacProtection(how) : blockProtection(how);
  }
  return aeadProtection(how, makeAead(cipher, how.key));
}

/** Protection in TLS 1.3. */
export function protection13(
  { cipher }: SuiteSpec,
  { key, iv }: Pick<DirectionKeys, "key" | "iv">,
): Protection {
  const aead = makeAead(cipher, key);
  let sequence = 0;
  const nonce = () => mixedNonce(iv, sequence++);
  const header = (length: number) => recordHeader(VERSION.tls12, { type: RECORD.data, length });
  return {
    seal({ type, bytes }) {
      const inner = join(bytes, Uint8Array.of(type));
      const associated = header(inner.length + aead.tagLength);
      return join(associated, aead.seal({ nonce: nonce(), associated, bytes: inner }));
    },
    open({ type, bytes }) {
      require(type === RECORD.data, "record-type");
      const associated = header(bytes.length);
      const inner = aead.open({ nonce: nonce(), associated, bytes });
      if (inner === undefined) throw new EngineError("record-authentication");
      let end = inner.length - 1;
      while (end >= 0 && inner[end] === 0) end--;
      require(end >= 0, "record-type");
      require(end <= LONGEST_CONTENT, "record-length");
      return { type: inner[end] ?? 0, bytes: inner.subarray(0, end) };
    },
  };
}

function record(version: number, { type, bytes }: TypedBytes): Uint8Array {
  return join(recordHeader(version, { type, length: bytes.length }), bytes);
}

function recordHeader(
  version: number,
  { type, length }: { readonly type: number; readonly length: number },
): Uint8Array {
  const header = join(Uint8Array.of(type), number(version, 2), number(length, 2));
  return header.subarray(0, HEADER);
}

/** The initial vector with the sequence number on its last bytes (RFC 8446 5.3, RFC 7905 2). */
function mixedNonce(iv: Uint8Array, sequence: number): Uint8Array {
  const padded = join(new Uint8Array(NONCE_LENGTH - 8), number(sequence, 8));
  return padded.map((byte, at) => byte ^ (iv[at] ?? 0));
}

function aeadProtection({ version, iv, suite }: LegacyProtection, aead: Aead): Protection {
  let sequence = 0;
  const isImplicit = suite.cipher === "chacha20-poly1305";
  const explicitLength = isImplicit ? 0 : 8;
  const start = (type: number, length: number) => {
    const counter = number(sequence, 8);
    const nonce = isImplicit ? mixedNonce(iv, sequence) : undefined;
    sequence += 1;
    const associated = join(
      counter,
      Uint8Array.of(type),
      number(version, 2),
      number(length, 2),
    );
    return { counter, nonce, associated };
  };
  return {
    seal({ type, bytes }) {
      const { counter, nonce, associated } = start(type, bytes.length);
      const explicit = counter.subarray(0, explicitLength);
      const sealed = aead.seal({ nonce: nonce ?? join(iv, explicit), associated, bytes });
      return record(version, { type, bytes: join(explicit, sealed) });
    },
    open({ type, bytes }) {
      const length = bytes.length - explicitLength - aead.tagLength;
      require(length >= 0, "record-authentication");
      const explicit = bytes.subarray(0, explicitLength);
      const { nonce, associated } = start(type, length);
      const plain = aead.open({
        nonce: nonce ?? join(iv, explicit),
        associated,
        bytes: bytes.subarray(explicitLength),
      });
      if (plain === undefined) throw new EngineError("record-authentication");
      return content(type, plain);
    },
  };
}

function content(type: number, bytes: Uint8Array): TypedBytes {
  require(bytes.length <= LONGEST_CONTENT, "record-length");
  return { type, bytes };
}

/** The MAC of each record (RFC 5246 6.2.3.1). */
function macOf({ suite, macKey, version }: LegacyProtection) {
  let sequence = 0;
  return (type: number, bytes: Uint8Array): Uint8Array => {
    const state = createHmac(suite.mac, macKey).update(number(sequence++, 8));
    state.update(Uint8Array.of(type)).update(number(version, 2));
    return Uint8Array.from(state.update(vector(2, bytes)).digest());
  };
}

function macProtection(how: LegacyProtection): Protection {
  const mac = macOf(how);
  return {
    seal: ({ type, bytes }) => record(how.version, { type, bytes: join(bytes, mac(type, bytes)) }),
    open({ type, bytes }) {
      const end = bytes.length - MAC_LENGTHS[how.suite.mac];
      require(end >= 0, "record-authentication");
      const plain = bytes.subarray(0, end);
      require(timingSafeEqual(mac(type, plain), bytes.subarray(end)), "record-authentication");
      return content(type, plain);
    },
  };
}

/** Bytes of a MAC. */
export const MAC_LENGTHS = { sha1: 20, sha256: 32, sha384: 48 } as const;

/** Blocks chained over the records of one direction. */
function chaining({ suite, version, key, iv, random }: LegacyProtection) {
  const cipher = makeBlockCipher(suite.cipher, key);
  const isChained = version === VERSION.tls10;
  let last = iv;
  return {
    encrypt(content: Uint8Array): Uint8Array {
      const iv = isChained ? last : random(cipher.block);
      const sealed = cipher.encrypt(iv, padded(content, cipher));
      last = sealed.slice(-cipher.block);
      return isChained ? sealed : join(iv, sealed);
    },
    /** With its padding. */
    decrypt(bytes: Uint8Array): Uint8Array {
      const skip = isChained ? 0 : cipher.block;
      const sealed = bytes.subarray(skip);
      const isWhole = sealed.length >= cipher.block && sealed.length % cipher.block === 0;
      require(isWhole, "record-authentication");
      const plain = cipher.decrypt(isChained ? last : bytes.subarray(0, skip), sealed);
      last = sealed.slice(-cipher.block);
      return plain;
    },
  };
}

/** CBC: padding wrong or MAC wrong, the answer is the same, and so is the work as far as this language allows. */
function blockProtection(how: LegacyProtection): Protection {
  const { version } = how;
  const chain = chaining(how);
  const mac = macOf(how);
  const macLength = MAC_LENGTHS[how.suite.mac];
  return {
    seal: ({ type, bytes }) =>
      record(version, { type, bytes: chain.encrypt(join(bytes, mac(type, bytes))) }),
    open({ type, bytes }) {
      const plain = chain.decrypt(bytes);
      require(plain.length > macLength, "record-authentication");
      const { left, isGood } = unpadded(plain, macLength);
      const end = left.length - macLength;
      const isEqual = timingSafeEqual(mac(type, left.subarray(0, end)), left.subarray(end));
      require(isEqual && isGood, "record-authentication");
      return content(type, left.subarray(0, end));
    },
  };
}

/** The same with the MAC over the encrypted bytes (RFC 7366): padding is looked at only when the MAC is right. */
function encryptThenMacProtection(how: LegacyProtection): Protection {
  const chain = chaining(how);
  const mac = macOf(how);
  const macLength = MAC_LENGTHS[how.suite.mac];
  return {
    seal({ type, bytes }) {
      const sealed = chain.encrypt(bytes);
      return record(how.version, { type, bytes: join(sealed, mac(type, sealed)) });
    },
    open({ type, bytes }) {
      const end = bytes.length - macLength;
      require(end >= 0, "record-authentication");
      const sealed = bytes.subarray(0, end);
      require(timingSafeEqual(mac(type, sealed), bytes.subarray(end)), "record-authentication");
      const { left, isGood } = unpadded(chain.decrypt(sealed), 0);
      require(isGood, "record-authentication");
      return content(type, left);
    },
  };
}

function padded(bytes: Uint8Array, { block }: BlockCipher): Uint8Array {
  const padding = block - 1 - bytes.length % block;
  return join(bytes, new Uint8Array(padding + 1).fill(padding));
}

/** What is left without padding; with wrong padding as if there were one byte of it, so that a MAC is still computed. */
function unpadded(
  plain: Uint8Array,
  kept: number,
): { readonly left: Uint8Array; readonly isGood: boolean } {
  const padding = plain.at(-1) ?? 0;
  const end = plain.length - padding - 1;
  let difference = 0;
  for (let back = 1; back <= Math.min(256, plain.length); back++) {
    const byte = plain[plain.length - back] ?? 0;
    difference |= back <= padding + 1 ? byte ^ padding : 0;
  }
  const isGood = end >= kept && difference === 0;
  return { left: plain.subarray(0, isGood ? end : plain.length - 1), isGood };
}
