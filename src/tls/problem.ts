/** What can go wrong with a TLS connection, as types only. */

import type { FileFormat, FileKind } from "../x509/mod.ts";
import type { TlsProfileName } from "../common/choices.ts";

export type { FileContent, FileKind } from "../x509/mod.ts";

/** Versions as logs show them. */
export type TlsVersion = "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3";

/** A rule of TLS that a peer broke, as the own engine found. */
export type TlsViolation =
  | "length"
  | "record-version"
  | "record-length"
  | "record-authentication"
  | "record-type"
  | "empty-records"
  | "alert-length"
  | "warnings"
  | "message"
  | "message-length"
  | "message-count"
  | "key-change"
  | "change-cipher-spec"
  | "version"
  | "downgrade"
  | "suite"
  | "compression"
  | "session"
  | "extension"
  | "extension-twice"
  | "extension-value"
  | "extension-missing"
  | "renegotiation"
  | "retry"
  | "group"
  | "point"
  | "dh-size"
  | "dh-value"
  | "certificate-key"
  | "certificate-list"
  | "signature-scheme"
  | "signature"
  | "finished";

/** An entry of the error queue of the reference's library. */
export interface LibraryFailure {
  /** Its code, printed as eight hex digits. */
  readonly code: number;
  /** Its text; `undefined` for errors of the system. */
  readonly reason: string | undefined;
}

/** What is wrong with a file that could not be loaded. */
export type FileTrouble =
  /** There is none, or it cannot be read. */
  | { readonly kind: "missing" | "closed" }
  /** It was read. */
  | {
    readonly kind: "contents";
    /** What it is; `undefined`: none of what is known. */
    readonly found: FileKind | undefined;
    /** How files are to be written. */
    readonly wanted: FileFormat;
  };

/** A file with trusted certificates or lists that could not be loaded. */
export interface UnloadedFile {
  /** Its path. */
  readonly path: string;
  /** The option that names it. */
  readonly option: "+cf" | "+crl";
  /** What is wrong. */
  readonly trouble: FileTrouble;
}

/** Why a peer was refused after an otherwise good handshake. */
export type TlsRefusal =
  /** Its certificate does not verify. */
  | {
    readonly kind: "certificate";
    /** The reference's number. */
    readonly code: number;
    /** The reference's words. */
    readonly reason: string;
    /** Which certificate. */
    readonly role: "leaf" | "intermediate" | "root";
    /** One clause with everything in it. */
    readonly sentence: string;
    /** Subject of that certificate. */
    readonly subject: string;
    /** Issuer of that certificate. */
    readonly issuer: string;
    /** The first file that was to be trusted and could not be loaded; absent: none. */
    readonly unloaded?: UnloadedFile;
  }
  /** A file of a trust directory cannot be read. */
  | {
    readonly kind: "trust-file";
    readonly path: string;
    readonly error: LibraryFailure;
  }
  /** Its certificate is for other hosts. */
  | { readonly kind: "host-name"; readonly wanted: string; readonly names: readonly string[] }
  /** Version or cipher suite are not of the profile. */
  | {
    readonly kind: "outside-profile";
    readonly protocol: TlsVersion;
    readonly cipherSuite: string;
    readonly profile: TlsProfileName;
    /** The suite's name for `+cs`; absent where that does not take it. */
    readonly cipherOption?: string;
    /** Profiles that allow both. */
    readonly fittingProfiles: readonly TlsProfileName[];
  }
  /** Its certificate cannot be read. */
  | { readonly kind: "unreadable" }
  /** It showed none. */
  | { readonly kind: "no-certificate" };

/** Whether the peer asked for a certificate of ours, and whether it got one. */
export type OwnCertificate = "not asked for" | "sent" | "asked for, none sent";

/** Whose certificates a server says that it accepts from clients (RFC 8446 4.2.4, RFC 5246 7.4.4). */
export interface AcceptedAuthorities {
  /** Subjects of the first 64 CAs, safe to print, each of at most 250 characters; empty: it does not say. */
  readonly names: readonly string[];
  /** How many more there are. */
  readonly more: number;
}

/** How far a handshake had come. */
export interface TlsProgress {
  /** The peer had answered our hello with one of its own: it speaks TLS. */
  readonly isAnswered: boolean;
  /** Whether it had asked for a certificate of ours, and whether it got one. */
  readonly ownCertificate: OwnCertificate;
  /** Whose it accepts; absent: it did not ask, or the runtime's TLS made the handshake and does not say. */
  readonly authorities?: AcceptedAuthorities;
  /** The server name that was sent; `undefined`: none. */
  readonly serverName: string | undefined;
}

/** What a client and we have not in common. */
export interface TlsLack {
  /** Of which there is nothing in common. */
  readonly lacking: "TLS version" | "cipher suite" | "group" | "signature scheme";
  /** What the client offers of it, by names; at the end how many more. */
  readonly offered: readonly string[];
  /** Whether what it offers is the highest of those it has. */
  readonly isHighest?: boolean;
  /** What we have of it, where that is short to say. */
  readonly served?: readonly string[];
}

/** Why there is no TLS connection, or why one ended. */
export type TlsProblem =
  /** We refused the peer. */
  | { readonly kind: "refused"; readonly refusal: TlsRefusal }
  /** The peer refused us. */
  | {
    readonly kind: "alert";
    /** Number of the alert (RFC 8446 6). */
    readonly alert: number;
    /** It came when our side of the handshake was already done. */
    readonly isLate: boolean;
    /** Whether it asked for a certificate of ours before. */
    readonly ownCertificate: OwnCertificate;
    /** As in `TlsProgress`. */
    readonly authorities?: AcceptedAuthorities;
    /** The server name that was sent; absent: none. */
    readonly serverName?: string;
    /** As in `TlsIdentity`. */
    readonly missingIssuer?: string;
  }
  /** What came is not TLS. */
  | { readonly kind: "not-tls"; readonly head: Uint8Array }
  /** The connection ended: closed, reset, or with the alert that says goodbye. */
  | {
    readonly kind: "ended";
    readonly how: "closed" | "reset" | "close-notify";
    /** How far the handshake had come; absent: its hello was not answered, or it was done. */
    readonly progress?: TlsProgress;
  }
  /** Too long without a byte, or in all. */
  | {
    readonly kind: "timed-out";
    readonly limit: "idle" | "total";
    readonly seconds: number;
    /** As for `ended`. */
    readonly progress?: TlsProgress;
  }
  /** A record longer than there may be, or a handshake without end. */
  | { readonly kind: "too-long" }
  /** Version and suites have nothing in common with ours, as we found out. */
  | { readonly kind: "unsupported-version" }
  /** As a server: the client's hello has nothing in common with us, of this one kind. */
  | { readonly kind: "nothing-in-common" } & TlsLack
  /** The peer did not prove that it has the key of its certificate. */
  | { readonly kind: "key-proof" }
  /** The runtime's TLS cannot use the peer's certificate, or proof of its key: it does not say which. */
  | { readonly kind: "unusable-certificate" }
  /** Bytes that make no sense to the runtime. */
  | { readonly kind: "malformed"; readonly text: string }
  /** A rule that the peer broke, as the own engine found. */
  | { readonly kind: "violation"; readonly violation: TlsViolation };
