/** What a plan is: peers with all defaults applied, and what can be wrong with the files it is made from. */

import type { Check } from "../check/types.ts";
import type { TlsWeakness } from "../common/tls_weaknesses.ts";
import type { TlsOptions, UserOptions } from "../options/mod.ts";
import type { PlanSource } from "./digest.ts";
import type { FileFault } from "../system/types.ts";

/** Why a peer must reject an association: the three codes of PS3.8 Table 9-21. */
export interface RejectionCodes {
  /** 1: permanent, 2: transient. */
  readonly result: number;
  /** Who rejects. */
  readonly source: number;
  /** Why; its meaning depends on the source. */
  readonly reason: number;
}

/** What a peer is expected to do, besides answering the echo. */
export interface Expectations {
  /** `false`: nothing may answer at this address, as with a firewall in between. */
  readonly reachable: boolean;
  /** The association must be rejected: for any reason, or with exactly these codes. */
  readonly rejected?: "any" | RejectionCodes;
  /** The association must be rejected, or accepted and aborted before an echo is answered, as some peers meet strangers. */
  readonly refused?: "any";
  /** Longest time an echo may take, in milliseconds. */
  readonly maxLatencyMs?: number;
  /** Days for which the peer's certificate must still be valid. */
  readonly minDaysValid?: number;
  /** Days before the end of a certificate of the peer from which on there is a warning. */
  readonly warnDaysValid?: number;
  /** What may be weak in its TLS without a warning. */
  readonly allowedWeaknesses?: readonly TlsWeakness[];
  /** Pattern for the implementation version name: `*` means any text, `?` one character. */
  readonly implementationVersion?: string;
}

/** One peer of a plan. */
export interface PlanPeer {
  /** Unique within the plan. */
  readonly name: string;
  /** The group it belongs to. */
  readonly group?: string;
  /** Those of the defaults, of its group, its own; each once. */
  readonly tags: readonly string[];
  /** What this peer is. */
  readonly note?: string;
  /** Who looks after it. */
  readonly contact?: string;
  /** Nobody is told of what it does. */
  readonly isMuted?: true;
  /** The check to be made. */
  readonly check: Check;
  /** How to secure its connection; paths are relative to the working directory. */
  readonly tls: TlsOptions;
  /** The user identity to send, where the plan says one; with files and variables that are yet to be read. */
  readonly user?: UserOptions;
  /** Longest time of one attempt, in seconds. */
  readonly deadlineSeconds?: number;
  /** What it is expected to do. */
  readonly expect: Expectations;
}

/** Many checks. */
export interface Plan {
  /** What the plan calls itself, or its file. */
  readonly title: string;
  /** The peers in their order: those of included files before those of the file that includes them. */
  readonly peers: readonly PlanPeer[];
  /** Where the peers are, such as a hospital. */
  readonly site?: string;
  /** The files it was read from: included ones before the one that includes them. */
  readonly sources: readonly PlanSource[];
  /**
   * The settings of `default` (what the defaults say) and of each group, by name; without host and port.
   *
   * Those are missing whose key, certificate and password are complete only together with a peer's.
   */
  readonly modules: readonly PlanPeer[];
}

/** A place in a file. */
export interface Place {
  /** Path, as it was given or put together. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
}

/** One mistake in a plan. */
export interface PlanProblem extends Place {
  /** Where in the structure, such as `peers[3].timeouts.connect`; empty: the file as a whole. */
  readonly path: string;
  /** What is wrong, and in brackets what would be right. */
  readonly message: string;
}

/** What came of reading a plan. */
export type PlanOutcome =
  | { readonly kind: "plan"; readonly plan: Plan }
  /** Everything that is wrong with it, file by file, from top to bottom. */
  | { readonly kind: "problems"; readonly problems: readonly PlanProblem[] }
  /** The file itself cannot be read. */
  | { readonly kind: "unreadable"; readonly file: string; readonly fault: FileFault };
