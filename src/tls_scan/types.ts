/** What a scan finds out, as types only. */

import type { CertificateFacts, TlsProfileName, TlsVersion } from "../tls/types.ts";

/** Versions that are asked for. */
export type ScanVersion = "SSLv3" | TlsVersion;

/** A suite that the server takes. */
export interface SuiteFinding {
  /** Code point. */
  readonly code: number;
  /** Registered name. */
  readonly name: string;
}

/** One version of TLS. */
export interface VersionFinding {
  /** Which. */
  readonly version: ScanVersion;
  /** Whether the server speaks it. */
  readonly isOffered: boolean;
  /** What it answered where it does not: the number of its alert, or a clause. */
  readonly refusal: number | string | undefined;
  /** The suites it takes in it; in its order, where it has one. */
  readonly suites: readonly SuiteFinding[];
  /** Whose order of suites counts; `undefined`: not known, as with one suite. */
  readonly order: "server" | "client" | undefined;
  /** Groups of the key exchange by their names, in the order in which the server chose them. */
  readonly groups: readonly string[];
}

/** A certificate of the server, with those it sends along. */
export interface ChainFinding {
  /** Own certificate first. */
  readonly certificates: readonly CertificateFacts[];
  /** Versions in which it was shown. */
  readonly versions: readonly ScanVersion[];
  /** Whether the trusted certificates vouch for it; `undefined`: none were given. */
  readonly trust: { readonly isTrusted: boolean; readonly why: string | undefined } | undefined;
}

/** What the server wants of a client. */
export interface ClientFinding {
  /** Whether it asks for a certificate; `required`: it refuses who shows none. */
  readonly certificate: "not asked for" | "asked for" | "optional" | "required";
  /** Names of the CAs it accepts; empty: it names none. */
  readonly authorities: readonly string[];
}

/** Whether the server must be asked for by name. */
export interface NameFinding {
  /** The name that was asked for; `undefined`: none. */
  readonly asked: string | undefined;
  /**
   * `needed`: without the name it refuses; `changes`: it then shows another certificate; `refused`: it refuses the name
   * that was to be asked for, and answers when none is.
   */
  readonly effect: "not tried" | "none" | "changes" | "needed" | "refused";
}

/** Extensions and old habits; `undefined`: nothing was seen that says so. */
export interface HabitFinding {
  /** RFC 5746. */
  readonly secureRenegotiation: boolean | undefined;
  /** RFC 7627. */
  readonly extendedMasterSecret: boolean | undefined;
  /** RFC 7366. */
  readonly encryptThenMac: boolean | undefined;
  /** RFC 5077. */
  readonly sessionTickets: boolean | undefined;
  /** Whether it compresses, which gives secrets away. */
  readonly compression: boolean | undefined;
  /** Whether it signs with SHA-1 when asked to. */
  readonly signsSha1: boolean | undefined;
}

/** How a security profile of DICOM meets the server. */
export interface ProfileFinding {
  /** Name of its option without `--profile-`. */
  readonly option: TlsProfileName;
  /** Its short option. */
  readonly flag: string;
  /** Its name. */
  readonly name: string;
  /** Newer ones take its place. */
  readonly isRetired: boolean;
  /** `connects`: it does, but the server offers more than the profile allows. */
  readonly fits: "fits" | "connects" | "no";
  /** What is spoken then, or why nothing is. */
  readonly why: string;
}

/** By which options a client connects. */
export interface Choice {
  /** The profile. */
  readonly profile: TlsProfileName;
  /** Names of further suites. */
  readonly cipherSuites: readonly string[];
}

/** What an auditor would say. */
export interface AuditFinding {
  /** Stable name. */
  readonly id: string;
  /** `must`: forbidden or broken; `should`: advised against; `note`: to be known. */
  readonly weight: "must" | "should" | "note";
  /** One sentence. */
  readonly text: string;
  /** Where it is written. */
  readonly reference: string;
}

/** Why a scan ended before it had asked everything. */
export type EarlyEnd = "interrupted" | "time" | "connections" | "peer";

/** What speaks on the port. */
export type Spoken =
  /** TLS. */
  | { readonly kind: "tls" }
  /** DICOM without TLS. */
  | { readonly kind: "dicom" }
  /** Something else, which began so. */
  | { readonly kind: "other"; readonly head: Uint8Array }
  /** It took connections, and said nothing that could be understood; `how` it ended them. */
  | { readonly kind: "unknown"; readonly how: "closed" | "silent" | "alert" | "broken" }
  /** No connection came about. */
  | { readonly kind: "unreachable"; readonly reason: string; readonly text: string };

/** All of it. */
export interface ScanResult {
  /** Host as it was given. */
  readonly host: string;
  /** 1..65535. */
  readonly port: number;
  /** What speaks there. */
  readonly spoken: Spoken;
  /** Why it is not complete; `undefined`: it is. */
  readonly endedBy: EarlyEnd | undefined;
  /** How many connections were made. */
  readonly connections: number;
  /** Versions, the highest first; those that were not asked for are left out. */
  readonly versions: readonly VersionFinding[];
  /** Certificates, each once. */
  readonly chains: readonly ChainFinding[];
  /** Sizes of DH primes in bits, each once, the smallest first. */
  readonly dhBits: readonly number[];
  /** Signature schemes that the server was seen to use, by their names. */
  readonly schemes: readonly string[];
  /** What it wants of a client. */
  readonly client: ClientFinding;
  /** About its name. */
  readonly serverName: NameFinding;
  /** Extensions. */
  readonly habits: HabitFinding;
  /** Profiles of DICOM, newest first. */
  readonly profiles: readonly ProfileFinding[];
  /** By which options our program and the reference's connect; `undefined`: by none that we know. */
  readonly choices: {
    readonly echoscu: Choice | undefined;
    readonly dcmtk: Choice | undefined;
  };
  /** The gravest first. */
  readonly audit: readonly AuditFinding[];
}
