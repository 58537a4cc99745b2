/** What the modes see of a recording. */

import type { Check, CheckTrace, Secure } from "../check/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import type { SecureServer } from "../scp/mod.ts";
import type { ByteStream, Listening, Target } from "../transport/types.ts";

/** How a check opens a connection and puts TLS over it. */
export interface Connecting {
  /** Opens it. */
  readonly dial: (target: Target, signal?: AbortSignal) => Promise<ByteStream>;
  /** Puts TLS over it; absent: it stays plain. */
  readonly secure?: Secure | undefined;
}

/** The same, and what gets the events of the check. */
export interface TracedConnecting extends Connecting {
  /** Gets them. */
  readonly trace: CheckTrace;
}

/** How an answering side gets its connections. */
export interface Answering {
  /** Where they come from. */
  readonly listening: Listening;
  /** Puts TLS over them; absent: they stay plain. */
  readonly secure?: SecureServer | undefined;
}

/** A peer that will be checked. */
export interface ExpectedPeer {
  /** Its name in a plan, else `host:port`. */
  readonly name: string;
  /** What it is asked for. */
  readonly check: Check;
}

/** How a run ended. */
export interface RecordingEnd {
  /** What came of it; absent: nobody was checked. */
  readonly report?: RunReport | undefined;
  /** Why nobody was checked. */
  readonly obstacle?: string | undefined;
  /** The exit code. */
  readonly exitCode: number;
}

/** What is recorded while the program runs. */
export interface Recording {
  /** Begins the files of these peers of a plan, in their order. */
  readonly expect: (peers: readonly ExpectedPeer[]) => void;
  /** `connecting` for one check of a peer, recorded. */
  readonly ofCheck: (connecting: TracedConnecting, peer: ExpectedPeer) => TracedConnecting;
  /** `answering`, recorded. */
  readonly ofListen: (answering: Answering) => Answering;
  /** Resolves once everything is written; whether that went well. */
  readonly close: (end: RecordingEnd) => Promise<boolean>;
}
