/** TLS as it is asked for, on the command line or in a plan. */

import type {
  CrlCheck,
  FileFormat,
  PeerCertificate,
  TlsEngine,
  TlsProfileName,
} from "./choices.ts";

/** Where the password of a private key comes from. */
export type KeyPassword =
  /** The environment variable `ECHOSCU_KEY_PASSWORD`, else asked for. */
  | { readonly kind: "unset" }
  /** Asked for when the key turns out to be encrypted. */
  | { readonly kind: "prompt" }
  /** None, and nobody is asked for it. */
  | { readonly kind: "none" }
  /** Given; may be empty. */
  | { readonly kind: "given"; readonly password: string }
  /** First line of a file. */
  | { readonly kind: "file"; readonly path: string };

/** Which name the peer's certificate must be for: what was dialled, or another. */
export type WantedName =
  | { readonly kind: "peer" }
  | { readonly kind: "name"; readonly name: string };

/** What all TLS connections share. Lists are in command line order. */
export interface TlsRequestBase {
  /** Format of every key, certificate and CRL file. */
  readonly fileFormat: FileFormat;
  /** Trusted certificates. */
  readonly certificateFiles: readonly string[];
  /** Directories of trusted certificates. */
  readonly certificateDirectories: readonly string[];
  /** Revocation lists. */
  readonly crlFiles: readonly string[];
  /** What is looked up in the revocation lists. */
  readonly crlCheck: CrlCheck;
  /** Security profile. */
  readonly profile: TlsProfileName;
  /** Names of further cipher suites, not yet looked up. */
  readonly cipherSuites: readonly string[];
  /** Server name to send; `undefined`: none. */
  readonly serverName: string | undefined;
  /** Whether the peer's certificate must verify. */
  readonly peerCertificate: PeerCertificate;
  /** `-rc` was given: an answering side then wants a certificate of each client. */
  readonly requiresCertificate?: true;
  /** Name to hold the peer's certificate against; absent: none is. */
  readonly wantedName?: WantedName;
  /** Trust the public roots of the runtime too. */
  readonly trustPublicRoots?: true;
  /** Who makes the handshake; absent: the runtime for what it has, the own engine for the rest. */
  readonly engine?: TlsEngine;
}

/** TLS as asked for. */
export type TlsRequest =
  | ({ readonly mode: "anonymous" } & TlsRequestBase)
  | ({
    readonly mode: "authenticated";
    /** Private key file. */
    readonly keyFile: string;
    /** Certificate file. */
    readonly certificateFile: string;
    /** Password of the private key. */
    readonly password: KeyPassword;
  } & TlsRequestBase);

/** Files of the random generator: read and written as the reference does, and without effect. */
export interface TlsSeeds {
  /** `+rs`. */
  readonly seedFile: string | undefined;
  /** Where a new seed goes: the file of `+wf`, or that of `+rs` for `+ws`. */
  readonly writeSeedFile: string | undefined;
}

/** What `+tla` asks for by itself. */
export const ANONYMOUS_TLS: Extract<TlsRequest, { mode: "anonymous" }> & TlsSeeds = {
  mode: "anonymous",
  fileFormat: "pem",
  certificateFiles: [],
  certificateDirectories: [],
  crlFiles: [],
  crlCheck: "none",
  profile: "bcp195-nd",
  cipherSuites: [],
  serverName: undefined,
  seedFile: undefined,
  writeSeedFile: undefined,
  peerCertificate: "require",
};
