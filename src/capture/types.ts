/** What is recorded, and what a conversation is made of once it is. */

import type { Check, CheckTrace, Secure } from "../check/mod.ts";
import type { SecureServer } from "../scp/mod.ts";
import type { ByteStream, Listening, Target } from "../transport/types.ts";

/** Who sent it: `sent` by this program, `received` by it. */
export type Direction = "sent" | "received";

/** One side of a connection. */
export interface Side {
  /** IPv4 or IPv6 address, or the name that there is in place of one. */
  readonly host: string;
  /** 1..65535. */
  readonly port: number;
}

/** Whom a conversation is between. Times are microseconds since 1970. */
export interface Parties {
  /** Counts the conversations of a recording from 1. */
  readonly number: number;
  /** The peer's name in a plan, else `host:port`. */
  readonly name: string;
  /** Whether this program called or was called. */
  readonly role: "requestor" | "acceptor";
  /** Our side. */
  readonly local: Side;
  /** The peer's. */
  readonly remote: Side;
  /** Whether the bytes went over TLS; they are recorded as they were inside. */
  readonly isSecured: boolean;
  /** When the connection was established. */
  readonly at: number;
}

/** Bytes that came or went in one go. */
export interface Piece {
  /** When. */
  readonly at: number;
  /** How many. */
  readonly length: number;
}

/** A whole PDU, or bytes that are none. Everything secret in it is masked. */
export interface Unit {
  /** Who sent it. */
  readonly direction: Direction;
  /** `pdu`: exactly one; `other`: what is no PDU, or only its beginning. */
  readonly kind: "pdu" | "other";
  /** Its bytes. */
  readonly bytes: Uint8Array;
  /** In which pieces they came or went, in order; together as long as `bytes`. */
  readonly pieces: readonly Piece[];
  /** Where it starts among all bytes of its direction. */
  readonly offset: number;
  /** How many bytes after it were not kept. */
  readonly dropped: number;
}

/** What happens in a recording. Times are microseconds since 1970. */
export type CaptureEvent =
  /** A connection was established. */
  | { readonly type: "opened"; readonly parties: Parties }
  /** Something was sent or came. */
  | { readonly type: "unit"; readonly parties: Parties; readonly unit: Unit }
  /** Something about the conversation that no byte says. */
  | {
    readonly type: "note";
    readonly parties: Parties;
    readonly at: number;
    readonly text: string;
  }
  /** One direction has ended: by FIN, or both by RST. */
  | {
    readonly type: "ended";
    readonly parties: Parties;
    readonly direction: Direction;
    readonly how: "fin" | "reset";
    readonly at: number;
  }
  /** Nothing more will happen in this conversation. */
  | { readonly type: "over"; readonly parties: Parties };

/** Turns what happens into the bytes of a file. */
export interface CaptureWriter {
  /** What the file begins with; also where it is found empty later. */
  readonly head: Uint8Array;
  /** What `event` adds to it. */
  write(event: CaptureEvent): Uint8Array;
  /** The last thing written where the file has become as large as it may: says so. */
  full(at: number): Uint8Array;
}

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
