/**
 * The decision on a certificate: the reference's checks in the reference's order, with its reasons.
 *
 * 1. Path building (`path.ts`). 2. Rules from leaf to root (`rules.ts`): critical extensions, CA flags, purpose,
 * path lengths. 3. CRLs. 4. Signatures and validity from root to leaf. 5. Name constraints. Sizes of keys and
 * strength of hashes are not judged (the reference's security level is 0), certificate policies neither.
 */

import { type Certificate, KEY_USAGE, sameCertificate } from "./certificate.ts";
import type { Crl, RevokedCertificate } from "./crl.ts";
import { checkNameConstraints } from "./name_constraints.ts";
import {
  buildPath,
  type BuiltPath,
  checkValidity,
  isLikelyIssuer,
  type PathFailure,
  type Purpose,
} from "./path.ts";
import { type Reason, reasonOf } from "./reasons.ts";
import { checkRevocation, type CrlCheck, type RevocationFailure } from "./revocation.ts";
import { checkKeyParameters, checkPathRules, checkUnsupported } from "./rules.ts";
import { sameAlgorithm } from "./algorithm.ts";
import { verifySignature } from "./signature.ts";
import type { TrustStore } from "./store.ts";

/** How to decide. */
export interface VerifySettings {
  /** What is trusted. */
  readonly store: TrustStore;
  /** The time to decide for, in milliseconds since 1970; whole seconds count. */
  readonly nowMs: number;
  /** What the certificate is used for; `any` as in `+vc`, where it is not asked. */
  readonly purpose: Purpose;
  /** Which certificates need a CRL. */
  readonly crlCheck: CrlCheck;
}

/** An accepted certificate. */
export interface Accepted {
  /** It is accepted. */
  readonly ok: true;
  /** Its path, leaf first, ending in the trusted certificate. */
  readonly chain: readonly Certificate[];
  /** The lists by which revocation was checked. */
  readonly crls: readonly Crl[];
}

/** A refused certificate. */
export interface Refused {
  /** It is refused. */
  readonly ok: false;
  /** The first reason found. */
  readonly reason: Reason;
  /** Place in the path of the certificate it was found at, 0 = leaf. */
  readonly depth: number;
  /** The certificate it was found at. */
  readonly certificate: Certificate;
  /** The path as far as it was built, leaf first. */
  readonly chain: readonly Certificate[];
  /** The CRL it was found with. */
  readonly crl: Crl | undefined;
  /** The entry of the CRL, for a revoked certificate. */
  readonly entry: RevokedCertificate | undefined;
}

/** The decision. */
export type Verdict = Accepted | Refused;

type Failure = PathFailure & Partial<Pick<RevocationFailure, "crl" | "entry">>;

/**
 * Decides on `leaf`. `untrusted` are certificates that came with it and may serve as intermediates; the leaf
 * itself may be among them, order and repetitions do not matter. `undefined` looks at none.
 */
export function verifyCertificate(
  leaf: Certificate,
  options: VerifySettings & { readonly untrusted: readonly Certificate[] | undefined },
): Verdict {
  const nowSeconds = Math.floor(options.nowMs / 1000);
  const path = buildPath({ ...options, leaf, nowSeconds });
  const used = new Set<Crl>();
  const failure: Failure | undefined = path.failure ??
    checkPathRules(path, options.purpose) ??
    checkKeyParameters(path) ??
    checkRevocation(options.crlCheck, {
      chain: path.chain,
      store: options.store,
      nowSeconds,
      used,
    }) ??
    checkSignaturesAndDates(path, nowSeconds) ??
    checkNameConstraints(path.chain) ??
    checkUnsupported(path);
  if (failure === undefined) return { ok: true, chain: path.chain, crls: [...used] };
  return {
    ok: false,
    reason: { ...reasonOf(failure.code), ...(failure.text ? { text: failure.text } : {}) },
    depth: failure.depth,
    certificate: path.chain[failure.depth] ?? leaf,
    chain: path.chain,
    crl: failure.crl,
    entry: failure.entry,
  };
}

/** Decides on the certificates a peer sent: the first is its own, all may serve as intermediates. */
export function verifyPeerChain(
  certificates: readonly [Certificate, ...Certificate[]],
  settings: VerifySettings,
): Verdict {
  return verifyCertificate(certificates[0], { ...settings, untrusted: certificates });
}

/**
 * From the root down: the signature by the certificate above, then the dates. A trusted certificate that is not
 * self-signed (trusted by its own settings) is not checked itself; alone it cannot be checked at all.
 */
function checkSignaturesAndDates(path: BuiltPath, nowSeconds: number): PathFailure | undefined {
  const { chain } = path;
  const top = chain.length - 1;
  const anchor = chain[top];
  const isRoot = anchor !== undefined && isLikelyIssuer(anchor, anchor);
  if (!isRoot && top === 0) return { code: 21, depth: 0 };
  for (let depth = isRoot ? top : top - 1; depth >= 0; depth--) {
    const certificate = chain[depth];
    if (certificate === undefined) continue;
    const issuer = chain[depth + 1];
    const failure = issuer && checkSignature(certificate, { issuer, depth });
    if (failure !== undefined) return failure;
    const code = checkValidity(certificate, nowSeconds);
    if (code !== undefined) return { code, depth };
  }
  return undefined;
}

function checkSignature(
  certificate: Certificate,
  above: { readonly issuer: Certificate; readonly depth: number },
): PathFailure | undefined {
  const { issuer, depth } = above;
  if (issuer.keyUsage !== undefined && (issuer.keyUsage & KEY_USAGE.keyCertSign) === 0) {
    return { code: 32, depth: depth + 1 };
  }
  if (!issuer.publicKey.isUsable) return { code: 6, depth: depth + 1 };
  return isSignedBy(certificate, issuer) ? undefined : { code: 7, depth };
}

/** Whether the signature of `certificate` was made with the key of `issuer`. */
export function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  const { signature, signatureAlgorithm, innerAlgorithm } = certificate;
  if (signature === undefined) return false;
  if (!sameAlgorithm(signatureAlgorithm, innerAlgorithm)) return false;
  return verifySignature(issuer.publicKey, {
    message: certificate.tbs,
    algorithm: signatureAlgorithm,
    signature,
  });
}

/**
 * The own certificate chain to send: the certificates of the file, completed from the store when the file has
 * the leaf only, as the reference does. The root is sent too when the store has it.
 */
export function completeOwnChain(
  certificates: readonly [Certificate, ...Certificate[]],
  settings: Pick<VerifySettings, "store" | "nowMs">,
): readonly Certificate[] {
  if (certificates.length > 1) return certificates;
  const path = buildPath({
    leaf: certificates[0],
    untrusted: undefined,
    store: settings.store,
    purpose: "any",
    nowSeconds: Math.floor(settings.nowMs / 1000),
  });
  const isDoubled = path.chain.length > 1 &&
    path.chain.slice(1).some((certificate) => sameCertificate(certificate, certificates[0]));
  return isDoubled ? certificates : path.chain;
}
