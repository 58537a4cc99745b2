/**
 * Serves one connection from its first to its last byte, and never throws for anything a peer does.
 *
 * We never ask for a release, so that a release collision (PS3.8 7.2.2) cannot come about; what ends an association
 * from our side is A-ABORT. When the association is over, the connection is established until the peer has closed it, at most
 * for ARTIM: closing with bytes unread would reset it, and our last PDU might be lost on its way.
 */

import type { Clock } from "../association/mod.ts";
import { unreachable } from "../errors.ts";
import type { Pdv } from "../pdu/types.ts";
import { TlsError } from "../transport/mod.ts";
import type { ByteStream } from "../transport/types.ts";
import { answerRequest } from "./acceptor.ts";
import { rejectionBy } from "./behavior.ts";
import { dismissed, endBy, endOfError } from "./ending.ts";
import type { ConnectionEnd, ConnectionRecord } from "./events.ts";
import { findingsOf } from "./findings.ts";
import { messageLimits } from "./limits.ts";
import { Messages, type OutgoingReply } from "./messages.ts";
import { openSession, type ServiceDeps, type Session } from "./session.ts";

/** Serves `stream`. Resolves with what came of it when it is closed; never rejects. */
export async function serve(plain: ByteStream, deps: ServiceDeps): Promise<ConnectionRecord> {
  const began = deps.clock.now();
  const connection = { number: deps.number, remote: plain.remote };
  deps.trace({ type: "connection-accepted", connection });
  const secured = await secureConnection(plain, deps);
  if ("end" in secured) {
    const elapsedMs = deps.clock.now() - began;
    return turnAway({ connection, end: secured.end, elapsedMs }, deps);
  }
  const { stream } = secured;
  const session = openSession(stream, deps);
  const end = await converse(session).catch((error) => endOfError(error));
  const record: ConnectionRecord = {
    connection: session.connection,
    request: session.request,
    answer: session.answer,
    findings: session.request === undefined ? [] : findingsOf(session.request, session.answer),
    echoes: session.echoes,
    refusals: session.refusals,
    end: dismissed(session) ?? end,
    elapsedMs: deps.clock.now() - began,
  };
  deps.place.end();
  deps.trace({ type: "association-ended", record });
  await session.layer.awaitClose().catch(() => {});
  session.layer.stop();
  await endTls(stream);
  deps.place.leave();
  return record;
}

async function secureConnection(
  plain: ByteStream,
  { secure, limits, signal, number, trace }: ServiceDeps,
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
  { place, trace }: ServiceDeps,
): ConnectionRecord {
  const nothing = {
    request: undefined,
    answer: undefined,
    findings: [],
    echoes: 0,
    refusals: 0,
  };
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

/** Throws `WriteError`. */
async function converse(session: Session): Promise<ConnectionEnd> {
  const { deps, connection, layer } = session;
  const indication = await layer.receive({});
  if (indication.type !== "associate-requested") return await endBy(indication, session);
  const request = session.request = indication.pdu;
  deps.trace({ type: "association-requested", connection, request });
  const { behavior = {} } = deps;
  await delay(session);
  if (behavior.drop === true) {
    session.stream.close();
    return { type: "as-asked", what: "dropped" };
  }
  const asked = rejectionBy(behavior, request.calledAeTitle);
  if (asked !== undefined) {
    deps.place.end();
    await layer.respond(asked.answer);
    return { type: "rejected", ...asked };
  }
  const answer = answerRequest(request, {
    maximumLength: deps.maximumLength,
    isFull: deps.place.isFull,
  });
  if (answer.type === "A-ASSOCIATE-RJ") {
    deps.place.end();
    await layer.respond(answer);
    return { type: "rejected", answer };
  }
  deps.place.run();
  session.answer = answer;
  await layer.respond(answer);
  deps.trace({ type: "association-accepted", connection, request, answer });
  const end = await endAsAsked(session);
  if (end !== undefined) return end;
  return await serveMessages(
    session,
    session.messages = new Messages({ request, answer, status: behavior.status }),
  );
}

/** What `--delay` asks for; ends when the service does. */
async function delay({ deps: { behavior, clock, signal } }: Session): Promise<void> {
  const { delaySeconds } = behavior ?? {};
  if (delaySeconds === undefined || signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(delaySeconds * 1000, resolve);
  const onAbort = () => resolve();
  signal.addEventListener("abort", onAbort);
  await promise;
  signal.removeEventListener("abort", onAbort);
  cancel();
}

/** Whether `--abort-after` wants an end now; then the association is aborted. */
async function endAsAsked(session: Session): Promise<ConnectionEnd | undefined> {
  const { deps: { behavior }, echoes, refusals } = session;
  if (behavior?.abortAfter === undefined || echoes + refusals < behavior.abortAfter) {
    return undefined;
  }
  await session.layer.abort();
  return { type: "as-asked", what: "aborted" };
}

/**
 * PDUs of one association after which the others have their turn. What comes fast enough is ready whenever it is asked
 * for, and the runtime would look at no other connection meanwhile.
 */
const PDUS_IN_A_ROW = 32;

async function serveMessages(session: Session, messages: Messages): Promise<ConnectionEnd> {
  const { deps, layer } = session;
  let began: number | undefined;
  for (let count = 1;; count++) {
    if (count % PDUS_IN_A_ROW === 0) await othersTurn(deps.clock);
    began = messages.isInside ? began ?? deps.clock.now() : undefined;
    const indication = await layer.receive(messageLimits(deps.limits, began));
    if (indication.type !== "data") return await endBy(indication, session);
    const end = await takeData(indication.pdvs, { session, messages });
    if (end !== undefined) return end;
  }
}

function othersTurn(clock: Clock): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.after(0, resolve);
  return promise;
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
      case "reply": {
        await delay(session);
        await send(outcome, session);
        const end = await endAsAsked(session);
        if (end !== undefined) return end;
        break;
      }
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
  const { deps: { trace }, connection } = session;
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
  session.deps.trace({ type: "data-set-ignored", connection: session.connection, how });
}
