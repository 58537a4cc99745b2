/** Why a certificate is refused: the reference's numbers and texts (`X509_verify_cert_error_string`). */

/** Text by number; only reasons that this room gives. */
export const REASON_TEXTS = {
  1: "unspecified certificate verification error",
  2: "unable to get issuer certificate",
  3: "unable to get certificate CRL",
  6: "unable to decode issuer public key",
  7: "certificate signature failure",
  8: "CRL signature failure",
  9: "certificate is not yet valid",
  10: "certificate has expired",
  11: "CRL is not yet valid",
  12: "CRL has expired",
  13: "format error in certificate's notBefore field",
  14: "format error in certificate's notAfter field",
  15: "format error in CRL's lastUpdate field",
  16: "format error in CRL's nextUpdate field",
  18: "self-signed certificate",
  19: "self-signed certificate in certificate chain",
  20: "unable to get local issuer certificate",
  21: "unable to verify the first certificate",
  22: "certificate chain too long",
  23: "certificate revoked",
  25: "path length constraint exceeded",
  26: "unsuitable certificate purpose",
  28: "certificate rejected",
  32: "key usage does not include certificate signing",
  34: "unhandled critical extension",
  35: "key usage does not include CRL signing",
  36: "unhandled critical CRL extension",
  40: "proxy certificates not allowed, please set the appropriate flag",
  41: "invalid or inconsistent certificate extension",
  44: "different CRL scope",
  46: "RFC 3779 resource not subset of parent's resources",
  47: "permitted subtree violation",
  48: "excluded subtree violation",
  49: "name constraints minimum and maximum not supported",
  51: "unsupported name constraint type",
  53: "unsupported or invalid name syntax",
  62: "hostname mismatch",
  64: "IP address mismatch",
  79: "invalid CA certificate",
  94: "Certificate public key has explicit ECC parameters",
} as const;

/** Number of a reason. */
export type ReasonCode = keyof typeof REASON_TEXTS;

/** A reason with its text. */
export interface Reason {
  /** The reference's number. */
  readonly code: ReasonCode;
  /** The reference's text; our own where it has none. */
  readonly text: string;
}

/** The reason of this number. */
export function reasonOf(code: ReasonCode): Reason {
  return { code, text: REASON_TEXTS[code] };
}

/** Said where the reference does not refuse, because it takes an error inside of its library for success. */
export const UNREADABLE_KEY: Reason = {
  code: 1,
  text: "unable to decode the public key of the certificate",
};
