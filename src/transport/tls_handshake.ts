/**
 * Makes a handshake over a connection that is established, with the runtime's TLS, and lets `judge` decide on the peer before
 * a byte of data is sent.
 *
 * The runtime's own verification is switched off, in writing: the default is what an environment variable can change.
 * In TLS 1.3 the decision falls before our last flight, so a refused server sees neither our certificate nor an end of
 * the handshake; the alert goes out in the clear, which is allowed then (RFC 8446 6.2, D.3).
 */

import type { Duplex } from "node:stream";
import {
  connect,
  type ConnectionOptions,
  createSecureContext,
  TLSSocket,
  type TLSSocketOptions,
} from "node:tls";
import type { OwnCertificate, TlsLack, TlsProblem } from "../tls/types.ts";
import { alertFor, alertOfServer, alertRecord } from "./tls_alerts.ts";
import { type Wire, wireOver } from "./tls_duplex.ts";
import { TlsError } from "./tls_error.ts";
import { type Handshake, startLimits } from "./tls_limits.ts";
import { located, ownCertificateOf } from "./tls_progress.ts";
import { problemOf } from "./tls_problem.ts";
import { HandshakeWatch } from "./tls_records.ts";
import { tlsStream } from "./tls_stream.ts";
import type { ByteStream } from "./types.ts";

/** Becomes the client of `stream`. Throws `TlsError`, or the reason of the signal; the connection is closed then. */
export function secureClient(stream: ByteStream, handshake: Handshake): Promise<ByteStream> {
  return perform(stream, { ...handshake, open: openClient, event: "secureConnect" });
}

/** Becomes the server of `stream`. Throws as `secureClient` does. */
export function secureServer(stream: ByteStream, handshake: Handshake): Promise<ByteStream> {
  return perform(stream, { ...handshake, open: openServer, event: "secure" });
}

function openClient(duplex: Duplex, { settings }: Handshake): TLSSocket {
  const { minVersion, maxVersion, identity, serverName } = settings;
  const options: ConnectionOptions = {
    socket: duplex,
    rejectUnauthorized: false,
    minVersion,
    maxVersion,
    servername: serverName ?? "",
    ...(identity === undefined ? {} : { key: identity.key, cert: identity.certificates }),
  };
  return connect(options);
}

function openServer(duplex: Duplex, { settings }: Handshake): TLSSocket {
  const { minVersion, maxVersion, identity, asksClients } = settings;
  const secureContext = createSecureContext({
    minVersion,
    maxVersion,
    ...(identity === undefined ? {} : { key: identity.key, cert: identity.certificates }),
  });
  const options: TLSSocketOptions = {
    isServer: true,
    secureContext,
    requestCert: asksClients,
    rejectUnauthorized: false,
  };
  return new TLSSocket(duplex as never, options);
}

interface Performance extends Handshake {
  readonly open: (duplex: Duplex, handshake: Handshake) => TLSSocket;
  readonly event: "secureConnect" | "secure";
}

/** One handshake on its way. */
interface Attempt {
  readonly below: ByteStream;
  readonly how: Performance;
  readonly watch: HandshakeWatch;
  readonly outcome: PromiseWithResolvers<ByteStream>;
  /** Resolves when our last flight is gone. */
  readonly flight: PromiseWithResolvers<void>;
  readonly fail: (problem: TlsProblem, cause?: unknown) => void;
  readonly touch: () => void;
}

async function perform(below: ByteStream, how: Performance): Promise<ByteStream> {
  const watch = new HandshakeWatch((offer) => problemOfLack(how.settings.lacks?.forProfile(offer)));
  const about = { watch, settings: how.settings };
  const outcome = Promise.withResolvers<ByteStream>();
  const flight = Promise.withResolvers<void>();
  const fail = (problem: TlsProblem, cause?: unknown): void =>
    outcome.reject(
      new TlsError(located(seenProblem(watch, how) ?? reasoned(problem, { watch, how }), about), {
        cause,
      }),
    );
  const { touch, stop } = startLimits(how, fail);
  const onAbort = (): void => outcome.reject(how.signal?.reason);
  how.signal?.addEventListener("abort", onAbort);
  let begun: Begun | undefined;
  try {
    how.signal?.throwIfAborted();
    begun = begin({ below, how, watch, outcome, flight, fail, touch });
    return await outcome.promise;
  } catch (error) {
    if (error instanceof TlsError && begun !== undefined && how.event === "secure") {
      await sayWhy(error.problem, { wire: begun.wire, watch, signal: how.signal });
    }
    begun?.socket.destroy();
    below.close();
    if (error instanceof TlsError || error === how.signal?.reason) throw error;
    throw new TlsError(located(problemOf(error, placeOf(watch, how)), about), { cause: error });
  } finally {
    stop();
    watch.stop();
    how.signal?.removeEventListener("abort", onAbort);
  }
}

/** How long a client may take to close after our alert. */
const LAST_WORD_MS = 500;

/**
 * A server's alert, where it can be sent: the runtime closes before its own leaves, and cannot be asked to encrypt one,
 * so up to our first encrypted record. That is the hello, and in TLS 1.2 the client's certificate too.
 */
async function sayWhy(
  problem: TlsProblem,
  { wire, watch, signal }: Pick<Judging, "wire" | "watch"> & Pick<Handshake, "signal">,
): Promise<void> {
  const alert = alertOfServer(problem);
  wire.mute();
  if (alert === undefined || !watch.sendsInTheClear) return;
  const limit = AbortSignal.timeout(LAST_WORD_MS);
  await wire.sendLast(
    alertRecord(alert, watch.clientOffer?.legacyVersion),
    signal === undefined ? limit : AbortSignal.any([signal, limit]),
  );
}

function problemOfLack(lack: TlsLack | undefined): TlsProblem | undefined {
  return lack === undefined ? undefined : { kind: "nothing-in-common", ...lack };
}

/** With what the runtime does not say: what exactly is not in common. */
function reasoned(
  problem: TlsProblem,
  { watch, how }: Pick<Attempt, "watch" | "how">,
): TlsProblem {
  const { clientOffer } = watch;
  if (problem.kind !== "unsupported-version" || clientOffer === undefined) return problem;
  return problemOfLack(how.settings.lacks?.forRuntime(clientOffer)) ?? problem;
}

interface Begun {
  readonly socket: TLSSocket;
  readonly wire: Wire;
}

function begin(attempt: Attempt): Begun {
  const { below, how, watch, outcome, flight, fail } = attempt;
  let isJudged = false;
  const wire = wireOver(below, {
    watch,
    keepsReading: how.event === "secure",
    events: {
      onBytes: attempt.touch,
      onSent: () => isJudged && flight.resolve(),
      onProblem: () => fail({ kind: "too-long" }),
      onEnd() {
        flight.resolve();
        fail({ kind: "ended", how: below.ending === "reset" ? "reset" : "closed" });
      },
    },
  });
  const socket = how.open(wire.duplex, how);
  socket.on("error", (error: unknown) => fail(problemOf(error, placeOf(watch, how)), error));
  socket.once(how.event, () => {
    isJudged = true;
    judge(socket, { below, how, watch, wire, flight: flight.promise }).then(
      outcome.resolve,
      outcome.reject,
    );
  });
  return { socket, wire };
}

function placeOf(watch: HandshakeWatch, how: Performance) {
  return { isLate: false, ownCertificate: ownCertificate(watch, how) };
}

interface Judging {
  readonly below: ByteStream;
  readonly how: Performance;
  readonly watch: HandshakeWatch;
  readonly wire: Wire;
  readonly flight: Promise<void>;
}

/** Everything up to the decision happens at once, before the runtime sends its last flight. */
async function judge(socket: TLSSocket, { below, how, watch, wire, flight }: Judging) {
  const protocol = socket.getProtocol() === "TLSv1.3" ? "TLSv1.3" : "TLSv1.2";
  const cipherSuite = socket.getCipher().name;
  const chain = chainOf(socket);
  const { refusal, facts } = how.settings.judge({
    engine: "runtime",
    protocol,
    cipherSuite,
    chain,
    host: how.host,
  });
  // Every server of these suites shows a certificate: the runtime went on with one that it cannot read.
  const isUnreadable = refusal?.kind === "no-certificate" && how.event === "secureConnect";
  if (isUnreadable) throw unusable(socket);
  if (refusal !== undefined) {
    // Nothing of the runtime's may go out any more; a server's alert goes out when all is over.
    wire.mute();
    if (how.event === "secureConnect") socket.destroy();
    const isInTheClear = protocol === "TLSv1.3" && how.event === "secureConnect";
    if (isInTheClear) await wire.send(alertRecord(alertFor(refusal)));
    throw new TlsError({ kind: "refused", refusal }, { facts });
  }
  if (how.event === "secureConnect" && protocol === "TLSv1.3") await flight;
  const asked = how.event === "secureConnect" && answersRequest(watch, cipherSuite);
  return tlsStream(socket, {
    below,
    facts,
    ownCertificate: ownCertificate(watch, how, asked),
    missingIssuer: how.settings.identity?.missingIssuer,
  });
}

function unusable(socket: TLSSocket): TlsError {
  socket.destroy();
  return new TlsError({ kind: "unusable-certificate" });
}

/** What the watch knows better than the runtime's TLS. */
function seenProblem(watch: HandshakeWatch, how: Performance): TlsProblem | undefined {
  if (watch.problem !== undefined || watch.alert === undefined) return watch.problem;
  const own = ownCertificate(watch, how);
  return { kind: "alert", alert: watch.alert, isLate: false, ownCertificate: own };
}

function ownCertificate(
  { asksForCertificate }: HandshakeWatch,
  { settings }: Performance,
  asked = false,
): OwnCertificate {
  return ownCertificateOf(asked || asksForCertificate, settings);
}

/** In TLS 1.3 the request is encrypted; but without one our last flight is a Finished message and nothing more. */
function answersRequest({ encryptedSent }: HandshakeWatch, cipherSuite: string): boolean {
  const finished = 4 + (cipherSuite.endsWith("SHA384") ? 48 : 32);
  return encryptedSent > finished;
}

/** The certificates as the peer sent them, in its order. */
function chainOf(socket: TLSSocket): readonly Uint8Array[] {
  const chain: Uint8Array[] = [];
  const seen = new Set<unknown>();
  let next = socket.getPeerCertificate(true);
  while (next?.raw !== undefined && !seen.has(next)) {
    seen.add(next);
    chain.push(new Uint8Array(next.raw));
    next = next.issuerCertificate;
  }
  return chain;
}
