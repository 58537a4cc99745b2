/** Decisions on certificates in which we differ from the reference, each with its reason: always to refuse more. */

import type { Comparison } from "./x509_verdicts.ts";

/** One lasting difference. */
export interface VerdictDifference {
  /** Its row of docs/differences.md. */
  readonly id: string;
  /** Why. */
  readonly reason: string;
  /** Whether it explains this comparison. */
  readonly explains: (comparison: Comparison) => boolean;
}

/** All of them. */
export const VERDICT_DIFFERENCES: readonly VerdictDifference[] = [
  {
    id: "D81",
    reason:
      "`+vc` of the reference takes an internal error of its library for success: a leaf whose " +
      "key cannot be read passes without its signature being looked at",
    explains: ({ oursAtDepth, openssl }) =>
      openssl.startsWith("unspecified certificate") && oursAtDepth.startsWith("unable to decode"),
  },
  {
    id: "D80",
    reason:
      "a delta CRL revokes what it names and proves nothing else; OpenSSL uses it as a full one up to 3.0.19",
    explains: ({ label, ours }) =>
      label.includes("delta CRL") &&
      ["unable to get certificate CRL", "certificate revoked"].includes(ours),
  },
  {
    id: "D82",
    reason:
      "a CRL whose extensions cannot be read proves nothing good; OpenSSL ignores the extension",
    explains: ({ ours }) => ours === "invalid or inconsistent certificate extension",
  },
  {
    id: "D83",
    reason: "address and AS blocks (RFC 3779) are not evaluated, so a leaf with them is refused",
    explains: ({ ours }) => ours === "RFC 3779 resource not subset of parent's resources",
  },
  {
    id: "D84",
    reason: "a key that spells out its own curve is refused in a path of one, too",
    explains: ({ ours }) => ours === "Certificate public key has explicit ECC parameters",
  },
];

/** The difference that explains a comparison, if any. */
export function explained(comparison: Comparison): VerdictDifference | undefined {
  return VERDICT_DIFFERENCES.find((difference) => difference.explains(comparison));
}
