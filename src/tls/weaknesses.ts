/** What is weak in a connection that is established, by today's measure (RFC 8996, RFC 9325): nobody uses it unknowingly. */

import type { CertificateFacts, TlsSeen, TlsWeakness } from "./types.ts";

/** Keys below these sizes can be broken by those who try hard. */
const LEAST_BITS = { rsa: 2048, dh: 2048 } as const;

/** Weaknesses of what was negotiated and of the peer's own certificate, the worst first. */
export function weaknessesOf(
  { protocol, cipherSuite }: Pick<TlsSeen, "protocol" | "cipherSuite">,
  leaf: Pick<CertificateFacts, "publicKey" | "signatureAlgorithm" | "isSelfSigned"> | undefined,
): readonly TlsWeakness[] {
  const found: TlsWeakness[] = [];
  if (cipherSuite.includes("NULL")) found.push("not-encrypted");
  if (protocol === "TLSv1" || protocol === "TLSv1.1") found.push("old-version");
  if (cipherSuite.includes("DES-CBC3")) found.push("old-cipher");
  if (protocol !== "TLSv1.3" && !/^(?:EC)?DHE-/.test(cipherSuite)) {
    found.push("no-forward-secrecy");
  }
  if (leaf !== undefined && isShort(leaf.publicKey)) found.push("short-key");
  const isSha1 = leaf !== undefined && !leaf.isSelfSigned &&
    /SHA1|MD5/i.test(leaf.signatureAlgorithm);
  if (isSha1) found.push("old-signature");
  return found;
}

/** Names of keys are those of `describePublicKey`: `RSA 1024`. */
function isShort(publicKey: string): boolean {
  const [kind = "", bits = ""] = publicKey.split(" ");
  return /^(?:RSA|RSA-PSS|DSA)$/.test(kind) && Number(bits) < LEAST_BITS.rsa;
}

/** With how the own engine agreed on keys, which the runtime does not say. */
export function withExchange(
  weaknesses: readonly TlsWeakness[],
  { dhBits }: { readonly dhBits: number | undefined },
): readonly TlsWeakness[] {
  return dhBits !== undefined && dhBits < LEAST_BITS.dh ? [...weaknesses, "short-dh"] : weaknesses;
}
