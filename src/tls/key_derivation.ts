/** Old ways to make a cipher key from a password, on hashes that are passed in. */

/** A hash of all parts, one after another. */
export type Digest = (...parts: readonly (Uint8Array | string)[]) => Uint8Array;

/** The way of `DEK-Info` keys: OpenSSL's EVP_BytesToKey with MD5 and one round. */
export function deriveLegacy(
  salt: Uint8Array,
  wanted: { readonly password: string; readonly keyLength: number; readonly md5: Digest },
): Uint8Array {
  const key: number[] = [];
  let last = new Uint8Array();
  while (key.length < wanted.keyLength) {
    last = Uint8Array.from(wanted.md5(last, wanted.password, salt));
    key.push(...last);
  }
  return Uint8Array.from(key.slice(0, wanted.keyLength));
}

/** What to derive by the way of PKCS#12: id 1 = key, 2 = initial vector. */
export interface Pkcs12Wanted {
  /** The password. */
  readonly password: string;
  /** What for (RFC 7292 B.3). */
  readonly id: 1 | 2;
  /** How many bytes. */
  readonly length: number;
  /** SHA-1. */
  readonly sha1: Digest;
}

/** Block length of SHA-1 in bytes. */
const BLOCK = 64;

/** The way of PKCS#12 with SHA-1 (RFC 7292 B.2). */
export function derivePkcs12(
  derivation: { readonly salt: Uint8Array; readonly iterations: number },
  wanted: Pkcs12Wanted,
): Uint8Array {
  const { sha1 } = wanted;
  const diversifier = new Uint8Array(BLOCK).fill(wanted.id);
  let input = [...fillBlocks(derivation.salt), ...fillBlocks(wideText(wanted.password))];
  const out: number[] = [];
  while (out.length < wanted.length) {
    let digest = sha1(diversifier, Uint8Array.from(input));
    for (let i = 1; i < derivation.iterations; i++) digest = sha1(digest);
    out.push(...digest);
    const addend = fillBlocks(digest, 1);
    input = splitBlocks(input).flatMap((part) => addPlusOne(part, addend));
  }
  return Uint8Array.from(out.slice(0, wanted.length));
}

/** Two bytes for each character, and two for the end. */
function wideText(text: string): Uint8Array {
  const codes = [...Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)), 0];
  return Uint8Array.from(codes.flatMap((code) => [code >> 8, code & 0xff]));
}

function fillBlocks(
  bytes: Uint8Array,
  blocks = Math.ceil(bytes.length / BLOCK),
): readonly number[] {
  return Array.from({ length: BLOCK * blocks }, (_, i) => bytes[i % bytes.length] ?? 0);
}

function splitBlocks(bytes: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: bytes.length / BLOCK }, (_, i) => {
    return bytes.slice(BLOCK * i, BLOCK * (i + 1));
  });
}

/** part + addend + 1, as big-endian numbers of one block. */
function addPlusOne(part: readonly number[], addend: readonly number[]): readonly number[] {
  const sum = new Array<number>(BLOCK).fill(0);
  let carry = 1;
  for (let i = BLOCK - 1; i >= 0; i--) {
    const total = (part[i] ?? 0) + (addend[i] ?? 0) + carry;
    sum[i] = total & 0xff;
    carry = total >> 8;
  }
  return sum;
}
