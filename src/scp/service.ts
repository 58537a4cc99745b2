/**
 * Serves one connection from its first to its last byte, and never throws for anything a peer does.
 *
 * We never ask for a release, so that a release collision (PS3.8 7.2.2) cannot come about; what ends an association
 * from our side is A-ABORT. When the association is over, the connection stands until the peer has closed it, at most
 * for ARTIM: closing with bytes unread would reset it, and our last PDU might be lost on its way.
 */

import { type Clock, type Indication, UpperLayer, WriteError } from "../association/mod.ts";
import { Bug, unreachable } from "../errors.ts";
import type { AssociateAc, AssociateRq, Pdv } from "../pdu/types.ts";
import { TlsError } from "../transport/mod.ts";
import type { ByteStream } from "../transport/types.ts";
import { answerRequest } from "./acceptor.ts";
import type { Connection, ConnectionEnd, ConnectionRecord, ScpTrace } from "./events.ts";
import { LONGEST_REQUEST, messageLimits, type ServiceLimits } from "./limits.ts";
import { Messages, type OutgoingReply } from "./messages.ts";
import type { Place } from "./places.ts";

/** Puts TLS over an accepted connection. */
export type SecureServer = (
  stream: ByteStream,
  about: { readonly idleSeconds: number; readonly signal: AbortSignal },
) => Promise<ByteStream>;

/** What serving one connection takes. */
export interface ServiceMeans {
  /** Counts connections from 1. */
  readonly number: number;
  /** Where the connection stands among all. */
  readonly place: Place;
  /** Maximum length to announce, in bytes. */
  readonly maximumLength: number;
  /** Time limits. */
  readonly limits: ServiceLimits;
  /** Time. */
  readonly clock: Clock;
  /** Aborts the association. */
  readonly signal: AbortSignal;
  /** Puts TLS over the connection, at most `seconds` long between bytes; throws `TlsError`. Absent: plain TCP. */
  readonly secure?: SecureServer | undefined;
  /** Gets what happens, in order. */
  readonly trace: ScpTrace;
}

/** Everything known about a connection while it is served. */
interface Session {
  readonly means: ServiceMeans;
  readonly connection: Connection;
  readonly stream: ByteStream;
  readonly layer: UpperLayer;
  request?: AssociateRq;
  answer?: AssociateAc;
  messages?: Messages;
  echoes: number;
  refusals: number;
  isDataSetTold: boolean;
}

/** Serves `stream`. Resolves with what came of it when it is closed; never rejects. */
export async function serve(plain: ByteStream, means: ServiceMeans): Promise<ConnectionRecord> {
  const began = means.clock.now();
  const connection = { number: means.number, remote: plain.remote };
  means.trace({ type: "connection-accepted", connection });
  const secured = await secureConnection(plain, means);
  if ("end" in secured) {
    const elapsedMs = means.clock.now() - began;
    return turnAway({ connection, end: secured.end, elapsedMs }, means);
  }
  const { stream } = secured;
  const session = openSession(stream, means);
  const end = await converse(session).catch((error) => endOfError(error));
  const record: ConnectionRecord = {
    connection: session.connection,
    request: session.request,
    answer: session.answer,
    echoes: session.echoes,
    refusals: session.refusals,
    end: dismissed(session) ?? end,
    elapsedMs: means.clock.now() - began,
  };
  means.place.end();
  means.trace({ type: "association-ended", record });
  await session.layer.awaitClose().catch(() => {});
  session.layer.stop();
  await endTls(stream);
  means.place.leave();
  return record;
}

async function secureConnection(
  plain: ByteStream,
  { secure, limits, signal, number, trace }: ServiceMeans,
): Promise<{ readonly stream: ByteStream } | { readonly end: ConnectionEnd }> {
  if (secure === undefined) return { stream: plain };
  try {
    const stream = await secure(plain, { idleSeconds: limits.artimSeconds, signal });
    if (stream.tls !== undefined) {
      const connection = { number, remote: plain.remote };
      trace({ type: "connection-secured", connection, facts: stream.tls.facts });
    }
    return { stream };
  } catch (error) {
    if (error instanceof TlsError) return { end: { type: "tls", problem: error.problem } };
    if (signal.aborted) return { end: { type: "dismissed", why: "stopping" } };
    return { end: { type: "bug", error } };
  }
}

/** Nothing of DICOM came about. */
function turnAway(
  known: Pick<ConnectionRecord, "connection" | "end" | "elapsedMs">,
  { place, trace }: ServiceMeans,
): ConnectionRecord {
  const nothing = { request: undefined, answer: undefined, echoes: 0, refusals: 0 };
  const record: ConnectionRecord = { ...nothing, ...known };
  place.end();
  trace({ type: "association-ended", record });
  place.leave();
  return record;
}

async function endTls(stream: ByteStream): Promise<void> {
  if (stream.tls === undefined) return;
  stream.close();
  await stream.tls.closed;
}

function openSession(stream: ByteStream, means: ServiceMeans): Session {
  const connection = { number: means.number, remote: stream.remote };
  const layer = new UpperLayer(stream, {
    role: "acceptor",
    maximumLength: means.maximumLength,
    artimSeconds: means.limits.artimSeconds,
    longestAssociate: LONGEST_REQUEST,
    writeSeconds: means.limits.idleSeconds,
    clock: means.clock,
    signal: means.signal,
    trace: (event) => means.trace({ type: "upper-layer", connection, event }),
  });
  return { means, connection, stream, layer, echoes: 0, refusals: 0, isDataSetTold: false };
}

/** Throws `WriteError`. */
async function converse(session: Session): Promise<ConnectionEnd> {
  const { means, connection, layer } = session;
  const indication = await layer.receive({});
  if (indication.type !== "associate-requested") return await endBy(indication, session);
  const request = session.request = indication.pdu;
  means.trace({ type: "association-requested", connection, request });
  const answer = answerRequest(request, {
    maximumLength: means.maximumLength,
    isFull: means.place.isFull,
  });
  if (answer.type === "A-ASSOCIATE-RJ") {
    means.place.end();
    await layer.respond(answer);
    return { type: "rejected", answer };
  }
  means.place.run();
  session.answer = answer;
  await layer.respond(answer);
  means.trace({ type: "association-accepted", connection, request, answer });
  return await serveMessages(session, session.messages = new Messages({ request, answer }));
}

async function serveMessages(session: Session, messages: Messages): Promise<ConnectionEnd> {
  const { means, layer } = session;
  let began: number | undefined;
  for (;;) {
    began = messages.isInside ? began ?? means.clock.now() : undefined;
    const indication = await layer.receive(messageLimits(means.limits, began));
    if (indication.type !== "data") return await endBy(indication, session);
    const end = await takeData(indication.pdvs, { session, messages });
    if (end !== undefined) return end;
  }
}

async function takeData(
  pdvs: readonly Pdv[],
  { session, messages }: { readonly session: Session; readonly messages: Messages },
): Promise<ConnectionEnd | undefined> {
  for (const pdv of pdvs) {
    const outcome = messages.take(pdv);
    switch (outcome.type) {
      case "goes-on":
        break;
      case "reply":
        await send(outcome, session);
        break;
      case "data-set-ignored":
        tellDataSet(session, "sent");
        break;
      case "violation":
        await session.layer.abort();
        return outcome;
      default:
        return unreachable(outcome);
    }
  }
  return undefined;
}

async function send(outgoing: OutgoingReply, session: Session): Promise<void> {
  const { contextId, reply, fragments } = outgoing;
  const { means: { trace }, connection } = session;
  for (const pdvs of fragments) await session.layer.sendData(pdvs);
  switch (reply.type) {
    case "echo": {
      const { messageId, status } = reply;
      if (status === 0) session.echoes++;
      else session.refusals++;
      if (reply.hasDataSet) tellDataSet(session, "announced");
      return trace({ type: "echo-answered", connection, contextId, messageId, status });
    }
    case "refusal": {
      const { commandField, messageId, status } = reply;
      session.refusals++;
      const asked = { contextId, commandField, messageId, status };
      return trace({ type: "operation-refused", connection, ...asked });
    }
    case "cancel":
      return;
    default:
      return unreachable(reply);
  }
}

function tellDataSet(session: Session, how: "announced" | "sent"): void {
  if (session.isDataSetTold) return;
  session.isDataSetTold = true;
  session.means.trace({ type: "data-set-ignored", connection: session.connection, how });
}

/** Does what an indication asks for that ends the association. Throws `WriteError`. */
async function endBy(indication: Indication, session: Session): Promise<ConnectionEnd> {
  const { layer, means, stream } = session;
  switch (indication.type) {
    case "release-requested":
      /* Before the answer: the peer may come back at once, and must not find its own place taken. */
      means.place.end();
      await layer.respondRelease();
      return { type: "released" };
    case "aborted":
      return { type: "peer-aborted", source: indication.source, reason: indication.reason };
    case "closed": {
      const how = stream.ending === "reset" ? "reset" : "closed";
      return { type: "lost", how, within: indication.within };
    }
    case "timed-out":
      await abortAssociation(session);
      return timedOut(indication, session);
    case "cancelled":
      await abortAssociation(session);
      return { type: "dismissed", why: "stopping" };
    case "defect": {
      const { message, defect } = indication.error;
      return { type: "violation", violation: { kind: "pdu", message, defect } };
    }
    case "unexpected":
      return {
        type: "violation",
        violation: { kind: "unexpected-pdu", header: indication.header },
      };
    default:
      throw new Bug(`${indication.type} at the acceptor`);
  }
}

function timedOut(
  { within, seconds }: Extract<Indication, { type: "timed-out" }>,
  { means, messages }: Session,
): ConnectionEnd {
  if (messages === undefined) {
    return { type: "timed-out", seconds: means.limits.artimSeconds, awaited: "request" };
  }
  const awaited = messages.isInside || within !== "idle" ? "rest" : "message";
  return { type: "timed-out", seconds, awaited };
}

/** Sends A-ABORT if an association stands; without one the connection is just closed (AA-2, PS3.8 Table 9-9). */
async function abortAssociation({ layer }: Session): Promise<void> {
  if (layer.state === "Sta6" || layer.state === "Sta8") await layer.abort();
}

/** Our own closing looks to the reader like the peer's. */
function dismissed({ means }: Session): ConnectionEnd | undefined {
  const why = means.place.dismissal;
  return why === undefined ? undefined : { type: "dismissed", why };
}

function endOfError(error: unknown): ConnectionEnd {
  if (!(error instanceof WriteError)) return { type: "bug", error };
  const how = error.kind === "timeout" ? "timed-out" : "failed";
  return { type: "not-sent", pdu: error.pdu, how };
}
