import { ByteReader } from "../bytes/mod.ts";
import { decodeAssociate } from "./decode_associate.ts";
import { decodePDataTf } from "./decode_p_data.ts";
import { PduDecodeError } from "./errors.ts";
import type {
  Abort,
  AssociateRj,
  ItemEvent,
  Pdu,
  PduWarning,
  ReleaseRp,
  ReleaseRq,
} from "./types.ts";
import { PDU_TYPES } from "./types.ts";

/** How `decodePdu` reads. */
export interface DecodeOptions {
  /**
   * Takes A-ASSOCIATE-RJ, A-RELEASE-RQ, A-RELEASE-RP and A-ABORT with a body of 0 to 128 bytes as the reference
   * does; code bytes that are missing count as 0. Default: exactly the 4 bytes of the standard.
   */
  readonly lenient?: boolean;
  /** Gets what is wrong with an association PDU and taken all the same, in order, before an error too. */
  readonly onWarning?: (warning: PduWarning) => void;
  /** Gets the items of an association PDU on the way, in the order of the bytes, before an error too. */
  readonly onItem?: (event: ItemEvent) => void;
}

/** Bytes of the header of every PDU (PS3.8 9.3.1). */
export const HEADER_LENGTH = 6;

/** Longest body the reference reads of the four short PDUs, whose body has 4 bytes by the standard. */
export const LONGEST_CONTROL_BODY = 128;

/**
 * The PDU that `bytes` are, header included.
 *
 * Throws `PduDecodeError`, and nothing else, when they are not exactly one well-formed PDU. Reserved bytes are
 * not tested (PS3.8 9.3.1). The value owns its bytes: the input may be used again.
 *
 * @example
 * ```ts
 * import { decodePdu } from "./mod.ts";
 *
 * const pdu = decodePdu(Uint8Array.of(0x07, 0, 0, 0, 0, 4, 0, 0, 2, 6));
 * if (pdu.type !== "A-ABORT" || pdu.source !== 2 || pdu.reason !== 6) throw new Error(pdu.type);
 * ```
 */
export function decodePdu(bytes: Uint8Array, options: DecodeOptions = {}): Pdu {
  const reader = new ByteReader(bytes);
  if (bytes.length < HEADER_LENGTH) {
    throw truncated({ pdu: "PDU", within: "header", got: bytes.length, expected: HEADER_LENGTH });
  }
  const typeCode = reader.u8();
  reader.u8();
  const length = reader.u32be();
  const pdu = nameOfType(typeCode);
  if (length > reader.remaining) {
    throw truncated({ pdu, within: "body", got: reader.remaining, expected: length });
  }
  if (length < reader.remaining) {
    const got = reader.remaining;
    throw new PduDecodeError({
      pdu,
      field: "bytes after the PDU",
      offset: HEADER_LENGTH + length,
      defect: { kind: "ill-formed", item: pdu, got, length },
    });
  }
  return decodeBody(typeCode, { reader, options });
}

/** The standard's name of a PDU type byte, or `PDU`. */
export function nameOfType(typeCode: number): string {
  return isPduType(typeCode) ? PDU_TYPES[typeCode] : "PDU";
}

/** Says whether the standard defines this type byte. */
export function isPduType(typeCode: number): typeCode is keyof typeof PDU_TYPES {
  return typeCode >= 0x01 && typeCode <= 0x07;
}

/** The error for a PDU that ends too early. */
export function truncated(
  cut: { pdu: string; within: "header" | "body"; got: number; expected: number },
): PduDecodeError {
  const { pdu, within, got, expected } = cut;
  const offset = within === "header" ? got : HEADER_LENGTH + got;
  return new PduDecodeError({
    pdu,
    field: within,
    offset,
    defect: { kind: "truncated", within, got, expected },
  });
}

function decodeBody(typeCode: number, from: { reader: ByteReader; options: DecodeOptions }): Pdu {
  const { reader, options } = from;
  if (!isPduType(typeCode)) {
    return { type: "unrecognized", typeCode, body: reader.take(reader.remaining).slice() };
  }
  switch (typeCode) {
    case 0x01:
    case 0x02:
      return decodeAssociate(reader, {
        pdu: PDU_TYPES[typeCode],
        warn: (warning) => options.onWarning?.(warning),
        onItem: options.onItem,
      });
    case 0x04:
      return decodePDataTf(reader);
    default:
      return decodeControl(typeCode, { reader, lenient: options.lenient ?? false });
  }
}

/** The four PDUs that hold at most three codes (PS3.8 9.3.4, 9.3.6, 9.3.7, 9.3.8). */
function decodeControl(
  typeCode: 0x03 | 0x05 | 0x06 | 0x07,
  from: { reader: ByteReader; lenient: boolean },
): AssociateRj | ReleaseRq | ReleaseRp | Abort {
  const { reader, lenient } = from;
  checkControlLength(PDU_TYPES[typeCode], { length: reader.remaining, lenient });
  const body = reader.take(reader.remaining);
  const [, second = 0, third = 0, fourth = 0] = body;
  switch (typeCode) {
    case 0x03:
      return { type: "A-ASSOCIATE-RJ", result: second, source: third, reason: fourth };
    case 0x05:
      return { type: "A-RELEASE-RQ" };
    case 0x06:
      return { type: "A-RELEASE-RP" };
    case 0x07:
      return { type: "A-ABORT", source: third, reason: fourth };
  }
}

function checkControlLength(pdu: string, body: { length: number; lenient: boolean }): void {
  const { length, lenient } = body;
  if (lenient ? length <= LONGEST_CONTROL_BODY : length === 4) return;
  throw new PduDecodeError({
    pdu,
    field: "PDU length",
    offset: 2,
    defect: { kind: "ill-formed", item: pdu, got: length, length, minimum: lenient ? 0 : 4 },
  });
}
