/**
 * What a command is answered with: a pure function of the command set.
 *
 * PS3.7 9.1.5 gives C-ECHO its statuses: Success, and 0122H for another SOP class than Verification. Every other
 * operation the standard knows gets its own response with 0211H, unrecognized operation (PS3.7 Annex C.5): so a
 * requestor that asks too much learns why and keeps its association. What is not a request, or cannot be read, is
 * thrown as `DimseError` and ends the association.
 */

import {
  type CommandElement,
  COMMANDS,
  type CommandSet,
  DimseError,
  encodeCommandSet,
  parseCEchoRq,
} from "../dimse/mod.ts";
import { VERIFICATION_SOP_CLASS } from "../dicom/mod.ts";

/** What was asked and how it is answered. */
export type Reply =
  /** A C-ECHO-RQ; `hasDataSet`: it announced a data set, which it must not have. */
  | {
    readonly type: "echo";
    readonly messageId: number;
    readonly status: number;
    readonly hasDataSet: boolean;
    readonly response: Uint8Array;
  }
  /** Another operation. */
  | {
    readonly type: "refusal";
    readonly commandField: number;
    readonly messageId: number;
    readonly status: number;
    readonly response: Uint8Array;
  }
  /** C-CANCEL-RQ, which has no response (PS3.7 9.3.2.3). */
  | { readonly type: "cancel" };

const SUCCESS = 0x0000;
const SOP_CLASS_NOT_SUPPORTED = 0x0122;
const UNRECOGNIZED_OPERATION = 0x0211;

const AFFECTED_SOP_CLASS_UID = 0x0002;
const REQUESTED_SOP_CLASS_UID = 0x0003;
const COMMAND_FIELD = 0x0100;
const MESSAGE_ID = 0x0110;
const MESSAGE_ID_BEING_RESPONDED_TO = 0x0120;
const DATA_SET_TYPE = 0x0800;
const STATUS = 0x0900;

const C_ECHO_RQ = 0x0030;
const C_CANCEL_RQ = 0x0fff;

/** Set in the command field of every response (PS3.7 Annex E). */
const RESPONSE_BIT = 0x8000;

/** Data set type of a message without a data set (PS3.7 E.1). */
const NO_DATA_SET = 0x0101;

/** The reply to `command`; `echoStatus` is that of a C-ECHO in place of Success. Throws `DimseError` when there can be none. */
export function replyTo(command: CommandSet, echoStatus?: number): Reply {
  const commandField = numberIn(command, COMMAND_FIELD);
  if (commandField === undefined) throw new DimseError({ kind: "missing-command-field" });
  if (commandField === C_ECHO_RQ) return replyToEcho(command, echoStatus);
  if (!(commandField in COMMANDS)) throw new DimseError({ kind: "unknown-command", commandField });
  if ((commandField & RESPONSE_BIT) !== 0) {
    throw new DimseError({ kind: "unexpected-command", commandField });
  }
  if (commandField === C_CANCEL_RQ) return { type: "cancel" };
  return refuse(command, commandField);
}

/** The data set type is put right before the command is read: a wrong one is not reason not to answer. */
function replyToEcho(command: CommandSet, echoStatus: number | undefined): Reply {
  const elements = command.elements.map((element) =>
    isCommandElement(element, DATA_SET_TYPE) ? unsignedShort(DATA_SET_TYPE, NO_DATA_SET) : element
  );
  const { request } = parseCEchoRq({ elements });
  const { affectedSopClassUid, messageId } = request;
  const isVerification = affectedSopClassUid === VERIFICATION_SOP_CLASS;
  const status = isVerification ? echoStatus ?? SUCCESS : SOP_CLASS_NOT_SUPPORTED;
  return {
    type: "echo",
    messageId,
    status,
    hasDataSet: numberIn(command, DATA_SET_TYPE) !== NO_DATA_SET,
    response: encodeCommandSet({
      type: "C-ECHO-RSP",
      affectedSopClassUid,
      messageIdBeingRespondedTo: messageId,
      status,
    }),
  };
}

function refuse(command: CommandSet, commandField: number): Reply {
  const messageId = numberIn(command, MESSAGE_ID);
  if (messageId === undefined) {
    const tag = { group: 0x0000, element: MESSAGE_ID };
    throw new DimseError({ kind: "missing-element", ...tag, keyword: "MessageID" });
  }
  const status = UNRECOGNIZED_OPERATION;
  const sopClass = valueIn(command, AFFECTED_SOP_CLASS_UID) ??
    valueIn(command, REQUESTED_SOP_CLASS_UID);
  const response = encodeCommandSet({
    elements: [
      ...(sopClass === undefined ? [] : [commandElement(AFFECTED_SOP_CLASS_UID, sopClass)]),
      unsignedShort(COMMAND_FIELD, commandField | RESPONSE_BIT),
      unsignedShort(MESSAGE_ID_BEING_RESPONDED_TO, messageId),
      unsignedShort(DATA_SET_TYPE, NO_DATA_SET),
      unsignedShort(STATUS, status),
    ],
  });
  return { type: "refusal", commandField, messageId, status, response };
}

function isCommandElement(candidate: CommandElement, element: number): boolean {
  return candidate.group === 0x0000 && candidate.element === element;
}

/** The value of an element; of duplicates the first. */
function valueIn(command: CommandSet, element: number): Uint8Array | undefined {
  return command.elements.find((candidate) => isCommandElement(candidate, element))?.value;
}

function numberIn(command: CommandSet, element: number): number | undefined {
  const value = valueIn(command, element);
  if (value === undefined || value.length === 0) return undefined;
  const [low = 0, high = 0] = value;
  return low + 0x100 * high;
}

function commandElement(element: number, value: Uint8Array): CommandElement {
  return { group: 0x0000, element, value };
}

function unsignedShort(element: number, value: number): CommandElement {
  return commandElement(element, Uint8Array.of(value & 0xff, value >> 8));
}
