/** The handshake from the ServerHello on, up to TLS 1.2 (RFC 5246 7.3), as a client sees it. */

import { timingSafeEqual } from "node:crypto";
import { EXTENSION, MESSAGE, RECORD, VERSION } from "./codes.ts";
import { require } from "./failure.ts";
import type { ClientHello, ServerHello } from "./hello.ts";
import {
  answerRequest,
  type CertificateRequest,
  judgePeer,
  keyOf,
  legacyCertificates,
  type OwnAnswer,
  readLegacyCertificates,
  readLegacyRequest,
} from "./identity.ts";
import { type Exchange, makeExchange, requireFittingKey } from "./legacy_exchange.ts";
import {
  connectionKeys,
  finishedValue,
  masterSecret,
  prfHashOf,
  type Randoms,
} from "./legacy_keys.ts";
import { type Flow, type Link, type Message, receive, receiveChange } from "./link.ts";
import { legacyProtection, plainProtection, type Protection } from "./protection.ts";
import { signProof } from "./signatures.ts";
import { join, number, vector } from "./wire.ts";

/** Both hellos. */
export interface Hellos {
  /** Ours. */
  readonly client: ClientHello;
  /** The server's. */
  readonly server: ServerHello;
}

/** What the server's first flight says. */
interface ServerFlight {
  readonly exchange: Exchange;
  readonly request: CertificateRequest | undefined;
}

/** Goes on after the ServerHello. */
export function* legacyFlow(link: Link, hellos: Hellos): Flow {
  const { server } = hellos;
  const { version, suite } = server;
  requireFirstNegotiation(server);
  link.version = version;
  link.writing = plainProtection(version);
  const flight = yield* serverFlight(link, hellos);
  const { answer, master } = sendKeyExchange(link, { hellos, flight });
  const hash = prfHashOf(version, suite);
  const protection = protectionOf(link, { hellos, master });
  link.sendContent(RECORD.change, Uint8Array.of(1));
  link.writing = protection.client;
  const ours = finishedValue(hash, { master, side: "client", transcript: link.hash(hash) });
  link.send(MESSAGE.finished, ours);
  if (server.extensions.has(EXTENSION.sessionTicket)) {
    yield* receive(link, MESSAGE.newSessionTicket);
  }
  yield* receiveChange();
  link.changeReading(protection.server);
  const { body } = yield* receive(link, MESSAGE.finished);
  const wanted = finishedValue(hash, { master, side: "server", transcript: link.hash(hash, 1) });
  require(body.length === wanted.length && timingSafeEqual(body, wanted), "finished");
  const { exchange: { group, dhBits, scheme }, request } = flight;
  link.establish({
    version,
    suite: suite.logName,
    group,
    dhBits,
    scheme,
    secureRenegotiation: server.extensions.has(EXTENSION.renegotiation),
    extendedMasterSecret: isExtended(server),
    request: request && { authorities: request.authorities },
    isIdentitySent: answer !== undefined,
  });
  // From here on only requests to begin anew may come, which the link turns down.
  yield* receive(link);
}

function isExtended({ extensions }: ServerHello): boolean {
  return extensions.has(EXTENSION.extendedMasterSecret);
}

/** Our part of the key exchange, with our certificate where it is wanted; then the master secret is known. */
function sendKeyExchange(
  link: Link,
  { hellos, flight }: { readonly hellos: Hellos; readonly flight: ServerFlight },
): { readonly answer: OwnAnswer | undefined; readonly master: Uint8Array } {
  const { server } = hellos;
  const { version } = server;
  const { exchange, request } = flight;
  const answer = request && answerRequest(link, { request, version });
  if (request !== undefined) {
    link.ownCertificate = answer === undefined ? "asked for, none sent" : "sent";
    link.send(MESSAGE.certificate, legacyCertificates(answer?.certificates ?? []));
  }
  link.send(MESSAGE.clientKeyExchange, exchange.message);
  const hash = prfHashOf(version, server.suite);
  const master = masterSecret(hash, {
    premaster: exchange.premaster,
    randoms: randomsOf(hellos),
    sessionHash: isExtended(server) ? link.hash(hash) : undefined,
  });
  if (answer !== undefined) proveKey(link, { answer, version });
  return { answer, master };
}

function randomsOf({ client, server }: Hellos): Randoms {
  return { client: client.random, server: server.random };
}

function protectionOf(
  link: Link,
  { hellos, master }: { readonly hellos: Hellos; readonly master: Uint8Array },
): Readonly<Record<"client" | "server", Protection>> {
  const { suite, version, extensions } = hellos.server;
  const randoms = randomsOf(hellos);
  const keys = connectionKeys(prfHashOf(version, suite), { master, randoms, suite, version });
  const encryptThenMac = extensions.has(EXTENSION.encryptThenMac) && suite.cipher.endsWith("-cbc");
  const common = { suite, version, encryptThenMac, random: link.settings.random };
  return {
    client: legacyProtection({ ...common, ...keys.client }),
    server: legacyProtection({ ...common, ...keys.server }),
  };
}

/** In a first handshake the indication is empty (RFC 5746 3.4). */
function requireFirstNegotiation({ extensions }: ServerHello): void {
  const indication = extensions.get(EXTENSION.renegotiation);
  const isFirst = indication === undefined || (indication.length === 1 && indication[0] === 0);
  require(isFirst, "renegotiation");
}

function* serverFlight(link: Link, { client, server }: Hellos): Flow<ServerFlight> {
  const { version, suite } = server;
  const certificates = readLegacyCertificates((yield* receive(link, MESSAGE.certificate)).body);
  require(certificates.length > 0, "certificate-list");
  judgePeer(link, { version, suite: suite.logName, certificates });
  const key = keyOf(certificates[0]);
  requireFittingKey(key, server);
  const { serverKeyExchange, certificateRequest, serverHelloDone } = MESSAGE;
  let next: Message = yield* receive(
    link,
    ...suite.exchange === "rsa" ? [] : [serverKeyExchange],
    ...suite.exchange === "rsa" ? [certificateRequest, serverHelloDone] : [],
  );
  const exchangeBody = next.type === serverKeyExchange ? next.body : undefined;
  const exchange = makeExchange(exchangeBody, {
    settings: link.settings,
    hello: server,
    key,
    randoms: randomsOf({ client, server }),
  });
  if (next.type === serverKeyExchange) {
    next = yield* receive(link, certificateRequest, serverHelloDone);
  }
  if (next.type === serverHelloDone) {
    require(next.body.length === 0, "length");
    return { exchange, request: undefined };
  }
  const request = readLegacyRequest(next.body, version);
  link.request = request;
  const done = yield* receive(link, serverHelloDone);
  require(done.body.length === 0, "length");
  return { exchange, request };
}

/** The signature goes over the whole transcript (RFC 5246 7.4.8). */
function proveKey(
  link: Link,
  { answer, version }: { readonly answer: OwnAnswer; readonly version: number },
): void {
  const { identity } = link.settings;
  if (identity === undefined) return;
  const signature = signProof(answer.scheme, {
    key: answer.key,
    privateKey: identity.key,
    version,
    message: join(...link.transcript),
  });
  const scheme = version < VERSION.tls12 ? new Uint8Array() : number(answer.scheme ?? 0, 2);
  link.send(MESSAGE.certificateVerify, join(scheme, vector(2, signature)));
}
