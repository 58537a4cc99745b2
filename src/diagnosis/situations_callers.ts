// data table
/** Situations in which connections to the answering side end. */

import type { ConnectionEnd, ConnectionRecord, RequestFinding } from "../scp/mod.ts";
import { firstBytesOf, isText } from "./banner.ts";
import type { CallerGuard, CallerSituation } from "./caller_types.ts";
import { clause, say, type Sentence, word } from "./sentence.ts";

type EndType = ConnectionEnd["type"];
/** Records of connections that ended in one way. */
type Ended<T extends EndType> = ConnectionRecord & {
  readonly end: Extract<ConnectionEnd, { type: T }>;
};

function row<R extends ConnectionRecord>(
  matches: CallerGuard<R>,
  said: Omit<CallerSituation<R>, "matches">,
): CallerSituation {
  return { ...said, matches } as unknown as CallerSituation;
}

/** Any record that passes `test`. */
function where(test: (record: ConnectionRecord) => boolean): CallerGuard<ConnectionRecord> {
  return (record): record is ConnectionRecord => test(record);
}

/** Connections that ended so and pass `test`. */
function ended<T extends EndType>(
  type: T,
  test: (end: Extract<ConnectionEnd, { type: T }>, record: ConnectionRecord) => boolean = () =>
    true,
): CallerGuard<Ended<T>> {
  return (record): record is Ended<T> =>
    record.end.type === type &&
    test(record.end as Extract<ConnectionEnd, { type: T }>, record);
}

function speaks(test: (caller: string) => boolean): CallerGuard<ConnectionRecord> {
  return where(({ end }) => {
    const caller = callerOf(end);
    return caller !== undefined && test(caller);
  });
}

/** The protocol that was spoken instead of DICOM, as far as it is known. */
function callerOf(end: ConnectionEnd): string | undefined {
  if (end.type === "violation" && end.violation.kind === "foreign") return end.violation.caller;
  return end.type === "lost" || end.type === "timed-out" ? end.caller : undefined;
}

function isOdd({ findings }: ConnectionRecord, kind: RequestFinding["kind"]): boolean {
  return findings.some((one) => one.kind === kind);
}

/** The request was odd in this way. */
function found(kind: RequestFinding["kind"]): CallerGuard<ConnectionRecord> {
  return where((record) => isOdd(record, kind));
}

/** The request was odd in this way and nothing was verified. */
function foundAndFailed(kind: RequestFinding["kind"]): CallerGuard<ConnectionRecord> {
  return where((record) => record.echoes === 0 && isOdd(record, kind));
}

function rejected(codes: string): CallerGuard<Ended<"rejected">> {
  return ended(
    "rejected",
    ({ answer, why }) =>
      why === undefined && `${answer.result}/${answer.source}/${answer.reason}` === codes,
  );
}

function violated(kind: string): CallerGuard<Ended<"violation">> {
  return ended("violation", ({ violation }) => violation.kind === kind);
}

const PROTOCOL = word("PROTOCOL", ({ end }: ConnectionRecord) => callerOf(end) ?? "");
/** Most context IDs that are named. */
const MOST_IDS = 8;
/** Context IDs that are at fault. */
const IDS = word(
  "IDS",
  ({ findings }: ConnectionRecord) =>
    findings.flatMap((one) => "ids" in one ? one.ids : []).slice(0, MOST_IDS).join(", "),
);
const LIMIT = word("LIMIT", ({ end }: Ended<"timed-out">) => `${end.seconds} s`);
const FINDING: Sentence<Ended<"violation">> = clause(
  "FINDING",
  ({ end }: Ended<"violation">) => findingText(end.violation),
);

function findingText(violation: Ended<"violation">["end"]["violation"]): string {
  if (violation.kind === "pdu" && violation.defect.kind === "unrecognized-type") {
    const bytes = firstBytesOf(violation.head);
    return isText(violation.head) ? `"${bytes}"` : bytes;
  }
  if (violation.kind === "pdu" && violation.defect.kind === "too-long") {
    return `${violation.defect.length} bytes, at most ${violation.defect.maximum}`;
  }
  return "message" in violation ? violation.message : "";
}

/** All of them; the first that applies counts. */
export const CALLER_SITUATIONS: readonly CallerSituation[] = [
  row(speaks((caller) => caller === "HTTP" || caller === "HTTP/2"), {
    id: "caller-http",
    fault: "peer",
    title: "the caller speaks HTTP",
    hint:
      say`this port answers DICOM associations, not HTTP: a browser, a health check or a DICOMweb client was given its number; a health check may just connect`,
  }),
  row(speaks((caller) => caller === "TLS"), {
    id: "caller-tls",
    fault: "peer",
    title: "the caller begins TLS on a port without TLS",
    hint:
      say`the caller wants TLS and this port has none: listen with +tls KEY CERT, or switch TLS off at the caller`,
  }),
  row(speaks((caller) => caller === "SSH"), {
    id: "caller-ssh",
    fault: "peer",
    title: "the caller speaks SSH",
    hint: say`an SSH client was given the number of this port`,
  }),
  row(speaks((caller) => caller === "PROXY protocol"), {
    id: "caller-proxy-protocol",
    fault: "peer",
    title: "a load balancer puts the PROXY protocol before DICOM",
    hint:
      say`a load balancer announces its client by the PROXY protocol, which DICOM does not have: switch it off there for this port`,
  }),
  row(speaks((caller) => caller === "port scanner"), {
    id: "caller-scanner",
    fault: "peer",
    title: "a port scanner looks what answers here",
    hint: say`a port scanner asked what answers here: nothing to be done if it is your own`,
  }),
  row(speaks(() => true), {
    id: "caller-foreign",
    fault: "peer",
    title: "the caller speaks another well-known protocol",
    hint: say`the caller speaks ${PROTOCOL}, not DICOM: it was given the number of this port`,
  }),
  row(
    ended(
      "violation",
      ({ violation }, { request }) =>
        request === undefined && violation.kind === "pdu" &&
        violation.defect.kind === "unrecognized-type",
    ),
    {
      id: "caller-not-dicom",
      fault: "peer",
      title: "what the caller sends is not a PDU",
      hint: say`the caller begins with ${FINDING}, which is not an association request`,
    },
  ),
  row(ended("tls", ({ problem }) => problem.kind === "not-tls"), {
    id: "caller-without-tls",
    fault: "peer",
    title: "the caller sends something else than TLS to a port with TLS",
    hint:
      say`this port wants TLS and the caller began without: switch TLS on at the caller, or listen without +tls for it`,
  }),
  row(ended("tls"), {
    id: "caller-tls-failed",
    fault: "peer",
    title: "the TLS handshake with the caller failed",
    hint:
      say`the line above names what failed: the caller must trust the certificate given by +tls and, where certificates are asked for, show one that +cf trusts`,
  }),
  row(
    where((record) =>
      record.request === undefined &&
      (ended("timed-out")(record) || ended("lost", ({ within }) => within === "idle")(record))
    ),
    {
      id: "caller-silent",
      fault: "peer",
      title: "the caller connected and asked for nothing",
      hint:
        say`somebody connects and does not ask for an association: a health check, a load balancer or a port scanner, as a rule`,
    },
  ),
  row(
    where((record) =>
      record.request === undefined &&
      (record.end.type === "timed-out" || record.end.type === "lost")
    ),
    {
      id: "caller-request-cut",
      fault: "network",
      title: "the association request was not complete",
      hint:
        say`the association request did not come whole: the caller gave up, or something in between cuts connections (a firewall, a tunnel, packets too large for the path)`,
    },
  ),
  row(
    ended(
      "violation",
      ({ violation }, { request }) =>
        request === undefined && violation.kind === "pdu" && violation.defect.kind === "too-long",
    ),
    {
      id: "caller-request-too-long",
      fault: "peer",
      title: "the association request is longer than we take",
      hint:
        say`an association request of this size is not taken (${FINDING}): have the caller propose fewer contexts and transfer syntaxes to a verification`,
    },
  ),
  row(found("even-context-id"), {
    id: "caller-even-context",
    fault: "peer",
    title: "a presentation context has an even ID",
    hint:
      say`context ID ${IDS} is even, and only odd ones from 1 to 255 are allowed (PS3.8 9.3.2.2): a matter for the caller's vendor; some archives take it, as DCMTK does, and others do not`,
  }),
  row(foundAndFailed("scp-role-only"), {
    id: "caller-scp-role",
    fault: "peer",
    title: "the caller offers to be SCP of Verification, not SCU",
    hint:
      say`whoever sends C-ECHO is the SCU, but the role selection of the request offers the SCP role only (PS3.7 D.3.3.4): leave it out or offer SCU; some archives overlook it, as DCMTK does`,
  }),
  row(foundAndFailed("no-verification"), {
    id: "caller-without-verification",
    fault: "peer",
    title: "the caller does not propose Verification",
    hint:
      say`this program answers C-ECHO only: have the caller propose Verification (1.2.840.10008.1.1), which most call echo, ping or connection test`,
  }),
  row(foundAndFailed("no-uncompressed-syntax"), {
    id: "caller-compressed-only",
    fault: "peer",
    title: "the caller proposes Verification in compressed transfer syntaxes only",
    hint:
      say`every context must offer Implicit VR Little Endian (PS3.5 10.1), which the caller left out: change its transfer syntaxes`,
  }),
  row(rejected("1/1/1"), {
    id: "caller-without-contexts",
    fault: "peer",
    title: "the caller proposes no presentation context",
    hint:
      say`the request proposes no presentation context at all, and at least one is needed (PS3.8 9.3.2): a matter for the caller's vendor`,
  }),
  row(rejected("1/1/2"), {
    id: "caller-application-context",
    fault: "peer",
    title: "the caller names another application context than that of DICOM",
    hint:
      say`the application context name must be 1.2.840.10008.3.1.1.1 (PS3.7 A.2.1): a matter for the caller's vendor`,
  }),
  row(rejected("1/2/2"), {
    id: "caller-protocol-version",
    fault: "peer",
    title: "the caller speaks another version of the upper layer protocol",
    hint:
      say`bit 0 of the protocol version must be set (PS3.8 9.3.2): a matter for the caller's vendor`,
  }),
  row(rejected("2/3/2"), {
    id: "caller-no-place",
    fault: "user",
    title: "as many associations run as may",
    hint:
      say`as many associations run as --max-associations allows: raise it, or find out who keeps them open (-v)`,
  }),
  row(ended("rejected", ({ why }) => why === "title"), {
    id: "caller-title-refused",
    fault: "user",
    title: "the caller calls an AE title that is not accepted",
    hint:
      say`the AE title that the caller has for us is not in the list of --accept-titles: change it at the caller, or add it to the list`,
  }),
  row(found("doubled-context-id"), {
    id: "caller-doubled-context",
    fault: "peer",
    title: "a presentation context ID is there more than once",
    hint:
      say`context ID ${IDS} is proposed more than once, and each may be there once (PS3.8 7.1.1.13): a matter for the caller's vendor`,
  }),
  row(
    ended(
      "violation",
      ({ violation }) =>
        violation.kind === "dimse" && violation.defect.kind === "context-not-accepted",
    ),
    {
      id: "caller-context-not-accepted",
      fault: "peer",
      title: "the caller uses a presentation context that was not accepted",
      hint:
        say`the caller sends on a context that it was refused, or never proposed: it must read the answer to its request (-d shows it)`,
    },
  ),
  row(
    where((record) =>
      record.end.type !== "violation" && foundAndFailed("identity-answer-wanted")(record)
    ),
    {
      id: "caller-identity-unanswered",
      fault: "user",
      title: "the caller wants its user identity answered and leaves",
      hint:
        say`the caller wants an answer to its user identity (PS3.7 D.3.3.7), and nobody is authenticated here: have it ask for none`,
    },
  ),
  row(where(({ refusals }) => refusals > 0), {
    id: "caller-wants-more",
    fault: "peer",
    title: "the caller asks for other operations than C-ECHO",
    hint:
      say`only C-ECHO is answered here: what the caller wants to store, find or move must go to an archive`,
  }),
  row(violated("data-set"), {
    id: "caller-data-set",
    fault: "peer",
    title: "the caller sends data sets",
    hint: say`C-ECHO has no data set: the caller sends something else, images perhaps`,
  }),
  row(violated("unexpected-pdu"), {
    id: "caller-unexpected-pdu",
    fault: "peer",
    title: "the caller sends a PDU that may not come then",
    hint:
      say`the caller breaks the order of the protocol (PS3.8 9.2): -ll trace shows each PDU and state; a matter for its vendor`,
  }),
  row(ended("violation"), {
    id: "caller-ill-formed",
    fault: "peer",
    title: "what the caller sends cannot be read",
    hint: say`the caller breaks the protocol (${FINDING}): a matter for its vendor`,
  }),
  row(ended("timed-out"), {
    id: "caller-idle",
    fault: "peer",
    title: "the caller keeps its association and says nothing more",
    hint:
      say`no more came within ${LIMIT}, the limit of -ts: the caller should release associations that it no longer needs`,
  }),
  row(ended("lost"), {
    id: "caller-without-release",
    fault: "peer",
    title: "the caller ends the connection without a release",
    hint:
      say`the caller, or something in between, ended the connection without a release: harmless after an echo, otherwise look at the caller's log and time limits`,
  }),
  row(ended("not-sent"), {
    id: "caller-takes-nothing",
    fault: "peer",
    title: "the caller does not take our answers",
    hint: say`the caller asks and does not read the answers, or the network lost it`,
  }),
  row(ended("peer-aborted", (_end, { echoes }) => echoes === 0), {
    id: "caller-aborted",
    fault: "peer",
    title: "the caller aborts before anything was verified",
    hint:
      say`the caller ended the association by itself: its log should say what it missed in our answer (-d shows it)`,
  }),
  row(ended("dismissed", ({ why }) => why === "crowded"), {
    id: "caller-crowded-out",
    fault: "user",
    title: "the connection was closed to make room for others",
    hint:
      say`too many connections are open that ask for nothing, or send without end: find out where they come from (-v)`,
  }),
];
