/** Situations between the connection and the answer to A-ASSOCIATE-RQ, where that answer is no rejection. */

import type { Applies, Facts, Situation } from "./types.ts";
import { when } from "./when.ts";

/** What the C library says of a write that its time limit ended. */
export const STALLED = "Resource temporarily unavailable";

/** All of stage `associate`. */
export const ASSOCIATING: readonly Situation[] = [
  {
    id: "called-title-empty",
    stage: "associate",
    fault: "user",
    title: "the called AE title is empty",
    applies: when("InvalidParameter", ({ parameter }) => parameter === "called AE title"),
    hint: () =>
      "an empty title cannot be sent: give the peer's AE title with -aec, or leave -aec out",
  },
  {
    id: "calling-title-empty",
    stage: "associate",
    fault: "user",
    title: "the calling AE title is empty",
    applies: when("InvalidParameter", ({ parameter }) => parameter === "calling AE title"),
    hint: () => "an empty title cannot be sent: give an AE title with -aet, or leave -aet out",
  },
  {
    id: "request-not-sent",
    stage: "associate",
    fault: "network",
    title: "the connection was gone before the association request was out",
    applies: when(
      "SendFailed",
      ({ stage, details: { pdu, systemText } }) =>
        stage === "associate" && pdu !== "A-ABORT" && systemText !== STALLED,
    ),
    hint: ({ host, port }) =>
      `${host} port ${port} took the connection and ended it at once: the peer or a firewall may refuse this machine's address`,
  },
  {
    id: "request-not-taken",
    stage: "associate",
    fault: "network",
    title: "the peer did not take the association request",
    applies: when(
      "SendFailed",
      ({ stage, details: { pdu, systemText } }) =>
        stage === "associate" && pdu !== "A-ABORT" && systemText === STALLED,
    ),
    hint: ({ limit, limitOption }) =>
      `the request did not get out within ${limit} (${limitOption}): the peer does not read, or the network loses large packets; fewer contexts (-ppc, -pts) make it smaller`,
  },
  {
    id: "closed-certificate-wanted",
    stage: "associate",
    fault: "peer",
    title: "the peer asked for a certificate during the handshake, got none, and closed",
    applies: closedSilently(({ tls }) => tls?.ownCertificate === CERTIFICATE_MISSING),
    hint: () => "the peer wants a client certificate: give key and certificate by +tls",
  },
  {
    id: "closed-over-tls",
    stage: "associate",
    fault: "peer",
    title: "the peer closed the TLS connection instead of answering the association request",
    applies: closedSilently(({ tls }) =>
      tls !== undefined && tls.ownCertificate !== CERTIFICATE_MISSING
    ),
    hint: ({ calling }) =>
      `closed without a word over TLS: the peer may refuse our certificate, filter by address or title ("${calling}"), or serve one at a time`,
  },
  {
    id: "closed-without-answer",
    stage: "associate",
    fault: "peer",
    title: "the peer closed the connection instead of answering the association request",
    applies: closedSilently(({ tls }) => tls === undefined),
    hint: ({ calling }) =>
      `closed without a word: the port may want TLS (+tla, +tls) or be no DICOM service, or the peer filters by address or title ("${calling}"), or serves one at a time`,
  },
  {
    id: "reset-without-answer",
    stage: "associate",
    fault: "network",
    title: "the connection was reset instead of an answer to the association request",
    applies: when(
      "ConnectionLost",
      ({ stage, details: { how, within } }) =>
        stage === "associate" && within === "idle" && how === "reset",
    ),
    hint: ({ host, port }) =>
      `${host} port ${port} broke the connection off: it may filter by address, want TLS (+tla, +tls), be no DICOM service, or a firewall looks inside`,
  },
  {
    id: "association-answer-closed",
    stage: "associate",
    fault: "peer",
    title: "the peer closed the connection inside its answer to the association request",
    applies: when(
      "ConnectionLost",
      ({ stage, details: { how, within } }) =>
        stage === "associate" && within !== "idle" && how === "closed",
    ),
    hint: () =>
      "the peer stopped in the middle of its answer: its program may have failed, or it is no DICOM service; its log should tell",
  },
  {
    id: "association-answer-reset",
    stage: "associate",
    fault: "network",
    title: "the connection was reset inside the answer to the association request",
    applies: when(
      "ConnectionLost",
      ({ stage, details: { how, within } }) =>
        stage === "associate" && within !== "idle" && how === "reset",
    ),
    hint: () =>
      "the connection broke off inside the answer: the peer's program may have failed, or something on the way cuts connections",
  },
  {
    id: "association-answer-unexpected-lost",
    stage: "associate",
    fault: "network",
    title:
      "a PDU that is no answer came, and the connection was gone before it could be met with an abort",
    applies: when(
      "SendFailed",
      ({ stage, details }) => stage === "associate" && details.pdu === "A-ABORT",
    ),
    hint: ({ host, port }) =>
      `${host} port ${port} neither accepts nor rejects and ended the connection: its program may have failed, or it is no DICOM service; its log should tell`,
  },
  {
    id: "association-silent",
    stage: "associate",
    fault: "peer",
    title: "the peer took the connection but did not answer the association request",
    applies: when(
      "TimedOut",
      ({ stage, details }) => stage === "associate" && details.within === "idle",
    ),
    hint: ({ limit, limitOption }) =>
      `no answer within ${limit} (${limitOption}): the peer may be busy with someone else (then try again), wait for TLS (+tla, +tls), or be no DICOM service`,
  },
  {
    id: "association-answer-slow",
    stage: "associate",
    fault: "network",
    title: "only the first bytes of the answer to the association request came in time",
    applies: when(
      "TimedOut",
      ({ stage, details }) => stage === "associate" && details.within === "header",
    ),
    hint: ({ limit, limitOption }) =>
      `an answer began but did not go on within ${limit} (${limitOption}): the peer is very slow or hangs; a longer ${limitOption} tells`,
  },
  {
    id: "association-answer-stalled",
    stage: "associate",
    fault: "network",
    title: "the answer to the association request stopped in its middle",
    applies: when(
      "TimedOut",
      ({ stage, details }) => stage === "associate" && details.within === "body",
    ),
    hint: ({ limit, limitOption }) =>
      `the answer stopped in its middle for ${limit} (${limitOption}): the peer hangs, or large packets get lost on the way (VPN, MTU)`,
  },
  {
    id: "association-aborted-by-application",
    stage: "associate",
    fault: "peer",
    title: "the peer's application met the association request with an abort",
    applies: when(
      "PeerAborted",
      ({ stage, codes }) => stage === "associate" && codes.source === 0,
    ),
    hint: ({ called, calling }) =>
      `the peer's application aborted (source 0): it may not take "${called}" or "${calling}" or this machine's address; its log should tell`,
  },
  {
    id: "association-aborted-by-provider",
    stage: "associate",
    fault: "peer",
    title: "the peer's upper layer met the association request with an abort",
    applies: when(
      "PeerAborted",
      ({ stage, codes }) => stage === "associate" && codes.source === 2,
    ),
    hint: ({ reason, reasonText }) =>
      `the peer's upper layer aborted: ${reasonText} (source 2, reason ${reason}); its log should tell what it did not like in the request`,
  },
  {
    id: "association-aborted-source-undefined",
    stage: "associate",
    fault: "peer",
    title: "the peer aborted with a source that the standard does not define",
    applies: when(
      "PeerAborted",
      ({ stage, codes }) => stage === "associate" && codes.source !== 0 && codes.source !== 2,
    ),
    hint: ({ source, reason }) =>
      `source ${source} of the abort (reason ${reason}) is not in PS3.8 Table 9-26: the peer's log should tell why it did not answer`,
  },
  {
    id: "interrupted-associating",
    stage: "associate",
    fault: "user",
    title: "ended by a signal before the association request was answered",
    applies: when("Interrupted", ({ stage }) => stage === "associate"),
    hint: ({ limit, limitOption }) =>
      `connected, but the association request was not yet answered; ${limitOption} sets the limit of that wait (${limit} now)`,
  },
];

const CERTIFICATE_MISSING = "asked for, none sent";

/** The peer closed between two PDUs before it had answered, and `test` holds. */
function closedSilently(test: (facts: Facts) => boolean): Applies {
  return when(
    "ConnectionLost",
    ({ stage, details: { how, within } }, facts) =>
      stage === "associate" && within === "idle" && how === "closed" && test(facts),
  );
}
