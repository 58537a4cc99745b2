/**
 * One check from the first byte to the last: dial, associate, echo, release or abort.
 *
 * What goes wrong is thrown as a `CheckFailure`, caught once per phase, reported as the reference reports that phase,
 * and turned into the result. Where the reference departs from the state machine of PS3.8 (it meets a release request
 * during the echo with an abort, it calls a late P-DATA-TF an error), the departure is here; the table below is right.
 */

import {
  answerFor,
  peerMaximumLength,
  UpperLayer,
  type UpperLayerOptions,
} from "../association/mod.ts";
import type { AssociateAc, AssociateRq } from "../pdu/mod.ts";
import { CommandAssembler, maxSendPdv } from "../dimse/mod.ts";
import { CheckError, type Stage } from "../errors.ts";
import { TlsError } from "../transport/mod.ts";
import type { TlsProblem } from "../tls/types.ts";
import type { ByteStream } from "../transport/types.ts";
import { echo, messageIdOf } from "./echo.ts";
import type { CheckEnvironment } from "./environment.ts";
import { ECHOES_TIMED, keepEcho } from "./echo_record.ts";
import { endAfterFailure, endAssociation } from "./ending.ts";
import {
  AssociationRejected,
  type CheckFailure,
  EchoFailed,
  Interrupted,
  InvalidParameter,
  NoAcceptedContext,
} from "./errors.ts";
import type { CheckTrace } from "./events.ts";
import {
  dialFailure,
  failureOf,
  receive,
  sendFailure,
  tlsFailure,
  unlessEndedByTls,
} from "./failures.ts";
import { acseLimits, socketSeconds } from "./limits.ts";
import { associateRequest } from "./request.ts";
import { acceptedAssociation, type Facts, resultOf } from "./result.ts";
import type { Negotiated, Session } from "./session.ts";
import { announceIdentity, upperLayerTrace } from "./user_identity.ts";
import { Stopwatch } from "./stopwatch.ts";
import type { Check, CheckResult } from "./types.ts";

/** Performs `check`. Never throws for anything a peer or a network does. */
export async function runCheck(check: Check, environment: CheckEnvironment): Promise<CheckResult> {
  const stopwatch = new Stopwatch(environment.clock);
  const facts: Facts = { echoes: [] };
  const request = announce(check, environment.trace);
  try {
    const plain = await connect(check, { environment, stopwatch });
    facts.local = plain.local;
    facts.remote = plain.remote;
    announceConnection(plain, check, environment);
    const stream = await secureConnection(plain, check, { environment, stopwatch, facts });
    const trace = await upperLayerTrace(check, environment);
    const session: Session = {
      check,
      request,
      stream,
      environment,
      stopwatch,
      layer: new UpperLayer(stream, upperLayerOptions(check, { ...environment, trace })),
    };
    try {
      await converse(session, facts);
    } catch (error) {
      throw unlessEndedByTls(error, stream);
    } finally {
      session.layer.stop();
      stream.close();
      await stream.tls?.closed;
    }
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    facts.error = error as CheckFailure;
    if (!(error instanceof Interrupted)) {
      environment.trace({ type: "association-request-failed", error: facts.error });
    }
  }
  return resultOf(check, { facts, stopwatch });
}

function announce(check: Check, trace: CheckTrace): AssociateRq {
  const request = associateRequest(check);
  if (check.maximumLengthAsked !== undefined) {
    trace({
      type: "maximum-length-odd",
      asked: check.maximumLengthAsked,
      used: check.maximumLength,
    });
  }
  trace({ type: "request-parameters", view: { request, answer: undefined } });
  trace({ type: "requesting-association", check });
  return request;
}

async function connect(
  check: Check,
  world: { readonly environment: CheckEnvironment; readonly stopwatch: Stopwatch },
): Promise<ByteStream> {
  const { dial, signal } = world.environment;
  if (check.target.host === "") throw new InvalidParameter("peer", `:${check.target.port}`);
  try {
    return await world.stopwatch.time("connect", () => dial(check.target, signal));
  } catch (error) {
    if (signal?.aborted) throw new Interrupted("connect", signal.reason);
    throw dialFailure(error, check);
  }
}

/** TLS over the connection, where it is wanted: nothing of DICOM is sent before the peer is accepted. */
async function secureConnection(
  plain: ByteStream,
  check: Check,
  { environment, stopwatch, facts }: {
    readonly environment: CheckEnvironment;
    readonly stopwatch: Stopwatch;
    readonly facts: Facts;
  },
): Promise<ByteStream> {
  const { secure, signal, trace } = environment;
  if (secure === undefined) return plain;
  const redial = (problem: TlsProblem): Promise<ByteStream> => {
    trace({ type: "securing-again", problem });
    return environment.dial(check.target, signal);
  };
  const about = { host: check.target.host, idleSeconds: socketSeconds(check), signal, redial };
  trace({ type: "securing" });
  try {
    const stream = await stopwatch.time("tls", () => secure(plain, about));
    const { tls } = stream;
    if (tls === undefined) return stream;
    const { ownCertificate, authorities } = tls;
    facts.tls = { facts: tls.facts, ownCertificate, ...(authorities && { authorities }) };
    trace({ type: "secured", facts: tls.facts });
    return stream;
  } catch (error) {
    plain.close();
    if (signal?.aborted) throw new Interrupted("tls", signal.reason);
    if (error instanceof TlsError && error.facts !== undefined) {
      facts.tls = { facts: error.facts, ownCertificate: undefined };
    }
    throw tlsFailure(error);
  }
}

function announceConnection(
  { remote }: ByteStream,
  check: Check,
  { trace, variables }: CheckEnvironment,
): void {
  trace({ type: "connected", check, remote });
  if (variables !== undefined) trace({ type: "socket-variables", variables });
}

function upperLayerOptions(
  check: Check,
  { trace, clock, signal }: CheckEnvironment,
): UpperLayerOptions {
  return {
    role: "requestor",
    maximumLength: check.maximumLength,
    artimSeconds: check.acseTimeoutSeconds,
    writeSeconds: socketSeconds(check),
    clock,
    signal,
    trace,
  };
}

/** The whole conversation on a connection. Throws what goes wrong before the association is established. */
async function converse(session: Session, facts: Facts): Promise<void> {
  const negotiated = await session.stopwatch.time("associate", () => associate(session));
  facts.association = acceptedAssociation(negotiated.answer);
  try {
    for (let round = 1; round <= session.check.repeat; round++) {
      if (round > 1) await pause(session);
      const messageId = messageIdOf(round);
      const once = () => echo({ ...session, negotiated }, messageId);
      const isTimed = round <= ECHOES_TIMED;
      keepEcho(isTimed ? await session.stopwatch.time("echo", once) : await once(), facts);
    }
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    facts.error = error as CheckFailure;
    const endingError = await endAfterFailure(session, facts.error);
    if (endingError !== undefined) facts.endingError = endingError;
    return;
  }
  if (facts.failedEcho !== undefined) {
    const { elapsedMs: _, ...details } = facts.failedEcho;
    facts.error = new EchoFailed(details);
  }
  const endingError = await endAssociation(session);
  if (endingError === undefined) return;
  /* Whoever ends the check has not waited for what it would have come to. */
  const isEnded = facts.error === undefined && endingError.name === "Interrupted";
  facts[isEnded ? "error" : "endingError"] = endingError as Interrupted;
}

async function associate(session: Session): Promise<Negotiated> {
  const { check, request, layer } = session;
  const { trace, signal } = session.environment;
  const stage: Stage = "associate";
  if (request.calledAeTitle === "") throw new InvalidParameter("called AE title", "");
  if (request.callingAeTitle === "") throw new InvalidParameter("calling AE title", "");
  trace({ type: "constructing-request", check });
  try {
    await layer.request(request);
  } catch (error) {
    throw sendFailure(error, { stage, stream: session.stream, signal });
  }
  const indication = await receive(session, { stage, limits: acseLimits(check) });
  if (indication.type === "associate-accepted") return negotiate(session, indication.pdu);
  if (indication.type === "associate-rejected") throw new AssociationRejected(indication.pdu);
  if (indication.type === "unexpected") {
    trace({ type: "association-negotiated", view: { request, answer: undefined } });
  }
  if (indication.type === "cancelled") await layer.abort().catch(() => {});
  throw failureOf(indication, {
    stage,
    timer: "acse",
    stream: session.stream,
    signal,
  });
}

/** Bytes of a response that are kept: real ones have some hundred, the reference has no limit. */
const LONGEST_RESPONSE = 16_384;

async function negotiate(session: Session, answer: AssociateAc): Promise<Negotiated> {
  const { request, layer } = session;
  const { trace } = session.environment;
  const limit = maxSendPdv(peerMaximumLength(answer));
  for (const warning of limit.warnings) trace({ type: "max-send-pdv-warning", warning });
  trace({ type: "association-negotiated", view: { request, answer } });
  if (!answer.presentationContexts.some(({ result }) => result === "acceptance")) {
    await layer.abort().catch(() => {});
    throw new NoAcceptedContext(answer.presentationContexts);
  }
  trace({ type: "association-accepted", maxSendPdv: limit.value });
  announceIdentity(session, answer);
  const assembler = new CommandAssembler({
    maximumLength: LONGEST_RESPONSE,
    isAccepted: (id) => answerFor(answer, id)?.result === "acceptance",
    onFirstBytes: () => trace({ type: "reading-command" }),
  });
  return { answer, assembler };
}

/** Waits between two echoes as long as the check says. Throws `Interrupted` when the signal is raised meanwhile. */
async function pause({ check, environment }: Session): Promise<void> {
  const { clock, signal } = environment;
  const seconds = check.intervalSeconds ?? 0;
  if (seconds <= 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(seconds * 1000, resolve);
  const onAbort = () => resolve();
  signal?.addEventListener("abort", onAbort);
  if (!signal?.aborted) await promise;
  signal?.removeEventListener("abort", onAbort);
  cancel();
  if (signal?.aborted) throw new Interrupted("echo", signal.reason);
}
