/**
 * Watches the records of a handshake as they pass by (RFC 8446 5.1): what the runtime's TLS does not tell.
 *
 * It sees whether TLS comes at all, how long the records are, the alerts and handshake messages that come in the clear,
 * and how much our own side answers. It changes nothing.
 */

import type { TlsClientOffer, TlsProblem } from "../tls/types.ts";
import { readClientOffer } from "./tls_client_offer.ts";
import { HandshakeMessages, joined, MESSAGE } from "./tls_messages.ts";

const CHANGE_CIPHER_SPEC = 20;
const ALERT = 21;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const LAST_TYPE = 24;

/** The longest record there may be: 2^14 and what encryption adds (RFC 5246 6.2.3). */
const LONGEST_RECORD = 16_384 + 2048;
/** Longest handshake: real ones have some kilobytes, certificates of four levels with 4096 bits about ten. */
const LONGEST_HANDSHAKE = 262_144;
const HEADER_LENGTH = 5;
const HEAD_LENGTH = 64;

/** One direction of a connection. */
class RecordReader {
  #buffer = new Uint8Array();
  #isAnnounced = false;

  /** Calls `take` for each record header, with as much of its body as lies in the clear and is short. */
  push(
    chunk: Uint8Array,
    take: (type: number, body: Uint8Array, header: Uint8Array) => void,
  ): void {
    let rest = joined(this.#buffer, chunk);
    while (rest.length >= HEADER_LENGTH) {
      const length = ((rest[3] ?? 0) << 8) | (rest[4] ?? 0);
      if (rest.length < HEADER_LENGTH + length) {
        if (!this.#isAnnounced) take(-1, new Uint8Array(), rest.subarray(0, HEADER_LENGTH));
        this.#isAnnounced = true;
        break;
      }
      const body = rest.subarray(HEADER_LENGTH, HEADER_LENGTH + length);
      take(rest[0] ?? 0, body, rest.subarray(0, HEADER_LENGTH));
      this.#isAnnounced = false;
      rest = rest.subarray(HEADER_LENGTH + length);
    }
    this.#buffer = rest.slice();
  }
}

/** What was seen of one handshake. */
export class HandshakeWatch {
  readonly #incoming = new RecordReader();
  readonly #outgoing = new RecordReader();
  #received = 0;
  #head = new Uint8Array();
  #isEncrypted = false;
  #isOver = false;
  readonly #messages = new HandshakeMessages();
  #isAnswered = false;
  #asked = false;
  #encryptedSent = 0;
  #sendsInTheClear = true;
  #clientOffer: TlsClientOffer | undefined;
  readonly #judgeHello: ((offer: TlsClientOffer) => TlsProblem | undefined) | undefined;
  #problem: TlsProblem | undefined;
  #alertNumber: number | undefined;

  /** `judgeHello` finds what is wrong with the hello of a client before it is handed on. */
  constructor(judgeHello?: (offer: TlsClientOffer) => TlsProblem | undefined) {
    this.#judgeHello = judgeHello;
  }

  /** What came makes no handshake; `undefined` while it may. */
  get problem(): TlsProblem | undefined {
    return this.#problem;
  }

  /** The fatal alert that came in the clear. */
  get alert(): number | undefined {
    return this.#alertNumber;
  }

  /** The peer answered our hello with one of its own: it speaks TLS. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  /** What the client offers; `undefined`: no hello of a client came, or none that can be read. */
  get clientOffer(): TlsClientOffer | undefined {
    return this.#clientOffer;
  }

  /** Nothing that went out is encrypted yet, so that an alert in the clear is in its place. */
  get sendsInTheClear(): boolean {
    return this.#sendsInTheClear;
  }

  /** Bytes that came. */
  get received(): number {
    return this.#received;
  }

  /** The peer asked for a certificate in the clear, as up to TLS 1.2. */
  get asksForCertificate(): boolean {
    return this.#asked;
  }

  /** Bytes of content that went out encrypted, without what encryption adds in TLS 1.3. */
  get encryptedSent(): number {
    return this.#encryptedSent;
  }

  /** From now on nothing is looked at. */
  stop(): void {
    this.#isOver = true;
  }

  /** Takes note of what comes; returns false when it must not be handed on. */
  incoming(chunk: Uint8Array): boolean {
    this.#received += chunk.length;
    if (this.#isOver) return true;
    if (this.#head.length < HEAD_LENGTH) {
      this.#head = joined(this.#head, chunk).slice(0, HEAD_LENGTH);
      if (!looksLikeTls(this.#head)) this.#problem ??= { kind: "not-tls", head: this.#head };
    }
    if (this.#received > LONGEST_HANDSHAKE) this.#problem ??= { kind: "too-long" };
    if (this.#problem !== undefined) return false;
    this.#incoming.push(chunk, (type, body, header) => this.#record(type, { body, header }));
    return this.#problem === undefined;
  }

  /** Takes note of what goes out. */
  outgoing(chunk: Uint8Array): void {
    if (this.#isOver) return;
    this.#outgoing.push(chunk, (type, body) => {
      if (type === APPLICATION_DATA || type === CHANGE_CIPHER_SPEC) this.#sendsInTheClear = false;
      if (type === APPLICATION_DATA) this.#encryptedSent += body.length - 17;
    });
  }

  #record(
    type: number,
    { body, header }: { readonly body: Uint8Array; readonly header: Uint8Array },
  ): void {
    const length = ((header[3] ?? 0) << 8) | (header[4] ?? 0);
    if (!looksLikeTls(header)) this.#problem ??= { kind: "not-tls", head: header.slice() };
    else if (length > LONGEST_RECORD) this.#problem ??= { kind: "too-long" };
    else if (type === CHANGE_CIPHER_SPEC || type === APPLICATION_DATA) this.#isEncrypted = true;
    else if (this.#isEncrypted) return;
    else if (type === ALERT && body.length === 2) this.#alert(body);
    else if (type === HANDSHAKE) {
      this.#messages.push(body, (...message) => this.#message(...message));
    }
  }

  #message(type: number, content: Uint8Array): void {
    if (type === MESSAGE.clientHello) this.#hello(readClientOffer(content));
    this.#isAnswered ||= type === MESSAGE.serverHello;
    this.#asked ||= type === MESSAGE.certificateRequest;
  }

  /** A second one answers a HelloRetryRequest. */
  #hello(offer: TlsClientOffer | undefined): void {
    if (offer === undefined || this.#clientOffer !== undefined) return;
    this.#clientOffer = offer;
    this.#problem ??= this.#judgeHello?.(offer);
  }

  #alert([level = 0, alert = 0]: Uint8Array): void {
    if (alert === 0) this.#problem ??= { kind: "ended", how: "close-notify" };
    else if (level === 2) this.#alertNumber ??= alert;
  }
}

/** A record type there is, and major version 3; what is not there yet may still become so. */
function looksLikeTls([type = CHANGE_CIPHER_SPEC, major = 3]: Uint8Array): boolean {
  return type >= CHANGE_CIPHER_SPEC && type <= LAST_TYPE && major === 3;
}
