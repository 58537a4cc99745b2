/** Situations during the echo in which no whole response came. */

import type { Check } from "../check/mod.ts";
import type { Applies, Situation } from "./types.ts";
import { STALLED, when, whenTlsBroke, whenViolated } from "./when.ts";

function aborted(test: (source: number) => boolean): Applies {
  return when(
    "PeerAborted",
    ({ stage, codes }, { echoes }) => stage === "echo" && echoes.length === 0 && test(codes.source),
  );
}

function lost(how: "closed" | "reset"): Applies {
  return when(
    "ConnectionLost",
    ({ stage, details }, { echoes }) =>
      stage === "echo" && echoes.length === 0 && details.within === "idle" && details.how === how,
  );
}

function lostInside(how: "closed" | "reset"): Applies {
  return when(
    "ConnectionLost",
    ({ stage, details }) => stage === "echo" && details.within !== "idle" && details.how === how,
  );
}

function sent(isStalled: boolean): Applies {
  return when(
    "SendFailed",
    ({ stage, details }, { echoes }) =>
      stage === "echo" && details.pdu !== "A-ABORT" &&
      (isStalled || echoes.length === 0) && (details.systemText === STALLED) === isStalled,
  );
}

function timedOut(
  test: (
    details: { readonly timer: string; readonly within: string; readonly fragments?: number },
  ) => boolean,
): Applies {
  return when("TimedOut", ({ stage, details }) => stage === "echo" && test(details));
}

/** All of stage `echo`. */
export const ECHOING: readonly Situation[] = [
  {
    id: "context-not-proposed",
    stage: "echo",
    fault: "peer",
    title: "the peer accepts contexts that were not proposed",
    applies: whenViolated("context-not-proposed", { stage: "echo" }),
    hint: ({ uid }) =>
      `the peer accepts context numbers that were never proposed, none for ${uid}: -d shows its answer, for its vendor`,
  },
  {
    id: "context-contradicted",
    stage: "echo",
    fault: "peer",
    title: "the peer accepts and refuses the same context",
    applies: whenViolated("context-contradicted", { stage: "echo" }),
    hint: ({ context }) =>
      `the peer's answer accepts context ${context} and refuses it again: -d shows it, for the peer's vendor`,
  },
  {
    id: "transfer-syntax-unusable",
    stage: "echo",
    fault: "peer",
    title: "the peer accepts the context with a transfer syntax that cannot be used",
    applies: whenViolated("transfer-syntax", { stage: "echo" }),
    hint: ({ uid }) =>
      `the peer chose transfer syntax "${uid}", which was not proposed: a matter for its vendor`,
  },
  {
    id: "maximum-length-too-small",
    stage: "echo",
    fault: "peer",
    title: "the peer takes only PDUs that are too short for any data",
    applies: whenViolated("dimse", {
      stage: "echo",
      test: ({ defect }) => defect.kind === "maximum-length-too-small",
    }),
    hint: ({ length }) =>
      `the peer takes PDUs of at most ${length} bytes, at least 14 are needed: have the maximum PDU length in its set-up raised`,
  },
  {
    id: "echo-not-sent",
    stage: "echo",
    fault: "network",
    title: "the connection was gone before the echo request was out",
    applies: sent(false),
    hint: ({ calling }) =>
      `the association was accepted and then ended at once: the peer may not serve "${calling}", lack a licence, or have failed; its log should say`,
  },
  {
    id: "echo-not-taken",
    stage: "echo",
    fault: "network",
    title: "the peer did not take the echo request",
    applies: sent(true),
    hint: ({ limit, limitOption }) =>
      `the echo request did not get out within ${limit} (${limitOption}): the peer no longer reads, its program may hang`,
  },
  {
    id: "echo-aborted",
    stage: "echo",
    fault: "peer",
    title: "the peer's application met the echo with an abort",
    applies: aborted((source) => source === 0),
    hint: ({ calling }) =>
      `accepted, but the echo was aborted: the peer may not serve "${calling}" (Orthanc: an unknown modality), or lack storage or a licence; its log should say`,
  },
  {
    id: "echo-aborted-by-provider",
    stage: "echo",
    fault: "peer",
    title: "the peer's upper layer met the echo with an abort",
    applies: aborted((source) => source === 2),
    hint: ({ reason, reasonText }) =>
      `the peer's upper layer aborted the echo: ${reasonText} (source 2, reason ${reason}); its log should say what it did not like`,
  },
  {
    id: "echo-aborted-source-reserved",
    stage: "echo",
    fault: "peer",
    title: "the peer aborted the echo with a source that the standard reserves",
    applies: aborted((source) => source === 1),
    hint: ({ source, reason }) =>
      `source ${source} of the abort (reason ${reason}) is a reserved value of PS3.8 Table 9-26: the peer's log should say why it did not answer`,
  },
  {
    id: "echo-aborted-source-undefined",
    stage: "echo",
    fault: "peer",
    title: "the peer aborted the echo with a source that the standard does not define",
    applies: aborted((source) => source > 2),
    hint: ({ source, reason }) =>
      `source ${source} of the abort (reason ${reason}) is not in PS3.8 Table 9-26: the peer's log should say why it did not answer`,
  },
  {
    id: "echo-tls-broken",
    stage: "echo",
    fault: "peer",
    title: "TLS broke during the echo",
    applies: whenTlsBroke("echo"),
    hint: ({ finding }) =>
      `the association was established, then came what is not sound TLS (${finding}): the peer's TLS or what passes it on is broken, or something on the way changes bytes`,
  },
  {
    id: "echo-closed",
    stage: "echo",
    fault: "peer",
    title: "the peer closed the connection instead of answering the echo",
    applies: lost("closed"),
    hint: ({ calling }) =>
      `accepted, but closed instead of an echo response: the peer may not serve "${calling}", or its program may have failed; its log should say`,
  },
  {
    id: "echo-reset",
    stage: "echo",
    fault: "network",
    title: "the connection was reset instead of an answer to the echo",
    applies: lost("reset"),
    hint: () =>
      "accepted, but the connection broke off instead of an echo response: the peer's program may have failed, or a firewall cuts in; its log should say",
  },
  {
    id: "echo-response-closed",
    stage: "echo",
    fault: "peer",
    title: "the peer closed the connection inside its echo response",
    applies: lostInside("closed"),
    hint: () =>
      "the peer stopped in the middle of its echo response: its program may have failed; its log should say",
  },
  {
    id: "echo-response-reset",
    stage: "echo",
    fault: "network",
    title: "the connection was reset inside the echo response",
    applies: lostInside("reset"),
    hint: () =>
      "the connection broke off inside the echo response: the peer's program may have failed, or something on the way cuts connections",
  },
  {
    id: "echo-silent",
    stage: "echo",
    fault: "peer",
    title: "no echo response came in time",
    applies: timedOut(({ timer, within, fragments }) =>
      within === "idle" && timer !== "socket" && fragments === undefined
    ),
    hint: ({ limit, limitOption }) =>
      `accepted, but no echo response within ${limit} (${limitOption}): the peer may be overloaded or hang; a longer ${limitOption} shows which`,
  },
  {
    id: "echo-silent-socket",
    stage: "echo",
    fault: "peer",
    title: "no echo response came within the limit of -ts, taken for a lost connection",
    applies: timedOut(({ timer, within, fragments }) =>
      within === "idle" && timer === "socket" && fragments === undefined
    ),
    hint: ({ limit, limitOption }) =>
      `no abort came, the peer was silent for ${limit} (${limitOption}): it may be overloaded or hang; -td SECONDS limits this wait alone`,
  },
  {
    id: "echo-response-unfinished",
    stage: "echo",
    fault: "peer",
    title: "fragments of an echo response came, but not its last one in time",
    applies: timedOut(({ within, fragments }) => within === "idle" && fragments !== undefined),
    hint: ({ length, limit, limitOption }) =>
      `${length} of a response came within ${limit} (${limitOption}), and none was its last: the peer hangs or sends without an end; its log should say why`,
  },
  {
    id: "echo-response-slow",
    stage: "echo",
    fault: "network",
    title: "only the first bytes of the echo response came in time",
    applies: timedOut(({ within }) => within === "header"),
    hint: ({ limit, limitOption }) =>
      `an echo response began but did not go on within ${limit} (${limitOption}): the peer is very slow or hangs; a longer ${limitOption} shows which`,
  },
  {
    id: "echo-response-stalled",
    stage: "echo",
    fault: "network",
    title: "the echo response stopped in its middle",
    applies: timedOut(({ within }) => within === "body"),
    hint: ({ limit, limitOption }) =>
      `the echo response stopped in its middle for ${limit} (${limitOption}): the peer hangs, or the network loses packets`,
  },
  {
    id: "interrupted-echoing",
    stage: "echo",
    fault: "user",
    title: "ended by a signal during the echoes",
    applies: when("Interrupted", ({ stage }, { check }) => stage === "echo" && !limitsEcho(check)),
    hint: ({ answered }) =>
      `the association was established, ${answered} answered; -td SECONDS sets a limit for the wait for the next one`,
  },
  {
    id: "interrupted-echoing-limited",
    stage: "echo",
    fault: "user",
    title: "ended by a signal during the echoes, before the limit of a wait",
    applies: when("Interrupted", ({ stage }, { check }) => stage === "echo" && limitsEcho(check)),
    hint: ({ answered, limit, limitOption }) =>
      `the association was established, ${answered} answered; ${limitOption} sets the limit for the wait for the next one (${limit} now)`,
  },
];

/** Whether the wait for a response has a limit of its own. */
function limitsEcho({ dimseTimeoutSeconds }: Check): boolean {
  return dimseTimeoutSeconds !== undefined;
}
