/** What the modes see of a recording. */

import type { Check, Secure } from "../check/mod.ts";
import type { SecureServer } from "../scp/mod.ts";
import type { ByteStream, Listening, Target } from "../transport/types.ts";

/** How a check opens a connection and puts TLS over it. */
export interface Connecting {
  /** Opens it. */
  readonly dial: (target: Target, signal?: AbortSignal) => Promise<ByteStream>;
  /** Puts TLS over it; absent: it stays plain. */
  readonly secure?: Secure | undefined;
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

/** What is recorded while the program runs. */
export interface Recording {
  /** Begins the files of these peers of a plan, in their order. */
  readonly expect: (peers: readonly ExpectedPeer[]) => void;
  /** `connecting` for one check of a peer, recorded. */
  readonly ofCheck: (connecting: Connecting, peer: ExpectedPeer) => Connecting;
  /** `answering`, recorded. */
  readonly ofListen: (answering: Answering) => Answering;
  /** Resolves once everything is written; whether that went well. */
  readonly close: () => Promise<boolean>;
}
