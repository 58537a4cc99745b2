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

/** What to derive by the way of PKCS#12: id 1 = key, 2 = initial vector, 3 = key of the integrity check. */
export interface Pkcs12Wanted {
  /** The password; `null`: none at all, which is another thing than an empty one. */
  readonly password: string | null;
  /** What for (RFC 7292 B.3). */
  readonly id: 1 | 2 | 3;
  /** How many bytes. */
  readonly length: number;
  /** The hash. */
  readonly digest: Digest;
  /** Its block length in bytes; default: that of SHA-1 and SHA-256. */
  readonly block?: number;
}

/** The way of PKCS#12 (RFC 7292 B.2). */
export function derivePkcs12(
  derivation: { readonly salt: Uint8Array; readonly iterations: number },
  wanted: Pkcs12Wanted,
): Uint8Array {
  const { digest: hash, block = 64 } = wanted;
  const diversifier = new Uint8Array(block).fill(wanted.id);
  const password = wanted.password === null ? new Uint8Array() : wideText(wanted.password);
  let input = [derivation.salt, password].flatMap((bytes) =>
    fillBlocks(bytes, { block, blocks: Math.ceil(bytes.length / block) })
  );
  const out: number[] = [];
  while (out.length < wanted.length) {
    let digest = hash(diversifier, Uint8Array.from(input));
    for (let i = 1; i < derivation.iterations; i++) digest = hash(digest);
    out.push(...digest);
    const addend = fillBlocks(digest, { block, blocks: 1 });
    input = splitBlocks(input, block).flatMap((part) => addPlusOne(part, addend));
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
  { block, blocks }: { readonly block: number; readonly blocks: number },
): readonly number[] {
  return Array.from({ length: block * blocks }, (_, i) => bytes[i % bytes.length] ?? 0);
}

function splitBlocks(bytes: readonly number[], block: number): readonly (readonly number[])[] {
  return Array.from({ length: bytes.length / block }, (_, i) => {
    return bytes.slice(block * i, block * (i + 1));
  });
}

/** part + addend + 1, as big-endian numbers of one block. */
function addPlusOne(part: readonly number[], addend: readonly number[]): readonly number[] {
  const sum = new Array<number>(part.length).fill(0);
  let carry = 1;
  for (let i = part.length - 1; i >= 0; i--) {
    const total = (part[i] ?? 0) + (addend[i] ?? 0) + carry;
    sum[i] = total & 0xff;
    carry = total >> 8;
  }
  return sum;
}
