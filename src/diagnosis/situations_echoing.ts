// data table
/** Situations during the echo in which no response came, or what came is not one. */

import type { Check } from "../check/mod.ts";
import type { PduDefect } from "../pdu/mod.ts";
import { say, word } from "./sentence.ts";
import { BROKEN_TLS } from "./tls_words.ts";
import type { Case, Facts, Situation } from "./types.ts";
import { anyOf, AtStage, type Defective, type Named, type Violated } from "./when.ts";
import {
  CALLING,
  CLAUSE,
  CUT_LIMIT,
  CUT_LIMIT_OPTION,
  FIELD,
  FIRST_BYTES,
  LENGTH,
  LIMIT_OPTION,
  MAXIMUM,
  OFFSET,
  PDU,
  REASON,
  REASON_TEXT,
  RESERVED_SOURCE,
  secondsOf,
  SOURCE,
  UNDEFINED_SOURCE,
  UNEXPECTED_PDU,
  WAITED,
  WAITED_TO_SEND,
} from "./words.ts";

const echo = new AtStage("echo");

const P_DATA_TF = 0x04;
const PDV_DEFECTS: readonly PduDefect["kind"][] = ["no-pdv", "pdv-length", "pdv-sum"];
const OWN_DEFECTS: readonly PduDefect["kind"][] = ["unrecognized-type", "too-long", ...PDV_DEFECTS];

/** Whether nothing had been answered yet. */
function isFirst({ echoes }: Facts): boolean {
  return echoes.length === 0;
}

/** Whether a pause between echoes preceded the failure, so that the association had been idle. */
function wasIdle({ check, echoes }: Facts): boolean {
  return echoes.length > 0 && (check.intervalSeconds ?? 0) > 0;
}

/** Whether echoes had been answered, one right after the other. */
function wasBusy(facts: Facts): boolean {
  return !isFirst(facts) && !wasIdle(facts);
}

/** How many echoes had been answered before. */
const ANSWERED = word(
  "ANSWERED",
  ({ echoes }: Facts) => `${echoes.length} ${echoes.length === 1 ? "echo" : "echoes"}`,
);
/** The pause between two echoes. */
const INTERVAL = word("INTERVAL", ({ check }: Facts) => secondsOf(check.intervalSeconds ?? 0));
const FRAGMENTS = word("LENGTH", ({ failure }: Case<Named<"TimedOut">>) => {
  const { fragments = 0 } = failure.details;
  return fragments === 1 ? "1 fragment" : `${fragments} fragments`;
});
const ABSTRACT_SYNTAX = word(
  "UID",
  ({ failure }: Case<Violated<"context-not-proposed">>) => failure.violation.abstractSyntax,
);
const TRANSFER_SYNTAX = word(
  "UID",
  ({ failure }: Case<Violated<"transfer-syntax">>) => failure.violation.uid,
);
const CONTEXT = word(
  "CONTEXT",
  ({ failure }: Case<Violated<"context-contradicted">>) => failure.violation.id,
);
const MAXIMUM_LENGTH = word(
  "LENGTH",
  ({ failure }: Case<Defective<{ readonly maximumLength: number }>>) =>
    failure.violation.defect.maximumLength,
);
const TYPE_CODE = word("VALUE", ({ failure }: Case<Defective<{ readonly typeCode: number }>>) => {
  const { typeCode } = failure.violation.defect;
  return `${typeCode.toString(16).padStart(2, "0").toUpperCase()}H`;
});

/** Whether the wait for a response has a limit of its own. */
function limitsEcho({ dimseTimeoutSeconds }: Check): boolean {
  return dimseTimeoutSeconds !== undefined;
}

/** No response came to the first echo, or not a whole one to any. */
const UNANSWERED: readonly Situation[] = [
  echo.byPeer(echo.violated("context-not-proposed"), {
    id: "context-not-proposed",
    title: "the peer accepts contexts that were not proposed",
    hint:
      say`the peer accepts context numbers that were never proposed, none for ${ABSTRACT_SYNTAX}: -d shows its answer, for its vendor`,
  }),
  echo.byPeer(echo.violated("context-contradicted"), {
    id: "context-contradicted",
    title: "the peer accepts and refuses the same context",
    hint:
      say`the peer's answer accepts context ${CONTEXT} and refuses it again: -d shows it, for the peer's vendor`,
  }),
  echo.byPeer(echo.violated("transfer-syntax"), {
    id: "transfer-syntax-unusable",
    title: "the peer accepts the context with a transfer syntax that cannot be used",
    hint:
      say`the peer chose transfer syntax "${TRANSFER_SYNTAX}", which was not proposed: a matter for its vendor`,
  }),
  echo.byPeer(echo.misanswered(["maximum-length-too-small"]), {
    id: "maximum-length-too-small",
    title: "the peer takes only PDUs that are too short for any data",
    hint:
      say`the peer takes PDUs of at most ${MAXIMUM_LENGTH} bytes, at least 14 are needed: have the maximum PDU length in its set-up raised`,
  }),
  echo.byNetwork(echo.unsent("another PDU", isFirst), {
    id: "echo-not-sent",
    title: "the connection was gone before the echo request was out",
    hint:
      say`the association was accepted and then ended at once: the peer may not serve "${CALLING}", lack a license, or have failed; its log should say`,
  }),
  echo.byNetwork(echo.untaken(), {
    id: "echo-not-taken",
    title: "the peer did not take the echo request",
    hint:
      say`the echo request did not get out within ${WAITED_TO_SEND}: the peer no longer reads, its program may hang`,
  }),
  echo.byPeer(echo.aborted((source, facts) => source === 0 && isFirst(facts)), {
    id: "echo-aborted",
    title: "the peer's application met the echo with an abort",
    hint:
      say`accepted, but the echo was aborted: the peer may not serve "${CALLING}" (Orthanc: an unknown modality), or lack storage or a license; its log should say`,
  }),
  echo.byPeer(echo.aborted((source, facts) => source === 2 && isFirst(facts)), {
    id: "echo-aborted-by-provider",
    title: "the peer's upper layer met the echo with an abort",
    hint:
      say`the peer's upper layer aborted the echo: ${REASON_TEXT} (source 2, reason ${REASON}); its log should say what it did not like`,
  }),
  echo.byPeer(echo.aborted((source, facts) => source === 1 && isFirst(facts)), {
    id: "echo-aborted-source-reserved",
    title: "the peer aborted the echo with a source that the standard reserves",
    hint: RESERVED_SOURCE,
  }),
  echo.byPeer(echo.aborted((source, facts) => source > 2 && isFirst(facts)), {
    id: "echo-aborted-source-undefined",
    title: "the peer aborted the echo with a source that the standard does not define",
    hint: UNDEFINED_SOURCE,
  }),
  echo.byPeer(echo.brokenByTls(), {
    id: "echo-tls-broken",
    title: "TLS broke during the echo",
    hint:
      say`the association was established, then came what is not sound TLS (${BROKEN_TLS}): the peer's TLS or what passes it on is broken, or something on the way changes bytes`,
  }),
  echo.byPeer(echo.lost("closed", isFirst), {
    id: "echo-closed",
    title: "the peer closed the connection instead of answering the echo",
    hint:
      say`accepted, but closed instead of an echo response: the peer may not serve "${CALLING}", or its program may have failed; its log should say`,
  }),
  echo.byNetwork(echo.lost("reset", isFirst), {
    id: "echo-reset",
    title: "the connection was reset instead of an answer to the echo",
    hint:
      say`accepted, but the connection broke off instead of an echo response: the peer's program may have failed, or a firewall cuts in; its log should say`,
  }),
  echo.byPeer(echo.cut("closed"), {
    id: "echo-response-closed",
    title: "the peer closed the connection inside its echo response",
    hint:
      say`the peer stopped in the middle of its echo response: its program may have failed; its log should say`,
  }),
  echo.byNetwork(echo.cut("reset"), {
    id: "echo-response-reset",
    title: "the connection was reset inside the echo response",
    hint:
      say`the connection broke off inside the echo response: the peer's program may have failed, or something on the way cuts connections`,
  }),
  echo.byPeer(
    echo.silent(
      "idle",
      ({ details: { timer, fragments } }) => timer !== "socket" && fragments === undefined,
    ),
    {
      id: "echo-silent",
      title: "no echo response came in time",
      hint:
        say`accepted, but no echo response within ${WAITED}: the peer may be overloaded or hang; a longer ${LIMIT_OPTION} shows which`,
    },
  ),
  echo.byPeer(
    echo.silent(
      "idle",
      ({ details: { timer, fragments } }) => timer === "socket" && fragments === undefined,
    ),
    {
      id: "echo-silent-socket",
      title: "no echo response came within the limit of -ts, taken for a lost connection",
      hint:
        say`no abort came, the peer was silent for ${WAITED}: it may be overloaded or hang; -td SECONDS limits this wait alone`,
    },
  ),
  echo.byPeer(echo.silent("idle", ({ details }) => details.fragments !== undefined), {
    id: "echo-response-unfinished",
    title: "fragments of an echo response came, but not its last one in time",
    hint:
      say`${FRAGMENTS} of a response came within ${WAITED}, and none was its last: the peer hangs or sends without an end; its log should say why`,
  }),
  echo.byNetwork(echo.silent("header"), {
    id: "echo-response-slow",
    title: "only the first bytes of the echo response came in time",
    hint:
      say`an echo response began but did not go on within ${WAITED}: the peer is very slow or hangs; a longer ${LIMIT_OPTION} shows which`,
  }),
  echo.byNetwork(echo.silent("body"), {
    id: "echo-response-stalled",
    title: "the echo response stopped in its middle",
    hint:
      say`the echo response stopped in its middle for ${WAITED}: the peer hangs, or the network loses packets`,
  }),
  echo.byUser(echo.when("Interrupted", (_, { check }) => !limitsEcho(check)), {
    id: "interrupted-echoing",
    title: "ended by a signal during the echoes",
    hint:
      say`the association was established, ${ANSWERED} answered; -td SECONDS sets a limit for the wait for the next one`,
  }),
  echo.byUser(echo.when("Interrupted", (_, { check }) => limitsEcho(check)), {
    id: "interrupted-echoing-limited",
    title: "ended by a signal during the echoes, before the limit of a wait",
    hint:
      say`the association was established, ${ANSWERED} answered; ${CUT_LIMIT_OPTION} sets the limit for the wait for the next one (${CUT_LIMIT} now)`,
  }),
];

/** The association ended after echoes had been answered on it: too many, too long, or idle. */
const LATER: readonly Situation[] = [
  echo.byPeer(
    anyOf<Named<"PeerAborted" | "ConnectionLost" | "ProtocolViolation">>(
      echo.aborted((_, facts) => wasIdle(facts)),
      echo.lost("closed", wasIdle),
      echo.violated("release-requested", (_, facts) => wasIdle(facts)),
    ),
    {
      id: "idle-ended-by-peer",
      title: "the peer ended the association while it was idle between two echoes",
      hint:
        say`${ANSWERED} answered, then the peer ended the association, idle for ${INTERVAL} (--interval): it, or something in between, ends idle ones; a shorter --interval keeps them`,
    },
  ),
  echo.byNetwork(
    anyOf<Named<"ConnectionLost" | "SendFailed">>(
      echo.lost("reset", wasIdle),
      echo.unsent("another PDU", wasIdle),
    ),
    {
      id: "idle-connection-gone",
      title: "the connection was gone after it had been idle between two echoes",
      hint:
        say`${ANSWERED} answered, then the connection was gone, idle for ${INTERVAL} (--interval): the peer or a firewall, VPN or proxy ends idle ones; a shorter --interval keeps them`,
    },
  ),
  echo.byPeer(echo.aborted((_, facts) => wasBusy(facts)), {
    id: "echo-aborted-later",
    title: "the peer aborted after it had answered echoes",
    hint:
      say`${ANSWERED} answered, then the peer aborted (source ${SOURCE}, reason ${REASON}): it may limit number or time; try a smaller --repeat`,
  }),
  echo.byPeer(echo.lost("closed", wasBusy), {
    id: "echo-closed-later",
    title: "the peer closed the connection after it had answered echoes",
    hint:
      say`${ANSWERED} answered, then the peer closed the connection: it may limit number or time; try a smaller --repeat`,
  }),
  echo.byNetwork(echo.lost("reset", wasBusy), {
    id: "echo-reset-later",
    title: "the connection was reset after echoes had been answered",
    hint:
      say`${ANSWERED} answered, then the connection broke off: the network or the peer may be unstable; try again with --repeat`,
  }),
  echo.byNetwork(echo.unsent("another PDU", wasBusy), {
    id: "echo-not-sent-later",
    title: "the connection was gone before the next echo request was out",
    hint:
      say`${ANSWERED} answered, then the connection was gone before the next request was out: the peer may limit number or time; try a smaller --repeat`,
  }),
];

/** PDUs came that are no response. */
const NO_RESPONSES: readonly Situation[] = [
  echo.byPeer(echo.violated("release-requested", (_, facts) => !wasIdle(facts)), {
    id: "echo-release-requested",
    title: "the peer asks for the release of the association instead of answering the echo",
    hint:
      say`the peer wants to end the association before it answers: it may be shutting down or limit idle time; try again, and see its log`,
  }),
  echo.byPeer(echo.violated("unexpected-pdu"), {
    id: "echo-answer-unexpected",
    title: "a PDU that may not come during an echo",
    hint:
      say`the peer answers the echo with ${UNEXPECTED_PDU}, which may not come on an open association (PS3.8 9.2): a matter for its vendor`,
  }),
  echo.byNetwork(echo.unsent("A-ABORT"), {
    id: "echo-answer-unexpected-lost",
    title:
      "a PDU that may not come during an echo, and the connection was gone before it could be met with an abort",
    hint:
      say`the peer sent what may not come on an open association (PS3.8 9.2) and ended the connection: its log should say`,
  }),
  echo.byPeer(echo.illFormed(["unrecognized-type"]), {
    id: "echo-response-no-pdu",
    title: "bytes that are no PDU instead of an echo response",
    hint:
      say`the peer answers the echo with PDU type ${TYPE_CODE}, which does not exist (${FIRST_BYTES}): a matter for its vendor`,
  }),
  echo.byPeer(echo.illFormed(["too-long"], ({ typeCode }) => typeCode === P_DATA_TF), {
    id: "echo-response-too-long",
    title: "the peer sends a longer P-DATA-TF than was announced as the maximum",
    hint:
      say`the peer sends a PDU of ${LENGTH} bytes though at most ${MAXIMUM} were announced: a longer -pdu may help until its vendor repairs it`,
  }),
  echo.byPeer(echo.illFormed(["too-long"], ({ typeCode }) => typeCode !== P_DATA_TF), {
    id: "echo-pdu-length",
    title: "a PDU without data came with an impossible length",
    hint:
      say`the peer sends ${PDU} with ${LENGTH} bytes, by PS3.8 it has 4: a matter for its vendor`,
  }),
  echo.byPeer(echo.illFormed(PDV_DEFECTS), {
    id: "echo-response-pdvs",
    title: "the parts of the peer's P-DATA-TF do not add up",
    hint:
      say`the lengths inside the peer's P-DATA-TF do not fit at byte ${OFFSET} (${CLAUSE}): a matter for its vendor`,
  }),
  echo.byPeer(echo.violated("pdu", ({ defect }) => !OWN_DEFECTS.includes(defect.kind)), {
    id: "echo-pdu-ill-formed",
    title: "another PDU that came during the echo is ill-formed",
    hint:
      say`the peer sends an ill-formed ${PDU}: its ${FIELD} at byte ${OFFSET} does not fit (${CLAUSE}), a matter for its vendor`,
  }),
];

/** All of stage `echo` in which no whole response came. */
export const ECHOING: readonly Situation[] = [...UNANSWERED, ...LATER, ...NO_RESPONSES];
