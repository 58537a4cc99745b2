/** What the transport room takes and gives. It knows nothing of PDUs, AE titles or options. */

import type { AddressFamily } from "../common/choices.ts";
import type { TlsConnection } from "../tls/types.ts";

/** Where to connect to. */
export interface Target {
  /** Host name, IPv4 address, or IPv6 address with or without brackets. */
  readonly host: string;
  /** 1..65535. */
  readonly port: number;
  /** Default of the command line: `any`. */
  readonly family: AddressFamily;
  /** Limit for resolving and connecting in seconds; `undefined` = as long as the system takes. */
  readonly connectTimeoutSeconds: number | undefined;
  /** Where to connect from; absent: as the system chooses. */
  readonly source?: SourceAddress;
}

/** Our end of a connection, as somebody wants it. */
export interface SourceAddress {
  /** IPv4 or IPv6 address of this machine, without brackets. */
  readonly address: string;
  /** 1..65535; absent: any that is free. */
  readonly port?: number;
}

/** An end point of a connection. */
export interface Endpoint {
  /** Name or address. */
  readonly host: string;
  /** 1..65535. */
  readonly port: number;
}

/**
 * Why the reading side came to its end.
 *
 * `fin`: the peer closed; `reset`: the peer or the network broke it off; `closed`: we closed.
 */
export type Ending = "fin" | "reset" | "closed";

/**
 * A connection as Web Streams, the same for TCP and TLS.
 *
 * `readable` never errors because of the peer: it ends, and `ending` says why. So bytes that came before a reset
 * are always delivered before the end.
 */
export interface ByteStream {
  /** What comes from the peer. */
  readonly readable: ReadableStream<Uint8Array>;
  /** One chunk is one write to the socket; rejects with the socket's error. Closing it ends our direction only. */
  readonly writable: WritableStream<Uint8Array>;
  /**
   * The same without a stream, for who writes and nothing else: a stream costs more than the write. Absent where bytes
   * go through more than a socket. Whoever uses it leaves `writable` alone.
   */
  readonly write?: (bytes: Uint8Array) => Promise<void>;
  /** Our end. */
  readonly local: Endpoint;
  /** The peer's end. */
  readonly remote: Endpoint;
  /** `undefined` while the readable has not ended. */
  readonly ending: Ending | undefined;
  /** What TLS knows; absent on a plain connection. */
  readonly tls?: TlsConnection;
  /** Closes both directions; idempotent. */
  close(): void;
}

/** Why no connection came about. */
export type DialReason =
  | "unknown-host"
  | "lookup-failed"
  | "invalid-host"
  | "refused"
  | "reset"
  | "host-unreachable"
  /** The same on macOS, which says so too to a program that may not use the local network. */
  | "host-unreachable-macos"
  | "network-unreachable"
  | "not-permitted"
  | "timed-out"
  | "timed-out-by-system"
  | "no-descriptors"
  | "not-allowed"
  /** The source address is not one of this machine, or cannot be used; the words are ours. */
  | "source-address"
  | "other";

/** Where somebody wants to listen. */
export interface ListenPlace {
  /** Name or address; `undefined`: all addresses, IPv6 and IPv4 where the system has both. */
  readonly address: string | undefined;
  /** 0..65535; 0: any free one. */
  readonly port: number;
}

/** What somebody who listens may want to know. */
export interface ListenOptions {
  /**
   * Called once, when connections cannot be accepted for lack of descriptors or memory, with the system's words.
   * Those that have come wait until there is room.
   */
  readonly onShortage?: ((text: string) => void) | undefined;
}

/** A listening socket. */
export interface Listening {
  /** Where it listens. */
  readonly local: Endpoint;
  /** The connections, as they come; ends when it is closed. */
  readonly connections: AsyncIterable<ByteStream>;
  /** Stops listening; connections that are go on. */
  close(): void;
}
