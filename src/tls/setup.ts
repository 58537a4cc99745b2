/** What can go wrong before a connection, as types only. */

import type { ServerUnfitness } from "../x509/mod.ts";
import type { TlsProfileName } from "../common/choices.ts";
import type { FileTrouble, LibraryFailure } from "./problem.ts";

/** Something that went wrong while everything was prepared; the run goes on or ends. */
export type TlsSetupEvent =
  /** A file with trusted certificates or CRLs, or a directory, cannot be used. */
  | {
    readonly type: "trust-unusable";
    readonly what: "certificate file" | "CRL file" | "directory";
    readonly path: string;
    readonly error: LibraryFailure | undefined;
  }
  /** The reference's words about the own certificate. */
  | { readonly type: "own-certificate-weak"; readonly text: string }
  /** Something after the own certificate in its file is damaged, and is not sent. */
  | { readonly type: "own-chain-damaged"; readonly error: LibraryFailure | undefined }
  /** The own certificate of a server is one that clients refuse. */
  | {
    readonly type: "own-certificate-unfit";
    readonly path: string;
    readonly why: ServerUnfitness;
  }
  /** A further suite is asked for that today's advice speaks against. */
  | { readonly type: "suite-discouraged"; readonly suite: string; readonly keyTransport: boolean }
  /** A suite of the profile or a further one that will not be offered. */
  | { readonly type: "suites-missing"; readonly suites: readonly string[] };

/** Why there will be no connection. */
export type TlsSetupProblem =
  /** The private key cannot be used. */
  | {
    readonly kind: "key";
    readonly path: string;
    readonly why: "unreadable" | "no-password" | "wrong-password" | "unsupported" | "missing";
    readonly error: LibraryFailure | undefined;
    /** What is wrong with an unreadable file. */
    readonly trouble?: FileTrouble;
    /** Whether the file holds the certificate, and that of the certificate the key. */
    readonly isSwapped?: boolean;
    /** What is wrong with a PKCS#12 file, as a clause. */
    readonly detail?: string;
  }
  /** The own certificate cannot be read. */
  | {
    readonly kind: "certificate";
    readonly path: string;
    readonly keyPath: string;
    readonly error: LibraryFailure | undefined;
    /** What is wrong with the file. */
    readonly trouble?: FileTrouble;
  }
  /** Key and certificate do not belong together. */
  | { readonly kind: "mismatch"; readonly path: string; readonly keyPath: string }
  /** The file with the password cannot be read; `why` says so of it: `does not exist`. */
  | { readonly kind: "password-file"; readonly path: string; readonly why: string }
  /** There is no such suite. */
  | { readonly kind: "suite-unknown"; readonly suite: string }
  /** The reference knows the suite, its library does not have it. */
  | { readonly kind: "suite-unsupported"; readonly suite: string }
  /** The profile forbids the suite. */
  | {
    readonly kind: "suite-forbidden";
    readonly suite: string;
    readonly profile: TlsProfileName;
    readonly why: "unencrypted" | "sha1" | "any";
  }
  /** The runtime cannot speak this profile, and it alone was asked for. */
  | { readonly kind: "profile-unsupported"; readonly profile: TlsProfileName }
  /** Clients are to be checked, and no certificate is trusted that could vouch for one. */
  | {
    readonly kind: "no-anchors";
    /** Options that ask for it, without those that name trusted certificates. */
    readonly asked: readonly string[];
    /** Files and folders that were named for it. */
    readonly named: readonly string[];
  }
  /** The runtime's public roots cannot be read. */
  | { readonly kind: "public-roots"; readonly text: string };
