/** The words of each class of failures: what it carries, not yet made safe to print. */

import { hex4H } from "../common/hex.ts";
import { COMMAND_DICTIONARY, textOfByteString } from "../dicom/mod.ts";
import { type Stage, unreachable } from "../errors.ts";
import { PDU_TYPES, PduDecodeError } from "../pdu/mod.ts";
import type { Check, CheckFailure, TimedOut, Violation } from "../check/mod.ts";
import type { CommandTag, DimseDefect } from "../dimse/mod.ts";
import type { PduDefect } from "../pdu/mod.ts";
import { firstBytesOf, protocolOf } from "./banner.ts";
import { clauseOf } from "./clauses.ts";
import { brokenTlsDetails, tlsDetails } from "./tls_details.ts";
import type { Words } from "./types.ts";

type Details = Partial<Words>;

/** The options that set the limits of waiting. */
const LIMIT_OPTIONS = {
  acse: "-ta",
  dimse: "-td",
  socket: "-ts",
  deadline: "--peer-deadline",
  wait: "--wait-until-up",
} as const;

/** Reasons of an A-ABORT whose source is the service provider (PS3.8 Table 9-26). */
const ABORT_REASONS: Readonly<Record<number, string>> = {
  0: "reason not specified",
  1: "unrecognized PDU",
  2: "unexpected PDU",
  3: "a reserved reason",
  4: "unrecognized PDU parameter",
  5: "unexpected PDU parameter",
  6: "invalid PDU parameter value",
};

/** What `failure` carries. */
export function detailsOf(failure: CheckFailure, check: Check): Details {
  switch (failure.name) {
    case "InvalidParameter":
    case "NoAcceptedContext":
      return {};
    case "DialFailed":
      return dialDetails(failure.details.systemText, check);
    case "TlsFailed":
      return tlsDetails(failure.problem);
    case "AssociationRejected":
      return codeDetails(failure.codes);
    case "PeerAborted":
      return {
        ...codeDetails(failure.codes),
        reasonText: ABORT_REASONS[failure.codes.reason] ??
          "a reason that the standard does not define",
      };
    case "ConnectionLost":
      return brokenTlsDetails(failure.details.tls);
    case "TimedOut":
      return timeDetails(failure.details);
    case "SendFailed": {
      const { pdu, systemText } = failure.details;
      const limit = { limit: secondsOf(check.socketTimeoutSeconds), limitOption: "-ts" };
      return { pdu, systemText, ...limit, ...brokenTlsDetails(failure.details.tls) };
    }
    case "ProtocolViolation":
      return { ...violationDetails(failure.violation), ...placeDetails(failure.cause) };
    case "EchoFailed": {
      const { status, comment } = failure.details;
      return { status: hex4H(status), comment: textOfByteString(comment ?? "") };
    }
    case "Interrupted":
      return limitAt(failure.stage, check);
    default:
      return unreachable(failure);
  }
}

function timeDetails({ fragments = 0, seconds, timer }: TimedOut["details"]): Details {
  return {
    length: fragments === 1 ? "1 fragment" : `${fragments} fragments`,
    limit: `${seconds} s`,
    limitOption: LIMIT_OPTIONS[timer],
  };
}

/** The limit of the wait that a person cut short. */
function limitAt(stage: Stage, check: Check): Details {
  switch (stage) {
    case "connect":
      return { limit: secondsOf(check.target.connectTimeoutSeconds), limitOption: "-to" };
    case "tls":
      return { limit: secondsOf(check.socketTimeoutSeconds), limitOption: "-ts" };
    case "echo":
      return { limit: secondsOf(check.dimseTimeoutSeconds), limitOption: "-td" };
    default:
      return { limit: secondsOf(check.acseTimeoutSeconds), limitOption: "-ta" };
  }
}

function dialDetails(systemText: string, check: Check): Details {
  const { family, connectTimeoutSeconds } = check.target;
  const limit = { limit: secondsOf(connectTimeoutSeconds), limitOption: "-to" };
  if (family === "any") return { systemText, ...limit };
  const isIpv4 = family === "ipv4";
  const familyWords = { family: isIpv4 ? "IPv4" : "IPv6", familyOption: isIpv4 ? "-i4" : "-i6" };
  return { systemText, ...limit, ...familyWords };
}

function codeDetails(codes: { readonly source: number; readonly reason: number }): Details {
  return { source: `${codes.source}`, reason: `${codes.reason}` };
}

/** Where a decoder found a PDU wrong, and what came instead of one. */
function placeDetails(cause: unknown): Details {
  if (!(cause instanceof PduDecodeError)) return {};
  const { pdu, field, offset, head } = cause;
  const protocol = protocolOf(head);
  return {
    pdu,
    field,
    offset: `${offset}`,
    clause: clauseOf(field),
    firstBytes: firstBytesOf(head),
    ...(protocol === undefined ? {} : { protocol }),
  };
}

function violationDetails(violation: Violation): Details {
  switch (violation.kind) {
    case "pdu":
      return pduDetails(violation.defect);
    case "unexpected-pdu":
      return { pdu: pduName(violation.header.typeCode) };
    case "dimse":
      return dimseDetails(violation.defect);
    case "context-not-proposed":
      return { uid: violation.abstractSyntax };
    case "context-contradicted":
      return { context: `${violation.id}` };
    case "transfer-syntax":
      return { uid: violation.uid };
    case "release-requested":
    case "late-data":
    case "already-aborted":
      return {};
    default:
      return unreachable(violation);
  }
}

function pduName(typeCode: number): string {
  return PDU_TYPES[typeCode as keyof typeof PDU_TYPES] ?? "PDU";
}

function pduDetails(defect: PduDefect): Details {
  switch (defect.kind) {
    case "unrecognized-type":
      return { value: hex2(defect.typeCode) };
    case "too-long":
    case "subitem-too-long":
      return { length: `${defect.length}`, maximum: `${defect.maximum}` };
    case "protocol-version":
      return { value: `${defect.version}` };
    case "transfer-syntax-count":
      return { value: `${defect.count}` };
    case "too-many-items":
      return { maximum: `${defect.maximum}` };
    default:
      return {};
  }
}

function dimseDetails(defect: DimseDefect): Details {
  switch (defect.kind) {
    case "element-too-long":
    case "undefined-length":
    case "sequence":
    case "unexpected-tag":
    case "missing-element":
      return { element: elementText(defect) };
    case "unknown-command":
    case "unexpected-command":
      return { value: hex4H(defect.commandField) };
    case "data-set-type":
      return { value: hex4H(defect.dataSetType) };
    case "unexpected-message-id":
      return { value: `${defect.messageId}`, expected: `${defect.expected}` };
    case "different-contexts":
      return { context: `${defect.first}`, value: `${defect.other}` };
    case "context-not-accepted":
    case "command-pdv-expected":
      return { context: `${defect.contextId}` };
    case "command-too-long":
    case "too-many-fragments":
      return { maximum: `${defect.maximum}` };
    case "maximum-length-too-small":
      return { length: `${defect.maximumLength}` };
    case "missing-command-field":
      return {};
    default:
      return unreachable(defect);
  }
}

function elementText(tag: CommandTag): string {
  const digits = [tag.group, tag.element].map((half) => half.toString(16).padStart(4, "0"));
  const keyword = tag.group === 0 ? COMMAND_DICTIONARY[tag.element]?.keyword : undefined;
  return [...(keyword === undefined ? [] : [keyword]), `(${digits.join(",")})`].join(" ");
}

function secondsOf(seconds: number | undefined): string {
  return seconds === undefined ? "" : `${seconds} s`;
}

function hex2(code: number): string {
  return `${code.toString(16).padStart(2, "0").toUpperCase()}H`;
}
