/** Everything that a vendor asks for, as one document. */

import { PDU_TYPES } from "../pdu/mod.ts";
import { MOST_BUNDLE_BYTES } from "./limits.ts";
import type { CaptureEvent, Parties, Side, Unit } from "./types.ts";

/** Version of the layout: members are added, never renamed or removed, while it stays. */
export const BUNDLE_VERSION = 1;

/** Bytes that were sent or came. */
export interface BundleUnit {
  /** When the last of them did, ISO 8601 in UTC. */
  readonly at: string;
  /** Who sent them. */
  readonly direction: "sent" | "received";
  /** The PDU in the standard's words; `other`: no PDU. */
  readonly type: string;
  /** How many there are. */
  readonly length: number;
  /** In hex, secrets masked. */
  readonly hex: string;
}

/** One connection. */
export interface BundleConversation {
  /** From 1. */
  readonly number: number;
  /** The peer's name. */
  readonly peer: string;
  /** When it was established. */
  readonly at: string;
  /** Our side. */
  readonly local: Side;
  /** The peer's. */
  readonly remote: Side;
  /** Whether it went over TLS. */
  readonly tls: boolean;
  /** What was sent and what came. */
  readonly pdus: readonly BundleUnit[];
  /** What no byte says, such as why TLS was not established. */
  readonly notes: readonly string[];
}

/** A line of the log. */
export interface BundleLine {
  /** When, ISO 8601 in UTC. */
  readonly at: string;
  /** Its level. */
  readonly level: string;
  /** The peer it is about. */
  readonly peer: string;
  /** What it says. */
  readonly text: string;
}

/** The addresses of a name. */
export interface BundleLookup {
  /** The name. */
  readonly host: string;
  /** Its addresses, in the order in which the system gives them. */
  readonly addresses?: readonly string[];
  /** Why there are none. */
  readonly error?: string;
}

/** The document. */
export interface Bundle {
  /** `BUNDLE_VERSION`. */
  readonly version: typeof BUNDLE_VERSION;
  /** What it is. */
  readonly kind: "bundle";
  /** When it was made. */
  readonly madeAt: string;
  /** Whether names, titles and addresses were replaced. */
  readonly redacted: boolean;
  /** Name and version of this program. */
  readonly program: string;
  /** The commit it was built from. */
  readonly commit?: string;
  /** Name and version of the runtime. */
  readonly runtime: string;
  /** System and processor. */
  readonly system: string;
  /** What was typed, secrets masked. */
  readonly arguments: readonly string[];
  /** The exit code. */
  readonly exitCode: number;
  /** As `--report json` prints it; absent: nobody was contacted. */
  readonly report?: unknown;
  /** Why nobody was contacted. */
  readonly obstacle?: string;
  /** What the names of the peers stand for. */
  readonly lookups: readonly BundleLookup[];
  /** What went over connections. */
  readonly conversations: readonly BundleConversation[];
  /** The log at trace level. */
  readonly log: readonly BundleLine[];
  /** Whether more was sent, came or was logged than is kept. */
  readonly isCut: boolean;
}

/** Keeps what happens for a bundle. */
export class BundleCollector {
  readonly #conversations = new Map<
    number,
    { parties: Parties; pdus: BundleUnit[]; notes: string[] }
  >();
  readonly #log: BundleLine[] = [];
  #size = 0;
  #isCut = false;

  /** Keeps what `event` says, while there is room. */
  add(event: CaptureEvent): void {
    const { number } = event.parties;
    if (event.type === "opened") {
      if (!this.#hasRoom(ENTRY_BYTES)) return;
      this.#conversations.set(number, { parties: event.parties, pdus: [], notes: [] });
      return;
    }
    const talk = this.#conversations.get(number);
    if (event.type === "unit") {
      if (this.#hasRoom(event.unit.bytes.length * 2 + ENTRY_BYTES)) {
        talk?.pdus.push(unitOf(event.unit));
      }
    } else if (event.type === "note") talk?.notes.push(event.text);
    else if (event.type === "ended") talk?.notes.push(endText(event));
  }

  /** Keeps a line of the log, while there is room. */
  line(line: BundleLine): void {
    if (this.#hasRoom(line.text.length + ENTRY_BYTES)) this.#log.push(line);
  }

  /** What was kept. */
  kept(): Pick<Bundle, "conversations" | "log" | "isCut"> {
    const conversations = [...this.#conversations.values()].map(({ parties, pdus, notes }) => ({
      number: parties.number,
      peer: parties.name,
      at: isoTime(parties.at),
      local: parties.local,
      remote: parties.remote,
      tls: parties.isSecured,
      pdus,
      notes,
    }));
    return { conversations, log: this.#log, isCut: this.#isCut };
  }

  #hasRoom(bytes: number): boolean {
    if (this.#size + bytes > MOST_BUNDLE_BYTES) this.#isCut = true;
    else this.#size += bytes;
    return !this.#isCut;
  }
}

/** What an entry takes besides its texts. */
const ENTRY_BYTES = 200;

function unitOf({ direction, kind, bytes, pieces }: Unit): BundleUnit {
  const [type = 0] = bytes;
  const name = PDU_TYPES[type as keyof typeof PDU_TYPES];
  return {
    at: isoTime(pieces.at(-1)?.at ?? 0),
    direction,
    type: kind === "pdu" ? name : "other",
    length: bytes.length,
    hex: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""),
  };
}

function endText({ direction, how }: Extract<CaptureEvent, { type: "ended" }>): string {
  if (how === "reset") return "the connection was reset";
  return direction === "sent" ? "we closed the connection" : "the peer closed the connection";
}

function isoTime(microseconds: number): string {
  return new Date(Math.floor(microseconds / 1000)).toISOString();
}
