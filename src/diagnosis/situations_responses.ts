/** Situations in which a whole response came that is none to our C-ECHO-RQ (PS3.7 9.3.5.2). */

import type { DimseDefect } from "../dimse/mod.ts";
import type { Applies, Situation } from "./types.ts";
import { whenViolated } from "./when.ts";

const C_ECHO_RQ = 0x0030;

function defective(test: (defect: DimseDefect) => boolean): Applies {
  return whenViolated("dimse", { stage: "echo", test: ({ defect }) => test(defect) });
}

function ofKind(...kinds: readonly DimseDefect["kind"][]): Applies {
  return defective(({ kind }) => kinds.includes(kind));
}

/** All of stage `echo`. */
export const RESPONSES: readonly Situation[] = [
  {
    id: "response-encoding",
    stage: "echo",
    fault: "peer",
    title: "the response is not encoded as Implicit VR Little Endian",
    applies: ofKind("element-too-long"),
    hint: ({ element }) =>
      `element ${element} claims more bytes than came: the peer likely sends commands in the encoding of its data, not in Implicit VR Little Endian (PS3.7 6.3.1)`,
  },
  {
    id: "response-corrupt",
    stage: "echo",
    fault: "peer",
    title: "the elements of the response cannot be told apart",
    applies: ofKind("undefined-length", "sequence", "unexpected-tag"),
    hint: ({ element }) =>
      `the response cannot be read from ${element} on (PS3.7 6.3.1): a matter for the peer's vendor`,
  },
  {
    id: "response-without-command",
    stage: "echo",
    fault: "peer",
    title: "the response does not say what it is",
    applies: ofKind("missing-command-field"),
    hint: () =>
      "the response has no Command Field (0000,0100), or it came in fragments of an odd length: a matter for the peer's vendor",
  },
  {
    id: "response-command-undefined",
    stage: "echo",
    fault: "peer",
    title: "the response is a command that does not exist",
    applies: ofKind("unknown-command"),
    hint: ({ value }) =>
      `the peer answers the echo with command ${value}, which PS3.7 E.1 does not define: a matter for its vendor`,
  },
  {
    id: "response-incomplete",
    stage: "echo",
    fault: "peer",
    title: "the response lacks an element that it must have",
    applies: ofKind("missing-element"),
    hint: ({ element }) =>
      `the response has no usable ${element}, which PS3.7 9.3.5 requires: a matter for the peer's vendor`,
  },
  {
    id: "response-with-data-set",
    stage: "echo",
    fault: "peer",
    title: "the response announces a data set, which an echo response does not have",
    applies: ofKind("data-set-type"),
    hint: ({ value }) =>
      `the response has Command Data Set Type ${value}, an echo response must have 0101H (PS3.7 9.3.5.2): a matter for the peer's vendor`,
  },
  {
    id: "response-is-request",
    stage: "echo",
    fault: "peer",
    title: "the peer sends an echo request instead of a response",
    applies: defective((defect) =>
      defect.kind === "unexpected-command" && defect.commandField === C_ECHO_RQ
    ),
    hint: () =>
      "the peer sends an echo request of its own where its response is due: it sends back what it gets, or mistakes its role",
  },
  {
    id: "response-of-other-command",
    stage: "echo",
    fault: "peer",
    title: "the response is one to another command",
    applies: defective((defect) =>
      defect.kind === "unexpected-command" && defect.commandField !== C_ECHO_RQ
    ),
    hint: ({ value }) =>
      `the peer answers the echo with command ${value}, an echo response is 8030H: it may be set up for other services only`,
  },
  {
    id: "response-to-other-message",
    stage: "echo",
    fault: "peer",
    title: "the response answers a message that was not sent",
    applies: ofKind("unexpected-message-id"),
    hint: ({ value, expected }) =>
      `the response is to message ${value}, message ${expected} was sent: the peer confuses its associations, or always sends the same number`,
  },
  {
    id: "response-on-two-contexts",
    stage: "echo",
    fault: "peer",
    title: "the fragments of the response are on different contexts",
    applies: ofKind("different-contexts"),
    hint: ({ context, value }) =>
      `the response begins on context ${context} and goes on with context ${value}: a matter for the peer's vendor; -ppc 1 may get round it`,
  },
  {
    id: "response-on-other-context",
    stage: "echo",
    fault: "peer",
    title: "the response is on a context that is not accepted",
    applies: ofKind("context-not-accepted"),
    hint: ({ context }) =>
      `the response is on context ${context}, which the peer did not accept itself: a matter for its vendor`,
  },
  {
    id: "response-is-data",
    stage: "echo",
    fault: "peer",
    title: "a data set came where the response is due",
    applies: ofKind("command-pdv-expected"),
    hint: ({ context }) =>
      `the peer sends a data set on context ${context} where the echo response is due: a matter for its vendor`,
  },
  {
    id: "response-endless",
    stage: "echo",
    fault: "peer",
    title: "the response is longer than any needs to be",
    applies: ofKind("command-too-long"),
    hint: ({ maximum }) =>
      `the response goes on beyond ${maximum} bytes, an echo response has about 80: the peer never marks its last fragment`,
  },
  {
    id: "response-in-too-many-fragments",
    stage: "echo",
    fault: "peer",
    title: "the response comes in more fragments than any needs, empty ones perhaps",
    applies: ofKind("too-many-fragments"),
    hint: ({ maximum }) =>
      `${maximum} fragments of a response came and none was marked as its last (PS3.8 Annex E): a matter for the peer's vendor`,
  },
];
