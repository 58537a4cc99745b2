import type { PduDefect } from "./types.ts";

/** Where and how a PDU is wrong. */
export interface PduFault {
  /** The PDU: its type in the standard's words, or `PDU` when that is not known. */
  readonly pdu: string;
  /** The field or item at fault. */
  readonly field: string;
  /** Byte offset from the start of the PDU (its type byte is 0). */
  readonly offset: number;
  /** What is wrong. */
  readonly defect: PduDefect;
  /** Where a header is wrong: the first bytes that came, at most 64, its own included. */
  readonly head?: Uint8Array;
}

/** Bytes that are no well-formed PDU. The only error `decodePdu` and `PduFramer` throw over their input. */
export class PduDecodeError extends Error implements PduFault {
  /** Stable name. */
  override readonly name = "PduDecodeError";
  /** The PDU: its type in the standard's words, or `PDU` when that is not known. */
  readonly pdu: string;
  /** The field or item at fault. */
  readonly field: string;
  /** Byte offset from the start of the PDU (its type byte is 0). */
  readonly offset: number;
  /** What is wrong. */
  readonly defect: PduDefect;
  /** Where a header is wrong: the first bytes that came, at most 64, its own included. */
  readonly head: Uint8Array;

  /** Says where and how the PDU is wrong. */
  constructor(fault: PduFault) {
    super(
      `Cannot decode ${fault.pdu}: ${
        describe(fault.defect)
      } (${fault.field}, byte ${fault.offset})`,
    );
    this.pdu = fault.pdu;
    this.field = fault.field;
    this.offset = fault.offset;
    this.defect = fault.defect;
    this.head = fault.head ?? new Uint8Array(0);
  }
}

/** A value that cannot be written as a PDU: a length or number does not fit its field. */
export class PduEncodeError extends RangeError {
  /** Stable name. */
  override readonly name = "PduEncodeError";
}

function describe(defect: PduDefect): string {
  switch (defect.kind) {
    case "ill-formed":
      return describeIllFormed(defect);
    case "subitem-too-long":
      return `name of ${defect.length} bytes, at most ${defect.maximum} are allowed`;
    case "user-identity-too-short":
      return `user identity answer of ${defect.length} bytes, at least ${defect.minimum} are needed`;
    case "user-identity-mismatch":
      return `user identity answer claims ${defect.info} and ${defect.response} bytes, ${defect.length} are left`;
    case "protocol-version":
      return `protocol version ${defect.version} does not include version 1`;
    case "transfer-syntax-count":
      return `accepted context with ${defect.count} transfer syntaxes`;
    case "unrecognized-type":
      return `PDU type ${hex(defect.typeCode)} does not exist`;
    case "too-long":
      return `length ${defect.length} exceeds ${defect.maximum}`;
    case "no-pdv":
      return "no PDV";
    case "pdv-length":
      return `PDV length ${defect.length}, at least 2 are needed`;
    case "pdv-sum":
      return `PDV lengths do not add up to the PDU length after ${defect.pdvs} PDVs`;
    case "too-many-items":
      return `more than ${defect.maximum} items`;
    case "truncated":
      return `ends inside its ${defect.within}, ${defect.got} of ${defect.expected} bytes came`;
  }
}

function describeIllFormed(defect: Extract<PduDefect, { kind: "ill-formed" }>): string {
  const claimed = defect.length === undefined ? "" : ` with length field ${defect.length}`;
  const needed = defect.minimum === undefined ? "" : `, at least ${defect.minimum} are needed`;
  return `${defect.item}${claimed} has ${defect.got} bytes${needed}`;
}

function hex(code: number): string {
  return `${code.toString(16).toUpperCase().padStart(2, "0")}H`;
}
