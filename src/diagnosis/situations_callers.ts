// data table
/** Situations in which connections to the answering side end. */

import type { ConnectionEnd, ConnectionRecord, RequestFinding } from "../scp/mod.ts";
import { callerOf, type CallerSituation } from "./caller_types.ts";

type EndType = ConnectionEnd["type"];

/** Applies to connections that ended so and pass `test`. */
function ended<T extends EndType>(
  type: T,
  test: (end: Extract<ConnectionEnd, { type: T }>, record: ConnectionRecord) => boolean = () =>
    true,
): CallerSituation["applies"] {
  return (record) =>
    record.end.type === type &&
    test(record.end as Extract<ConnectionEnd, { type: T }>, record);
}

function speaks(test: (caller: string) => boolean): CallerSituation["applies"] {
  return (record) => {
    const caller = callerOf(record.end);
    return caller !== undefined && test(caller);
  };
}

/** Applies where the request was odd in this way. */
function found(kind: RequestFinding["kind"]): CallerSituation["applies"] {
  return ({ findings }) => findings.some((one) => one.kind === kind);
}

/** Applies where the request was odd in this way and nothing was verified. */
function foundAndFailed(kind: RequestFinding["kind"]): CallerSituation["applies"] {
  return (record) => record.echoes === 0 && found(kind)(record);
}

function rejected(codes: string): CallerSituation["applies"] {
  return ended(
    "rejected",
    ({ answer }) => `${answer.result}/${answer.source}/${answer.reason}` === codes,
  );
}

function violated(kind: string): CallerSituation["applies"] {
  return ended("violation", ({ violation }) => violation.kind === kind);
}

/** All of them; the first that applies counts. */
export const CALLER_SITUATIONS: readonly CallerSituation[] = [
  {
    id: "caller-http",
    fault: "peer",
    title: "the caller speaks HTTP",
    applies: speaks((caller) => caller === "HTTP" || caller === "HTTP/2"),
    hint: () =>
      "this port answers DICOM associations, not HTTP: a browser, a health check or a DICOMweb client was given its number; a health check may just connect",
  },
  {
    id: "caller-tls",
    fault: "peer",
    title: "the caller begins TLS on a port without TLS",
    applies: speaks((caller) => caller === "TLS"),
    hint: () =>
      "the caller wants TLS and this port has none: listen with +tls KEY CERT, or switch TLS off at the caller",
  },
  {
    id: "caller-ssh",
    fault: "peer",
    title: "the caller speaks SSH",
    applies: speaks((caller) => caller === "SSH"),
    hint: () => "an SSH client was given the number of this port",
  },
  {
    id: "caller-proxy-protocol",
    fault: "peer",
    title: "a load balancer puts the PROXY protocol before DICOM",
    applies: speaks((caller) => caller === "PROXY protocol"),
    hint: () =>
      "a load balancer announces its client by the PROXY protocol, which DICOM does not have: switch it off there for this port",
  },
  {
    id: "caller-scanner",
    fault: "peer",
    title: "a port scanner looks what answers here",
    applies: speaks((caller) => caller === "port scanner"),
    hint: () => "a port scanner asked what answers here: nothing to be done if it is your own",
  },
  {
    id: "caller-foreign",
    fault: "peer",
    title: "the caller speaks another well-known protocol",
    applies: speaks(() => true),
    hint: ({ protocol }) =>
      `the caller speaks ${protocol}, not DICOM: it was given the number of this port`,
  },
  {
    id: "caller-not-dicom",
    fault: "peer",
    title: "what the caller sends is not a PDU",
    applies: ended(
      "violation",
      ({ violation }, { request }) =>
        request === undefined && violation.kind === "pdu" &&
        violation.defect.kind === "unrecognized-type",
    ),
    hint: ({ finding }) => `the caller begins with ${finding}, which is not an association request`,
  },
  {
    id: "caller-without-tls",
    fault: "peer",
    title: "the caller sends something else than TLS to a port with TLS",
    applies: ended("tls", ({ problem }) => problem.kind === "not-tls"),
    hint: () =>
      "this port wants TLS and the caller began without: switch TLS on at the caller, or listen without +tls for it",
  },
  {
    id: "caller-tls-failed",
    fault: "peer",
    title: "the TLS handshake with the caller failed",
    applies: ended("tls"),
    hint: () =>
      "the line above names what failed: the caller must trust the certificate given by +tls and, where certificates are asked for, show one that +cf trusts",
  },
  {
    id: "caller-silent",
    fault: "peer",
    title: "the caller connected and asked for nothing",
    applies: (record) =>
      record.request === undefined &&
      (ended("timed-out")(record) || ended("lost", ({ within }) => within === "idle")(record)),
    hint: () =>
      "somebody connects and does not ask for an association: a health check, a load balancer or a port scanner, as a rule",
  },
  {
    id: "caller-request-cut",
    fault: "network",
    title: "the association request was not complete",
    applies: (record) =>
      record.request === undefined &&
      (record.end.type === "timed-out" || record.end.type === "lost"),
    hint: () =>
      "the association request did not come whole: the caller gave up, or something in between cuts connections (a firewall, a tunnel, packets too large for the path)",
  },
  {
    id: "caller-request-too-long",
    fault: "peer",
    title: "the association request is longer than we take",
    applies: ended(
      "violation",
      ({ violation }, { request }) =>
        request === undefined && violation.kind === "pdu" && violation.defect.kind === "too-long",
    ),
    hint: ({ finding }) =>
      `an association request of this size is not taken (${finding}): have the caller propose fewer contexts and transfer syntaxes to a verification`,
  },
  {
    id: "caller-even-context",
    fault: "peer",
    title: "a presentation context has an even ID",
    applies: found("even-context-id"),
    hint: ({ ids }) =>
      `context ID ${ids} is even, and only odd ones from 1 to 255 are allowed (PS3.8 9.3.2.2): a matter for the caller's vendor; some archives take it, as DCMTK does, and others do not`,
  },
  {
    id: "caller-scp-role",
    fault: "peer",
    title: "the caller offers to be SCP of Verification, not SCU",
    applies: foundAndFailed("scp-role-only"),
    hint: () =>
      "whoever sends C-ECHO is the SCU, but the role selection of the request offers the SCP role only (PS3.7 D.3.3.4): leave it out or offer SCU; some archives overlook it, as DCMTK does",
  },
  {
    id: "caller-without-verification",
    fault: "peer",
    title: "the caller does not propose Verification",
    applies: foundAndFailed("no-verification"),
    hint: () =>
      "this program answers C-ECHO only: have the caller propose Verification (1.2.840.10008.1.1), which most call echo, ping or connection test",
  },
  {
    id: "caller-compressed-only",
    fault: "peer",
    title: "the caller proposes Verification in compressed transfer syntaxes only",
    applies: foundAndFailed("no-uncompressed-syntax"),
    hint: () =>
      "every context must offer Implicit VR Little Endian (PS3.5 10.1), which the caller left out: change its transfer syntaxes",
  },
  {
    id: "caller-without-contexts",
    fault: "peer",
    title: "the caller proposes no presentation context",
    applies: rejected("1/1/1"),
    hint: () =>
      "the request proposes no presentation context at all, and at least one is needed (PS3.8 9.3.2): a matter for the caller's vendor",
  },
  {
    id: "caller-application-context",
    fault: "peer",
    title: "the caller names another application context than that of DICOM",
    applies: rejected("1/1/2"),
    hint: () =>
      "the application context name must be 1.2.840.10008.3.1.1.1 (PS3.7 A.2.1): a matter for the caller's vendor",
  },
  {
    id: "caller-protocol-version",
    fault: "peer",
    title: "the caller speaks another version of the upper layer protocol",
    applies: rejected("1/2/2"),
    hint: () =>
      "bit 0 of the protocol version must be set (PS3.8 9.3.2): a matter for the caller's vendor",
  },
  {
    id: "caller-no-place",
    fault: "user",
    title: "as many associations run as may",
    applies: rejected("2/3/2"),
    hint: () =>
      "as many associations run as --max-associations allows: raise it, or find out who keeps them open (-v)",
  },
  {
    id: "caller-doubled-context",
    fault: "peer",
    title: "a presentation context ID is there more than once",
    applies: found("doubled-context-id"),
    hint: ({ ids }) =>
      `context ID ${ids} is proposed more than once, and each may be there once (PS3.8 7.1.1.13): a matter for the caller's vendor`,
  },
  {
    id: "caller-context-not-accepted",
    fault: "peer",
    title: "the caller uses a presentation context that was not accepted",
    applies: ended(
      "violation",
      ({ violation }) =>
        violation.kind === "dimse" && violation.defect.kind === "context-not-accepted",
    ),
    hint: () =>
      "the caller sends on a context that it was refused, or never proposed: it must read the answer to its request (-d shows it)",
  },
  {
    id: "caller-identity-unanswered",
    fault: "user",
    title: "the caller wants its user identity answered and leaves",
    applies: (record) =>
      record.end.type !== "violation" && foundAndFailed("identity-answer-wanted")(record),
    hint: () =>
      "the caller wants an answer to its user identity (PS3.7 D.3.3.7), and nobody is authenticated here: have it ask for none",
  },
  {
    id: "caller-wants-more",
    fault: "peer",
    title: "the caller asks for other operations than C-ECHO",
    applies: ({ refusals }) => refusals > 0,
    hint: () =>
      "only C-ECHO is answered here: what the caller wants to store, find or move must go to an archive",
  },
  {
    id: "caller-data-set",
    fault: "peer",
    title: "the caller sends data sets",
    applies: violated("data-set"),
    hint: () => "C-ECHO has no data set: the caller sends something else, images perhaps",
  },
  {
    id: "caller-unexpected-pdu",
    fault: "peer",
    title: "the caller sends a PDU that may not come then",
    applies: violated("unexpected-pdu"),
    hint: () =>
      "the caller breaks the order of the protocol (PS3.8 9.2): -ll trace shows each PDU and state; a matter for its vendor",
  },
  {
    id: "caller-ill-formed",
    fault: "peer",
    title: "what the caller sends cannot be read",
    applies: ended("violation"),
    hint: ({ finding }) => `the caller breaks the protocol (${finding}): a matter for its vendor`,
  },
  {
    id: "caller-idle",
    fault: "peer",
    title: "the caller keeps its association and says nothing more",
    applies: ended("timed-out"),
    hint: ({ limit }) =>
      `no more came within ${limit}, the limit of -ts: the caller should release associations that it no longer needs`,
  },
  {
    id: "caller-without-release",
    fault: "peer",
    title: "the caller ends the connection without a release",
    applies: ended("lost"),
    hint: () =>
      "the caller, or something in between, ended the connection without a release: harmless after an echo, otherwise look at the caller's log and time limits",
  },
  {
    id: "caller-takes-nothing",
    fault: "peer",
    title: "the caller does not take our answers",
    applies: ended("not-sent"),
    hint: () => "the caller asks and does not read the answers, or the network lost it",
  },
  {
    id: "caller-aborted",
    fault: "peer",
    title: "the caller aborts before anything was verified",
    applies: ended("peer-aborted", (_end, { echoes }) => echoes === 0),
    hint: () =>
      "the caller ended the association by itself: its log should say what it missed in our answer (-d shows it)",
  },
  {
    id: "caller-crowded-out",
    fault: "user",
    title: "the connection was closed to make room for others",
    applies: ended("dismissed", ({ why }) => why === "crowded"),
    hint: () =>
      "too many connections are open that ask for nothing, or send without end: find out where they come from (-v)",
  },
];
