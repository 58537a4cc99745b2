/**
 * Private keys: decrypting, reading, and holding them against a certificate, all before any connection.
 *
 * The runtime's own TLS connects without a client certificate, silently, when it cannot use a key. So every key
 * goes through here first, and what cannot be used is a `KeyError` that says why.
 */

import { Buffer } from "node:buffer";
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  pbkdf2Sync,
  scryptSync,
} from "node:crypto";
import { removePadding } from "./cbc.ts";
import { decryptBlocks, type KeyAndIv } from "./decrypt_blocks.ts";
import {
  CIPHER_SIZES,
  type EncryptedKey,
  type KeyContainer,
  type KeyDerivation,
  openKeyFile,
  toPkcs8,
} from "./key_container.ts";
import { deriveLegacy, derivePkcs12, type Digest } from "./key_derivation.ts";
import {
  type Certificate,
  contentsOf,
  DerError,
  DerReader,
  encodeDer,
  encodePem,
  type FileFormat,
  KEY_ALGORITHMS,
  type KeyKind,
  type LibraryError,
  readOid,
  readPublicKey,
  TAG,
} from "../x509/mod.ts";

/** Why a key cannot be used. */
export type KeyProblem =
  /** No private key in the file, or of a form that is not known. */
  | "unreadable"
  /** The key is encrypted and there is no password. */
  | "no-password"
  /** The password does not open it. */
  | "wrong-password"
  /** The key was read, but this runtime cannot work with its kind. */
  | "unsupported";

/** A key that cannot be used. Its text never holds a password. */
export class KeyError extends Error {
  /** Stable code. */
  override readonly name = "KeyError";
  /** Why. */
  readonly problem: KeyProblem;
  /** What the reference's library leaves in its error queue then. */
  readonly libraryError: LibraryError;

  /** Makes the error of one problem; the library's error is the usual one unless another is given. */
  constructor(
    problem: KeyProblem,
    { message, libraryError }: { readonly message: string; readonly libraryError?: LibraryError },
  ) {
    super(message);
    this.problem = problem;
    this.libraryError = libraryError ?? LIBRARY_ERRORS[problem];
  }
}

const UNSUPPORTED: LibraryError = { code: 0x1e08010c, reason: "unsupported" };

const LIBRARY_ERRORS: Readonly<Record<KeyProblem, LibraryError>> = {
  "unreadable": UNSUPPORTED,
  "unsupported": UNSUPPORTED,
  "no-password": { code: 0x1400006b, reason: "processing error" },
  "wrong-password": { code: 0x1c800064, reason: "bad decrypt" },
};

const NOT_WHOLE: LibraryError = { code: 0x1c80006b, reason: "wrong final block length" };

/** A private key ready for use. */
export interface PrivateKey {
  /** Its kind. */
  readonly kind: KeyKind;
  /** The key in the clear, as a `PRIVATE KEY` block (PKCS#8). */
  readonly pem: string;
  /** For signing. */
  readonly object: KeyObject;
  /** The bits of its public key, as they are in a certificate. */
  readonly publicKeyBytes: Uint8Array;
}

/** Whether reading this file needs a password: only then it is worth asking for one. */
export function needsPassword(bytes: Uint8Array, format: FileFormat): boolean {
  return openKeyFile(bytes, format).type === "encrypted";
}

/**
 * Reads a private key. `password` is used for an encrypted key only; an empty one is a password too, `undefined`
 * means there is none. Throws `KeyError`.
 */
export function loadPrivateKey(
  bytes: Uint8Array,
  options: { readonly format: FileFormat; readonly password: string | undefined },
): PrivateKey {
  const container = openKeyFile(bytes, options.format);
  const pkcs8 = plainPkcs8(container, options.password);
  try {
    return importKey(pkcs8);
  } catch (error) {
    if (error instanceof KeyError) throw error;
    const message = error instanceof DerError
      ? "File holds no private key that can be read"
      : "Private key is of a kind that cannot be used here";
    throw new KeyError(error instanceof DerError ? "unreadable" : "unsupported", { message });
  }
}

function importKey(pkcs8: Uint8Array): PrivateKey {
  const { kind, usable } = identify(pkcs8);
  const object = createPrivateKey({ key: Buffer.from(usable), format: "der", type: "pkcs8" });
  const spki = createPublicKey(object).export({ type: "spki", format: "der" });
  const publicKey = readPublicKey(new DerReader(Uint8Array.from(spki)));
  const pem = encodePem("PRIVATE KEY", usable);
  return { kind, pem, object, publicKeyBytes: publicKey.keyBytes };
}

/** Whether the key is the one that the certificate certifies. */
export function keyMatchesCertificate(key: PrivateKey, certificate: Certificate): boolean {
  const wanted = certificate.publicKey;
  const isRsa = (kind: KeyKind | undefined): boolean => kind === "rsa" || kind === "rsa-pss";
  const sameKind = key.kind === wanted.kind || (isRsa(key.kind) && isRsa(wanted.kind));
  return sameKind && Buffer.compare(key.publicKeyBytes, wanted.keyBytes) === 0;
}

function plainPkcs8(container: KeyContainer, password: string | undefined): Uint8Array {
  switch (container.type) {
    case "plain":
      return container.pkcs8;
    case "none":
      throw new KeyError("unreadable", {
        message: "File holds no private key that can be read",
        ...(container.fault && { libraryError: container.fault }),
      });
    case "encrypted":
      if (password === undefined) {
        throw new KeyError("no-password", {
          message: "Private key is encrypted and no password is given",
        });
      }
      return decryptToPkcs8(container.encrypted, password);
  }
}

/** Wrong padding means a wrong password; so do contents that are no key, which the library words otherwise. */
function decryptToPkcs8(encrypted: EncryptedKey, password: string): Uint8Array {
  const message = "Password does not open the private key";
  const plain = decryptWith(encrypted, password);
  if (plain === undefined) {
    const libraryError = isWhole(encrypted) ? LIBRARY_ERRORS["wrong-password"] : NOT_WHOLE;
    throw new KeyError("wrong-password", { message, libraryError });
  }
  try {
    return toPkcs8(new DerReader(plain).any("key").bytes);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new KeyError("wrong-password", { message, libraryError: UNSUPPORTED });
  }
}

/** Whether there are blocks of the cipher, and nothing after the last. */
function isWhole({ cipher, data }: EncryptedKey): boolean {
  return data.length > 0 && data.length % CIPHER_SIZES[cipher].block === 0;
}

/** Decrypts by a password, `null` being none at all; `undefined`: the padding is wrong, as after a wrong password. */
export function decryptWith(
  encrypted: EncryptedKey,
  password: string | null,
): Uint8Array | undefined {
  if (!isWhole(encrypted)) return undefined;
  const { key: keyLength, block } = CIPHER_SIZES[encrypted.cipher];
  const { key, iv } = deriveKey(encrypted.derivation, { password, keyLength, ivLength: block });
  const padded = decryptBlocks(encrypted, { key, iv: encrypted.iv ?? iv });
  return removePadding(padded, block);
}

function hash(name: "sha1" | "md5"): Digest {
  return (...parts) => {
    const state = createHash(name);
    for (const part of parts) state.update(part);
    return state.digest();
  };
}

interface DerivationInput {
  readonly password: string | null;
  readonly keyLength: number;
  readonly ivLength: number;
}

/** scrypt beyond these is refused: the reference's library stops at 32 MiB, and usual keys need 2^17 steps. */
const MAX_SCRYPT = { bytes: 64 * 1024 * 1024, steps: 2 ** 24 } as const;

function deriveKey(derivation: KeyDerivation, input: DerivationInput): KeyAndIv {
  const { keyLength } = input;
  const iv = new Uint8Array();
  if (derivation.type === "pkcs12") return derivePkcs12Key(derivation, input);
  const password = input.password ?? "";
  switch (derivation.type) {
    case "pbkdf2": {
      const { salt, iterations } = derivation;
      return { key: pbkdf2Sync(password, salt, iterations, keyLength, derivation.hash), iv };
    }
    case "scrypt":
      return { key: deriveScrypt(derivation, { password, keyLength }), iv };
    case "openssl-md5":
      return { key: deriveLegacy(derivation.salt, { password, keyLength, md5: hash("md5") }), iv };
  }
}

function derivePkcs12Key(
  derivation: Extract<KeyDerivation, { type: "pkcs12" }>,
  { password, keyLength, ivLength }: DerivationInput,
): KeyAndIv {
  const digest = hash("sha1");
  return {
    key: derivePkcs12(derivation, { password, id: 1, length: keyLength, digest }),
    iv: derivePkcs12(derivation, { password, id: 2, length: ivLength, digest }),
  };
}

function deriveScrypt(
  derivation: KeyDerivation & { readonly type: "scrypt" },
  input: { readonly password: string; readonly keyLength: number },
): Uint8Array {
  const { salt, cost, blockSize, parallelization } = derivation;
  const bytes = 128 * blockSize * (cost + parallelization);
  const steps = cost * blockSize * parallelization;
  const isSane = Number.isInteger(Math.log2(cost)) && cost > 1;
  if (!isSane || bytes > MAX_SCRYPT.bytes || steps > MAX_SCRYPT.steps) {
    throw new KeyError("unreadable", { message: "Private key asks for too much work to decrypt" });
  }
  return scryptSync(input.password, salt, input.keyLength, {
    N: cost,
    r: blockSize,
    p: parallelization,
    maxmem: 2 * MAX_SCRYPT.bytes,
  });
}

/** The kind of a PKCS#8 key; RSA-PSS keys become plain RSA ones, which the runtime can use. */
function identify(pkcs8: Uint8Array): { readonly kind: KeyKind; readonly usable: Uint8Array } {
  const fields = new DerReader(pkcs8).enter(TAG.sequence, "key");
  const version = fields.one(TAG.integer, "version");
  const algorithm = fields.one(TAG.sequence, "algorithm");
  const oid = readOid(contentsOf(algorithm).one(TAG.oid, "algorithm"), "algorithm");
  const kind = KEY_ALGORITHMS[oid];
  if (kind === undefined) {
    throw new KeyError("unreadable", { message: "Private key is of an unknown kind" });
  }
  if (kind !== "rsa-pss") return { kind, usable: pkcs8 };
  const key = fields.one(TAG.octetString, "key");
  const rsa = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01);
  const plain = encodeDer(TAG.sequence, encodeDer(TAG.oid, rsa), encodeDer(TAG.null));
  return { kind, usable: encodeDer(TAG.sequence, version.bytes, plain, key.bytes) };
}
