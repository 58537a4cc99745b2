/**
 * The reference's condition texts: module and code in hex, then words; nested conditions one per line.
 *
 * The texts are interface and stay exact, misleading ones too; what really happened is reported by the hints.
 */

import { Bug, unreachable } from "../errors.ts";
import type { CheckFailure, ConnectionLost, TimedOut, Violation } from "../check/mod.ts";
import { defectCondition, LOST, NETWORK_CLOSED } from "./pdu_conditions.ts";
import {
  DIMSE_FRAMES,
  dimseCondition,
  FAILED_TO_RECEIVE,
  FAILED_TO_SEND,
} from "./dimse_conditions.ts";
import { shown } from "./dump.ts";

const BAD_CONTEXT = "0006:0101 ASC Bad presentation context ID";
const READ_TIMEOUT = "0006:031a DUL network read timeout";

/** The condition of `error` outside the echo, without the words that are in front of it. */
export function conditionOf(error: CheckFailure): string {
  switch (error.name) {
    case "InvalidParameter":
      return `0006:030c Illegal service parameter: ${PARAMETERS[error.parameter] ?? error.value}`;
    case "DialFailed":
      return dialCondition(error);
    case "TlsFailed":
      return `000b:0008 TLS error: ${error.message}`;
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
    case "reset":
      return LOST;
    case "timed-out":
      return `0006:031c TCP Initialization Error: ${systemText} (Timeout)`;
    case "refused":
    case "host-unreachable":
    case "host-unreachable-macos":
    case "network-unreachable":
    case "source-address":
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

/** The condition of `error` when it ended an echo: what failed to be sent or received is in front. */
export function inEcho(error: CheckFailure): string {
  switch (error.name) {
    case "SendFailed":
      return error.details.pdu === "A-ABORT"
        ? notRead(conditionOf(error))
        : FAILED_TO_SEND + conditionOf(error);
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
