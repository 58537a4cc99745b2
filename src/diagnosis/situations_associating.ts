/** Situations between the connection and the answer to A-ASSOCIATE-RQ, where that answer is not a rejection. */

import type { Situation } from "./types.ts";
import { when } from "./when.ts";

/** Transfer syntaxes of one context that DCMTK's own SCPs take: of a request with more they say nothing at all. */
const MOST_SYNTAXES = 50;

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
    id: "association-silent",
    stage: "associate",
    fault: "peer",
    title: "the peer took the connection but did not answer the association request",
    applies: when(
      "TimedOut",
      ({ stage, details }, { check, tls }) =>
        stage === "associate" && details.within === "idle" && tls === undefined &&
        check.transferSyntaxes.length <= MOST_SYNTAXES,
    ),
    hint: ({ limit, limitOption }) =>
      `no answer within ${limit} (${limitOption}): the peer may be busy with someone else (then try again), wait for TLS (+tla, +tls), or be no DICOM service`,
  },
  {
    id: "association-silent-over-tls",
    stage: "associate",
    fault: "peer",
    title: "the peer took the TLS connection but did not answer the association request",
    applies: when(
      "TimedOut",
      ({ stage, details }, { check, tls }) =>
        stage === "associate" && details.within === "idle" && tls !== undefined &&
        check.transferSyntaxes.length <= MOST_SYNTAXES,
    ),
    hint: ({ limit, limitOption }) =>
      `no answer over TLS within ${limit} (${limitOption}): the peer may be busy with someone else (then try again), pass TLS on to a server that does not run, or be no DICOM service`,
  },
  {
    id: "association-silent-many-syntaxes",
    stage: "associate",
    fault: "peer",
    title: "the peer did not answer a request with more transfer syntaxes than some peers can take",
    applies: when(
      "TimedOut",
      ({ stage, details }, { check }) =>
        stage === "associate" && details.within === "idle" &&
        check.transferSyntaxes.length > MOST_SYNTAXES,
    ),
    hint: ({ limit, limitOption, proposed }) =>
      `no answer within ${limit} (${limitOption}) to ${proposed} transfer syntaxes in a context: peers made with DCMTK take at most 50 and stay silent otherwise; try -pts 50`,
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
      `an answer began but did not go on within ${limit} (${limitOption}): the peer is very slow or hangs; a longer ${limitOption} shows which`,
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
      `the peer's application aborted (source 0): it may not take "${called}" or "${calling}" or this machine's address; its log should say`,
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
      `the peer's upper layer aborted: ${reasonText} (source 2, reason ${reason}); its log should say what it did not like in the request`,
  },
  {
    id: "association-aborted-source-reserved",
    stage: "associate",
    fault: "peer",
    title: "the peer aborted with a source that the standard reserves",
    applies: when(
      "PeerAborted",
      ({ stage, codes }) => stage === "associate" && codes.source === 1,
    ),
    hint: ({ source, reason }) =>
      `source ${source} of the abort (reason ${reason}) is a reserved value of PS3.8 Table 9-26: the peer's log should say why it did not answer`,
  },
  {
    id: "association-aborted-source-undefined",
    stage: "associate",
    fault: "peer",
    title: "the peer aborted with a source that the standard does not define",
    applies: when(
      "PeerAborted",
      ({ stage, codes }) => stage === "associate" && codes.source > 2,
    ),
    hint: ({ source, reason }) =>
      `source ${source} of the abort (reason ${reason}) is not in PS3.8 Table 9-26: the peer's log should say why it did not answer`,
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
