/** The reference's conditions for bytes that are no PDU, or not the PDU they claim to be. */

import { hex4 } from "../common/hex.ts";
import { unreachable } from "../errors.ts";
import type { PduDefect } from "../pdu/mod.ts";

/** The connection ended, or seemed to, between two PDUs. */
export const LOST = "0006:0317 Peer aborted Association (or never connected)";

/** The connection ended, or seemed to, inside the body of a PDU. */
export const NETWORK_CLOSED = "0006:0310 DUL network closed";

/** The condition for `defect`; two lines for what is wrong inside an association PDU. */
export function defectCondition(defect: PduDefect): string {
  const illegal = "0006:0307 DUL Illegal or ill-formed PDU\n";
  switch (defect.kind) {
    case "ill-formed":
      return `${illegal}0006:0308 DUL Illegal ${illFormed(defect)}`;
    case "subitem-too-long":
      return `${illegal}0006:0308 DUL illegal subitem length ${defect.length}. ` +
        `Maximum allowed size is ${defect.maximum}.`;
    case "user-identity-too-short":
      return `${illegal}0006:0308 DUL illegal user identify ac length ${defect.length}. ` +
        `Need at least ${defect.minimum} bytes for user identify ac`;
    case "user-identity-mismatch":
      return `${illegal}0006:0308 DUL illegal user identify ac length ${defect.length}. ` +
        `Info claims to be ${signed16(defect.info)} bytes. ` +
        `Response claims to be ${signed16(defect.response)} bytes.`;
    case "protocol-version":
      return `${illegal}0006:0322 DUL Unsupported peer protocol ${hex4(defect.version)}; ` +
        "expected 0001 in parseAssociate";
    case "transfer-syntax-count":
      return "0006:0318 DUL Peer supplied illegal number of transfer syntaxes " +
        `(${defect.count})`;
    default:
      return framingCondition(defect);
  }
}

type FramingDefect = Extract<
  PduDefect,
  {
    kind:
      | "unrecognized-type"
      | "too-long"
      | "too-many-items"
      | "no-pdv"
      | "pdv-length"
      | "pdv-sum"
      | "truncated";
  }
>;

function framingCondition(defect: FramingDefect): string {
  switch (defect.kind) {
    case "unrecognized-type":
      return `0006:0321 Unrecognized PDU type: ${defect.typeCode.toString(16).padStart(2, " ")}`;
    case "too-long":
      return tooLong(defect);
    case "too-many-items":
      return `0006:0437 A-ASSOCIATE PDU too large: more than ${defect.maximum} items`;
    case "no-pdv":
      return "0006:0307 PDU without any PDVs encountered. In DT_2_IndicatePData.  " +
        "This probably indicates a  malformed P DATA PDU.";
    case "pdv-length":
      return `0006:0308 PDV with invalid length ${defect.length} encountered. ` +
        "This probably indicates a malformed P DATA PDU.";
    case "pdv-sum":
      return `0006:0307 PDV lengths don't add up correctly: ${defect.pdvs} PDVs. ` +
        "This probably indicates a malformed P-DATA PDU. PDU type is 04.";
    case "truncated":
      return defect.within === "body" ? NETWORK_CLOSED : LOST;
    default:
      return unreachable(defect);
  }
}

function tooLong(defect: Extract<PduDefect, { kind: "too-long" }>): string {
  switch (defect.typeCode) {
    case 0x01:
    case 0x02:
      return "0006:0437 A-ASSOCIATE PDU too large";
    case 0x04:
      return `0006:0308 DUL Illegal PDU Length ${defect.length}.  Max expected ${defect.maximum}`;
    default:
      return "0006:0308 DUL Illegal PDU Length";
  }
}

function illFormed(defect: Extract<PduDefect, { kind: "ill-formed" }>): string {
  let text = `${defect.item}. Got ${defect.got} bytes of data`;
  if (defect.length !== undefined && defect.length !== 0) {
    text += ` with a length field of ${defect.length} ` +
      "(data before length field is not included in length field)";
  }
  text += ".";
  if (defect.minimum !== undefined && defect.minimum !== 0) {
    text += ` The minimum allowed size is ${defect.minimum}.`;
  }
  return text;
}

function signed16(value: number): number {
  return value > 0x7fff ? value - 0x10000 : value;
}
