/** What a command line means: all defaults applied, all cross checks done. */

import type { Mode } from "./modes.ts";

/** Level of the root logger; each lets itself and the ones before it pass. */
export type LogLevel =
  | "off"
  | "fatal"
  | "error"
  | "warn"
  | "info"
  | "debug"
  | "trace"
  | "all";

/** A logger configuration file, read once and found to set up the root logger. */
export interface LogConfigFile {
  /** The path as typed. */
  readonly path: string;
  /** Its bytes. */
  readonly bytes: Uint8Array;
}

/** How to log. */
export interface LoggingOptions {
  /** Effective level from `-q -v -d -ll`; default `warn`. A configuration file sets its own. */
  readonly level: LogLevel;
  /** `--log-config`. */
  readonly config: LogConfigFile | undefined;
  /** `--log-format`; default `text`. */
  readonly format: "text" | "json";
}

/** A report that is wanted. */
export interface ReportRequest {
  /** Its format. */
  readonly format:
    | "text"
    | "json"
    | "jsonl"
    | "junit"
    | "prometheus"
    | "nagios"
    | "csv"
    | "html";
  /** The file to write; `undefined`: standard output. */
  readonly file: string | undefined;
}

/** Where the password of the private key comes from. */
export type PasswordSource =
  /** The environment variable `ECHOSCU_KEY_PASSWORD`, else as `prompt` (default). */
  | { readonly kind: "unset" }
  /** Ask on the terminal when the key turns out to be encrypted (`+ps`). */
  | { readonly kind: "prompt" }
  /** `+pw`; may be empty. `-pw` is the empty password. */
  | { readonly kind: "given"; readonly password: string }
  /** `--password-file`: its first line. */
  | { readonly kind: "file"; readonly path: string };

/** Security profile by the name of its option. */
export type TlsProfile =
  | "8996"
  | "8996-mod"
  | "bcp195-nd"
  | "bcp195"
  | "bcp195-ex"
  | "basic"
  | "aes"
  | "null";

/** What all TLS connections and offline checks share. Lists are in command line order. */
export interface TlsSettings {
  /** Format of every key, certificate and CRL file. */
  readonly fileFormat: "pem" | "der";
  /** `+cf`. */
  readonly certificateFiles: readonly string[];
  /** `+cd`. */
  readonly certificateDirectories: readonly string[];
  /** `+crl`. */
  readonly crlFiles: readonly string[];
  /** What is looked up in the CRLs: `+cra` chain, `+crv` or any `+crl` leaf. */
  readonly crlCheck: "none" | "leaf" | "chain";
  /** Default `bcp195-nd`. */
  readonly profile: TlsProfile;
  /** `+cs`, not yet looked up. */
  readonly cipherSuites: readonly string[];
  /** `--request-sni`; `undefined`: send no name. May be empty. */
  readonly serverName: string | undefined;
  /** `+rs`. */
  readonly seedFile: string | undefined;
  /** Where a new seed goes: the file of `+wf`, or that of `+rs` for `+ws`. */
  readonly writeSeedFile: string | undefined;
  /** Whether the peer's certificate must verify. */
  readonly peerCertificate: "require" | "ignore";
  /** `-rc` was given, not only its default. */
  readonly requiresCertificate?: true;
  /** `--verify-hostname` (the peer as dialled) or `--verify-hostname-as`; absent: no name is looked at. */
  readonly wantedName?: { readonly kind: "peer" } | {
    readonly kind: "name";
    readonly name: string;
  };
  /** `--trust-public-roots`; then the peer's name is looked at in any case. */
  readonly trustPublicRoots?: true;
  /** `--tls-engine`; absent: `auto`. */
  readonly engine?: "runtime" | "own";
}

/** TLS as asked for. */
export type TlsOptions =
  /** Plain TCP; `--request-sni` is kept for the peers of a plan that use TLS. */
  | { readonly mode: "off"; readonly serverName?: string }
  /** `+tla`. */
  | ({ readonly mode: "anonymous" } & TlsSettings)
  /** `+tls`. */
  | ({
    readonly mode: "authenticated";
    /** Private key file. */
    readonly keyFile: string;
    /** Certificate file. */
    readonly certificateFile: string;
    /** Password of the private key. */
    readonly password: PasswordSource;
  } & TlsSettings);

/** What a command line means. */
export interface Options {
  /** What to do. */
  readonly mode: Mode;
  /** How to log. */
  readonly logging: LoggingOptions;
  /** `-aet`, as typed: neither cut nor checked. Default `ECHOSCU`. */
  readonly callingAeTitle: string;
  /** `-aec`, as typed: neither cut nor checked. Default `ANY-SCP`. */
  readonly calledAeTitle: string;
  /** `-pts`, 1..53; default 1. */
  readonly proposeTransferSyntaxes: number;
  /** `-ppc`, 1..128; default 1. */
  readonly proposePresentationContexts: number;
  /** `-to`, at least 1; `undefined`: as long as the system takes. */
  readonly connectTimeoutSeconds: number | undefined;
  /** `-ts`; -1: leave as the system has it, 0: no limit. Default 60. */
  readonly socketTimeoutSeconds: number;
  /** `-ta`, at least 1; default 30. */
  readonly acseTimeoutSeconds: number;
  /** `-td`, at least 1; `undefined`: no limit of its own. */
  readonly dimseTimeoutSeconds: number | undefined;
  /** `-pdu`, 4096..131072, odd ones too; default 16384. */
  readonly maximumLength: number;
  /** `--repeat`, at least 1; default 1. */
  readonly repeat: number;
  /** `--interval`: pause between echoes; `undefined`: not given, no pause. */
  readonly intervalSeconds: number | undefined;
  /** `--peer-deadline`: limit for a check where the plan has none for the peer; `undefined`: no limit. */
  readonly peerDeadlineSeconds: number | undefined;
  /** `--abort`: end with A-ABORT. */
  readonly abort: boolean;
  /** `-i4 -i6 -i0`; default `any`. */
  readonly family: "ipv4" | "ipv6" | "any";
  /** TLS. */
  readonly tls: TlsOptions;
  /** `--tls-report`: print what TLS found out. */
  readonly tlsReport?: true;
  /** `--expiry-warn`: days, 1..36500. */
  readonly expiryWarnDays?: number;
  /** `--explain`: hints also where standard error is not a terminal. */
  readonly explain: boolean;
  /** `--exit-codes`; default `default`. */
  readonly exitCodes: "default" | "detailed";
  /** `--color`; default `auto`. */
  readonly color: "auto" | "always" | "never";
  /** `--report` in their order, then `--json`; at most one for standard output. */
  readonly reports: readonly ReportRequest[];
  /** `--operator`: who makes the check; absent: not said. */
  readonly operator?: string;
  /** `--warn-latency`; `undefined`: none. */
  readonly warnLatencyMs: number | undefined;
  /** `--critical-latency`; `undefined`: none. */
  readonly criticalLatencyMs: number | undefined;
}
