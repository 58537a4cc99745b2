/** Everything known about a connection while it is served. */

import { type Clock, UpperLayer } from "../association/mod.ts";
import type { AssociateAc, AssociateRq } from "../pdu/types.ts";
import type { ByteStream } from "../transport/types.ts";
import type { Behavior } from "./behavior.ts";
import type { Connection, ScpTrace } from "./events.ts";
import { LONGEST_REQUEST, type ServiceLimits } from "./limits.ts";
import type { Messages } from "./messages.ts";
import type { Place } from "./places.ts";

/** Puts TLS over an accepted connection. */
export type SecureServer = (
  stream: ByteStream,
  about: { readonly idleSeconds: number; readonly signal: AbortSignal },
) => Promise<ByteStream>;

/** What serving one connection takes. */
export interface ServiceDeps {
  /** Counts connections from 1. */
  readonly number: number;
  /** Where the connection is established among all. */
  readonly place: Place;
  /** Maximum length to announce, in bytes. */
  readonly maximumLength: number;
  /** Time limits. */
  readonly limits: ServiceLimits;
  /** Time. */
  readonly clock: Clock;
  /** Aborts the association. */
  readonly signal: AbortSignal;
  /** Puts TLS over the connection, at most `seconds` long between bytes; throws `TlsError`. Absent: plain TCP. */
  readonly secure?: SecureServer | undefined;
  /** What is done other than a good answering side does. */
  readonly behavior?: Behavior | undefined;
  /** Gets what happens, in order. */
  readonly trace: ScpTrace;
}

/** Everything known about a connection while it is served. */
export interface Session {
  readonly deps: ServiceDeps;
  readonly connection: Connection;
  readonly stream: ByteStream;
  readonly layer: UpperLayer;
  request?: AssociateRq;
  answer?: AssociateAc;
  messages?: Messages;
  echoes: number;
  refusals: number;
  isDataSetTold: boolean;
}

/** Begins to serve `stream`. */
export function openSession(stream: ByteStream, deps: ServiceDeps): Session {
  const connection = { number: deps.number, remote: stream.remote };
  const layer = new UpperLayer(stream, {
    role: "acceptor",
    maximumLength: deps.maximumLength,
    artimSeconds: deps.limits.artimSeconds,
    longestAssociate: LONGEST_REQUEST,
    writeSeconds: deps.limits.idleSeconds,
    clock: deps.clock,
    signal: deps.signal,
    trace: (event) => deps.trace({ type: "upper-layer", connection, event }),
  });
  return { deps, connection, stream, layer, echoes: 0, refusals: 0, isDataSetTold: false };
}
