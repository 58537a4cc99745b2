/** Decisions on certificates in which we differ from the reference, each with its reason: always to refuse more. */

import type { Comparison } from "./x509_verdicts.ts";

/** One lasting difference. */
export interface VerdictDifference {
  /** Its name. */
  readonly id: string;
  /** Why. */
  readonly reason: string;
  /** Whether it explains this comparison. */
  readonly explains: (comparison: Comparison) => boolean;
}

/** All of them. */
export const VERDICT_DIFFERENCES: readonly VerdictDifference[] = [
  {
    id: "x509-unusable-key",
    reason:
      "`+vc` of the reference takes an internal error of its library for success: a leaf whose " +
      "key cannot be read passes without its signature being looked at",
    explains: ({ oursAtDepth, openssl }) =>
      openssl === oursAtDepth && oursAtDepth.startsWith("unspecified certificate"),
  },
  {
    id: "x509-delta-crl",
    reason:
      "a delta CRL alone does not say what is not revoked; OpenSSL uses it as a full one up to 3.0.19",
    explains: ({ label, ours }) =>
      label.includes("delta CRL") && ours === "unable to get certificate CRL",
  },
  {
    id: "x509-damaged-crl-extension",
    reason:
      "a CRL whose extensions cannot be read proves nothing good; OpenSSL ignores the extension",
    explains: ({ ours }) => ours === "invalid or inconsistent certificate extension",
  },
  {
    id: "x509-address-blocks",
    reason: "address and AS blocks (RFC 3779) are not evaluated, so a leaf with them is refused",
    explains: ({ ours }) => ours === "RFC 3779 resource not subset of parent's resources",
  },
  {
    id: "x509-lone-explicit-curve",
    reason: "a key that spells out its own curve is refused in a path of one, too",
    explains: ({ ours }) => ours === "Certificate public key has explicit ECC parameters",
  },
];

/** The difference that explains a comparison, if any. */
export function explained(comparison: Comparison): VerdictDifference | undefined {
  return VERDICT_DIFFERENCES.find((difference) => difference.explains(comparison));
}
