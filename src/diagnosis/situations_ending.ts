/** Situations after the last echo: every echo was answered with Success, but the association did not end well. */

import { say } from "./sentence.ts";
import { BROKEN_TLS } from "./tls_words.ts";
import type { Situation } from "./types.ts";
import { AtStage } from "./when.ts";
import {
  CLAUSE,
  CUT_LIMIT,
  CUT_LIMIT_OPTION,
  FIELD,
  PDU,
  REASON,
  SOURCE,
  UNEXPECTED_PDU,
  WAITED,
} from "./words.ts";

const release = new AtStage("release");
const abort = new AtStage("abort");

const GOOD = say`every echo was answered with Success`;
/** Gets people past a peer that cannot end an association. */
const WAY_OUT = say`--abort ends without a release`;

/** Of stages `release` and `abort`. */
export const ENDING: readonly Situation[] = [
  release.byNetwork(release.when("SendFailed", ({ details: { pdu } }) => pdu !== "A-ABORT"), {
    id: "release-not-sent",
    title: "the connection was gone before the release request was out",
    hint:
      say`${GOOD}; the peer ended the connection right after, without waiting for the release; ${WAY_OUT}`,
  }),
  release.byPeer(release.silent("idle"), {
    id: "release-silent",
    title: "the release request was not answered in time",
    hint: say`${GOOD}; only the release request had no answer within ${WAITED}; ${WAY_OUT}`,
  }),
  release.byNetwork(release.when("TimedOut", ({ details: { within } }) => within !== "idle"), {
    id: "release-answer-stalled",
    title: "the answer to the release request stopped in its middle",
    hint:
      say`${GOOD}; the answer to the release request stopped in its middle for ${WAITED}; ${WAY_OUT}`,
  }),
  release.byPeer(release.lost("closed"), {
    id: "release-closed",
    title: "the peer closed the connection instead of answering the release request",
    hint:
      say`${GOOD}; the peer closed the connection without answering the release request; ${WAY_OUT}`,
  }),
  release.byNetwork(release.lost("reset"), {
    id: "release-reset",
    title: "the connection was reset instead of an answer to the release request",
    hint:
      say`${GOOD}; the connection broke off before the release request was answered; ${WAY_OUT}`,
  }),
  release.byPeer(release.cut("closed"), {
    id: "release-answer-closed",
    title: "the peer closed the connection inside its answer to the release request",
    hint:
      say`${GOOD}; the peer closed in the middle of its answer to the release request; ${WAY_OUT}`,
  }),
  release.byNetwork(release.cut("reset"), {
    id: "release-answer-reset",
    title: "the connection was reset inside the answer to the release request",
    hint:
      say`${GOOD}; the connection broke off inside the answer to the release request; ${WAY_OUT}`,
  }),
  release.byPeer(release.brokenByTls(), {
    id: "release-tls-broken",
    title: "TLS broke before the release request was answered",
    hint:
      say`${GOOD}; then came what is not sound TLS (${BROKEN_TLS}) instead of an answer to the release; ${WAY_OUT}`,
  }),
  release.byPeer(release.aborted(), {
    id: "release-aborted",
    title: "the peer met the release request with an abort",
    hint:
      say`${GOOD}; the peer met the release request with an abort (source ${SOURCE}, reason ${REASON}); ${WAY_OUT}`,
  }),
  release.byPeer(release.violated("late-data"), {
    id: "release-late-data",
    title: "the peer sent more data after the last echo response",
    hint:
      say`${GOOD}; the peer then sent more data, a second response perhaps, instead of answering the release; ${WAY_OUT}`,
  }),
  release.byPeer(release.violated("pdu"), {
    id: "release-answer-illegal",
    title: "the release request was answered with what is not a well-formed PDU",
    hint:
      say`${GOOD}; then came an illegal ${PDU} (its ${FIELD}, ${CLAUSE}) instead of an answer to the release; ${WAY_OUT}`,
  }),
  release.byPeer(release.violated("unexpected-pdu"), {
    id: "release-answer-unexpected",
    title: "the release request was answered with a PDU that is not an answer to it",
    hint:
      say`${GOOD}; the peer answered the release request with ${UNEXPECTED_PDU} (PS3.8 9.2), which was met with an abort: a matter for its vendor; ${WAY_OUT}`,
  }),
  release.byNetwork(release.unsent("A-ABORT"), {
    id: "release-answer-unexpected-lost",
    title:
      "a PDU that may not come, and the connection was gone before it could be met with an abort",
    hint:
      say`${GOOD}; the peer met the release request with a wrong PDU and ended the connection; ${WAY_OUT}`,
  }),
  release.byUser(release.when("Interrupted"), {
    id: "interrupted-releasing",
    title: "ended by a signal before the release request was answered",
    hint:
      say`${GOOD}; only the answer to the release request was missing, for which ${CUT_LIMIT_OPTION} sets the limit (${CUT_LIMIT} now)`,
  }),
  abort.byPeer(abort.brokenByTls(), {
    id: "abort-tls-broken",
    title: "TLS broke before the abort was out",
    hint:
      say`${GOOD}; TLS broke before the association could be aborted (${BROKEN_TLS}), which does no harm`,
  }),
  abort.byNetwork(abort.when("SendFailed"), {
    id: "abort-not-sent",
    title: "the connection was gone before the abort was out",
    hint:
      say`${GOOD}; the peer ended the connection before it could be aborted, which does no harm`,
  }),
];
