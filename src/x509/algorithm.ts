/** AlgorithmIdentifier (RFC 5280 4.1.1.2): how something is signed, or what a key is for. */

import { encodeDer, equalBytes } from "./bytes.ts";
import { contentsOf, type DerElement, type DerReader, TAG } from "./der.ts";
import { readAny, readOid, renderAny } from "./der_values.ts";

/** An AlgorithmIdentifier (RFC 5280 4.1.1.2). */
export interface AlgorithmIdentifier {
  /** The algorithm as dotted numbers. */
  readonly oid: string;
  /** Its parameters, `undefined` when absent. */
  readonly parameters: DerElement | undefined;
  /** What makes two of them the same: the encoding as DER. */
  readonly der: Uint8Array;
}

/** Whether two AlgorithmIdentifiers are the same. */
export function sameAlgorithm(a: AlgorithmIdentifier, b: AlgorithmIdentifier): boolean {
  return equalBytes(a.der, b.der);
}

/** Reads an AlgorithmIdentifier. */
export function readAlgorithm(reader: DerReader, what: string): AlgorithmIdentifier {
  const fields = contentsOf(reader.one(TAG.sequence, what));
  const type = fields.one(TAG.oid, what);
  const oid = readOid(type, what);
  const parameters = fields.atEnd ? undefined : readAny(fields, what);
  fields.end(what);
  const parts = parameters === undefined ? [] : [renderAny(parameters)];
  return { oid, parameters, der: encodeDer(TAG.sequence, encodeDer(TAG.oid, type.body), ...parts) };
}
