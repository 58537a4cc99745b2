/** What a cipher suite is made of, read from its registered name (RFC 5246 A.5, RFC 8446 B.4). */

import { suiteByCode } from "../tls/mod.ts";

/** How keys are agreed on. */
export type KeyExchange = "rsa" | "dhe" | "ecdhe";
/** Whose key signs the exchange. */
export type Authentication = "rsa" | "dss" | "ecdsa";
/** Bulk ciphers. */
export type CipherName =
  | "null"
  | "3des-cbc"
  | `${"aes" | "camellia"}-${128 | 256}-cbc`
  | `aes-${128 | 256}-${"gcm" | "ccm" | "ccm8"}`
  | "chacha20-poly1305";
/** Hashes, as the runtime's cryptography calls them. */
export type HashName = "sha1" | "sha256" | "sha384";

/** A suite taken apart. */
export interface SuiteSpec {
  /** Code point. */
  readonly code: number;
  /** Name that logs show. */
  readonly logName: string;
  /** How keys are agreed on; in TLS 1.3 the suite does not say. */
  readonly exchange: KeyExchange;
  /** Whose key signs. */
  readonly authentication: Authentication;
  /** Bulk cipher. */
  readonly cipher: CipherName;
  /** Hash of the MAC of each record; unused where the cipher authenticates. */
  readonly mac: HashName;
  /** Hash of the key derivation from TLS 1.2 on. */
  readonly hash: "sha256" | "sha384";
  /** Lowest version it is for. */
  readonly minVersion: number;
}

/** Takes the suite with this code point apart; `undefined`: we do not know it. */
export function suiteSpec(code: number): SuiteSpec | undefined {
  const found = suiteByCode(code);
  if (found === undefined) return undefined;
  const { name, logName } = found;
  const [before, after] = splitName(name);
  const words = after.split("_");
  const last = words.at(-1) ?? "";
  const hash = last === "SHA384" ? "sha384" : "sha256";
  const isAead = /GCM|CCM|POLY1305/.test(after);
  const isTls13 = before === undefined;
  return {
    code,
    logName,
    exchange: before?.startsWith("ECDHE") ? "ecdhe" : before?.startsWith("DHE") ? "dhe" : "rsa",
    authentication: before?.endsWith("ECDSA") ? "ecdsa" : before?.endsWith("DSS") ? "dss" : "rsa",
    cipher: cipherOf(words),
    mac: last === "SHA" ? "sha1" : hash,
    hash,
    minVersion: isTls13 ? 0x0304 : isAead || last !== "SHA" ? 0x0303 : 0x0301,
  };
}

function splitName(name: string): readonly [string | undefined, string] {
  const [before = "", after] = name.replace("TLS_", "").split("_WITH_");
  return after === undefined ? [undefined, before] : [before, after];
}

function cipherOf(words: readonly string[]): CipherName {
  const bits = words.includes("256") ? 256 : 128;
  if (words[0] === "NULL") return "null";
  if (words[0] === "3DES") return "3des-cbc";
  if (words[0] === "CHACHA20") return "chacha20-poly1305";
  if (words[0] === "CAMELLIA") return `camellia-${bits}-cbc`;
  if (words.includes("GCM")) return `aes-${bits}-gcm`;
  if (words.includes("CCM")) return words.includes("8") ? `aes-${bits}-ccm8` : `aes-${bits}-ccm`;
  return `aes-${bits}-cbc`;
}
