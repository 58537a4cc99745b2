/** The handshake of TLS 1.3 from the ServerHello on (RFC 8446 2, 4), as a client sees it. */

import { timingSafeEqual } from "node:crypto";
import { EXTENSION, MESSAGE, RECORD, VERSION } from "./codes.ts";
import { EngineError, require } from "./failure.ts";
import type { KeyShare } from "./group_numbers.ts";
import { makeShare } from "./groups.ts";
import {
  type ClientHello,
  composeHello,
  exactNumber,
  type Extensions,
  readExtensions,
  readServerHello,
  type ServerHello,
} from "./hello.ts";
import {
  answerRequest,
  type CertificateRequest,
  judgePeer,
  keyOf,
  readNames,
  requireFewCertificates,
} from "./identity.ts";
import { KeySchedule, type TrafficSecrets } from "./key_schedule.ts";
import { type Flow, type Link, type Message, receive } from "./link.ts";
import { plainProtection } from "./protection.ts";
import { signProof, verifyProof } from "./signatures.ts";
import { join, number, readNumbers, vector, WireReader } from "./wire.ts";

/** A share of ours by its group. */
export type OwnShares = ReadonlyMap<number, KeyShare>;

/** The hellos so far, and our shares. */
export interface Opening13 {
  /** Ours. */
  readonly client: ClientHello;
  /** The server's. */
  readonly server: ServerHello;
  /** Our shares. */
  readonly shares: OwnShares;
}

/** Goes on after the first ServerHello. */
export function* flow13(link: Link, opening: Opening13): Flow {
  link.version = VERSION.tls13;
  link.writing = plainProtection(VERSION.tls12);
  const { server, shares } = opening.server.isRetry ? yield* retry(link, opening) : opening;
  const { group, shared } = agree(server, shares);
  const { suite } = server;
  const schedule = new KeySchedule(suite, shared);
  const secrets = schedule.handshakeSecrets(link.hash(suite.hash));
  link.changeReading(schedule.protection(secrets.server));
  link.writing = schedule.protection(secrets.client);
  readEncryptedExtensions(yield* receive(link, MESSAGE.encryptedExtensions), opening.client);
  const { request, scheme } = yield* serverProof(link, server);
  yield* serverFinished(link, { schedule, secrets, server });
  const dataSecrets = schedule.dataSecrets(link.hash(suite.hash));
  link.changeReading(schedule.protection(dataSecrets.server));
  sendCompatibilityChange(link);
  const isIdentitySent = request !== undefined && showIdentity(link, { request, server });
  link.send(MESSAGE.finished, schedule.finished(secrets.client, link.hash(suite.hash)));
  link.writing = schedule.protection(dataSecrets.client);
  link.establish({
    version: VERSION.tls13,
    suite: suite.logName,
    group,
    dhBits: undefined,
    scheme,
    secureRenegotiation: true,
    extendedMasterSecret: true,
    request: request && { authorities: request.authorities },
    isIdentitySent,
  });
  yield* afterwards(link, { schedule, secrets: dataSecrets });
}

/** One for the eyes of middleboxes (RFC 8446 D.4), once, before our first encrypted record. */
function sendCompatibilityChange(link: Link): void {
  if (link.isChangeSent) return;
  link.isChangeSent = true;
  const bytes = Uint8Array.of(1);
  link.outgoing.push(plainProtection(VERSION.tls12).seal({ type: RECORD.change, bytes }));
}

/** Answers a HelloRetryRequest with a second ClientHello (RFC 8446 4.1.4). */
function* retry(link: Link, { client, server }: Opening13): Flow<Opening13> {
  const { settings } = link;
  const wanted = server.extensions.get(EXTENSION.keyShare);
  const cookie = server.extensions.get(EXTENSION.cookie);
  require(wanted !== undefined || cookie !== undefined, "retry");
  const groups = client.shares.map(({ group }) => group);
  const group = wanted === undefined ? groups[0] ?? 0 : exactNumber(wanted);
  const isNew = settings.offer.groups.includes(group) && !groups.includes(group);
  require(wanted === undefined || isNew, "retry");
  const { hash } = server.suite;
  const [first = new Uint8Array(), request = new Uint8Array()] = link.transcript;
  link.transcript.length = 0;
  link.transcript.push(first);
  const digest = link.hash(hash);
  link.transcript.length = 0;
  link.transcript.push(join(Uint8Array.of(MESSAGE.messageHash), vector(3, digest)), request);
  const share = makeShare(group, settings.random);
  const again = composeHello(settings, {
    ...client,
    shares: [{ group, publicValue: share.publicValue }],
    cookie: cookie === undefined ? undefined : new WireReader(cookie).vector(2),
  });
  sendCompatibilityChange(link);
  link.send(MESSAGE.clientHello, again.body);
  const { body } = yield* receive(link, MESSAGE.serverHello);
  const second = readServerHello(body, { settings, hello: again });
  require(!second.isRetry, "message");
  require(second.version === VERSION.tls13 && second.suite.code === server.suite.code, "retry");
  return { client: again, server: second, shares: new Map([[group, share]]) };
}

function agree(
  { extensions }: ServerHello,
  shares: OwnShares,
): { readonly group: number; readonly shared: Uint8Array } {
  const contents = extensions.get(EXTENSION.keyShare);
  if (contents === undefined) throw new EngineError("extension-missing");
  const reader = new WireReader(contents);
  const group = reader.number(2);
  const peer = reader.vector(2);
  reader.end();
  const share = shares.get(group);
  if (share === undefined) throw new EngineError("group");
  return { group, shared: share.agree(peer) };
}

/** What may stand in EncryptedExtensions of what we offer (RFC 8446 4.2). */
const ENCRYPTED: readonly number[] = [EXTENSION.serverName, EXTENSION.groups];

function readEncryptedExtensions({ body }: Message, hello: ClientHello): void {
  const reader = new WireReader(body);
  const extensions = readExtensions(reader.vector(2));
  reader.end();
  for (const type of extensions.keys()) {
    require(hello.extensions.has(type) && ENCRYPTED.includes(type), "extension");
  }
}

interface ServerProof {
  readonly request: CertificateRequest | undefined;
  readonly scheme: number;
}

/** The server's certificates and the proof that it has the key; nothing of ours is shown before. */
function* serverProof(link: Link, { suite }: ServerHello): Flow<ServerProof> {
  const { certificate, certificateRequest, certificateVerify } = MESSAGE;
  let next = yield* receive(link, certificateRequest, certificate);
  const request = next.type === certificateRequest ? readRequest(next.body) : undefined;
  link.request = request;
  if (next.type === certificateRequest) next = yield* receive(link, certificate);
  const certificates = readCertificates(next.body);
  judgePeer(link, { version: VERSION.tls13, suite: suite.logName, certificates });
  const { body } = yield* receive(link, certificateVerify);
  const reader = new WireReader(body);
  const scheme = reader.number(2);
  const signature = reader.vector(2);
  reader.end();
  require(link.settings.offer.schemes.includes(scheme), "signature-scheme");
  const message = signedContents("server", link.hash(suite.hash, 1));
  const key = keyOf(certificates[0]);
  verifyProof({ key, code: scheme, version: VERSION.tls13, message, signature });
  return { request, scheme };
}

function readCertificates(body: Uint8Array): readonly Uint8Array[] {
  const outer = new WireReader(body);
  require(outer.vector(1).length === 0, "certificate-list");
  const reader = new WireReader(outer.vector(3));
  outer.end();
  const certificates: Uint8Array[] = [];
  while (!reader.atEnd) {
    certificates.push(reader.vector(3).slice());
    // None of those that may stand here was asked for.
    require(reader.vector(2).length === 0, "extension");
    requireFewCertificates(certificates.length);
  }
  require(certificates.length > 0, "certificate-list");
  return certificates;
}

function readRequest(body: Uint8Array): CertificateRequest {
  const reader = new WireReader(body);
  require(reader.vector(1).length === 0, "extension-value");
  const extensions = readExtensions(reader.vector(2));
  reader.end();
  const schemes = extensions.get(EXTENSION.schemes);
  if (schemes === undefined) throw new EngineError("extension-missing");
  return {
    schemes: readNumbers(vectorIn(schemes)),
    authorities: authoritiesIn(extensions),
  };
}

function authoritiesIn(extensions: Extensions): readonly Uint8Array[] {
  const contents = extensions.get(EXTENSION.authorities);
  return contents === undefined ? [] : readNames(vectorIn(contents));
}

function vectorIn(contents: Uint8Array): Uint8Array {
  const reader = new WireReader(contents);
  const inner = reader.vector(2);
  reader.end();
  return inner;
}

function* serverFinished(
  link: Link,
  { schedule, secrets, server }: {
    readonly schedule: KeySchedule;
    readonly secrets: TrafficSecrets;
    readonly server: ServerHello;
  },
): Flow {
  const { body } = yield* receive(link, MESSAGE.finished);
  const wanted = schedule.finished(secrets.server, link.hash(server.suite.hash, 1));
  require(body.length === wanted.length && timingSafeEqual(body, wanted), "finished");
}

/** Sends our certificates, or an empty list, and the proof that we have the key; returns whether there was one. */
function showIdentity(
  link: Link,
  { request, server }: { readonly request: CertificateRequest; readonly server: ServerHello },
): boolean {
  const version = VERSION.tls13;
  const answer = answerRequest(link, { request, version });
  const { identity } = link.settings;
  const list = (answer?.certificates ?? []).map((one) => join(vector(3, one), vector(2)));
  link.send(MESSAGE.certificate, vector(1), vector(3, ...list));
  link.ownCertificate = answer === undefined ? "asked for, none sent" : "sent";
  if (answer === undefined || identity === undefined) return false;
  const message = signedContents("client", link.hash(server.suite.hash));
  const { key, scheme } = answer;
  const signature = signProof(scheme, { key, privateKey: identity.key, version, message });
  link.send(MESSAGE.certificateVerify, number(scheme ?? 0, 2), vector(2, signature));
  return true;
}

/** What a CertificateVerify signs (RFC 8446 4.4.3). */
export function signedContents(side: "client" | "server", transcript: Uint8Array): Uint8Array {
  const text = `${" ".repeat(64)}TLS 1.3, ${side} CertificateVerify\0`;
  return join(new TextEncoder().encode(text), transcript);
}

/** Tickets that come in a connection of any length; nothing is done with them. */
const MOST_TICKETS = 64;
const MOST_KEY_UPDATES = 32;

/** What may come after the handshake: tickets, which are dropped, and new keys (RFC 8446 4.6). */
function* afterwards(
  link: Link,
  { schedule, secrets }: { readonly schedule: KeySchedule; readonly secrets: TrafficSecrets },
): Flow {
  let { client, server } = secrets;
  let tickets = 0;
  let updates = 0;
  link.renewKeys = () => {
    link.send(MESSAGE.keyUpdate, Uint8Array.of(0));
    client = schedule.next(client);
    link.writing = schedule.protection(client);
  };
  while (true) {
    const { type, body } = yield* receive(link, MESSAGE.newSessionTicket, MESSAGE.keyUpdate);
    if (type === MESSAGE.newSessionTicket) {
      require(++tickets <= MOST_TICKETS, "message-count");
      continue;
    }
    require(++updates <= MOST_KEY_UPDATES, "message-count");
    const [wish] = body;
    require(body.length === 1 && (wish === 0 || wish === 1), "extension-value");
    server = schedule.next(server);
    link.changeReading(schedule.protection(server));
    if (wish === 1) link.renewKeys();
  }
}
