/** What can be wrong with the bytes of a PDU, as values: other rooms turn them into text. */

/** What exactly is wrong with the bytes of a PDU; `got` counts bytes left in the enclosing PDU or item. */
export type PduDefect =
  /** A field or item does not fit: `length` is its own length field, `minimum` the least it needs. */
  | {
    readonly kind: "ill-formed";
    /** The item in the reference's words: "associate PDU", "subitem", "presentation context", "user info", ... */
    readonly item: string;
    readonly got: number;
    readonly length?: number;
    readonly minimum?: number;
  }
  /** A name longer than the 64 bytes the reference allows. */
  | { readonly kind: "subitem-too-long"; readonly length: number; readonly maximum: number }
  /** User identity answer shorter than its fixed fields. */
  | { readonly kind: "user-identity-too-short"; readonly length: number; readonly minimum: number }
  /** User identity answer whose response length contradicts the item length. */
  | {
    readonly kind: "user-identity-mismatch";
    readonly length: number;
    readonly info: number;
    readonly response: number;
  }
  /** Bit 0 of the protocol version is not set. */
  | { readonly kind: "protocol-version"; readonly version: number }
  /** An accepted context with none or several transfer syntaxes. */
  | { readonly kind: "transfer-syntax-count"; readonly count: number }
  /** Type byte outside 01H..07H. */
  | { readonly kind: "unrecognized-type"; readonly typeCode: number }
  /** Declared length above the cap for that type. */
  | {
    readonly kind: "too-long";
    readonly typeCode: number;
    readonly length: number;
    readonly maximum: number;
  }
  /** P-DATA-TF without any PDV. */
  | { readonly kind: "no-pdv" }
  /** PDV length field 0 or 1. */
  | { readonly kind: "pdv-length"; readonly length: number }
  /** PDV lengths do not add up to the PDU length; `pdvs` were counted so far. */
  | { readonly kind: "pdv-sum"; readonly pdvs: number }
  /** An association PDU with more items and user information sub-items than any peer needs. */
  | { readonly kind: "too-many-items"; readonly maximum: number }
  /** The stream ended inside a PDU: in its header or in its body. */
  | {
    readonly kind: "truncated";
    readonly within: "header" | "body";
    readonly got: number;
    readonly expected: number;
  };

/** What is wrong with an association PDU and taken all the same, as the reference does. */
export type PduWarning =
  /** Maximum length item whose length field is not 4. */
  | { readonly kind: "maximum-length-size"; readonly length: number }
  /** Role selection for a SOP class UID longer than the 64 bytes of a UID. */
  | { readonly kind: "role-uid-too-long"; readonly length: number; readonly maximum: number };
