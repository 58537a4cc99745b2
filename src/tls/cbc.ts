/** Cipher block chaining (NIST SP 800-38A 6.2) around a block decryption, and PKCS#7 padding. */

/** Cuts data into blocks of so many bytes. */
export function splitBlocks(data: Uint8Array, size = 16): readonly Uint8Array[] {
  return Array.from({ length: data.length / size }, (_, i) => {
    return data.subarray(size * i, size * i + size);
  });
}

/** Combines each decrypted block with the encrypted block before it, the first with the initial vector. */
export function chainBlocks(
  data: Uint8Array,
  parts: { readonly iv: Uint8Array; readonly blocks: readonly Uint8Array[] },
): Uint8Array {
  const before = [...parts.iv, ...data];
  const bytes = parts.blocks.flatMap((block) => [...block]);
  return Uint8Array.from(bytes, (byte, i) => byte ^ (before[i] ?? 0));
}

/** Takes the padding off; `undefined` when it is none. */
export function removePadding(padded: Uint8Array, block: number): Uint8Array | undefined {
  const padding = padded[padded.length - 1] ?? 0;
  const end = padded.length - padding;
  const isPadded = padding >= 1 && padding <= block &&
    padded.subarray(end).every((byte) => byte === padding);
  return isPadded ? padded.subarray(0, end) : undefined;
}
