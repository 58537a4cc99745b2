/** Decryption in CBC mode by every cipher that keys come in, those that the runtime lacks by our own code. */

import { Buffer } from "node:buffer";
import { createDecipheriv } from "node:crypto";
import { CamelliaKey } from "./camellia.ts";
import { chainBlocks, splitBlocks } from "./cbc.ts";
import type { EncryptedKey } from "./key_container.ts";
import { decryptRc2Block, expandRc2Key } from "./rc2.ts";

/** Key and initial vector of a cipher. */
export interface KeyAndIv {
  /** As long as the cipher takes. */
  readonly key: Uint8Array;
  /** One block. */
  readonly iv: Uint8Array;
}

/** Decrypts without removing the padding. AES-192, Camellia and RC2 go block by block. */
export function decryptBlocks(encrypted: EncryptedKey, { key, iv }: KeyAndIv): Uint8Array {
  const { cipher, data } = encrypted;
  if (cipher.startsWith("camellia")) {
    const camellia = new CamelliaKey(key);
    return chainBlocks(data, {
      iv,
      blocks: splitBlocks(data).map((part) => camellia.decrypt(part)),
    });
  }
  if (cipher.startsWith("rc2")) {
    const words = expandRc2Key(key);
    const blocks = splitBlocks(data, 8).map((part) => decryptRc2Block(words, part));
    return chainBlocks(data, { iv, blocks });
  }
  if (cipher === "aes-192") {
    const raw = runCipher("aes-192-ecb", { key, iv: null, data });
    return chainBlocks(data, { iv, blocks: splitBlocks(raw) });
  }
  return runCipher(`${cipher}-cbc`, { key, iv, data });
}

function runCipher(
  name: string,
  input: { readonly key: Uint8Array; readonly iv: Uint8Array | null; readonly data: Uint8Array },
): Uint8Array {
  const decipher = createDecipheriv(name, input.key, input.iv);
  decipher.setAutoPadding(false);
  return Uint8Array.from(Buffer.concat([decipher.update(input.data), decipher.final()]));
}
