/** What a check needs from the world around it, as types only. */

import type { Clock } from "../association/mod.ts";
import type { TlsProblem } from "../tls/types.ts";
import type { ByteStream, Target } from "../transport/types.ts";
import type { CheckTrace, SocketVariables } from "./events.ts";

/** Puts TLS over a connection to `host`; `idleSeconds` limits each wait for the peer. */
export type Secure = (
  stream: ByteStream,
  about: {
    readonly host: string;
    readonly idleSeconds: number | undefined;
    readonly signal: AbortSignal | undefined;
    /** Makes another connection to the same place, after `problem`; throws as `dial` does. */
    readonly redial: (problem: TlsProblem) => Promise<ByteStream>;
  },
) => Promise<ByteStream>;

/** The world as a check sees it. */
export interface CheckEnvironment {
  /** Opens a connection; throws `DialError`, or the reason of the signal. */
  readonly dial: (target: Target, signal?: AbortSignal) => Promise<ByteStream>;
  /**
   * Puts TLS over the connection; absent: plain TCP. Throws `TlsError`, or the reason of the signal, and closes the
   * connection then.
   */
  readonly secure?: Secure | undefined;
  /** Time and timers. */
  readonly clock: Clock;
  /** Gets what happens, in order. */
  readonly trace: CheckTrace;
  /** Ends the check at once; an open association is aborted politely. */
  readonly signal?: AbortSignal | undefined;
  /** Only reported, where there are any. */
  readonly variables?: SocketVariables | undefined;
}
