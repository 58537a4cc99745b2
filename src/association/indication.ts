/** What a PDU means to the service user (PS3.8 section 7), and which event it is to the state machine. */

import { unreachable } from "../errors.ts";
import {
  type AssociateAc,
  type AssociateRj,
  type AssociateRq,
  type FramedPdu,
  PDU_TYPES,
  type PduDecodeError,
  type PduHeader,
  type Pdv,
  type SkippedPdu,
} from "../pdu/mod.ts";
import type { ReadPosition } from "./pdu_reader.ts";
import type { EventName } from "./transitions.ts";

/** What the service user is told (PS3.8 section 7), or why there is nothing to tell. */
export type Indication =
  | { readonly type: "associate-requested"; readonly pdu: AssociateRq }
  | { readonly type: "associate-accepted"; readonly pdu: AssociateAc }
  | { readonly type: "associate-rejected"; readonly pdu: AssociateRj }
  | { readonly type: "data"; readonly pdvs: readonly Pdv[] }
  | { readonly type: "release-requested" }
  | { readonly type: "release-confirmed" }
  /** The peer's A-ABORT, with its codes. */
  | { readonly type: "aborted"; readonly source: number; readonly reason: number }
  /** A PDU of the standard that may not come now; our A-ABORT went out. */
  | { readonly type: "unexpected"; readonly header: PduHeader }
  /** Bytes that are no PDU; our A-ABORT went out. */
  | { readonly type: "defect"; readonly error: PduDecodeError }
  /** The connection ended, possibly inside a PDU. */
  | { readonly type: "closed"; readonly within: ReadPosition }
  | { readonly type: "timed-out"; readonly within: ReadPosition; readonly seconds: number }
  | { readonly type: "cancelled" };

/** The event of Table 9-10 for each PDU type. */
export const EVENT_OF_TYPE: Readonly<Record<number, EventName>> = {
  0x01: "Evt6",
  0x02: "Evt3",
  0x03: "Evt4",
  0x04: "Evt10",
  0x05: "Evt12",
  0x06: "Evt13",
  0x07: "Evt16",
};

/** The event that `pdu` is. */
export function eventOf(pdu: FramedPdu): EventName {
  return EVENT_OF_TYPE[typeCodeOf(pdu)] ?? "Evt19";
}

const TYPE_CODES: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(PDU_TYPES).map(([code, type]) => [type, Number(code)]),
);

function typeCodeOf(pdu: FramedPdu): number {
  if (pdu.type === "skipped" || pdu.type === "unrecognized") return pdu.typeCode;
  return TYPE_CODES[pdu.type] ?? 0;
}

/** The header of a received PDU; the length only of one that was skipped. */
export function headerOf(pdu: FramedPdu): PduHeader {
  const length = pdu.type === "skipped" ? pdu.length : 0;
  return { typeCode: typeCodeOf(pdu), length };
}

/** What `pdu` reports the service user where it may come. */
export function indicationOf(pdu: FramedPdu): Indication {
  switch (pdu.type) {
    case "A-ASSOCIATE-RQ":
      return { type: "associate-requested", pdu };
    case "A-ASSOCIATE-AC":
      return { type: "associate-accepted", pdu };
    case "A-ASSOCIATE-RJ":
      return { type: "associate-rejected", pdu };
    case "P-DATA-TF":
      return { type: "data", pdvs: pdu.pdvs };
    case "A-RELEASE-RQ":
      return { type: "release-requested" };
    case "A-RELEASE-RP":
      return { type: "release-confirmed" };
    case "A-ABORT":
      return { type: "aborted", source: pdu.source, reason: pdu.reason };
    case "skipped":
      return skippedIndication(pdu);
    case "unrecognized":
      return { type: "unexpected", header: headerOf(pdu) };
    default:
      return unreachable(pdu);
  }
}

/** What a PDU reports without its body. */
function skippedIndication(pdu: SkippedPdu): Indication {
  switch (PDU_TYPES[pdu.typeCode as keyof typeof PDU_TYPES]) {
    case "P-DATA-TF":
      return { type: "data", pdvs: [] };
    case "A-RELEASE-RQ":
      return { type: "release-requested" };
    case "A-RELEASE-RP":
      return { type: "release-confirmed" };
    default:
      return { type: "unexpected", header: headerOf(pdu) };
  }
}
