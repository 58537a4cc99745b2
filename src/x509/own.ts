/** The own certificate: loading it, and the reference's warnings about it. */

import type { Certificate } from "./certificate.ts";
import { checkValidity } from "./path.ts";
import { fitsServer } from "./rules.ts";
import {
  ERRNO,
  type FileContents,
  type FileFormat,
  type LibraryError,
  type Loaded,
  readOwnFile,
  systemLibraryError,
} from "./load.ts";
import { SIGNATURE_SCHEMES } from "./oids.ts";

/** The own certificates of a file: the leaf first, then what is sent with it. */
export interface OwnCertificates {
  /** Those in front of the first that is damaged. */
  readonly certificates: readonly [Certificate, ...Certificate[]];
  /** What the library says about what is damaged after the leaf; `undefined`: nothing is. */
  readonly damage: readonly LibraryError[] | undefined;
}

/** Loads the file of the own certificate. DER holds the leaf only. A folder opens, and holds nothing. */
export function loadOwnCertificates(
  contents: FileContents,
  format: FileFormat,
): Loaded<OwnCertificates> {
  const isOpen = contents.ok || (format === "pem" && contents.errno === ERRNO.isDirectory);
  if (!isOpen) return { ok: false, errors: [systemLibraryError(contents.errno)] };
  const bytes = contents.ok ? contents.bytes : new Uint8Array();
  const { certificates, errors } = readOwnFile(bytes, format);
  const [leaf, ...others] = certificates;
  if (leaf !== undefined) return { ok: true, certificates: [leaf, ...others], damage: errors };
  return { ok: false, errors: errors ?? [{ code: 0x0480006c, reason: "no start line" }] };
}

/** Why clients will refuse a certificate by itself. */
export type ServerUnfitness = "expired" | "not-yet-valid" | "not-for-servers";

/** Why clients will refuse the own certificate of a server; `undefined`: it has what it takes. */
export function serverUnfitness(
  certificate: Certificate,
  nowMs: number,
): ServerUnfitness | undefined {
  const code = checkValidity(certificate, Math.floor(nowMs / 1000));
  if (code !== undefined) return code === 9 ? "not-yet-valid" : "expired";
  return fitsServer(certificate) ? undefined : "not-for-servers";
}

/** Hashes that do not call for a warning. */
const STRONG: readonly string[] = ["RSA-SHA256", "RSA-SHA384", "RSA-SHA512"];

/** The reference's warnings about a weak own certificate, without `W: `; only RSA keys are judged. */
export function ownCertificateWarnings(certificate: Certificate, path: string): readonly string[] {
  if (certificate.publicKey.kind !== "rsa") return [];
  const warnings: string[] = [];
  const { bits } = certificate.publicKey;
  if (bits < 2048) {
    warnings.push(
      "Key length of RSA public key too short: RFC 7525 recommends at least 2048 bits for RSA keys, " +
        `but the key in certificate file '${path}' is only ${bits} bits.`,
    );
  }
  const oid = certificate.signatureAlgorithm.oid;
  const hash = SIGNATURE_SCHEMES[oid]?.name ?? "UNDEF";
  if (!STRONG.includes(hash)) {
    warnings.push(
      "Certificate hash key not SHA-256: RFC 7525 recommends the use of SHA-256 for RSA certificates, " +
        `but certificate file '${path}' uses '${hash}'.`,
    );
  }
  return warnings;
}
