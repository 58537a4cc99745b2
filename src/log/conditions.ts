/**
 * The reference's condition texts: module and code in hex, then words; nested conditions one per line.
 *
 * The texts are interface and stay exact, misleading ones too; what really happened is told by the hints.
 */

import { Bug, unreachable } from "../errors.ts";
import type { CheckFailure, ConnectionLost, TimedOut, Violation } from "../check/errors.ts";
import type { DimseDefect } from "../dimse/mod.ts";
import type { PduDefect } from "../pdu/types.ts";
import { tagText } from "./command_dump.ts";
import { shown } from "./dump.ts";

const LOST = "0006:0317 Peer aborted Association (or never connected)";
const NETWORK_CLOSED = "0006:0310 DUL network closed";
const BAD_CONTEXT = "0006:0101 ASC Bad presentation context ID";
const READ_TIMEOUT = "0006:031a DUL network read timeout";

/** The condition of `error` outside the echo, without the words that stand in front of it. */
export function conditionOf(error: CheckFailure): string {
  switch (error.name) {
    case "InvalidParameter":
      return `0006:030c Illegal service parameter: ${PARAMETERS[error.parameter] ?? error.value}`;
    case "DialFailed":
      return dialCondition(error);
    case "PeerAborted":
      return LOST;
    case "ConnectionLost":
      return lostCondition(error);
    case "TimedOut":
      return timedOutCondition(error);
    case "SendFailed":
      return sendCondition(error);
    case "ProtocolViolation":
      return violationCondition(error.violation);
    case "AssociationRejected":
      return "0006:0301 DUL Association Rejected";
    case "NoAcceptedContext":
    case "EchoFailed":
    case "Interrupted":
      throw new Bug(`${error.name} has no condition`);
    default:
      return unreachable(error);
  }
}

const PARAMETERS: Readonly<Record<string, string>> = {
  "called AE title": "Called AP Title",
  "calling AE title": "Calling AP Title",
};

function dialCondition(error: Extract<CheckFailure, { name: "DialFailed" }>): string {
  const { host, systemText } = error.details;
  switch (error.reason) {
    case "unknown-host":
    case "lookup-failed":
    case "invalid-host":
      return `0006:0320 Attempt to connect to unknown host: ${host}`;
    case "timed-out":
      return `0006:031c TCP Initialization Error: ${systemText} (Timeout)`;
    case "refused":
    case "host-unreachable":
    case "network-unreachable":
    case "not-permitted":
    case "timed-out-by-system":
    case "no-descriptors":
    case "not-allowed":
    case "other":
      return `0006:031c TCP Initialization Error: ${systemText}`;
    default:
      return unreachable(error.reason);
  }
}

function lostCondition(error: ConnectionLost): string {
  return error.details.within === "body" ? NETWORK_CLOSED : LOST;
}

function timedOutCondition(error: TimedOut): string {
  const { timer, within } = error.details;
  if (within === "body") return NETWORK_CLOSED;
  if (timer === "acse" || (timer === "dimse" && within === "header")) return READ_TIMEOUT;
  return LOST;
}

const ROUTINES: Readonly<Record<string, string>> = {
  "A-ASSOCIATE-RQ": "sendAssociationRQTCP",
  "P-DATA-TF": "writeDataPDU",
  "A-RELEASE-RQ": "sendReleaseRQTCP",
  "A-ABORT": "sendAbortTCP",
};

function sendCondition(error: Extract<CheckFailure, { name: "SendFailed" }>): string {
  const { pdu, systemText } = error.details;
  return `0006:031d TCP I/O Error (${systemText}) occurred in routine: ${ROUTINES[pdu] ?? pdu}`;
}

function violationCondition(violation: Violation): string {
  switch (violation.kind) {
    case "pdu":
      return defectCondition(violation.defect);
    case "unexpected-pdu":
      return "0000:0000 Normal";
    case "release-requested":
      return "0006:0319 DUL Peer Requested Release";
    case "late-data":
      return "0006:0316 DUL P-Data PDU arrived";
    case "dimse":
      return dimseCondition(violation.defect);
    case "context-contradicted":
      return BAD_CONTEXT;
    case "context-not-proposed":
      return `0006:0208 DIMSE: No Presentation Context for: ${violation.abstractSyntax}`;
    case "transfer-syntax":
      return `0006:0212 DIMSE Unsupported transfer syntax: ${shown(violation.uid)}`;
    case "already-aborted":
      return "0006:0303 DUL Finite State Machine Error: No action defined, state 13 event 14";
    default:
      return unreachable(violation);
  }
}

function defectCondition(defect: PduDefect): string {
  const illegal = "0006:0307 DUL Illegal or ill-formed PDU\n";
  switch (defect.kind) {
    case "ill-formed":
      return `${illegal}0006:0308 DUL Illegal ${illFormed(defect)}`;
    case "subitem-too-long":
      return `${illegal}0006:0308 DUL illegal subitem length ${defect.length}. ` +
        `Maximum allowed size is ${defect.maximum}.`;
    case "user-identity-too-short":
      return `${illegal}0006:0308 DUL illegal user identify ac length ${defect.length}. ` +
        `Need at least ${defect.minimum} bytes for user identify ac`;
    case "user-identity-mismatch":
      return `${illegal}0006:0308 DUL illegal user identify ac length ${defect.length}. ` +
        `Info claims to be ${signed16(defect.info)} bytes. ` +
        `Response claims to be ${signed16(defect.response)} bytes.`;
    case "protocol-version":
      return `${illegal}0006:0322 DUL Unsupported peer protocol ${hex4(defect.version)}; ` +
        "expected 0001 in parseAssociate";
    case "transfer-syntax-count":
      return "0006:0318 DUL Peer supplied illegal number of transfer syntaxes " +
        `(${defect.count})`;
    default:
      return framingCondition(defect);
  }
}

type FramingDefect = Extract<
  PduDefect,
  {
    kind:
      | "unrecognized-type"
      | "too-long"
      | "too-many-items"
      | "no-pdv"
      | "pdv-length"
      | "pdv-sum"
      | "truncated";
  }
>;

function framingCondition(defect: FramingDefect): string {
  switch (defect.kind) {
    case "unrecognized-type":
      return `0006:0321 Unrecognized PDU type: ${defect.typeCode.toString(16).padStart(2, " ")}`;
    case "too-long":
      return tooLong(defect);
    case "too-many-items":
      return `0006:0437 A-ASSOCIATE PDU too large: more than ${defect.maximum} items`;
    case "no-pdv":
      return "0006:0307 PDU without any PDVs encountered. In DT_2_IndicatePData.  " +
        "This probably indicates a  malformed P DATA PDU.";
    case "pdv-length":
      return `0006:0308 PDV with invalid length ${defect.length} encountered. ` +
        "This probably indicates a malformed P DATA PDU.";
    case "pdv-sum":
      return `0006:0307 PDV lengths don't add up correctly: ${defect.pdvs} PDVs. ` +
        "This probably indicates a malformed P-DATA PDU. PDU type is 04.";
    case "truncated":
      return defect.within === "body" ? NETWORK_CLOSED : LOST;
    default:
      return unreachable(defect);
  }
}

function tooLong(defect: Extract<PduDefect, { kind: "too-long" }>): string {
  switch (defect.typeCode) {
    case 0x01:
    case 0x02:
      return "0006:0437 A-ASSOCIATE PDU too large";
    case 0x04:
      return `0006:0308 DUL Illegal PDU Length ${defect.length}.  Max expected ${defect.maximum}`;
    default:
      return "0006:0308 DUL Illegal PDU Length";
  }
}

function illFormed(defect: Extract<PduDefect, { kind: "ill-formed" }>): string {
  let text = `${defect.item}. Got ${defect.got} bytes of data`;
  if (defect.length !== undefined && defect.length !== 0) {
    text += ` with a length field of ${defect.length} ` +
      "(data before length field is not included in length field)";
  }
  text += ".";
  if (defect.minimum !== undefined && defect.minimum !== 0) {
    text += ` The minimum allowed size is ${defect.minimum}.`;
  }
  return text;
}

const FAILED_TO_RECEIVE = "0006:020d DIMSE Failed to receive message\n";

/** The condition of `error` when it ended an echo: what failed to be sent or received stands in front. */
export function inEcho(error: CheckFailure): string {
  switch (error.name) {
    case "SendFailed":
      return FAILED_TO_SEND + conditionOf(error);
    case "ConnectionLost":
      return error.details.within === "body" ? notRead(conditionOf(error)) : LOST;
    case "TimedOut":
      return timedOutInEcho(error);
    case "ProtocolViolation":
      return violationInEcho(error.violation);
    default:
      return conditionOf(error);
  }
}

function notRead(condition: string): string {
  return `${FAILED_TO_RECEIVE}0006:020c DIMSE Read PDV failed\n${condition}`;
}

function timedOutInEcho(error: TimedOut): string {
  const { timer, within } = error.details;
  if (timer === "dimse" && within === "idle") {
    return "0006:0207 DIMSE No data available (timeout in non-blocking mode)";
  }
  if (timer === "socket" && within !== "body") return LOST;
  return notRead(conditionOf(error));
}

function violationInEcho(violation: Violation): string {
  const condition = violationCondition(violation);
  switch (violation.kind) {
    case "pdu":
    case "unexpected-pdu":
      return notRead(condition);
    case "transfer-syntax":
      return FAILED_TO_RECEIVE + condition;
    case "dimse":
      return DIMSE_FRAMES[violation.defect.kind] + condition;
    default:
      return condition;
  }
}

const FAILED_TO_SEND = "0006:020e DIMSE Failed to send message\n";
const FAILED_TO_READ = "0006:020d DIMSE: receiveCommand: cmdSet->read() Failed\n";

/** What stands in front of each condition of a command. */
const DIMSE_FRAMES: Readonly<Record<DimseDefect["kind"], string>> = {
  "element-too-long": FAILED_TO_READ,
  "undefined-length": FAILED_TO_READ,
  "sequence": FAILED_TO_READ,
  "unexpected-tag": FAILED_TO_READ,
  "missing-command-field": "",
  "unknown-command": "",
  "missing-element": "",
  "data-set-type": "",
  "unexpected-command": "",
  "unexpected-message-id": "",
  "different-contexts": FAILED_TO_RECEIVE,
  "context-not-accepted": FAILED_TO_RECEIVE,
  "command-pdv-expected": FAILED_TO_RECEIVE,
  "command-too-long": FAILED_TO_RECEIVE,
  "maximum-length-too-small": FAILED_TO_SEND,
};

function dimseCondition(defect: DimseDefect): string {
  switch (defect.kind) {
    case "element-too-long":
      return "0001:0004 Invalid stream";
    case "undefined-length":
    case "sequence":
    case "unexpected-tag":
      return "0001:0006 Corrupted data";
    case "missing-command-field":
      return "0006:020b DIMSE_parseCmdObject: Missing CommandField";
    case "unknown-command":
      return "0006:0201 DIMSE_parseCmdObject: Invalid Command Message: " +
        `0x${defect.commandField.toString(16)}`;
    case "missing-element":
      return "0006:020b DIMSE: Command Parse Failed: Element: " +
        `${tagText(defect)} ${defect.keyword}`;
    case "data-set-type":
      return "0006:0203 DIMSE Badly formed message";
    case "unexpected-command":
      return "0006:0211 DIMSE: Unexpected Response Command Field: " +
        `0x${defect.commandField.toString(16)}`;
    case "unexpected-message-id":
      return `0006:0211 DIMSE: Unexpected Response MsgId: ${defect.messageId} ` +
        `(expected: ${defect.expected})`;
    case "different-contexts":
      return "0006:0206 DIMSE: Different PresIDs inside Command Set: " +
        `${defect.first} != ${defect.other}`;
    case "context-not-accepted":
      return BAD_CONTEXT;
    case "command-pdv-expected":
      return "0006:020f DIMSE: Command PDV Expected";
    case "command-too-long":
      return `0006:0203 DIMSE Badly formed message: longer than ${defect.maximum} bytes`;
    case "maximum-length-too-small":
      return "0006:0308 DUL Cannot send P-DATA PDU because receiver's max PDU size of " +
        `${defect.maximumLength} is illegal (must be > 12)`;
    default:
      return unreachable(defect);
  }
}

/** The lines of an A-ASSOCIATE-RJ: complaints about codes the reference does not know, then the rejection. */
export function rejectionLines(
  codes: { readonly result: number; readonly source: number; readonly reason: number },
): { readonly errors: readonly string[]; readonly text: string } {
  const { result, source, reason } = codes;
  const errors: string[] = [];
  const complain = (field: string, value: number) => {
    errors.push(
      `Received invalid A-ASSOCIATE-RJ reject ${field} 0x${hex4(value)}, using default.`,
    );
  };
  if (RESULTS[result] === undefined) complain("result", result);
  if (SOURCES[source] === undefined) complain("source", source);
  const reasonText = REASONS[`${source}/${reason}`];
  if (reasonText === undefined) complain("reason", source * 0x100 + reason);
  const text = [
    "Association Rejected:",
    `Result: ${RESULTS[result] ?? RESULTS[1]}, Source: ${SOURCES[source] ?? SOURCES[1]}`,
    `Reason: ${reasonText ?? REASONS["1/1"]}`,
  ].join("\n");
  return { errors, text };
}

/** PS3.8 Table 9-21, in the reference's words. */
const RESULTS: Readonly<Record<number, string>> = {
  1: "Rejected Permanent",
  2: "Rejected Transient",
};

const SOURCES: Readonly<Record<number, string>> = {
  1: "Service User",
  2: "Service Provider (ACSE Related)",
  3: "Service Provider (Presentation Related)",
};

const REASONS: Readonly<Record<string, string>> = {
  "1/1": "No Reason",
  "1/2": "App Context Name Not Supported",
  "1/3": "Calling AE Title Not Recognized",
  "1/7": "Called AE Title Not Recognized",
  "2/1": "No Reason",
  "2/2": "Protocol Version Not Supported",
  "3/1": "Temporary Congestion",
  "3/2": "Local Limit Exceeded",
};

function hex4(value: number): string {
  return value.toString(16).padStart(4, "0");
}

function signed16(value: number): number {
  return value > 0x7fff ? value - 0x10000 : value;
}
