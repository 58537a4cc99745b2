/** Situations in which an association ends after echoes had been answered on it: too many, too long, or idle. */

import type { Applies, Facts, Situation } from "./types.ts";
import { STALLED, wasIdle, when, whenViolated } from "./when.ts";

function lost(how: "closed" | "reset", test: (facts: Facts) => boolean): Applies {
  return when(
    "ConnectionLost",
    ({ stage, details }, facts) =>
      stage === "echo" && facts.echoes.length > 0 && details.within === "idle" &&
      details.how === how && test(facts),
  );
}

function aborted(test: (facts: Facts) => boolean): Applies {
  return when(
    "PeerAborted",
    ({ stage }, facts) => stage === "echo" && facts.echoes.length > 0 && test(facts),
  );
}

function notSent(test: (facts: Facts) => boolean): Applies {
  return when(
    "SendFailed",
    ({ stage, details }, facts) =>
      stage === "echo" && facts.echoes.length > 0 && details.pdu !== "A-ABORT" &&
      details.systemText !== STALLED && test(facts),
  );
}

function wasBusy(facts: Facts): boolean {
  return !wasIdle(facts);
}

const released = whenViolated("release-requested", { stage: "echo" });

function anyOf(...all: readonly Applies[]): Applies {
  return (failure, facts) => all.some((applies) => applies(failure, facts));
}

/** All of stage `echo`. */
export const LATER: readonly Situation[] = [
  {
    id: "idle-ended-by-peer",
    stage: "echo",
    fault: "peer",
    title: "the peer ended the association while it was idle between two echoes",
    applies: anyOf(
      aborted(wasIdle),
      lost("closed", wasIdle),
      (failure, facts) => wasIdle(facts) && released(failure, facts),
    ),
    hint: ({ answered, interval }) =>
      `${answered} answered, then the peer ended the association, idle for ${interval} (--interval): it, or something in between, ends idle ones; a shorter --interval keeps them`,
  },
  {
    id: "idle-connection-gone",
    stage: "echo",
    fault: "network",
    title: "the connection was gone after it had been idle between two echoes",
    applies: anyOf(lost("reset", wasIdle), notSent(wasIdle)),
    hint: ({ answered, interval }) =>
      `${answered} answered, then the connection was gone, idle for ${interval} (--interval): the peer or a firewall, VPN or proxy ends idle ones; a shorter --interval keeps them`,
  },
  {
    id: "echo-aborted-later",
    stage: "echo",
    fault: "peer",
    title: "the peer aborted after it had answered echoes",
    applies: aborted(wasBusy),
    hint: ({ answered, source, reason }) =>
      `${answered} answered, then the peer aborted (source ${source}, reason ${reason}): it may limit number or time; try a smaller --repeat`,
  },
  {
    id: "echo-closed-later",
    stage: "echo",
    fault: "peer",
    title: "the peer closed the connection after it had answered echoes",
    applies: lost("closed", wasBusy),
    hint: ({ answered }) =>
      `${answered} answered, then the peer closed the connection: it may limit number or time; try a smaller --repeat`,
  },
  {
    id: "echo-reset-later",
    stage: "echo",
    fault: "network",
    title: "the connection was reset after echoes had been answered",
    applies: lost("reset", wasBusy),
    hint: ({ answered }) =>
      `${answered} answered, then the connection broke off: the network or the peer may be unstable; try again with --repeat`,
  },
  {
    id: "echo-not-sent-later",
    stage: "echo",
    fault: "network",
    title: "the connection was gone before the next echo request was out",
    applies: notSent(wasBusy),
    hint: ({ answered }) =>
      `${answered} answered, then the connection was gone before the next request was out: the peer may limit number or time; try a smaller --repeat`,
  },
];
