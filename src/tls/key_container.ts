/**
 * Files that hold private keys: finding the key, and saying how it is packed and encrypted. No cryptography here.
 *
 * Every unencrypted form (PKCS#1, SEC 1, OpenSSL's DSA form, PKCS#8) is brought to PKCS#8, so that everything
 * after this knows one form only.
 */

import {
  BAD_VECTOR,
  contentsOf,
  DerError,
  DerReader,
  encodeDer,
  firstElement,
  type PemHeaderFault,
  readInteger,
  readOid,
  readPemHeader,
  scanPem,
  TAG,
} from "../x509/mod.ts";

/** How a key is made from a password. */
export type KeyDerivation =
  | {
    readonly type: "pbkdf2";
    readonly hash: string;
    readonly salt: Uint8Array;
    readonly iterations: number;
  }
  | {
    readonly type: "scrypt";
    readonly salt: Uint8Array;
    readonly cost: number;
    readonly blockSize: number;
    readonly parallelization: number;
  }
  | { readonly type: "pkcs12"; readonly salt: Uint8Array; readonly iterations: number }
  | { readonly type: "openssl-md5"; readonly salt: Uint8Array };

/** A block cipher in CBC mode. */
export type CipherName =
  | "aes-128"
  | "aes-192"
  | "aes-256"
  | "des-ede3"
  | "camellia-128"
  | "camellia-192"
  | "camellia-256"
  | "rc2-40"
  | "rc2-128";

/** An encrypted key. */
export interface EncryptedKey {
  /** How to make the cipher's key. */
  readonly derivation: KeyDerivation;
  /** The cipher. */
  readonly cipher: CipherName;
  /** Its initial vector; `undefined` when it comes from the password too. */
  readonly iv: Uint8Array | undefined;
  /** What is encrypted. */
  readonly data: Uint8Array;
}

/** What a key file holds. */
export type KeyContainer =
  | {
    /** A key in the clear. */
    readonly type: "plain";
    /** The key as PKCS#8 (PrivateKeyInfo, RFC 5958). */
    readonly pkcs8: Uint8Array;
  }
  | {
    /** An encrypted key. */
    readonly type: "encrypted";
    /** How to decrypt it. */
    readonly encrypted: EncryptedKey;
  }
  | {
    /** No private key that can be read, or encrypted in a way that is not known. */
    readonly type: "none";
    /** What the library says about its header lines. */
    readonly fault?: Exclude<PemHeaderFault, "silent">;
  };

/** Bytes a cipher's key and block have. */
export const CIPHER_SIZES: Readonly<
  Record<CipherName, { readonly key: number; readonly block: number }>
> = {
  "aes-128": { key: 16, block: 16 },
  "aes-192": { key: 24, block: 16 },
  "aes-256": { key: 32, block: 16 },
  "des-ede3": { key: 24, block: 8 },
  "camellia-128": { key: 16, block: 16 },
  "camellia-192": { key: 24, block: 16 },
  "camellia-256": { key: 32, block: 16 },
  "rc2-40": { key: 5, block: 8 },
  "rc2-128": { key: 16, block: 8 },
};

const NONE: KeyContainer = { type: "none" };

/** Opens a key file. In PEM the first private key counts, whatever is around it; DER must be unencrypted. */
export function openKeyFile(bytes: Uint8Array, format: "pem" | "der"): KeyContainer {
  try {
    return format === "pem" ? openPem(bytes) : openPlain(firstElement(bytes, "key"));
  } catch (error) {
    if (error instanceof DerError) return NONE;
    throw error;
  }
}

const KEY_LABELS: readonly string[] = [
  "PRIVATE KEY",
  "RSA PRIVATE KEY",
  "EC PRIVATE KEY",
  "DSA PRIVATE KEY",
];

/** The library does not look at header lines of fewer characters. */
const LEAST_HEADER = 10;

function openPem(bytes: Uint8Array): KeyContainer {
  for (const block of scanPem(bytes).blocks) {
    const isEncrypted = block.label === "ENCRYPTED PRIVATE KEY";
    if (!isEncrypted && !KEY_LABELS.includes(block.label)) continue;
    if (block.header.length >= LEAST_HEADER) return openLegacy(block.header, block.data);
    return isEncrypted
      ? openEncryptedPkcs8(block.data)
      : openPlain(firstElement(block.data, "key"));
  }
  return NONE;
}

function openPlain(der: Uint8Array): KeyContainer {
  return { type: "plain", pkcs8: toPkcs8(der) };
}

const RSA = "2a864886f70d010101";
const EC = "2a8648ce3d0201";
const DSA = "2a8648ce380401";

function oidOf(hex: string): Uint8Array {
  const bytes = hex.match(/../g) ?? [];
  return encodeDer(TAG.oid, Uint8Array.from(bytes, (pair) => Number.parseInt(pair, 16)));
}

/** Brings a key in the clear to PKCS#8; throws `DerError` for anything else. */
export function toPkcs8(der: Uint8Array): Uint8Array {
  const fields = new DerReader(der).enter(TAG.sequence, "key");
  fields.one(TAG.integer, "version");
  switch (fields.nextTag) {
    case TAG.sequence:
      return der;
    case TAG.octetString:
      return wrapSec1(der, fields);
    case TAG.integer:
      return wrapNumbers(der, fields);
    default:
      throw new DerError("wrong tag", "key");
  }
}

function wrap(algorithm: Uint8Array, key: Uint8Array): Uint8Array {
  const version = encodeDer(TAG.integer, Uint8Array.of(0));
  return encodeDer(TAG.sequence, version, algorithm, encodeDer(TAG.octetString, key));
}

/** ECPrivateKey (RFC 5915): the curve is in its parameters. */
function wrapSec1(der: Uint8Array, fields: DerReader): Uint8Array {
  fields.one(TAG.octetString, "EC key");
  const parameters = contentsOf(fields.one(0xa0, "curve")).any("curve");
  return wrap(encodeDer(TAG.sequence, oidOf(EC), parameters.bytes), der);
}

/** RSAPrivateKey (RFC 8017 A.1.2) has eight numbers after the version, OpenSSL's DSA form five. */
function wrapNumbers(der: Uint8Array, fields: DerReader): Uint8Array {
  const numbers: Uint8Array[] = [];
  while (!fields.atEnd) numbers.push(fields.one(TAG.integer, "key").bytes);
  if (numbers.length === 8) {
    return wrap(encodeDer(TAG.sequence, oidOf(RSA), encodeDer(TAG.null)), der);
  }
  const [p, q, g, , x] = numbers;
  if (numbers.length !== 5 || !p || !q || !g || !x) throw new DerError("data is wrong", "key");
  const parameters = encodeDer(TAG.sequence, p, q, g);
  return wrap(encodeDer(TAG.sequence, oidOf(DSA), parameters), x);
}

const LEGACY_CIPHERS: Readonly<Record<string, CipherName>> = {
  "DES-EDE3-CBC": "des-ede3",
  "AES-128-CBC": "aes-128",
  "AES-192-CBC": "aes-192",
  "AES-256-CBC": "aes-256",
  "CAMELLIA-128-CBC": "camellia-128",
  "CAMELLIA-192-CBC": "camellia-192",
  "CAMELLIA-256-CBC": "camellia-256",
};

/** `Proc-Type` and `DEK-Info` lines (RFC 1421): the salt is the start of the initial vector. */
function openLegacy(header: string, data: Uint8Array): KeyContainer {
  const read = readPemHeader(header);
  if ("fault" in read) return read.fault === "silent" ? NONE : { type: "none", fault: read.fault };
  const cipher = LEGACY_CIPHERS[read.cipher.toUpperCase()];
  if (cipher === undefined) return NONE;
  const digits = read.vector.slice(0, 2 * CIPHER_SIZES[cipher].block);
  const isVector = /^[0-9A-Fa-f]*$/.test(digits) &&
    digits.length === 2 * CIPHER_SIZES[cipher].block;
  if (!isVector) return { type: "none", fault: BAD_VECTOR };
  const iv = Uint8Array.fromHex(digits);
  const derivation: KeyDerivation = { type: "openssl-md5", salt: iv.slice(0, 8) };
  return { type: "encrypted", encrypted: { derivation, cipher, iv, data } };
}

const PBES2 = "1.2.840.113549.1.5.13";

/** The schemes of PKCS#12 itself (RFC 7292 appendix C). */
const PKCS12_CIPHERS: Readonly<Record<string, CipherName>> = {
  "1.2.840.113549.1.12.1.3": "des-ede3",
  "1.2.840.113549.1.12.1.5": "rc2-128",
  "1.2.840.113549.1.12.1.6": "rc2-40",
};

/** EncryptedPrivateKeyInfo (RFC 5958 3). */
function openEncryptedPkcs8(der: Uint8Array): KeyContainer {
  const fields = new DerReader(firstElement(der, "key")).enter(TAG.sequence, "key");
  const algorithm = fields.enter(TAG.sequence, "encryption");
  const encrypted = readEncryption(algorithm, fields.one(TAG.octetString, "encrypted key").body);
  return encrypted === undefined ? NONE : { type: "encrypted", encrypted };
}

/** How `data` is encrypted: by PBES2, or a scheme of PKCS#12; `undefined`: in a way that is not known. */
export function readEncryption(algorithm: DerReader, data: Uint8Array): EncryptedKey | undefined {
  const oid = readOid(algorithm.one(TAG.oid, "encryption"), "encryption");
  const cipherOfPkcs12 = PKCS12_CIPHERS[oid];
  if (cipherOfPkcs12 !== undefined) {
    const parameters = algorithm.enter(TAG.sequence, "parameters");
    const salt = parameters.one(TAG.octetString, "salt").body;
    const derivation = { type: "pkcs12", salt, iterations: readCount(parameters) } as const;
    return { derivation, cipher: cipherOfPkcs12, iv: undefined, data };
  }
  if (oid !== PBES2) return undefined;
  const parameters = algorithm.enter(TAG.sequence, "parameters");
  const derivation = readDerivation(parameters.enter(TAG.sequence, "key derivation"));
  const cipher = readCipher(parameters.enter(TAG.sequence, "cipher"));
  return derivation && cipher && { derivation, ...cipher, data };
}

/** More rounds than this are a file made to keep us busy. */
const MAX_ITERATIONS = 10_000_000;

function readCount(reader: DerReader): number {
  const count = readInteger(reader.one(TAG.integer, "count"), "count");
  if (count < 1n || count > MAX_ITERATIONS) throw new DerError("data is wrong", "count");
  return Number(count);
}

const HMACS: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.7": "sha1",
  "1.2.840.113549.2.8": "sha224",
  "1.2.840.113549.2.9": "sha256",
  "1.2.840.113549.2.10": "sha384",
  "1.2.840.113549.2.11": "sha512",
};

const PBKDF2 = "1.2.840.113549.1.5.12";
const SCRYPT = "1.3.6.1.4.1.11591.4.11";

function readDerivation(fields: DerReader): KeyDerivation | undefined {
  const oid = readOid(fields.one(TAG.oid, "key derivation"), "key derivation");
  const parameters = fields.enter(TAG.sequence, "parameters");
  const salt = parameters.one(TAG.octetString, "salt").body;
  if (oid === SCRYPT) {
    const cost = readCount(parameters);
    const blockSize = readCount(parameters);
    return { type: "scrypt", salt, cost, blockSize, parallelization: readCount(parameters) };
  }
  if (oid !== PBKDF2) return undefined;
  const iterations = readCount(parameters);
  parameters.optional(TAG.integer, "key length");
  const prf = parameters.optional(TAG.sequence, "PRF");
  const hash = prf === undefined
    ? "sha1"
    : HMACS[readOid(contentsOf(prf).one(TAG.oid, "PRF"), "PRF")];
  return hash === undefined ? undefined : { type: "pbkdf2", hash, salt, iterations };
}

const CIPHERS: Readonly<Record<string, CipherName>> = {
  "2.16.840.1.101.3.4.1.2": "aes-128",
  "2.16.840.1.101.3.4.1.22": "aes-192",
  "2.16.840.1.101.3.4.1.42": "aes-256",
  "1.2.840.113549.3.7": "des-ede3",
  "1.2.392.200011.61.1.1.1.2": "camellia-128",
  "1.2.392.200011.61.1.1.1.3": "camellia-192",
  "1.2.392.200011.61.1.1.1.4": "camellia-256",
};

function readCipher(fields: DerReader): Pick<EncryptedKey, "cipher" | "iv"> | undefined {
  const cipher = CIPHERS[readOid(fields.one(TAG.oid, "cipher"), "cipher")];
  if (cipher === undefined) return undefined;
  const iv = fields.one(TAG.octetString, "initial vector").body;
  if (iv.length !== CIPHER_SIZES[cipher].block) {
    throw new DerError("data is wrong", "initial vector");
  }
  return { cipher, iv };
}
