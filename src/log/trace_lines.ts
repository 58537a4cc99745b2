/**
 * The lines at trace level, in the reference's wording: what is true of this program as well.
 *
 * That is the state machine step by step, headers and items of PDUs, commands on their way, and what the environment
 * says about sockets. What the reference's own libraries tell about themselves has no counterpart here (difference
 * D59). Loaded only when some logger lets trace events pass.
 */

import type { TransitionCell } from "../association/mod.ts";
import type { CheckEvent, SocketVariables, TracedCommand } from "../check/mod.ts";
import type { Names } from "../dicom/mod.ts";
import { commandDump, unsentDump } from "./command_dump.ts";
import { messagesOf } from "./lines.ts";
import { LOGGERS, type LogMessage, messageTo } from "./message.ts";
import { bufferLengthLines, noDelayLines } from "./socket_lines.ts";
import { ACTION_TEXTS, EVENT_TEXTS } from "./trace_texts.ts";
import { answerParsing } from "./trace_answer.ts";

/** The messages for `event` at all levels, in order: those of `words` (by default `messagesOf()`) with those at trace level among them. */
export function traceMessagesOf(
  event: CheckEvent,
  names: Names,
  { words = messagesOf }: { readonly words?: typeof messagesOf } = {},
): readonly LogMessage[] {
  const messages = words(event, names);
  switch (event.type) {
    case "requesting-association":
      return [...messages, cellMessage({ state: "Sta1", event: "Evt1", action: "AE-1" })];
    case "association-request-failed":
      return BEFORE_CONNECTION.includes(event.error.stage)
        ? [cellMessage({ state: "Sta4", event: "Evt17", action: "AA-4" }), ...messages]
        : messages;
    case "socket-variables":
      return variableMessages(event.variables);
    case "constructing-request":
      return [
        cellMessage({ state: "Sta4", event: "Evt2", action: "AE-2" }),
        ...messages,
        net(
          `setting timeout for first PDU to be read to ${event.check.acseTimeoutSeconds} seconds`,
        ),
      ];
    case "sending-command":
      return sendingMessages(event, names);
    case "receiving-command":
      return [net("DIMSE receiveCommand")];
    case "command-received":
      return receivedMessages(event, names);
    case "pdu-received":
      // The reference reports of the items only where it comes to parse them.
      return messages.length < 2 ? messages : [...messages, ...answerParsing(event.bytes).map(net)];
    default:
      return upperLayerTraceOf(event) ?? messages;
  }
}

/** Stages in which a failure means that there is no connection. */
const BEFORE_CONNECTION: readonly string[] = ["resolve", "connect", "tls"];

/** The messages for steps and headers, the same on both sides of an association; `undefined` for other events. */
export function upperLayerTraceOf(event: CheckEvent): readonly LogMessage[] | undefined {
  switch (event.type) {
    case "transition":
      return TOLD_BEFORE.includes(event.event) ? [] : [cellMessage(event)];
    case "pdu-header":
      return headerMessages(event);
    default:
      return undefined;
  }
}

/** Events whose step is reported earlier, where the reference reports it: with the request, or with the header of a PDU. */
const TOLD_BEFORE: readonly TransitionCell["event"][] = [
  "Evt1",
  "Evt2",
  "Evt3",
  "Evt4",
  "Evt6",
  "Evt10",
  "Evt12",
  "Evt13",
  "Evt16",
];

/** One step of the state machine. The reference counts events from 0, PS3.8 from 1. */
function cellMessage({ state, event, action }: TransitionCell): LogMessage {
  return net(() =>
    [
      `DUL  FSM Table: State: ${state.slice(3)} Event: ${Number(event.slice(3)) - 1}`,
      `DUL  Event:  ${EVENT_TEXTS[event]}`,
      `DUL  Action: ${action.replace("-", " ")} ${ACTION_TEXTS[action]}`,
    ].join("\n")
  );
}

/** Types of PDUs; others are not told apart (PS3.8 9.3.1). */
const LAST_TYPE = 0x07;

function headerMessages(event: Extract<CheckEvent, { type: "pdu-header" }>): readonly LogMessage[] {
  const { bytes, header: { typeCode, length }, cell } = event;
  const messages = [net(() => `Read PDU HEAD TCP: ${Array.from(bytes, hex).join(" ")}`)];
  if (typeCode >= 1 && typeCode <= LAST_TYPE) {
    const text = `Read PDU HEAD TCP: type: ${hex(typeCode)}, length: ${length} (${hex(length)})`;
    messages.push(net(text));
  }
  if (cell !== undefined) messages.push(cellMessage(cell));
  return messages;
}

function hex(value: number): string {
  return value.toString(16).padStart(2, "0");
}

function variableMessages({ bufferLength, noDelay }: SocketVariables): readonly LogMessage[] {
  const unset = (name: string, rest: string) =>
    net(`  environment variable ${name} not set, ${rest}`);
  return [
    net("checking whether environment variable TCP_BUFFER_LENGTH is set"),
    ...bufferLength === undefined
      ? [unset("TCP_BUFFER_LENGTH", "using the system defaults")]
      : bufferLengthLines(bufferLength),
    net("checking whether environment variable TCP_NODELAY is set"),
    ...noDelay === undefined
      ? [unset("TCP_NODELAY", "using the default value (0)")]
      : noDelayLines(noDelay),
  ];
}

function sendingMessages(command: TracedCommand, names: Names): readonly LogMessage[] {
  const { contextId, elements, lengthBytes } = command;
  return [
    net(`DIMSE Command to be sent on Presentation Context ID: ${contextId}`),
    net(() => `DIMSE Command to send:\n${unsentDump(elements, names)}`),
    net(`DIMSE sendDcmDataset: sending ${lengthBytes} bytes`),
  ];
}

function receivedMessages(
  command: Extract<CheckEvent, { type: "command-received" }>,
  names: Names,
): readonly LogMessage[] {
  const { contextId, elements, lengthBytes, pdvs } = command;
  return [
    net(`DIMSE receiveCommand: ${pdvs} PDVs (${lengthBytes} bytes), PresID=${contextId}`),
    net(() => `DIMSE Command Received:\n${commandDump(elements, names)}`),
  ];
}

function net(text: string | (() => string)): LogMessage {
  return messageTo(LOGGERS.net, { level: "trace", text });
}
