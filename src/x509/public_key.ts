/** SubjectPublicKeyInfo (RFC 5280 4.1.2.7): what kind of key, how big, and whether it can be used at all. */

import { type AlgorithmIdentifier, readAlgorithm } from "./algorithm.ts";
import { encodeDer } from "./bytes.ts";
import { CURVES } from "./curves.ts";
import { contentsOf, type DerElement, DerError, type DerReader, TAG } from "./der.ts";
import { readBitString, readOid } from "./der_values.ts";
import { readKeyShape } from "./key_shape.ts";
import { KEY_ALGORITHMS, type KeyKind, SM2_CURVE } from "./oids.ts";

/** A public key. */
export interface PublicKey {
  /** Algorithm and parameters. */
  readonly algorithm: AlgorithmIdentifier;
  /** Kind of key; `undefined` for algorithms not known here. */
  readonly kind: KeyKind | undefined;
  /** Size in bits as the reference counts it; 0 when it cannot be told. */
  readonly bits: number;
  /** The curve of an EC key as dotted numbers. */
  readonly curve: string | undefined;
  /** An EC key that spells out its curve instead of naming it: never allowed in a chain. */
  readonly hasExplicitCurve: boolean;
  /** Whether the key could be read and makes sense; the reference treats others as no key. */
  readonly isUsable: boolean;
  /** The bits of the key; those of RSA keys as DER. */
  readonly keyBytes: Uint8Array;
  /** The whole SubjectPublicKeyInfo; that of a usable key as DER. */
  readonly spki: Uint8Array;
}

/** Reads a SubjectPublicKeyInfo. A key of unknown kind or with senseless numbers is kept, as not usable. */
export function readPublicKey(reader: DerReader): PublicKey {
  const what = "subjectPublicKeyInfo";
  const element = reader.one(TAG.sequence, what);
  const fields = contentsOf(element);
  const algorithm = readAlgorithm(fields, what);
  const keyBytes = readBitString(fields.one(TAG.bitString, what), what).bytes;
  fields.end(what);
  const kind = hasReadableHeader(element) ? kindOf(algorithm) : undefined;
  const plain = { algorithm, kind, keyBytes, spki: element.bytes };
  if (kind === undefined) return { ...plain, ...UNUSABLE };
  try {
    const shape = readKeyShape(kind, { algorithm, keyBytes });
    const spki = encodeDer(
      TAG.sequence,
      shape.algorithm ?? algorithm.der,
      encodeDer(TAG.bitString, Uint8Array.of(0), shape.keyBytes ?? keyBytes),
    );
    return { ...plain, spki, ...UNUSABLE, isUsable: true, ...shape, algorithm };
  } catch (error) {
    if (error instanceof DerError) return { ...plain, ...UNUSABLE };
    throw error;
  }
}

/** The library reads a key once more by itself, and then takes at most eight octets of length. */
function hasReadableHeader({ bytes }: DerElement): boolean {
  const lead = bytes[1] ?? 0;
  return lead <= 0x88;
}

const UNUSABLE = { bits: 0, curve: undefined, hasExplicitCurve: false, isUsable: false } as const;

/** EC keys on the curve of SM2 are keys of SM2. */
function kindOf({ oid, parameters }: AlgorithmIdentifier): KeyKind | undefined {
  const kind = KEY_ALGORITHMS[oid];
  const isCurve = kind === "ec" && parameters?.tag === TAG.oid;
  return isCurve && readOid(parameters, "curve") === SM2_CURVE ? "sm2" : kind;
}

/** What the reference prints for a key: `RSA, 2048 bits`; kinds it does not name are `unknown`. */
export function renderPublicKey(key: PublicKey): string {
  const names: Partial<Record<KeyKind, string>> = { rsa: "RSA", dsa: "DSA", dh: "DH" };
  const name = key.kind === undefined ? undefined : names[key.kind];
  return `${name ?? "unknown"}, ${key.bits} bits`;
}

/** A key for people: `RSA 2048`, `EC P-256`, `Ed25519`. */
export function describePublicKey(key: PublicKey): string {
  if (key.kind === undefined) return `unknown (${key.algorithm.oid})`;
  if (key.kind === "ec") {
    const curve = key.curve === undefined ? undefined : CURVES[key.curve]?.name;
    return `EC ${curve ?? `${key.bits} bits`}`;
  }
  const sized: readonly KeyKind[] = ["rsa", "rsa-pss", "dsa", "dh"];
  if (sized.includes(key.kind)) return `${key.kind.toUpperCase()} ${key.bits}`;
  return key.kind.charAt(0).toUpperCase() + key.kind.slice(1);
}
