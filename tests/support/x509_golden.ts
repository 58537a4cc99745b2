/** What `tests/golden/x509.json` holds: written by openssl, see `make_x509_golden.ts`. */

import golden from "../golden/x509.json" with { type: "json" };

/** One certificate, and what openssl says of it. */
export interface GoldenCertificate {
  readonly der: string;
  readonly hash: string;
  readonly issuerHash: string;
  readonly subject: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly fingerprint: string;
  readonly bits: number;
}

/** One decision of `openssl verify`. */
export interface GoldenVerdict {
  readonly leaf: string;
  readonly sent: readonly string[];
  readonly trusted: readonly string[];
  readonly crls: readonly string[];
  readonly purpose: "any" | "server" | "client";
  readonly crlCheck: "none" | "leaf" | "all";
  readonly nowMs: number;
  readonly outcome: {
    readonly ok: boolean;
    readonly code?: number;
    readonly depth?: number;
    readonly text?: string;
  };
}

/** The certificates by name. */
export const GOLDEN_CERTIFICATES: Readonly<Record<string, GoldenCertificate>> = golden.certificates;

/** The decisions. */
export const GOLDEN_VERDICTS = golden.verdicts as readonly GoldenVerdict[];

/** Private keys in every form, as PEM; pass phrase `secret`. */
export const GOLDEN_KEYS: Readonly<Record<string, string>> = golden.keys;

/** The root as a `TRUSTED CERTIFICATE` for clients, rejected for servers. */
export const GOLDEN_TRUSTED: string = golden.trusted;

/** The CRL of the root. */
export const GOLDEN_CRL: Uint8Array = fromBase64(golden.crl);

/** The DER of a certificate. */
export function goldenDer(name: string): Uint8Array {
  const certificate = GOLDEN_CERTIFICATES[name];
  if (certificate === undefined) throw new Error(`No golden certificate ${name}`);
  return fromBase64(certificate.der);
}

/** Bytes of base64 text. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
