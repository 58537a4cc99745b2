/** Situations in which the answer to the association request is a PDU that cannot be taken. */

import type { PduDefect } from "../pdu/mod.ts";
import type { Applies, Situation } from "./types.ts";
import { whenViolated } from "./when.ts";

const A_ASSOCIATE_RQ = 0x01;
const A_ASSOCIATE_AC = 0x02;

/** Defects of an item that does not fit into what holds it. */
const ITEM_DEFECTS: readonly PduDefect["kind"][] = [
  "ill-formed",
  "user-identity-too-short",
  "user-identity-mismatch",
  "no-pdv",
  "pdv-length",
  "pdv-sum",
  "truncated",
];

function defective(test: (defect: PduDefect) => boolean): Applies {
  return whenViolated("pdu", { stage: "associate", test: ({ defect }) => test(defect) });
}

/** All of stage `associate`. */
export const ILL_FORMED: readonly Situation[] = [
  {
    id: "association-answer-ill-formed",
    stage: "associate",
    fault: "peer",
    title: "an item of the A-ASSOCIATE-AC does not fit where it is",
    applies: defective(({ kind }) => ITEM_DEFECTS.includes(kind)),
    hint: ({ pdu, field, offset, clause }) =>
      `the peer's ${pdu} is ill-formed: its ${field} at byte ${offset} does not fit (${clause}); -d shows the bytes, for the peer's vendor`,
  },
  {
    id: "association-answer-name-too-long",
    stage: "associate",
    fault: "peer",
    title: "a UID or name in the A-ASSOCIATE-AC is longer than 64 bytes",
    applies: defective(({ kind }) => kind === "subitem-too-long"),
    hint: ({ field, offset, clause, length, maximum }) =>
      `the ${field} at byte ${offset} of the peer's answer has ${length} bytes, ${maximum} are allowed (${clause}): -d shows them, for the peer's vendor`,
  },
  {
    id: "association-answer-version",
    stage: "associate",
    fault: "peer",
    title: "the A-ASSOCIATE-AC does not include protocol version 1",
    applies: defective(({ kind }) => kind === "protocol-version"),
    hint: ({ value, clause }) =>
      `the peer accepts with protocol version ${value}, in which bit 0 must be set (${clause}): a matter for the peer's vendor`,
  },
  {
    id: "association-answer-transfer-syntaxes",
    stage: "associate",
    fault: "peer",
    title: "an accepted presentation context does not have exactly one transfer syntax",
    applies: defective(({ kind }) => kind === "transfer-syntax-count"),
    hint: ({ value, clause }) =>
      `the peer accepts a context with ${value} transfer syntaxes, it must be one (${clause}): try -pts 1 and -ppc 1, and report it to the peer's vendor`,
  },
  {
    id: "association-answer-too-long",
    stage: "associate",
    fault: "peer",
    title: "the A-ASSOCIATE-AC claims to be longer than any needs to be",
    applies: defective((defect) =>
      defect.kind === "too-long" && defect.typeCode === A_ASSOCIATE_AC
    ),
    hint: ({ length, maximum }) =>
      `the answer claims ${length} bytes, at most ${maximum} are read: it is broken, or the port is not a DICOM service`,
  },
  {
    id: "association-answer-too-many-items",
    stage: "associate",
    fault: "peer",
    title: "the A-ASSOCIATE-AC has more items than any needs to have",
    applies: defective(({ kind }) => kind === "too-many-items"),
    hint: ({ maximum }) =>
      `the answer has more than ${maximum} items: it is broken, or the port is not a DICOM service`,
  },
  {
    id: "association-answer-length",
    stage: "associate",
    fault: "peer",
    title: "another PDU than an A-ASSOCIATE-AC came with an impossible length",
    applies: defective((defect) =>
      defect.kind === "too-long" && defect.typeCode !== A_ASSOCIATE_AC
    ),
    hint: ({ pdu, length, firstBytes }) =>
      `what came looks like ${pdu} with ${length} bytes (${firstBytes}), which cannot be: the port is likely no DICOM service`,
  },
  {
    id: "association-request-mirrored",
    stage: "associate",
    fault: "peer",
    title: "the association request was answered with an association request",
    applies: whenViolated("unexpected-pdu", {
      stage: "associate",
      test: ({ header }) => header.typeCode === A_ASSOCIATE_RQ,
    }),
    hint: ({ host, port }) =>
      `port ${port} of ${host} sends an association request of its own: it sends back what it gets, or a DICOM client sits there instead of a server`,
  },
  {
    id: "association-answer-unexpected",
    stage: "associate",
    fault: "peer",
    title: "the association request was answered with a PDU that is not an answer to it",
    applies: whenViolated("unexpected-pdu", {
      stage: "associate",
      test: ({ header }) => header.typeCode !== A_ASSOCIATE_RQ,
    }),
    hint: ({ pdu }) =>
      `the peer answers the association request with ${pdu}, without accepting or rejecting: its log should say why`,
  },
];
