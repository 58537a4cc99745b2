/** The line with which each connection of the answering side ends. */

import { rejectionReason } from "../common/pdu_codes.ts";
import { unreachable } from "../errors.ts";
import type { AssociateRj, AssociateRq } from "../pdu/types.ts";
import type {
  ConnectionEnd,
  ConnectionRecord,
  ForeignCaller,
  RequestFinding,
  ScpViolation,
} from "../scp/mod.ts";
import { LOGGERS, type LogMessage } from "./lines.ts";
import { tlsEndText } from "./scp_tls_words.ts";
import { callerOf, counted, placeOf } from "./scp_words.ts";
import type { LogLevel } from "./types.ts";

/** Who asked, what was answered, how it ended. */
export function endMessage(record: ConnectionRecord): LogMessage {
  return { logger: LOGGERS.app, level: gravity(record), text: () => endLine(record) };
}

function endLine(record: ConnectionRecord): string {
  const { connection, request } = record;
  const from = `from ${placeOf(connection.remote)}`;
  const subject = request === undefined
    ? `Connection ${from}`
    : `Association of ${callerOf(request)} ${from}`;
  return `${subject}: ${[...served(record), endText(record)].join(", ")}`;
}

function served({ answer, findings, echoes, refusals }: ConnectionRecord): readonly string[] {
  if (answer === undefined) return [];
  const accepted = answer.presentationContexts.some(({ result }) => result === "acceptance");
  const odd = findings.filter((finding) => !accepted || isWrong(finding)).map(findingText);
  const why = odd.length === 0 ? "" : ` (${odd.join(", ")})`;
  if (!accepted) return [`no presentation context accepted${why}`];
  const asked = `${counted(echoes, "echo")} answered${why}`;
  return refusals === 0 ? [asked] : [asked, `${counted(refusals, "operation")} refused`];
}

/** Whether the standard forbids what is odd, so that other peers may refuse it. */
function isWrong({ kind }: RequestFinding): boolean {
  return kind === "even-context-id" || kind === "doubled-context-id";
}

function gravity({ end, request, refusals, findings }: ConnectionRecord): LogLevel {
  switch (end.type) {
    case "released":
    case "peer-aborted":
      return refusals === 0 && !findings.some(isWrong) ? "info" : "warn";
    case "dismissed":
      return end.why === "stopping" ? "info" : "warn";
    case "lost":
      /* Who connects and asks nothing is a monitor that looks whether the port is open. */
      return request === undefined && end.within === "idle" ? "info" : "warn";
    case "bug":
      return "error";
    case "as-asked":
      return "info";
    case "rejected":
    case "timed-out":
    case "violation":
    case "not-sent":
    case "tls":
      return "warn";
    default:
      return unreachable(end);
  }
}

function endText({ end, request }: ConnectionRecord): string {
  switch (end.type) {
    case "released":
      return "released";
    case "rejected":
      return `rejected${end.why === "asked" ? " as asked" : ""}, ${rejectionText(end.answer)}`;
    case "as-asked":
      return `${end.what} as asked`;
    case "peer-aborted":
      return `aborted by the peer (source ${end.source}, reason ${end.reason})`;
    case "lost":
      return lostText(end, request);
    case "timed-out":
      return timedOutText(end);
    case "violation":
      return `${violationText(end.violation)}; aborted`;
    case "not-sent":
      return `${end.pdu} not sent, ${NOT_SENT_TEXTS[end.how]}`;
    case "tls":
      return tlsEndText(end.problem);
    case "dismissed":
      return end.why === "stopping" ? "ended because we stop" : "closed to make room for others";
    case "bug":
      return `${String(end.error)}; closed`;
    default:
      return unreachable(end);
  }
}

const NOT_SENT_TEXTS = {
  "timed-out": "the peer takes nothing",
  "failed": "the connection is broken",
} as const;

/** Why we rejected, with the three codes (PS3.8 9.3.4). */
function rejectionText({ result, source, reason }: AssociateRj): string {
  const codes = `${result}/${source}/${reason}`;
  const words = codes === "1/1/1" ? NO_CONTEXT : rejectionReason({ source, reason });
  return `${words} (${codes})`;
}

/** The one reason for which we give none: the standard has no code for it. */
const NO_CONTEXT = "no presentation context proposed";

const WHERE = { idle: "", header: " inside a PDU header", body: " inside a PDU" } as const;

function lostText(
  end: Extract<ConnectionEnd, { type: "lost" }>,
  request: AssociateRq | undefined,
): string {
  const lost = end.how === "reset" ? "reset by the peer" : "closed by the peer";
  if (end.caller !== undefined) return `${callerText(end.caller)}; ${lost}`;
  if (end.within !== "idle") return `${lost}${WHERE[end.within]}`;
  return request === undefined ? `${lost} without a request` : `${lost} without a release`;
}

function timedOutText(
  { awaited, seconds, caller }: Extract<ConnectionEnd, { type: "timed-out" }>,
): string {
  const limit = `within ${counted(seconds, "second")}`;
  switch (awaited) {
    case "request":
      return `${
        caller === undefined ? "" : `${callerText(caller)}; `
      }no complete association request ${limit}`;
    case "message":
      return `no message ${limit}; aborted`;
    case "rest":
      return `message not complete ${limit}; aborted`;
    default:
      return unreachable(awaited);
  }
}

function violationText(violation: ScpViolation): string {
  switch (violation.kind) {
    case "foreign":
      return callerText(violation.caller);
    case "pdu":
    case "dimse":
      return violation.message;
    case "unexpected-pdu": {
      const type = violation.header.typeCode.toString(16).toUpperCase().padStart(2, "0");
      return `PDU of type ${type}H may not come now`;
    }
    case "data-set":
      return `more than ${violation.maximum} bytes of data sets`;
    default:
      return unreachable(violation);
  }
}

function callerText(caller: ForeignCaller): string {
  return caller === "port scanner" ? "a port scanner" : `${caller}, not DICOM`;
}

/** What is odd about a request, in a few words. */
function findingText(finding: RequestFinding): string {
  switch (finding.kind) {
    case "even-context-id":
      return `even context ID ${finding.ids.join(", ")}`;
    case "doubled-context-id":
      return `context ID ${finding.ids.join(", ")} more than once`;
    case "scp-role-only":
      return "offers the SCP role only";
    case "no-verification":
      return "Verification not proposed";
    case "no-uncompressed-syntax":
      return "no uncompressed transfer syntax";
    case "identity-answer-wanted":
      return "wants its user identity answered";
    default:
      return unreachable(finding);
  }
}
