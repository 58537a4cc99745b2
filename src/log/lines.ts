/**
 * The reference's log lines: every event of a check becomes at most a few messages, with logger and level.
 *
 * This room alone holds these texts. They are interface: scripts look for them, so they stay exact. Whatever a peer
 * sent is printed with its control characters made visible.
 */

import { type Names, userIdentityTypeText } from "../dicom/mod.ts";
import { unreachable } from "../errors.ts";
import type { CheckEvent } from "../check/mod.ts";
import type { MaxSendPdvWarning } from "../dimse/mod.ts";
import type { PduWarning } from "../pdu/mod.ts";
import type { LogLevel } from "./types.ts";
import { conditionOf, inEcho } from "./conditions.ts";
import { rejectionLines } from "./rejection.ts";
import { commandDefect, commandWarning, echoReceived, statusDetail } from "./command_lines.ts";
import { LOGGERS, type LogMessage, messageTo } from "./message.ts";
import { socketLimits, socketVariables } from "./socket_lines.ts";
import { hexDump, parametersDump } from "./dump.ts";

export { LOGGERS, type LogMessage } from "./message.ts";

/** Makes the messages of one kind of event. */
type Texts = {
  readonly [T in CheckEvent["type"]]: (
    event: Extract<CheckEvent, { type: T }>,
    names: Names,
  ) => readonly LogMessage[];
};

const TEXTS: Texts = {
  "maximum-length-odd": ({ asked, used }) => [
    net("warn", `ASSOC: PDV receive length ${asked} is odd (using ${used})`),
  ],
  // The reference has no such limit, and no words for it.
  "overdue": () => [app("fatal", "Not finished in time")],
  "request-parameters": (
    { view },
    names,
  ) => [app("debug", () => parametersDump(view, { kind: "RQ", names: names.uids }))],
  "requesting-association": () => [app("info", "Requesting Association")],
  "connected": ({ check }) => socketLimits(check),
  "socket-variables": ({ variables }) => socketVariables(variables),
  "securing": () => [],
  "securing-again": () => [],
  "secured": () => [],
  "constructing-request": () => [net("debug", "Constructing Associate RQ PDU")],
  "association-negotiated": (
    { view },
    names,
  ) => [app("debug", () => parametersDump(view, { kind: "AC", names: names.uids }))],
  "max-send-pdv-warning": ({ warning }) => [net("warn", maxSendPdvText(warning))],
  "association-accepted": ({ maxSendPdv }) => [
    app("info", `Association Accepted (Max Send PDV: ${maxSendPdv})`),
  ],
  "user-identity-taken": (event) => [app("info", userIdentityText(event))],
  "sending-echo": ({ messageId }) => [app("info", `Sending Echo Request (MsgID ${messageId})`)],
  "sending-command": () => [],
  "receiving-command": () => [],
  "command-received": () => [],
  "reading-command": () => [
    data("debug", `DcmDataset::read() TransferSyntax="Little Endian Implicit"`),
  ],
  "command-warning": ({ warning }, names) => commandWarning(warning, names),
  "command-defect": (event, names) => commandDefect(event, names),
  "echo-received": (event, names) => echoReceived(event, names),
  "echo-failed": ({ error, details }, names) => [
    app("error", `Echo Failed: ${inEcho(error)}`),
    ...statusDetail(details, names),
  ],
  "peer-aborted": () => [app("info", "Peer Aborted Association")],
  "peer-requested-release": () => [
    app("fatal", "Protocol Error: Peer requested release (Aborting)"),
  ],
  "echo-scu-failed": ({ error }) => [app("error", `Echo SCU Failed: ${inEcho(error)}`)],
  "releasing-association": () => [app("info", "Releasing Association")],
  "aborting-association": () => [app("info", "Aborting Association")],
  "association-request-failed": ({ error }) => requestFailed(error),
  "association-release-failed": ({ error }) => [
    app("fatal", `Association Release Failed: ${conditionOf(error)}`),
  ],
  "association-abort-failed": ({ error }) => [
    app("fatal", `Association Abort Failed: ${conditionOf(error)}`),
  ],
  "transition": () => [],
  "pdu-header": () => [],
  "pdu-received": ({ header, bytes }) =>
    header.typeCode === A_ASSOCIATE_AC ? answerLines(bytes) : [],
  "pdu-warning": ({ warning }) => [net("warn", pduWarningText(warning))],
  "pdu-sent": () => [],
};

const A_ASSOCIATE_AC = 0x02;

/** The messages for `event`, in order; none for events that only other readers care about. */
export function messagesOf(event: CheckEvent, names: Names): readonly LogMessage[] {
  const texts = TEXTS[event.type] as (event: CheckEvent, names: Names) => readonly LogMessage[];
  return texts(event, names);
}

/** Fixed fields of an A-ASSOCIATE-AC: what is shorter, or of another version, the reference does not parse. */
const FIXED_FIELDS = 68;

function answerLines(bytes: Uint8Array): readonly LogMessage[] {
  const dump = net("debug", () => hexDump(bytes));
  const isParsed = bytes.length >= 6 + FIXED_FIELDS && (bytes[7] ?? 0) % 2 === 1;
  return isParsed ? [dump, net("debug", "Parsing an A-ASSOCIATE PDU")] : [dump];
}

function app(level: LogLevel, text: string | (() => string)): LogMessage {
  return messageTo(LOGGERS.app, { level, text });
}

function net(level: LogLevel, text: string | (() => string)): LogMessage {
  return messageTo(LOGGERS.net, { level, text });
}

function data(level: LogLevel, text: string | (() => string)): LogMessage {
  return messageTo(LOGGERS.data, { level, text });
}

function pduWarningText(warning: PduWarning): string {
  switch (warning.kind) {
    case "maximum-length-size":
      return `Invalid length (${warning.length}) for maximum length item, must be 4`;
    case "role-uid-too-long":
      return `Provided role SOP Class UID length ${warning.length} is larger than maximum allowed ` +
        `UID length ${warning.maximum} (will use ${warning.maximum} bytes max)`;
    default:
      return unreachable(warning);
  }
}

/** The reference sends no user identity, and has no words for one. */
function userIdentityText(
  { userIdentityType, positiveResponseRequested, answerBytes }: Extract<
    CheckEvent,
    { type: "user-identity-taken" }
  >,
): string {
  const answer = answerBytes !== undefined
    ? `the peer confirmed it (${answerBytes} bytes of answer)`
    : positiveResponseRequested
    ? "the peer gave no answer, though one was asked for: it may not have looked at it"
    : "no answer was asked for";
  return `User identity of ${userIdentityTypeText(userIdentityType)} sent, ${answer}`;
}

function maxSendPdvText(warning: MaxSendPdvWarning): string {
  switch (warning.kind) {
    case "odd":
      return `ASSOC: PDV send length ${warning.length} is odd (using ${warning.used})`;
    case "default":
      return `ASSOC: PDV send length ${warning.length} (using default)`;
    case "small":
      return "ASSOC: PDV send length too small, using DUL to split larger PDVs.";
    default:
      return unreachable(warning);
  }
}

function requestFailed(error: Parameters<typeof conditionOf>[0]): readonly LogMessage[] {
  return [
    ...complaints(error).map((text) => net("error", text)),
    app("fatal", requestFailure(error)),
  ];
}

/** What the reference's library says by itself, before the program words the failure. */
function complaints(error: Parameters<typeof conditionOf>[0]): readonly string[] {
  switch (error.name) {
    case "AssociationRejected":
      return rejectionLines(error.codes).errors;
    case "InvalidParameter":
      return error.parameter === "peer" ? [] : [conditionOf(error).replace(/^\S+ /, "")];
    case "ProtocolViolation": {
      if (error.violation.kind !== "pdu") return [];
      const { defect } = error.violation;
      return defect.kind === "too-long" && defect.typeCode === A_ASSOCIATE_AC
        ? [`A-ASSOCIATE PDU too large: ${defect.length} bytes, refusing.`]
        : [];
    }
    default:
      return [];
  }
}

function requestFailure(error: Parameters<typeof conditionOf>[0]): string {
  if (error.name === "AssociationRejected") return rejectionLines(error.codes).text;
  const isUnexpected = error.name === "ProtocolViolation" &&
    error.violation.kind === "unexpected-pdu";
  return error.name === "NoAcceptedContext" || isUnexpected
    ? "No Acceptable Presentation Contexts"
    : `Association Request Failed: ${conditionOf(error)}`;
}
