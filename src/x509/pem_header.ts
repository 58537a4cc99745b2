/** The header lines of a PEM block (RFC 1421 4.6): they say how it is encrypted, and nothing else. */

import { trimStartOf } from "../common/trim.ts";

/** What the library says about header lines; `silent`: it refuses them without a word. */
export type PemHeaderFault = { readonly code: number; readonly reason: string } | "silent";

/** The names of `DEK-Info` that the library knows begin so; whether it can decrypt by them is another question. */
const KNOWN_CIPHERS = /^(?:AES|ARIA|BF|CAMELLIA|CAST|CHACHA20|DES|IDEA|RC2|RC4|SEED|SM4)/i;

/** A cipher that is named, and the hex digits of its initial vector with what follows them. */
export interface DekInfo {
  /** As it is written. */
  readonly cipher: string;
  /** Everything after the comma. */
  readonly vector: string;
}

/** Reads `Proc-Type` and `DEK-Info` as the library does: these two, in this order, and nothing between them. */
export function readPemHeader(header: string): DekInfo | { readonly fault: PemHeaderFault } {
  const [first = "", second] = header.split("\n", 2);
  const type = valueOf(first, "Proc-Type:");
  if (type === undefined) return fault(0x6b, "not proc type");
  if (!type.startsWith("4,")) return { fault: "silent" };
  const after = valueOf(type, "4,") ?? "";
  if (!/^ENCRYPTED(?:[ \t\r]|$)/.test(after)) return fault(0x6a, "not encrypted");
  if (after.trimEnd() !== "ENCRYPTED") return fault(0x70, "short header");
  const info = valueOf(second ?? "", "DEK-Info:");
  if (info === undefined) return fault(0x69, "not dek info");
  const cipher = /^[^ \t,]*/.exec(info)?.[0] ?? "";
  const rest = trimStartOf(info.slice(cipher.length), " \t");
  const isKnown = KNOWN_CIPHERS.test(cipher) && rest.startsWith(",");
  return isKnown ? { cipher, vector: rest.slice(1) } : fault(0x72, "unsupported encryption");
}

/** What follows `name` at the start of a text, without the blanks between them. */
function valueOf(text: string, name: string): string | undefined {
  return text.startsWith(name) ? trimStartOf(text.slice(name.length), " \t") : undefined;
}

/** The fault of an initial vector that is not of hex digits to its end. */
export const BAD_VECTOR: Exclude<PemHeaderFault, "silent"> = {
  code: 0x04800067,
  reason: "bad iv chars",
};

function fault(reason: number, text: string): { readonly fault: PemHeaderFault } {
  return { fault: { code: 0x04800000 + reason, reason: text } };
}
