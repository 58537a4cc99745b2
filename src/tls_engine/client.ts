/**
 * A TLS client without a socket: bytes in, bytes and events out (RFC 8446, RFC 5246, RFC 4346, RFC 2246).
 *
 * It opens nothing, waits for nothing, reads no clock and has no randomness of its own but for what signatures take.
 */

import type { AcceptedAuthorities } from "../tls/types.ts";
import { acceptedAuthorities } from "./authorities.ts";
import { ALERT, MESSAGE, RECORD, VERSION } from "./codes.ts";
import { EngineError, require } from "./failure.ts";
import { flow13 } from "./flow13.ts";
import { makeShare } from "./groups.ts";
import { composeHello, readServerHello } from "./hello.ts";
import { PeerRefused } from "./identity.ts";
import { legacyFlow } from "./legacy_flow.ts";
import { type Flow, Link, receive } from "./link.ts";
import type { TypedBytes } from "./protection.ts";
import { MessageReader, RecordReader } from "./records.ts";
import type { ClientSettings, EngineEvent } from "./types.ts";
import { join } from "./wire.ts";

/** What a step comes to. */
export interface Step {
  /** To be sent, in one write; may be empty. */
  readonly send: Uint8Array;
  /** What happened, in order. */
  readonly events: readonly EngineEvent[];
}

/** Limits on what a peer may send that leads nowhere. */
const MOST = {
  handshakeBytes: { count: 262_144, violation: "message-length" },
  emptyRecords: { count: 32, violation: "empty-records" },
  warnings: { count: 5, violation: "warnings" },
  changes: { count: 32, violation: "change-cipher-spec" },
  requests: { count: 8, violation: "message-count" },
} as const;

/** After so many records new keys are taken, well below what the ciphers bear (RFC 8446 5.5). */
const RECORDS_PER_KEY = 2 ** 23;

/** One connection as a client. */
export class TlsClient {
  readonly #link: Link;
  readonly #records = new RecordReader();
  readonly #messages = new MessageReader();
  readonly #flow: Flow;
  readonly #counts = { handshakeBytes: 0, emptyRecords: 0, warnings: 0, changes: 0, requests: 0 };
  #sealed = 0;
  #isOver = false;
  #hasRecord = false;

  /** Makes a client; nothing happens before `start`. */
  constructor(settings: ClientSettings) {
    this.#link = new Link(settings);
    this.#flow = handshake(this.#link);
  }

  /** Whose certificates the server accepts; `undefined`: it asked for none so far. */
  get authorities(): AcceptedAuthorities | undefined {
    const { request } = this.#link;
    return request && acceptedAuthorities(request);
  }

  /** Begins the handshake. */
  start(): Step {
    this.#flow.next();
    return this.#step();
  }

  /** Takes bytes of the peer, cut anywhere. After an end nothing more comes of it. */
  receive(chunk: Uint8Array): Step {
    if (this.#isOver) return this.#step();
    this.#records.push(chunk);
    try {
      while (!this.#isOver) {
        const record = this.#records.next(this.#link.version === VERSION.tls13);
        if (record === undefined) break;
        this.#takeRecord(record);
        this.#hasRecord = true;
      }
    } catch (error) {
      this.#fail(error);
    }
    return this.#step();
  }

  /** Records for application data; only after the handshake. */
  write(data: Uint8Array): Step {
    const link = this.#link;
    if (!link.isEstablished || this.#isOver) return this.#step();
    link.sendContent(RECORD.data, data);
    this.#sealed += link.outgoing.length;
    if (this.#sealed >= RECORDS_PER_KEY && link.renewKeys !== undefined) {
      link.renewKeys();
      this.#sealed = 0;
    }
    return this.#step();
  }

  /** Says goodbye; nothing can be sent after it. */
  close(): Step {
    if (!this.#isOver) this.#alert(1, ALERT.closeNotify);
    this.#isOver = true;
    return this.#step();
  }

  #step(): Step {
    const { outgoing, events } = this.#link;
    return { send: join(...outgoing.splice(0)), events: events.splice(0) };
  }

  #fail(error: unknown): void {
    if (error instanceof EngineError) {
      this.#alert(2, error.alert);
      const isFirstRecord = !this.#hasRecord;
      this.#end({ type: "violation", violation: error.violation, isFirstRecord });
    } else if (error instanceof PeerRefused) {
      this.#alert(2, error.alert);
      this.#end({ type: "refused" });
    } else throw error;
  }

  #end(event: EngineEvent): void {
    this.#isOver = true;
    this.#link.events.push(event);
  }

  #alert(level: 1 | 2, alert: number): void {
    const bytes = Uint8Array.of(level, alert);
    this.#link.outgoing.push(this.#link.writing.seal({ type: RECORD.alert, bytes }));
  }

  #takeRecord({ type, bytes, version }: TypedBytes & { readonly version: number }): void {
    const link = this.#link;
    if (!link.isEstablished) this.#count("handshakeBytes", bytes.length + 5);
    const isPlainChange = type === RECORD.change && link.version === VERSION.tls13;
    if (isPlainChange && !link.isEstablished) return this.#dropChange(bytes);
    const isOther = link.version !== undefined && link.version < VERSION.tls13 &&
      version !== link.version && type !== RECORD.alert;
    require(!isOther, "record-version");
    const content = link.reading.open({ type, bytes });
    if (content.bytes.length === 0) {
      require(content.type === RECORD.data, "length");
      return this.#count("emptyRecords");
    }
    this.#counts.emptyRecords = 0;
    this.#takeContent(content);
  }

  #takeContent({ type, bytes }: TypedBytes): void {
    const link = this.#link;
    require(type === RECORD.handshake || !this.#messages.isCut, "message");
    if (type !== RECORD.alert) this.#counts.warnings = 0;
    switch (type) {
      case RECORD.handshake:
        return this.#takeMessages(bytes);
      case RECORD.alert:
        return this.#takeAlert(bytes);
      case RECORD.change:
        require(link.version !== VERSION.tls13 && !link.isEstablished, "change-cipher-spec");
        require(bytes.length === 1 && bytes[0] === 1, "change-cipher-spec");
        this.#flow.next("change");
        return;
      case RECORD.data:
        require(link.isEstablished, "record-type");
        link.events.push({ type: "data", bytes });
        return;
      default:
        throw new EngineError("record-type");
    }
  }

  /** In TLS 1.3 it means nothing (RFC 8446 5). */
  #dropChange(bytes: Uint8Array): void {
    require(bytes.length === 1 && bytes[0] === 1, "change-cipher-spec");
    this.#count("changes");
  }

  #takeMessages(bytes: Uint8Array): void {
    const link = this.#link;
    this.#messages.push(bytes);
    for (let next = this.#messages.next(); next !== undefined; next = this.#messages.next()) {
      link.isMessageCut = this.#messages.isCut;
      const isRequest = next.type === MESSAGE.helloRequest && link.version !== VERSION.tls13;
      if (isRequest) this.#turnDown(next.body);
      else this.#flow.next(next);
    }
  }

  /** A request to begin anew is ignored in a handshake and turned down after it (RFC 5246 7.4.1.1). */
  #turnDown(body: Uint8Array): void {
    require(body.length === 0, "length");
    this.#count("requests");
    if (this.#link.isEstablished) this.#alert(1, ALERT.noRenegotiation);
  }

  #takeAlert(bytes: Uint8Array): void {
    require(bytes.length === 2, "alert-length");
    const [level, alert = 0] = bytes;
    if (alert === ALERT.closeNotify) return this.#end({ type: "goodbye" });
    const isWarning = this.#link.version === VERSION.tls13
      ? alert === ALERT.userCanceled
      : level === 1;
    if (isWarning) this.#count("warnings");
    else this.#end({ type: "alert", alert, asked: this.#link.ownCertificate });
  }

  #count(what: keyof typeof MOST, more = 1): void {
    const { count, violation } = MOST[what];
    this.#counts[what] += more;
    require(this.#counts[what] <= count, violation);
  }
}

function* handshake(link: Link): Flow {
  const { settings } = link;
  const { random, offer } = settings;
  const offers13 = offer.versions.includes(VERSION.tls13);
  const groups = offers13 ? offer.shares : [];
  const shares = new Map(groups.map((group) => [group, makeShare(group, random)]));
  const client = composeHello(settings, {
    random: random(32),
    sessionId: offers13 ? random(32) : new Uint8Array(),
    shares: [...shares].map(([group, { publicValue }]) => ({ group, publicValue })),
  });
  link.send(MESSAGE.clientHello, client.body);
  const { body } = yield* receive(link, MESSAGE.serverHello);
  const server = readServerHello(body, { settings, hello: client });
  if (server.version === VERSION.tls13) yield* flow13(link, { client, server, shares });
  else yield* legacyFlow(link, { client, server });
}
