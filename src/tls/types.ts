/**
 * What TLS takes and gives, as types only: whoever reads results or moves bytes needs these and loads nothing.
 *
 * Asked for (`TlsRequest`), prepared before any connection (`TlsSettings`), found out (`TlsFacts`), gone wrong
 * (`TlsProblem` on a connection, `TlsSetupProblem` before one).
 */

import type { TlsWeakness } from "../common/tls_weaknesses.ts";
import type {
  AcceptedAuthorities,
  OwnCertificate,
  TlsLack,
  TlsProblem,
  TlsRefusal,
  TlsVersion,
} from "./problem.ts";
import type { TlsEngine, TlsProfileName } from "../common/choices.ts";

export type { TlsWeakness };
export type { TlsEngine, TlsProfileName };
export type * from "../common/tls_request.ts";
export type * from "./setup.ts";
export type * from "./problem.ts";

/** What the own engine offers, as numbers of the wire, in the order of the offer. */
export interface TlsOwnOffer {
  /** Versions, highest first: 0x0301 to 0x0304. */
  readonly versions: readonly number[];
  /** Cipher suites. */
  readonly suites: readonly number[];
  /** Groups of the key exchange. */
  readonly groups: readonly number[];
  /** Groups of which a share is sent at once, for TLS 1.3. */
  readonly shares: readonly number[];
  /** Signature schemes. */
  readonly schemes: readonly number[];
}

/** What a client offers in its hello, as numbers of the wire. */
export interface TlsClientOffer {
  /** The version that the hello has: up to TLS 1.2 the highest of those it offers. */
  readonly legacyVersion: number;
  /** Versions; `undefined`: all up to `legacyVersion`. */
  readonly versions: readonly number[] | undefined;
  /** Cipher suites. */
  readonly suites: readonly number[];
  /** Groups of the key exchange; `undefined`: it does not say. */
  readonly groups: readonly number[] | undefined;
  /** Signature schemes; `undefined`: it does not say. */
  readonly schemes: readonly number[] | undefined;
}

/** Key and certificates to show, as PEM that the runtime takes. */
export interface TlsIdentity {
  /** The private key, in the clear (PKCS#8). */
  readonly key: string;
  /** The own certificate and what is sent with it. */
  readonly certificates: string;
  /** Who issued the last of them, where that is neither itself nor a root that we know; absent otherwise. */
  readonly missingIssuer?: string;
}

/** What a handshake brought; made by the transport. */
export interface TlsSeen {
  /** Who made it. */
  readonly engine: TlsEngine;
  /** Negotiated version. */
  readonly protocol: TlsVersion;
  /** Negotiated cipher suite by its OpenSSL name. */
  readonly cipherSuite: string;
  /** The peer's certificates as they came, in DER. */
  readonly chain: readonly Uint8Array[];
  /** Host as it was dialled. */
  readonly host: string;
}

/** The decision on a peer, with all that is known of it. */
export interface TlsJudgement {
  /** Why it is refused; `undefined`: it is accepted. */
  readonly refusal: TlsRefusal | undefined;
  /** What it showed. */
  readonly facts: TlsFacts;
}

/** All that the transport needs for a handshake; made before any connection. */
export interface TlsSettings {
  /** Who makes the handshake as a client; `own-too`: the runtime, then the own engine where that may help. */
  readonly engine: TlsEngine | "own-too";
  /** What the own engine offers. */
  readonly offer: TlsOwnOffer;
  /** Lowest version that the runtime offers. */
  readonly minVersion: "TLSv1.2" | "TLSv1.3";
  /** Highest version that the runtime offers. */
  readonly maxVersion: "TLSv1.2" | "TLSv1.3";
  /** What we show when asked; `undefined`: nothing. */
  readonly identity: TlsIdentity | undefined;
  /** Server name to send; `undefined`: none. */
  readonly serverName: string | undefined;
  /** As a server: whether to ask clients for a certificate. */
  readonly asksClients: boolean;
  /** As a server: what a client lacks. */
  readonly lacks?: {
    /** For the profile: it is refused whatever the runtime is able to. */
    readonly forProfile: (offer: TlsClientOffer) => TlsLack | undefined;
    /** Why the runtime refused it; `undefined`: for another reason. */
    readonly forRuntime: (offer: TlsClientOffer) => TlsLack | undefined;
  };
  /** Decides on the peer before a byte of data is sent. */
  readonly judge: (seen: TlsSeen) => TlsJudgement;
}

/** A certificate in words and figures; every text is safe to print. */
export interface CertificateFacts {
  /** X.509 version: 1, 2 or 3. */
  readonly version: number;
  /** Whose it is. */
  readonly subject: string;
  /** Who issued it. */
  readonly issuer: string;
  /** Subject as the reference writes it. */
  readonly subjectLine: string;
  /** Issuer as the reference writes it. */
  readonly issuerLine: string;
  /** Serial number in hex. */
  readonly serial: string;
  /** Serial number as the reference writes it. */
  readonly serialLine: string;
  /** Start of validity, in milliseconds since 1970; `undefined`: not readable. */
  readonly notBeforeMs: number | undefined;
  /** End of validity, in milliseconds since 1970; `undefined`: not readable. */
  readonly notAfterMs: number | undefined;
  /** Start of validity as the reference writes it. */
  readonly notBeforeLine: string;
  /** End of validity as the reference writes it. */
  readonly notAfterLine: string;
  /** Whole days until it ends; negative: since it ended. */
  readonly daysLeft: number | undefined;
  /** The public key: `RSA 2048`, `EC P-256`, ... */
  readonly publicKey: string;
  /** The public key as the reference writes it. */
  readonly publicKeyLine: string;
  /** How it is signed: `RSA-SHA256`, ... */
  readonly signatureAlgorithm: string;
  /** DNS names and addresses it is for. */
  readonly hostNames: readonly string[];
  /** Whether it is a CA's. */
  readonly isCa: boolean;
  /** Whether it names itself as issuer. */
  readonly isSelfSigned: boolean;
  /** SHA-256 of the whole certificate, in hex. */
  readonly sha256: string;
}

/** Something of ours that ends one day. */
export interface EndingFile {
  /** What it is. */
  readonly what: "own certificate" | "revocation list";
  /** Subject of the certificate, or issuer of the list; safe to print. */
  readonly name: string;
  /** When it ends, in milliseconds since 1970. */
  readonly endsMs: number;
}

/** Whether certificates of an accepted peer were held against revocation lists. */
export interface RevocationFacts {
  /** Which: none, its own, or all of the path. */
  readonly checked: "none" | "leaf" | "chain";
  /** The lists by which they are not revoked. */
  readonly lists: readonly {
    /** Who issued the list; safe to print. */
    readonly issuer: string;
    /** When the next one is due, in milliseconds since 1970; `undefined`: it does not say. */
    readonly nextUpdateMs: number | undefined;
  }[];
}

/** What is known of a TLS connection. */
export interface TlsFacts {
  /** Who made the handshake. */
  readonly engine: TlsEngine;
  /** Negotiated version: `TLSv1.3`. */
  readonly protocol: TlsVersion;
  /** Negotiated cipher suite by its OpenSSL name. */
  readonly cipherSuite: string;
  /** Bits of its key. */
  readonly cipherBits: number;
  /** What is weak, the worst first; empty: nothing. */
  readonly weaknesses: readonly TlsWeakness[];
  /** Profile that was asked for, by the name of its option. */
  readonly profile: TlsProfileName;
  /** Profiles that allow this version and suite. */
  readonly fittingProfiles: readonly TlsProfileName[];
  /** The peer's certificates in the order they came. */
  readonly chain: readonly CertificateFacts[];
  /** The path that was found, leaf first; empty when none was looked for or found. */
  readonly path: readonly CertificateFacts[];
  /** Whether the peer's certificate was held against what is trusted, and with what outcome. */
  readonly trust: "trusted" | "refused" | "not checked";
  /** Whether revocation was checked. */
  readonly revocation: RevocationFacts;
  /** The decision, when the peer was refused. */
  readonly refusal: TlsRefusal | undefined;
  /** Host name as dialled or as asked for, and whether the certificate is for it. */
  readonly name: {
    /** The name. */
    readonly wanted: string;
    /** Whether the certificate is for it. */
    readonly matches: boolean;
    /** Whether that decided. */
    readonly required: boolean;
  };
}

/** A TLS connection as the transport shows it. */
export interface TlsConnection {
  /** What was negotiated and shown. */
  readonly facts: TlsFacts;
  /** Whether the peer asked for a certificate of ours, and whether it got one. */
  readonly ownCertificate: OwnCertificate;
  /** Whose it accepts; absent: it did not ask, or the runtime's TLS made the handshake and does not say. */
  readonly authorities?: AcceptedAuthorities;
  /** What ended it, if that was TLS's doing. */
  readonly problem: TlsProblem | undefined;
  /** Resolves when the last bytes, the goodbye of TLS, are gone after `close`; soon in any case. */
  readonly closed: Promise<void>;
}
