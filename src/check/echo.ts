/** One C-ECHO on an association (PS3.7 9.3.5): request out, response in. */

import {
  type AssembledCommand,
  type CommandElement,
  decodeCommandSet,
  DimseError,
  type DimseWarning,
  encodeCommandSet,
  fragmentCommand,
  parseCEchoRsp,
  type ParsedCEchoRsp,
} from "../dimse/mod.ts";
import {
  beforeNul,
  byteStringOf,
  TRANSFER_SYNTAXES,
  VERIFICATION_SOP_CLASS,
} from "../dicom/mod.ts";
import { peerMaximumLength, usableContext } from "../association/mod.ts";
import { Bug } from "../errors.ts";
import { trimEndOf } from "../common/trim.ts";
import type { Pdv } from "../pdu/mod.ts";
import { ProtocolViolation } from "./errors.ts";
import { failureOf, receive, sendFailure } from "./failures.ts";
import { dimseLimits } from "./limits.ts";
import type { Negotiated, Session } from "./session.ts";
import type { EchoResult } from "./types.ts";

/** What one echo works on. */
export interface EchoContext extends Session {
  readonly negotiated: Negotiated;
}

/** The message ID of the echo of `round`, which counts from 1: 16 bits, so that 0 follows 65535. */
export function messageIdOf(round: number): number {
  return round % 0x10000;
}

/** Sends C-ECHO-RQ `messageId` and waits for its response. Throws a `CheckFailure`. */
export async function echo(context: EchoContext, messageId: number): Promise<EchoResult> {
  const { environment, layer } = context;
  environment.trace({ type: "sending-echo", messageId });
  const fragments = requestFragments(context, messageId);
  const began = environment.clock.now();
  try {
    for (const pdvs of fragments) await layer.sendData(pdvs);
  } catch (error) {
    const { signal } = environment;
    throw sendFailure(error, { stage: "echo", stream: context.stream, signal });
  }
  const { response: { status }, leftover } = await receiveResponse(context, { messageId, began });
  const elapsedMs = environment.clock.now() - began;
  const comment = status === 0 ? "" : commentIn(leftover);
  return { messageId, status, elapsedMs, ...(comment === "" ? {} : { comment }) };
}

/** Error Comment (PS3.7 C.4): at most 64 characters of text. */
const ERROR_COMMENT = 0x0902;
const LONGEST_COMMENT = 64;

function commentIn(elements: readonly CommandElement[]): string {
  const found = elements.find(({ group, element }) => group === 0 && element === ERROR_COMMENT);
  const bytes = found?.value.subarray(0, LONGEST_COMMENT) ?? new Uint8Array(0);
  return trimEndOf(beforeNul(byteStringOf(bytes)), " ");
}

function requestFragments(context: EchoContext, messageId: number): readonly (readonly Pdv[])[] {
  const { answer } = context.negotiated;
  const contextId = contextFor(context);
  const command = encodeCommandSet({
    type: "C-ECHO-RQ",
    affectedSopClassUid: VERIFICATION_SOP_CLASS,
    messageId,
  });
  context.environment.trace({
    type: "sending-command",
    contextId,
    lengthBytes: command.length,
    elements: decodeCommandSet(command).elements,
  });
  try {
    return fragmentCommand(command, { maximumLength: peerMaximumLength(answer), contextId });
  } catch (error) {
    throw dimseFailure(error);
  }
}

/** The context to use; an accepted one may still be unusable, which the reference finds out only now. */
function contextFor({ request, negotiated }: EchoContext): number {
  const usable = usableContext(request, negotiated.answer);
  switch (usable.type) {
    case "usable":
      if (TRANSFER_SYNTAXES.some(({ uid }) => uid === usable.transferSyntax)) return usable.id;
      throw new ProtocolViolation("echo", { kind: "transfer-syntax", uid: usable.transferSyntax });
    case "contradicted":
      throw new ProtocolViolation("echo", { kind: "context-contradicted", id: usable.id });
    case "not-proposed":
      throw new ProtocolViolation("echo", {
        kind: "context-not-proposed",
        abstractSyntax: VERIFICATION_SOP_CLASS,
      });
    case "none-accepted":
      throw new Bug("an echo without an accepted context");
  }
}

async function receiveResponse(
  context: EchoContext,
  sent: { readonly messageId: number; readonly began: number },
): Promise<ParsedCEchoRsp> {
  const { environment } = context;
  const { messageId } = sent;
  try {
    environment.trace({ type: "receiving-command" });
    const { bytes, isCut, contextId, pdvs } = await receiveCommand(context);
    const set = decodeCommandSet(bytes, { isCut });
    const { elements } = set;
    environment.trace({
      type: "command-received",
      contextId,
      pdvs,
      lengthBytes: bytes.length,
      elements,
    });
    const parsed = parseCEchoRsp(set, { expectedMessageId: messageId });
    const { response, leftover, warnings } = parsed;
    report(context, warnings);
    environment.trace({
      type: "echo-received",
      messageId,
      status: response.status,
      elapsedMs: environment.clock.now() - sent.began,
      details: leftover,
    });
    return parsed;
  } catch (error) {
    if (error instanceof DimseError) reportDefect(context, error);
    throw dimseFailure(error);
  }
}

async function receiveCommand(context: EchoContext): Promise<AssembledCommand> {
  const { negotiated: { assembler }, environment, stream, check } = context;
  const limits = dimseLimits(check, environment.clock.now());
  for (;;) {
    const command = assembler.next();
    if (command !== undefined) return command;
    const indication = await receive(context, { stage: "echo", limits });
    if (indication.type === "data") {
      assembler.add(indication.pdvs);
      continue;
    }
    throw failureOf(indication, {
      stage: "echo",
      timer: check.dimseTimeoutSeconds === undefined ? "socket" : "dimse",
      stream,
      signal: environment.signal,
      fragments: assembler.fragments,
    });
  }
}

function report(context: EchoContext, warnings: readonly DimseWarning[]): void {
  for (const warning of warnings) context.environment.trace({ type: "command-warning", warning });
}

/** The reference words some defects before it gives them back as a condition. */
function reportDefect(context: EchoContext, { defect, warnings, laterWarnings }: DimseError): void {
  report(context, warnings);
  const { environment, check, negotiated } = context;
  const { callingAeTitle } = negotiated.answer;
  const { calledAeTitle } = check;
  environment.trace({ type: "command-defect", defect, callingAeTitle, calledAeTitle });
  report(context, laterWarnings);
}

/** Wraps a `DimseError`; gives everything else back as it is. */
function dimseFailure(error: unknown): unknown {
  if (!(error instanceof DimseError)) return error;
  return new ProtocolViolation("echo", { kind: "dimse", defect: error.defect }, error);
}
