/** Situations during the echo in which PDUs came that are no response. */

import type { PduDefect } from "../pdu/mod.ts";
import type { Applies, Situation } from "./types.ts";
import { wasIdle, when, whenViolated } from "./when.ts";

const P_DATA_TF = 0x04;
const PDV_DEFECTS: readonly PduDefect["kind"][] = ["no-pdv", "pdv-length", "pdv-sum"];
const OWN_DEFECTS: readonly PduDefect["kind"][] = ["unrecognized-type", "too-long", ...PDV_DEFECTS];

function defective(test: (defect: PduDefect) => boolean): Applies {
  return whenViolated("pdu", { stage: "echo", test: ({ defect }) => test(defect) });
}

/** All of stage `echo`. */
export const ECHO_PDUS: readonly Situation[] = [
  {
    id: "echo-release-requested",
    stage: "echo",
    fault: "peer",
    title: "the peer asks for the release of the association instead of answering the echo",
    applies: (failure, facts) =>
      !wasIdle(facts) && whenViolated("release-requested", { stage: "echo" })(failure, facts),
    hint: () =>
      "the peer wants to end the association before it answers: it may be shutting down or limit idle time; try again, and see its log",
  },
  {
    id: "echo-answer-unexpected",
    stage: "echo",
    fault: "peer",
    title: "a PDU that may not come during an echo",
    applies: whenViolated("unexpected-pdu", { stage: "echo" }),
    hint: ({ pdu }) =>
      `the peer answers the echo with ${pdu}, which may not come on an open association (PS3.8 9.2): a matter for its vendor`,
  },
  {
    id: "echo-answer-unexpected-lost",
    stage: "echo",
    fault: "network",
    title:
      "a PDU that may not come during an echo, and the connection was gone before it could be met with an abort",
    applies: when(
      "SendFailed",
      ({ stage, details }) => stage === "echo" && details.pdu === "A-ABORT",
    ),
    hint: () =>
      "the peer sent what may not come on an open association (PS3.8 9.2) and ended the connection: its log should say",
  },
  {
    id: "echo-response-no-pdu",
    stage: "echo",
    fault: "peer",
    title: "bytes that are no PDU instead of an echo response",
    applies: defective(({ kind }) => kind === "unrecognized-type"),
    hint: ({ value, firstBytes }) =>
      `the peer answers the echo with PDU type ${value}, which does not exist (${firstBytes}): a matter for its vendor`,
  },
  {
    id: "echo-response-too-long",
    stage: "echo",
    fault: "peer",
    title: "the peer sends a longer P-DATA-TF than was announced as the maximum",
    applies: defective((defect) => defect.kind === "too-long" && defect.typeCode === P_DATA_TF),
    hint: ({ length, maximum }) =>
      `the peer sends a PDU of ${length} bytes though at most ${maximum} were announced: a longer -pdu may help until its vendor repairs it`,
  },
  {
    id: "echo-pdu-length",
    stage: "echo",
    fault: "peer",
    title: "a PDU without data came with an impossible length",
    applies: defective((defect) => defect.kind === "too-long" && defect.typeCode !== P_DATA_TF),
    hint: ({ pdu, length }) =>
      `the peer sends ${pdu} with ${length} bytes, by PS3.8 it has 4: a matter for its vendor`,
  },
  {
    id: "echo-response-pdvs",
    stage: "echo",
    fault: "peer",
    title: "the parts of the peer's P-DATA-TF do not add up",
    applies: defective(({ kind }) => PDV_DEFECTS.includes(kind)),
    hint: ({ offset, clause }) =>
      `the lengths inside the peer's P-DATA-TF do not fit at byte ${offset} (${clause}): a matter for its vendor`,
  },
  {
    id: "echo-pdu-ill-formed",
    stage: "echo",
    fault: "peer",
    title: "another PDU that came during the echo is ill-formed",
    applies: defective(({ kind }) => !OWN_DEFECTS.includes(kind)),
    hint: ({ pdu, field, offset, clause }) =>
      `the peer sends an ill-formed ${pdu}: its ${field} at byte ${offset} does not fit (${clause}), a matter for its vendor`,
  },
];
