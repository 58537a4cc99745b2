/** A TLS server in memory for tests, which follows the standard but for the tricks it is told to play. */

import { EXTENSION, MESSAGE, RECORD, VERSION } from "./codes.ts";
import { signedContents } from "./flow13.ts";
import { makeShare } from "./groups.ts";
import { KeySchedule } from "./key_schedule.ts";
import {
  connectionKeys,
  finishedValue,
  masterSecret,
  prfHashOf,
  type Randoms,
} from "./legacy_keys.ts";
import type { Incoming, Message } from "./link.ts";
import { digest, type PrfHash } from "./prf.ts";
import {
  legacyProtection,
  plainProtection,
  type Protection,
  type TypedBytes,
} from "./protection.ts";
import { MessageReader, RecordReader } from "./records.ts";
import { type SuiteSpec, suiteSpec } from "./suite_spec.ts";
import { randomBytes, serverHalf, serverSignature, shareIn } from "./testing_exchange.ts";
import type { HelloFields, ServerSettings, Tricks } from "./testing_types.ts";
import { join, number, same, vector, WireReader } from "./wire.ts";

type Flow = Generator<void, void, Incoming>;

/** One connection; bytes of the client in, bytes for the client out. */
export class TestServer {
  readonly #settings: ServerSettings;
  readonly #tricks: Tricks;
  readonly #records = new RecordReader();
  readonly #messages = new MessageReader();
  readonly #flow: Flow;
  readonly #out: Uint8Array[] = [];
  #transcript: Uint8Array[] = [];
  #reading: Protection = plainProtection(VERSION.tls10);
  #writing: Protection;
  /** Takes new keys for what goes, after a KeyUpdate. */
  #renew: (() => void) | undefined;
  /** The alert that the client sent last. */
  alert: readonly number[] | undefined;
  /** Bytes of data that came. */
  data = new Uint8Array();
  /** Whether the client showed a certificate. */
  sawCertificate = false;
  /** Whether the client's Finished came and was right. */
  isDone = false;

  /** Makes the server of one connection. */
  constructor(settings: ServerSettings, tricks: Tricks = {}) {
    this.#settings = settings;
    this.#tricks = tricks;
    this.#writing = plainProtection(Math.min(settings.version, VERSION.tls12));
    this.#flow = this.#handshake();
    this.#flow.next();
  }

  /** Takes what the client sent; returns what goes back. */
  receive(bytes: Uint8Array): Uint8Array {
    this.#records.push(bytes);
    for (let next = this.#records.next(false); next; next = this.#records.next(false)) {
      const isPlain = next.type === RECORD.change;
      if (isPlain && this.#settings.version === VERSION.tls13) continue;
      const isPlainAlert = next.type === RECORD.alert && next.bytes.length === 2;
      const content = isPlainAlert ? next : this.#reading.open(next);
      if (content.type === RECORD.alert) this.alert = [...content.bytes];
      else if (content.type === RECORD.data) {
        this.data = new Uint8Array(join(this.data, content.bytes));
      } else if (content.type === RECORD.change) this.#flow.next("change");
      else this.#take(content.bytes);
    }
    return join(...this.#out.splice(0));
  }

  #take(bytes: Uint8Array): void {
    this.#messages.push(bytes);
    for (let one = this.#messages.next(); one; one = this.#messages.next()) this.#flow.next(one);
  }

  #send(type: number, body: Uint8Array): void {
    for (const one of this.#tricks.before?.(type) ?? []) this.#sendContent(one);
    const contents = this.#tricks.change?.(type, body) ?? body;
    const raw = join(Uint8Array.of(type), vector(3, contents));
    this.#transcript.push(raw);
    const other = this.#tricks.sent?.(type, contents);
    const sent = other === undefined ? raw : join(Uint8Array.of(type), vector(3, other));
    const bytes = join(sent, this.#tricks.tail?.(type) ?? new Uint8Array());
    for (let at = 0; at < bytes.length; at += 16_384) {
      this.#sendContent({ type: RECORD.handshake, bytes: bytes.subarray(at, at + 16_384) });
    }
  }

  #sendContent(content: TypedBytes): void {
    this.#out.push(this.#writing.seal(content));
    const isUpdate = content.type === RECORD.handshake && content.bytes[0] === MESSAGE.keyUpdate;
    if (isUpdate) this.#renew?.();
  }

  *#next(): Generator<void, Message, Incoming> {
    const message = yield;
    if (message === "change") throw new Error("keys change too early");
    this.#transcript.push(message.raw);
    if (message.type === MESSAGE.certificate) this.sawCertificate = message.body.length > 8;
    return message;
  }

  #hash(hash: PrfHash, skip = 0): Uint8Array {
    return digest(hash, this.#transcript.slice(0, this.#transcript.length - skip));
  }

  *#handshake(): Flow {
    const reader = new WireReader((yield* this.#next()).body);
    reader.bytes(2);
    const client = { random: reader.bytes(32), sessionId: reader.vector(1) };
    if (this.#settings.version === VERSION.tls13) yield* this.#handshake13(client);
    else yield* this.#legacy(client.random);
    this.isDone = true;
    this.#tricks.after?.((content) => this.#sendContent(content));
    while (true) yield;
  }

  #hello(fields: HelloFields): HelloFields {
    const said = { ...fields, ...this.#tricks.hello?.(fields) };
    const extensions = said.extensions.map(([type, contents]) =>
      join(number(type, 2), vector(2, contents))
    );
    this.#send(
      MESSAGE.serverHello,
      join(
        number(said.version, 2),
        said.random,
        vector(1, said.sessionId),
        number(said.suite, 2),
        Uint8Array.of(said.compression),
        vector(2, ...extensions),
      ),
    );
    return said;
  }

  *#legacy(clientRandom: Uint8Array): Flow {
    const { version, certificate, scheme, asksForCertificate } = this.#settings;
    const suite = suiteOf(this.#settings);
    const said = this.#hello({
      version,
      random: new Uint8Array(32).fill(7),
      sessionId: new Uint8Array(),
      suite: suite.code,
      compression: 0,
      extensions: [
        [EXTENSION.renegotiation, vector(1)],
        [EXTENSION.extendedMasterSecret, new Uint8Array()],
        ...this.#settings.encryptThenMac
          ? [[EXTENSION.encryptThenMac, new Uint8Array()] as const]
          : [],
      ],
    });
    const randoms = { client: clientRandom, server: said.random };
    this.#send(MESSAGE.certificate, vector(3, vector(3, certificate)));
    const half = serverHalf(suite.exchange, this.#settings);
    if (half.parameters.length > 0) {
      const parameters = this.#tricks.parameters?.(half.parameters) ?? half.parameters;
      const signature = serverSignature(
        this.#settings,
        join(randoms.client, randoms.server, parameters),
      );
      const code = version < VERSION.tls12 ? new Uint8Array() : number(scheme, 2);
      this.#send(MESSAGE.serverKeyExchange, join(parameters, code, vector(2, signature)));
    }
    if (asksForCertificate) {
      const schemes = version < VERSION.tls12 ? new Uint8Array() : vector(2, number(scheme, 2));
      const body = join(vector(1, Uint8Array.of(1, 64)), schemes, vector(2));
      this.#send(MESSAGE.certificateRequest, body);
    }
    this.#send(MESSAGE.serverHelloDone, new Uint8Array());
    const message = yield* this.#clientExchange();
    yield* this.#legacyEnd({ suite, randoms, premaster: half.agree(message.body) });
  }

  *#clientExchange(): Generator<void, Message, Incoming> {
    const message = yield* this.#next();
    return message.type === MESSAGE.certificate ? yield* this.#next() : message;
  }

  *#legacyEnd(
    { suite, randoms, premaster }: {
      readonly suite: SuiteSpec;
      readonly randoms: Randoms;
      readonly premaster: Uint8Array;
    },
  ): Flow {
    const { version } = this.#settings;
    const hash = prfHashOf(version, suite);
    const master = masterSecret(hash, { premaster, randoms, sessionHash: this.#hash(hash) });
    const keys = connectionKeys(hash, { master, randoms, suite, version });
    const common = {
      suite,
      version,
      encryptThenMac: this.#settings.encryptThenMac === true && suite.cipher.endsWith("-cbc"),
      random: randomBytes,
    };
    for (let next = yield; next !== "change"; next = yield) this.#transcript.push(next.raw);
    this.#reading = legacyProtection({ ...common, ...keys.client });
    const { body } = yield* this.#next();
    const wanted = finishedValue(hash, { master, side: "client", transcript: this.#hash(hash, 1) });
    if (!same(body, wanted)) throw new Error("the client's Finished is wrong");
    for (const one of this.#tricks.before?.(-1) ?? []) this.#sendContent(one);
    this.#sendContent({ type: RECORD.change, bytes: Uint8Array.of(1) });
    this.#writing = legacyProtection({ ...common, ...keys.server });
    const ours = finishedValue(hash, { master, side: "server", transcript: this.#hash(hash) });
    this.#send(MESSAGE.finished, ours);
  }

  *#handshake13(client: { readonly sessionId: Uint8Array }): Flow {
    const suite = suiteOf(this.#settings);
    const group = this.#settings.group ?? 0x17;
    const share = makeShare(group, randomBytes);
    this.#hello({
      version: VERSION.tls12,
      random: new Uint8Array(32).fill(7),
      sessionId: client.sessionId,
      suite: suite.code,
      compression: 0,
      extensions: [
        [EXTENSION.versions, number(VERSION.tls13, 2)],
        [EXTENSION.keyShare, join(number(group, 2), vector(2, share.publicValue))],
      ],
    });
    const peer = shareIn(this.#transcript[0] ?? new Uint8Array());
    const schedule = new KeySchedule(suite, share.agree(peer));
    const secrets = schedule.handshakeSecrets(this.#hash(suite.hash));
    this.#writing = schedule.protection(secrets.server);
    this.#reading = schedule.protection(secrets.client);
    this.#sendProof(suite);
    this.#send(MESSAGE.finished, schedule.finished(secrets.server, this.#hash(suite.hash)));
    const data = schedule.dataSecrets(this.#hash(suite.hash));
    this.#writing = schedule.protection(data.server);
    yield* this.#clientEnd(schedule.finished.bind(schedule, secrets.client), suite);
    this.#reading = schedule.protection(data.client);
    let { server } = data;
    this.#renew = () => {
      server = schedule.next(server);
      this.#writing = schedule.protection(server);
    };
  }

  *#clientEnd(finished: (transcript: Uint8Array) => Uint8Array, { hash }: SuiteSpec): Flow {
    for (let next = yield* this.#next();; next = yield* this.#next()) {
      if (next.type !== MESSAGE.finished) continue;
      if (!same(next.body, finished(this.#hash(hash, 1)))) throw new Error("wrong Finished");
      return;
    }
  }

  #sendProof(suite: SuiteSpec): void {
    this.#send(MESSAGE.encryptedExtensions, vector(2));
    const { certificate, scheme, asksForCertificate } = this.#settings;
    if (asksForCertificate) {
      const schemes = vector(2, number(scheme, 2));
      const list = join(number(EXTENSION.schemes, 2), vector(2, schemes));
      this.#send(MESSAGE.certificateRequest, join(vector(1), vector(2, list)));
    }
    const list = vector(3, vector(3, certificate), vector(2));
    this.#send(MESSAGE.certificate, join(vector(1), list));
    const signature = serverSignature(
      this.#settings,
      signedContents("server", this.#hash(suite.hash)),
    );
    this.#send(MESSAGE.certificateVerify, join(number(scheme, 2), vector(2, signature)));
  }
}

function suiteOf({ suite }: ServerSettings): SuiteSpec {
  const found = suiteSpec(suite);
  if (found === undefined) throw new Error("no such suite");
  return found;
}
