/** What can be wrong with ASN.1. */

/** What is wrong with the bytes, in the library's words, with the number it gives to each. */
export const DER_DEFECTS = {
  "header too long": 123,
  "too long": 155,
  "too small": 224,
  "not enough data": 142,
  "wrong tag": 168,
  "mstring wrong tag": 140,
  "mstring not universal": 139,
  "no matching choice type": 143,
  "sequence not constructed": 149,
  "explicit tag not constructed": 120,
  "type not constructed": 156,
  "type not primitive": 195,
  "sequence length mismatch": 148,
  "explicit length mismatch": 119,
  "field missing": 121,
  "missing eoc": 137,
  "unexpected eoc": 159,
  "nested too deep": 201,
  "nested asn1 string": 197,
  "illegal zero content": 222,
  "illegal padding": 221,
  "invalid object encoding": 216,
  "null is wrong length": 144,
  "boolean is wrong length": 106,
  "string too short": 152,
  "invalid bit string bits left": 220,
  "bmpstring is wrong length": 214,
  "universalstring is wrong length": 215,
  "invalid utf8string": 134,
  "illegal characters": 124,
  "data is wrong": 109,
} as const;

/** One of them; `data is wrong` also means values that make no sense here. */
export type DerDefect = keyof typeof DER_DEFECTS;

/** The only error that reading ASN.1, certificates and CRLs throws. */
export class DerError extends Error {
  /** Stable code. */
  override readonly name = "DerError";
  /** What is wrong. */
  readonly defect: DerDefect;

  /** Makes an error for one defect; `what` names the field or rule. */
  constructor(defect: DerDefect, what: string) {
    super(`${what} (${defect})`);
    this.defect = defect;
  }
}
