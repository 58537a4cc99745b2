/** Certificates in the handshake: the peer's, and our own when it is asked for. */

import { DerError, parseCertificate, type PublicKey, versionName } from "../tls/mod.ts";
import { VERSION } from "./codes.ts";
import { EngineError, require } from "./failure.ts";
import type { Link } from "./link.ts";
import { canSignLegacy, chooseScheme } from "./signatures.ts";
import { readNumbers, vector, WireReader } from "./wire.ts";

/** Certificates beyond these are too many for any chain (the reference's library stops at a hundred). */
const MOST_CERTIFICATES = 128;

/** Throws the `EngineError` of a chain that is too long. */
export function requireFewCertificates(count: number): void {
  require(count <= MOST_CERTIFICATES, "certificate-list");
}

/** The key of a certificate. Throws `EngineError` when the certificate cannot be read. */
export function keyOf(certificate: Uint8Array | undefined): PublicKey {
  if (certificate === undefined) throw new EngineError("certificate-list");
  try {
    return parseCertificate(certificate).publicKey;
  } catch (error) {
    if (error instanceof DerError) throw new EngineError("certificate-list");
    throw error;
  }
}

/** Thrown when `judge` refuses the peer. */
export class PeerRefused extends Error {
  /** Stable code. */
  override readonly name = "PeerRefused";
  /** What the peer is refused with. */
  readonly alert: number;

  /** Refuses with this alert. */
  constructor(alert: number) {
    super(`peer refused with alert ${alert}`);
    this.alert = alert;
  }
}

/** Lets the peer be judged. Throws `PeerRefused`. */
export function judgePeer(
  { settings }: Link,
  shown: {
    readonly version: number;
    readonly suite: string;
    readonly certificates: readonly Uint8Array[];
  },
): void {
  const { version, suite, certificates } = shown;
  const alert = settings.judge({ protocol: versionName(version), suite, certificates });
  if (alert !== undefined) throw new PeerRefused(alert);
}

/** A server's request for a certificate. */
export interface CertificateRequest {
  /** Names of CAs in DER. */
  readonly authorities: readonly Uint8Array[];
  /** Signature schemes as on the wire; empty up to TLS 1.1. */
  readonly schemes: readonly number[];
}

/** Reads a CertificateRequest up to TLS 1.2 (RFC 5246 7.4.4). Throws `EngineError`. */
export function readLegacyRequest(body: Uint8Array, version: number): CertificateRequest {
  const reader = new WireReader(body);
  require(reader.vector(1).length > 0, "length");
  const schemes = version < VERSION.tls12 ? [] : readNumbers(reader.vector(2));
  const authorities = readNames(reader.vector(2));
  reader.end();
  return { authorities, schemes };
}

/** A list of names in DER. */
export function readNames(bytes: Uint8Array): readonly Uint8Array[] {
  const reader = new WireReader(bytes);
  const names: Uint8Array[] = [];
  while (!reader.atEnd) names.push(reader.vector(2).slice());
  return names;
}

/** Reads the certificates of a server up to TLS 1.2 (RFC 5246 7.4.2). Throws `EngineError`. */
export function readLegacyCertificates(body: Uint8Array): readonly Uint8Array[] {
  const outer = new WireReader(body);
  const reader = new WireReader(outer.vector(3));
  outer.end();
  const certificates: Uint8Array[] = [];
  while (!reader.atEnd) {
    certificates.push(reader.vector(3).slice());
    requireFewCertificates(certificates.length);
  }
  return certificates;
}

/** What we show for a request: certificates, and how the signature is made. */
export interface OwnAnswer {
  /** In DER, own first. */
  readonly certificates: readonly Uint8Array[];
  /** The key of the first. */
  readonly key: PublicKey;
  /** Scheme as on the wire; `undefined` up to TLS 1.1. */
  readonly scheme: number | undefined;
}

/** What we can show for `request`; `undefined`: nothing, so an empty list goes out. */
export function answerRequest(
  { settings }: Link,
  { request, version }: { readonly request: CertificateRequest; readonly version: number },
): OwnAnswer | undefined {
  const { identity, offer } = settings;
  if (identity === undefined) return undefined;
  const { certificates } = identity;
  const key = keyOf(certificates[0]);
  if (version < VERSION.tls12) {
    return canSignLegacy(key) ? { certificates, key, scheme: undefined } : undefined;
  }
  const scheme = chooseScheme(request.schemes, { key, version, offered: offer.schemes });
  return scheme === undefined ? undefined : { certificates, key, scheme };
}

/** The body of our Certificate message up to TLS 1.2. */
export function legacyCertificates(certificates: readonly Uint8Array[]): Uint8Array {
  return vector(3, ...certificates.map((one) => vector(3, one)));
}
