/** Drives the own TLS engine over a connection: bytes of the peer in, bytes for the peer out, limits kept. */

import { createPrivateKey } from "node:crypto";
import type { OwnCertificate, TlsFacts, TlsProblem, TlsSettings } from "../tls/types.ts";
import {
  type ClientSettings,
  type EngineEvent,
  type Negotiated,
  type PeerShown,
  type Step,
  TlsClient,
  withExchange,
} from "../tls_engine/mod.ts";
import { alertFor } from "./tls_alerts.ts";
import { TlsError } from "./tls_error.ts";
import { type Handshake, startLimits } from "./tls_limits.ts";
import { located } from "./tls_progress.ts";
import { HandshakeWatch } from "./tls_records.ts";
import { type OwnConnection, type OwnEstablished, ownStream } from "./tls_own_stream.ts";
import type { ByteStream } from "./types.ts";

/** Becomes the client of `below`. Throws `TlsError`, or the reason of the signal; the connection is closed then. */
export async function secureByOwnEngine(below: ByteStream, how: Handshake): Promise<ByteStream> {
  const judging = new Judging(how);
  const { client } = judging;
  const connection: OwnConnection = {
    client,
    below,
    reader: below.readable.getReader(),
    writer: below.writable.getWriter(),
  };
  const stopped = Promise.withResolvers<never>();
  // Whoever loses the race below must not be an error that nobody takes.
  stopped.promise.catch(() => {});
  const limits = startLimits(
    how,
    (problem) => stopped.reject(new TlsError(judging.located(problem))),
  );
  const onAbort = (): void => stopped.reject(how.signal?.reason);
  how.signal?.addEventListener("abort", onAbort);
  try {
    how.signal?.throwIfAborted();
    const work = shakeHands(connection, { judging, touch: limits.touch });
    work.catch(() => {});
    return await Promise.race([work, stopped.promise]);
  } catch (error) {
    below.close();
    throw error;
  } finally {
    limits.stop();
    how.signal?.removeEventListener("abort", onAbort);
  }
}

async function shakeHands(
  connection: OwnConnection,
  { judging, touch }: { readonly judging: Judging; readonly touch: () => void },
): Promise<ByteStream> {
  const { client, reader, below } = connection;
  await send(connection, client.start());
  while (true) {
    const { done, value } = await reader.read();
    if (done) {
      const how = below.ending === "reset" ? "reset" : "closed";
      throw new TlsError(judging.located({ kind: "ended", how }));
    }
    touch();
    judging.sawBytes(value);
    const step = client.receive(value);
    await send(connection, step);
    const [first, ...others] = step.events;
    if (first === undefined) continue;
    if (first.type !== "established") throw judging.failure(first);
    return ownStream(connection, { ...judging.established(first.negotiated), early: others });
  }
}

/** Sends what a step comes to, in one write; a connection that is gone is found by the next read. */
async function send({ writer }: OwnConnection, { send }: Step): Promise<void> {
  if (send.length > 0) await writer.write(send).catch(() => {});
}

const HEAD_LENGTH = 64;

/** The decision on the peer, and what is known of it. */
class Judging {
  readonly client: TlsClient;
  readonly #how: Handshake;
  readonly #watch = new HandshakeWatch();
  #facts: TlsFacts | undefined;
  #refused: TlsProblem | undefined;
  #head: readonly number[] = [];

  constructor(how: Handshake) {
    this.#how = how;
    const { offer, serverName, identity } = how.settings;
    this.client = new TlsClient({
      offer,
      serverName,
      identity: identity && engineIdentity(identity),
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
      judge: (shown) => this.#judge(shown),
    });
  }

  /** Keeps the first bytes, for the case that they are no TLS. */
  sawBytes(bytes: Uint8Array): void {
    this.#watch.incoming(bytes);
    if (this.#head.length < HEAD_LENGTH) {
      this.#head = [...this.#head, ...bytes.subarray(0, HEAD_LENGTH - this.#head.length)];
    }
  }

  #judge({ protocol, suite, certificates }: PeerShown): number | undefined {
    const { refusal, facts } = this.#how.settings.judge({
      engine: "own",
      protocol,
      cipherSuite: suite,
      chain: certificates,
      host: this.#how.host,
    });
    this.#facts = facts;
    if (refusal === undefined) return undefined;
    this.#refused = { kind: "refused", refusal };
    return alertFor(refusal);
  }

  /** What is known once the handshake is done. */
  established(negotiated: Negotiated): Omit<OwnEstablished, "early"> {
    if (this.#facts === undefined) throw new TlsError({ kind: "violation", violation: "message" });
    const weaknesses = withExchange(this.#facts.weaknesses, negotiated);
    return {
      facts: { ...this.#facts, weaknesses },
      ownCertificate: ownCertificateOf(negotiated),
      located: (problem) => this.located(problem),
    };
  }

  /** The error of an end before that. */
  failure(event: EngineEvent): TlsError {
    const facts = this.#facts === undefined ? {} : { facts: this.#facts };
    if (this.#refused !== undefined) return new TlsError(this.#refused, facts);
    return new TlsError(this.located(this.#problem(event)));
  }

  /** The problem with what is known of how far the handshake had come. */
  located(problem: TlsProblem): TlsProblem {
    const { settings } = this.#how;
    return located(problem, {
      watch: this.#watch,
      settings,
      authorities: this.client.authorities,
    });
  }

  #problem(event: EngineEvent): TlsProblem {
    switch (event.type) {
      case "goodbye":
        return { kind: "ended", how: "close-notify" };
      case "alert":
        return {
          kind: "alert",
          alert: event.alert,
          isLate: false,
          ownCertificate: event.asked,
        };
      case "violation":
        return violationProblem(event, Uint8Array.from(this.#head));
      default:
        return { kind: "violation", violation: "message" };
    }
  }
}

/** A broken rule as a problem; both engines say the same of the same. */
function violationProblem(
  { violation, isFirstRecord }: Extract<EngineEvent, { type: "violation" }>,
  head: Uint8Array,
): TlsProblem {
  const isHeader = violation === "record-version" || violation === "record-type";
  if (isHeader && isFirstRecord) return { kind: "not-tls", head };
  if (violation === "record-length") return { kind: "too-long" };
  if (violation === "version") return { kind: "unsupported-version" };
  if (violation === "signature") return { kind: "key-proof" };
  return { kind: "violation", violation };
}

function ownCertificateOf({ request, isIdentitySent }: Negotiated): OwnCertificate {
  if (request === undefined) return "not asked for";
  return isIdentitySent ? "sent" : "asked for, none sent";
}

function engineIdentity(
  { key, certificates }: NonNullable<TlsSettings["identity"]>,
): ClientSettings["identity"] {
  const blocks = certificates.split("-----BEGIN CERTIFICATE-----").slice(1);
  const [own, ...others] = blocks.map((block) =>
    Uint8Array.fromBase64(block.slice(0, block.indexOf("-----END")).replaceAll("\n", ""))
  );
  if (own === undefined) return undefined;
  return { certificates: [own, ...others], key: createPrivateKey(key) };
}
