/** What came back for a hello, as far as it can be read without keys. */

import {
  ALERT,
  EngineError,
  exactNumber,
  EXTENSION,
  type Extensions,
  MESSAGE,
  type Message,
  MessageReader,
  readExtensions,
  readLegacyCertificates,
  readLegacyRequest,
  RECORD,
  RecordReader,
  RETRY,
  VERSION,
  WireReader,
} from "../tls_engine/mod.ts";
import { CATALOGUE } from "./catalogue.ts";

/** What a server's first flight says. */
export interface HelloAnswer {
  /** Tag. */
  readonly kind: "hello";
  /** Version that it chose, as on the wire. */
  readonly version: number;
  /** Suite that it chose. */
  readonly suite: number;
  /** Whether it compresses. */
  readonly compresses: boolean;
  /** Numbers of its extensions. */
  readonly extensions: ReadonlySet<number>;
  /** Group of the key exchange; `undefined`: none or its own. */
  readonly group: number | undefined;
  /** Bits of its DH prime. */
  readonly dhBits: number | undefined;
  /** Scheme of its signature. */
  readonly scheme: number | undefined;
  /** Its certificates in DER. */
  readonly certificates: readonly Uint8Array[];
  /** Names of CAs in DER, when it asks for a certificate. */
  readonly authorities: readonly Uint8Array[] | undefined;
}

/** What came of a complete handshake. */
export interface HandshakeAnswer {
  /** Tag. */
  readonly kind: "handshake";
  /** `refused`: an alert or the end came before it was done, or right after it. */
  readonly end: "established" | "refused" | "broken";
  /** The alert, if one came. */
  readonly alert: number | undefined;
  /** Its certificates in DER. */
  readonly certificates: readonly Uint8Array[];
  /** Names of CAs in DER, when it asks for a certificate. */
  readonly authorities: readonly Uint8Array[] | undefined;
  /** Scheme of its signature. */
  readonly scheme: number | undefined;
}

/** What came of one connection. */
export type Answer =
  | HelloAnswer
  | HandshakeAnswer
  | { readonly kind: "alert"; readonly alert: number }
  /** Closed or reset without an answer. */
  | { readonly kind: "closed" }
  /** Nothing that is complete came in time. */
  | { readonly kind: "silent" }
  /** No TLS. */
  | { readonly kind: "foreign"; readonly head: Uint8Array }
  /** TLS that breaks its rules, or never ends. */
  | { readonly kind: "broken" }
  | { readonly kind: "unreachable"; readonly reason: string; readonly text: string }
  /** Of an association without TLS. */
  | { readonly kind: "plain"; readonly isDicom: boolean };

/** A flight beyond this is no flight. */
const MOST_BYTES = 262_144;
const HEAD_LENGTH = 64;

/** Reads the answer to a hello from bytes that come cut anywhere. */
export class AnswerReader {
  readonly #records = new RecordReader();
  readonly #messages = new MessageReader();
  readonly #flight: Message[] = [];
  #head: readonly number[] = [];
  #length = 0;
  #answer: Answer | undefined;
  #hasRecord = false;
  #warnings = 0;
  #isTls = false;

  /** Takes what came; gives the answer once it is whole. */
  receive(chunk: Uint8Array): Answer | undefined {
    if (this.#answer !== undefined) return this.#answer;
    this.#length += chunk.length;
    if (this.#head.length < HEAD_LENGTH) {
      this.#head = [...this.#head, ...chunk.subarray(0, HEAD_LENGTH - this.#head.length)];
    }
    try {
      this.#records.push(chunk);
      this.#read();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      this.#answer ??= this.#isTls || this.#hasRecord
        ? { kind: "broken" }
        : { kind: "foreign", head: Uint8Array.from(this.#head) };
    }
    if (this.#answer === undefined && this.#length > MOST_BYTES) this.#answer = { kind: "broken" };
    return this.#answer;
  }

  /** The answer where no more comes: what is known already counts. */
  end(how: "closed" | "silent"): Answer {
    if (this.#answer !== undefined) return this.#answer;
    if (this.#flight.length > 0) {
      try {
        return readFlight(this.#flight);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        return { kind: "broken" };
      }
    }
    // Fewer bytes than a record's header are no TLS either.
    const isForeign = this.#length > 0 && !this.#hasRecord &&
      !(this.#head[0] === RECORD.handshake || this.#head[0] === RECORD.alert);
    return isForeign ? { kind: "foreign", head: Uint8Array.from(this.#head) } : { kind: how };
  }

  #read(): void {
    const records = this.#records;
    for (let next = records.next(false); next !== undefined; next = records.next(false)) {
      this.#hasRecord = true;
      if (next.type === RECORD.alert) this.#takeAlert(next.bytes);
      else if (next.type === RECORD.handshake) {
        this.#isTls = true;
        this.#messages.push(next.bytes);
        this.#takeMessages();
      } else throw new EngineError("record-type");
      if (this.#answer !== undefined) return;
    }
  }

  /** A warning, such as that our server name is not known to it, may come before its hello. */
  #takeAlert([level, alert = 0]: Uint8Array): void {
    if (level === 1 && alert !== ALERT.closeNotify) {
      this.#warnings += 1;
      if (this.#warnings > MOST_WARNINGS) throw new EngineError("warnings");
    } else {this.#answer = this.#flight.length > 0
        ? readFlight(this.#flight)
        : { kind: "alert", alert };}
  }

  #takeMessages(): void {
    for (let next = this.#messages.next(); next !== undefined; next = this.#messages.next()) {
      if (this.#flight.length === 0 && next.type !== MESSAGE.serverHello) {
        throw new EngineError("message");
      }
      this.#flight.push(next);
      if (next.type === MESSAGE.serverHelloDone || this.#is13()) {
        this.#answer = readFlight(this.#flight);
        return;
      }
      if (this.#flight.length > MOST_MESSAGES) throw new EngineError("message-count");
    }
  }

  #is13(): boolean {
    const [hello] = this.#flight;
    return hello !== undefined && readHello(hello.body).version === VERSION.tls13;
  }
}

/** More than these no flight has. */
const MOST_MESSAGES = 16;
const MOST_WARNINGS = 5;

interface Hello {
  readonly version: number;
  readonly suite: number;
  readonly compresses: boolean;
  readonly extensions: Extensions;
  readonly isRetry: boolean;
}

/** Leniently: what was offered is not held against it, a scan wants to see what comes. */
function readHello(body: Uint8Array): Hello {
  const reader = new WireReader(body);
  const legacyVersion = reader.number(2);
  const random = reader.bytes(32);
  reader.vector(1);
  const suite = reader.number(2);
  const compresses = reader.number(1) !== 0;
  const extensions = readExtensions(reader.atEnd ? new Uint8Array() : reader.vector(2));
  const chosen = extensions.get(EXTENSION.versions);
  return {
    version: chosen === undefined ? legacyVersion : exactNumber(chosen),
    suite,
    compresses,
    extensions,
    isRetry: random.every((byte, at) => byte === RETRY[at]),
  };
}

function readFlight(flight: readonly Message[]): HelloAnswer {
  const body = (type: number) => flight.find((message) => message.type === type)?.body;
  const { version, suite, compresses, extensions } = readHello(
    body(MESSAGE.serverHello) ?? new Uint8Array(),
  );
  const certificates = body(MESSAGE.certificate);
  const exchange = body(MESSAGE.serverKeyExchange);
  const request = body(MESSAGE.certificateRequest);
  const share = extensions.get(EXTENSION.keyShare);
  return {
    kind: "hello",
    version,
    suite,
    compresses,
    extensions: new Set(extensions.keys()),
    group: share === undefined ? undefined : new WireReader(share).number(2),
    dhBits: undefined,
    scheme: undefined,
    ...(exchange === undefined ? {} : readExchange(exchange, { version, suite })),
    certificates: certificates === undefined ? [] : readLegacyCertificates(certificates),
    authorities: request === undefined
      ? undefined
      : readLegacyRequest(request, version).authorities,
  };
}

const NAMED_CURVE = 3;

/** The parameters of a ServerKeyExchange (RFC 5246 7.4.3, RFC 8422 5.4) and the scheme of its signature. */
function readExchange(
  body: Uint8Array,
  { version, suite }: { readonly version: number; readonly suite: number },
): Partial<Pick<HelloAnswer, "group" | "dhBits" | "scheme">> {
  const known = CATALOGUE.get(suite);
  const reader = new WireReader(body);
  let found: Partial<Pick<HelloAnswer, "group" | "dhBits">> = {};
  if (known?.exchange === "ecdhe") {
    if (reader.number(1) !== NAMED_CURVE) return {};
    found = { group: reader.number(2) };
    reader.vector(1);
  } else if (known?.exchange === "dhe") {
    found = { dhBits: bitsOf(reader.vector(2)) };
    reader.vector(2);
    reader.vector(2);
  } else return {};
  const isSigned = version >= VERSION.tls12 && known?.isAnonymous === false;
  return isSigned ? { ...found, scheme: reader.number(2) } : found;
}

function bitsOf(bytes: Uint8Array): number {
  const start = bytes.findIndex((byte) => byte !== 0);
  if (start < 0) return 0;
  return (bytes.length - start) * 8 - Math.clz32(bytes[start] ?? 0) + 24;
}
