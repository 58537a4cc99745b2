/** Parameters of RSASSA-PSS (RFC 8017 A.2.3), of keys and of signatures. */

import { type AlgorithmIdentifier, readAlgorithm } from "./algorithm.ts";
import { contentsOf, DerError, DerReader, TAG } from "./der.ts";
import { readInteger } from "./der_values.ts";
import { HASHES } from "./oids.ts";

/** What such a signature is made with. */
export interface PssParameters {
  /** Hash of the message. */
  readonly hash: string;
  /** Hash of the mask generation function. */
  readonly maskHash: string;
  /** Length of the salt in bytes. */
  readonly saltLength: number;
}

/** Reads the parameters, defaults filled in. Throws `DerError` for what the reference's library does not take. */
export function readPssParameters(algorithm: AlgorithmIdentifier): PssParameters {
  const what = "RSASSA-PSS parameters";
  if (algorithm.parameters?.tag !== TAG.sequence) throw new DerError("data is wrong", what);
  const fields = contentsOf(algorithm.parameters);
  const hash = fields.optionalExplicit(0xa0, { what, read: readHash }) ?? "sha1";
  const maskHash = fields.optionalExplicit(0xa1, { what, read: readMaskHash }) ?? "sha1";
  const salt = fields.optionalExplicit(0xa2, { what, read: readNumber }) ?? 20n;
  const trailer = fields.optionalExplicit(0xa3, { what, read: readNumber }) ?? 1n;
  fields.end(what);
  const isSound = salt >= 0n && salt <= LONGEST_SALT && trailer === 1n;
  if (!isSound) throw new DerError("data is wrong", what);
  return { hash, maskHash, saltLength: Number(salt) };
}

/** No key that is tried has room for more. */
const LONGEST_SALT = 2048n;

function readNumber(reader: DerReader): bigint {
  return readInteger(reader.one(TAG.integer, "number"), "number");
}

function readHash(reader: DerReader): string {
  const hash = HASHES[readAlgorithm(reader, "hash").oid];
  if (hash === undefined) throw new DerError("data is wrong", "hash");
  return hash;
}

function readMaskHash(reader: DerReader): string {
  const what = "mask generation";
  const { oid, parameters } = readAlgorithm(reader, what);
  if (oid !== MGF1 || parameters?.tag !== TAG.sequence) throw new DerError("data is wrong", what);
  return readHash(new DerReader(parameters.bytes));
}

const MGF1 = "1.2.840.113549.1.1.8";
