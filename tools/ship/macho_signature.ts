/** The ad-hoc signature of a Mach-O program: a hash of every page, without which a Mac with Apple silicon starts nothing. */

import { createHash } from "node:crypto";
import { signatureOf } from "./macho.ts";

const SUPER_BLOB = 0xfade0cc0;
const CODE_DIRECTORY = 0xfade0c02;
const AD_HOC = 0x2;
const SHA_256 = 2;

/** What is wrong with the signature; nothing when every page has the hash that it says. */
export function signatureFaults(bytes: Uint8Array): readonly string[] {
  const place = signatureOf(bytes);
  if (place === undefined) return ["it is not signed"];
  const { offset, length } = place;
  if (offset + length > bytes.length) return ["its signature is cut off"];
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, length);
  const directory = codeDirectory(view);
  if (directory === undefined) return ["its signature has no code directory"];
  const number = (at: number) => view.getUint32(directory + at);
  const [flags, hashes, slots, limit] = [number(12), number(16), number(28), number(32)];
  const [hashSize, hashKind] = [view.getUint8(directory + 36), view.getUint8(directory + 37)];
  const pageSize = 2 ** view.getUint8(directory + 39);
  const faults: string[] = [];
  if ((flags & AD_HOC) === 0) faults.push("its signature is not an ad-hoc one");
  if (limit !== offset) faults.push("its signature does not cover all that comes before it");
  if (slots !== Math.ceil(limit / pageSize)) faults.push(`its signature has ${slots} pages`);
  if (hashKind !== SHA_256 || hashSize !== 32) return [...faults, "its hashes are not SHA-256"];
  for (let page = 0; page < slots; page++) {
    const start = page * pageSize;
    const found = createHash("sha256").update(
      bytes.subarray(start, Math.min(start + pageSize, limit)),
    )
      .digest("hex");
    const at = offset + directory + hashes + page * hashSize;
    if (found !== bytes.subarray(at, at + hashSize).toHex()) {
      return [...faults, `page ${page} has another hash than its signature says`];
    }
  }
  return faults;
}

function codeDirectory(view: DataView): number | undefined {
  if (view.getUint32(0) !== SUPER_BLOB) return undefined;
  for (let left = view.getUint32(8), at = 12; left > 0; left--, at += 8) {
    const start = view.getUint32(at + 4);
    if (view.getUint32(start) === CODE_DIRECTORY) return start;
  }
  return undefined;
}
