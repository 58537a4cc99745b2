/** Situations after the last echo: every echo was answered with Success, but the association did not end well. */

import type { Applies, Situation } from "./types.ts";
import { when, whenTlsBroke, whenViolated } from "./when.ts";

const GOOD = "every echo was answered with Success";
/** Gets people past a peer that cannot end an association. */
const WAY_OUT = "--abort ends without a release";

function lost(how: "closed" | "reset", isInside: boolean): Applies {
  return when(
    "ConnectionLost",
    ({ stage, details }) =>
      stage === "release" && details.how === how && (details.within !== "idle") === isInside,
  );
}

/** Of stages `release` and `abort`. */
export const ENDING: readonly Situation[] = [
  {
    id: "release-not-sent",
    stage: "release",
    fault: "network",
    title: "the connection was gone before the release request was out",
    applies: when(
      "SendFailed",
      ({ stage, details }) => stage === "release" && details.pdu !== "A-ABORT",
    ),
    hint: () =>
      `${GOOD}; the peer ended the connection right after, without waiting for the release; ${WAY_OUT}`,
  },
  {
    id: "release-silent",
    stage: "release",
    fault: "peer",
    title: "the release request was not answered in time",
    applies: when(
      "TimedOut",
      ({ stage, details }) => stage === "release" && details.within === "idle",
    ),
    hint: ({ limit, limitOption }) =>
      `${GOOD}; only the release request had no answer within ${limit} (${limitOption}); ${WAY_OUT}`,
  },
  {
    id: "release-answer-stalled",
    stage: "release",
    fault: "network",
    title: "the answer to the release request stopped in its middle",
    applies: when(
      "TimedOut",
      ({ stage, details }) => stage === "release" && details.within !== "idle",
    ),
    hint: ({ limit, limitOption }) =>
      `${GOOD}; the answer to the release request stopped in its middle for ${limit} (${limitOption}); ${WAY_OUT}`,
  },
  {
    id: "release-closed",
    stage: "release",
    fault: "peer",
    title: "the peer closed the connection instead of answering the release request",
    applies: lost("closed", false),
    hint: () =>
      `${GOOD}; the peer closed the connection without answering the release request; ${WAY_OUT}`,
  },
  {
    id: "release-reset",
    stage: "release",
    fault: "network",
    title: "the connection was reset instead of an answer to the release request",
    applies: lost("reset", false),
    hint: () =>
      `${GOOD}; the connection broke off before the release request was answered; ${WAY_OUT}`,
  },
  {
    id: "release-answer-closed",
    stage: "release",
    fault: "peer",
    title: "the peer closed the connection inside its answer to the release request",
    applies: lost("closed", true),
    hint: () =>
      `${GOOD}; the peer closed in the middle of its answer to the release request; ${WAY_OUT}`,
  },
  {
    id: "release-answer-reset",
    stage: "release",
    fault: "network",
    title: "the connection was reset inside the answer to the release request",
    applies: lost("reset", true),
    hint: () =>
      `${GOOD}; the connection broke off inside the answer to the release request; ${WAY_OUT}`,
  },
  {
    id: "release-tls-broken",
    stage: "release",
    fault: "peer",
    title: "TLS broke before the release request was answered",
    applies: whenTlsBroke("release"),
    hint: ({ finding }) =>
      `${GOOD}; then came what is not sound TLS (${finding}) instead of an answer to the release; ${WAY_OUT}`,
  },
  {
    id: "release-aborted",
    stage: "release",
    fault: "peer",
    title: "the peer met the release request with an abort",
    applies: when("PeerAborted", ({ stage }) => stage === "release"),
    hint: ({ source, reason }) =>
      `${GOOD}; the peer met the release request with an abort (source ${source}, reason ${reason}); ${WAY_OUT}`,
  },
  {
    id: "release-late-data",
    stage: "release",
    fault: "peer",
    title: "the peer sent more data after the last echo response",
    applies: whenViolated("late-data", { stage: "release" }),
    hint: () =>
      `${GOOD}; the peer then sent more data, a second response perhaps, instead of answering the release; ${WAY_OUT}`,
  },
  {
    id: "release-answer-illegal",
    stage: "release",
    fault: "peer",
    title: "the release request was answered with what is not a well-formed PDU",
    applies: whenViolated("pdu", { stage: "release" }),
    hint: ({ pdu, field, clause }) =>
      `${GOOD}; then came an illegal ${pdu} (its ${field}, ${clause}) instead of an answer to the release; ${WAY_OUT}`,
  },
  {
    id: "release-answer-unexpected",
    stage: "release",
    fault: "peer",
    title: "the release request was answered with a PDU that is not an answer to it",
    applies: whenViolated("unexpected-pdu", { stage: "release" }),
    hint: ({ pdu }) =>
      `${GOOD}; the peer answered the release request with ${pdu} (PS3.8 9.2), which was met with an abort: a matter for its vendor; ${WAY_OUT}`,
  },
  {
    id: "release-answer-unexpected-lost",
    stage: "release",
    fault: "network",
    title:
      "a PDU that may not come, and the connection was gone before it could be met with an abort",
    applies: when(
      "SendFailed",
      ({ stage, details }) => stage === "release" && details.pdu === "A-ABORT",
    ),
    hint: () =>
      `${GOOD}; the peer met the release request with a wrong PDU and ended the connection; ${WAY_OUT}`,
  },
  {
    id: "interrupted-releasing",
    stage: "release",
    fault: "user",
    title: "ended by a signal before the release request was answered",
    applies: when("Interrupted", ({ stage }) => stage === "release"),
    hint: ({ limit, limitOption }) =>
      `${GOOD}; only the answer to the release request was missing, for which ${limitOption} sets the limit (${limit} now)`,
  },
  {
    id: "abort-tls-broken",
    stage: "abort",
    fault: "peer",
    title: "TLS broke before the abort was out",
    applies: whenTlsBroke("abort"),
    hint: ({ finding }) =>
      `${GOOD}; TLS broke before the association could be aborted (${finding}), which does no harm`,
  },
  {
    id: "abort-not-sent",
    stage: "abort",
    fault: "network",
    title: "the connection was gone before the abort was out",
    applies: when("SendFailed", ({ stage }) => stage === "abort"),
    hint: () =>
      `${GOOD}; the peer ended the connection before it could be aborted, which does no harm`,
  },
];
