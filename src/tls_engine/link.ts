/**
 * One connection as the flows of the handshake see it: messages go in and out, keys change, the transcript grows.
 *
 * A flow is a generator: it yields when it needs the next message, and reads like the figure of the standard that it
 * follows. It never waits: who feeds it does.
 */

import { RECORD, VERSION } from "./codes.ts";
import { EngineError, require } from "./failure.ts";
import { digest, type PrfHash } from "./prf.ts";
import { LONGEST_CONTENT, plainProtection, type Protection } from "./protection.ts";
import type { OwnCertificate } from "../tls/types.ts";
import type { ClientCertificateRequest, ClientSettings, EngineEvent, Negotiated } from "./types.ts";
import { join, vector } from "./wire.ts";

/** A handshake message. */
export interface Message {
  /** Its type. */
  readonly type: number;
  /** Without its header. */
  readonly body: Uint8Array;
  /** With its header. */
  readonly raw: Uint8Array;
}

/** What a flow is fed with: a message, or the sign that keys change. */
export type Incoming = Message | "change";

/** Steps of a handshake. */
export type Flow<Result = void> = Generator<void, Result, Incoming>;

/** The state of one connection. */
export class Link {
  /** How to be a client. */
  readonly settings: ClientSettings;
  /** All messages of the handshake so far, both sides'. */
  readonly transcript: Uint8Array[] = [];
  /** What has happened and was not fetched yet. */
  readonly events: EngineEvent[] = [];
  /** Records in the way out. */
  readonly outgoing: Uint8Array[] = [];
  /** Protection of what comes. */
  reading: Protection = plainProtection(VERSION.tls10);
  /** Protection of what goes. */
  writing: Protection = plainProtection(VERSION.tls10);
  /** Negotiated version; `undefined` before. */
  version: number | undefined;
  /** Whether bytes of a message wait for the rest of it. */
  isMessageCut = false;
  /** Whether the handshake is done. */
  isEstablished = false;
  /** What became of our own certificate so far. */
  ownCertificate: OwnCertificate = "not asked for";
  /** What the server asked of us; `undefined`: nothing so far. */
  request: ClientCertificateRequest | undefined;
  /** Whether the sign for middleboxes was sent, in TLS 1.3. */
  isChangeSent = false;
  /** Takes new keys for what goes; only in TLS 1.3, and only after the handshake. */
  renewKeys: (() => void) | undefined;

  /** Makes the link of one connection. */
  constructor(settings: ClientSettings) {
    this.settings = settings;
  }

  /** Sends a handshake message; it becomes part of the transcript while there is a handshake. */
  send(type: number, ...body: readonly Uint8Array[]): void {
    const raw = join(Uint8Array.of(type), vector(3, ...body));
    if (!this.isEstablished) this.transcript.push(raw);
    this.sendContent(RECORD.handshake, raw);
  }

  /** Sends content in as many records as it takes. */
  sendContent(type: number, content: Uint8Array): void {
    for (let at = 0; at < content.length; at += LONGEST_CONTENT) {
      const bytes = content.subarray(at, at + LONGEST_CONTENT);
      this.outgoing.push(this.writing.seal({ type, bytes }));
    }
  }

  /** New keys for what comes: the message before must be whole (RFC 8446 5.1). */
  changeReading(protection: Protection): void {
    require(!this.isMessageCut, "key-change");
    this.reading = protection;
  }

  /** The handshake is done. */
  establish(negotiated: Negotiated): void {
    this.isEstablished = true;
    this.transcript.length = 0;
    this.events.push({ type: "established", negotiated });
  }

  /** Hash of the transcript, without the last `skip` messages. */
  hash(hash: PrfHash, skip = 0): Uint8Array {
    return digest(hash, this.transcript.slice(0, this.transcript.length - skip));
  }
}

/** Waits for one message of these types, which becomes part of the transcript. */
export function* receive(link: Link, ...types: readonly number[]): Flow<Message> {
  const message = yield;
  if (message === "change") throw new EngineError("change-cipher-spec");
  require(types.includes(message.type), "message");
  if (!link.isEstablished) link.transcript.push(message.raw);
  return message;
}

/** Waits for the sign that keys change. */
export function* receiveChange(): Flow {
  const message = yield;
  require(message === "change", "message");
}
