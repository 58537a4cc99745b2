import { ByteReader } from "../bytes/mod.ts";
import type { Pdv } from "../pdu/types.ts";
import { DimseError } from "./errors.ts";

/** What the reference remarks on an acceptor's maximum length. */
export type MaxSendPdvWarning =
  /** Odd: `used` is taken instead. */
  | { readonly kind: "odd"; readonly length: number; readonly used: number }
  /** Nothing is left after the headers (`length` < 1): the default is taken. */
  | { readonly kind: "default"; readonly length: number }
  /** Less is left than a command element may need: PDVs are cut smaller only when they are sent. */
  | { readonly kind: "small"; readonly length: number };

/** How many bytes of a command go into one PDV. */
export interface MaxSendPdv {
  /** `Max Send PDV` of the reference. */
  readonly value: number;
  /** Its remarks, in order. */
  readonly warnings: readonly MaxSendPdvWarning[];
}

/** Largest P-DATA-TF the reference sends, whatever the acceptor would take. */
const LARGEST_P_DATA = 131_072;

/** Header of a P-DATA-TF (6) with one PDV (length 4, context ID 1, control header 1). */
const P_DATA_OVERHEAD = 12;

/** Size of the reference's send buffer when the acceptor's maximum length is too small for one. */
const DEFAULT_SEND_PDV = 4084;

/** Smallest buffer that holds an element header and a short value. */
const SMALLEST_SEND_PDV = 12;

/**
 * How many bytes of a command the reference sends in one PDV to an acceptor with this maximum length (PS3.8 D.1).
 *
 * PS3.8 counts only the 6 bytes of the PDV against the maximum; the reference also counts the 6 of the PDU
 * header. We stay with it: no acceptor can find our PDUs too long.
 */
export function maxSendPdv(maximumLength: number): MaxSendPdv {
  const warnings: MaxSendPdvWarning[] = [];
  let length = maximumLength === 0 ? LARGEST_P_DATA : Math.min(maximumLength, LARGEST_P_DATA);
  if (length % 2 === 1) {
    warnings.push({ kind: "odd", length, used: length - 1 });
    length -= 1;
  }
  length -= P_DATA_OVERHEAD;
  if (length >= SMALLEST_SEND_PDV) return { value: length, warnings };
  warnings.push({ kind: length < 1 ? "default" : "small", length });
  return { value: DEFAULT_SEND_PDV, warnings };
}

/**
 * The PDVs that carry an encoded command set, one list for each P-DATA-TF, cut where the reference cuts.
 *
 * A maximum length of 24 or more fills a buffer that is sent when fewer than 8 bytes are free at the start of an
 * element, or none inside a value: an element header is never divided. From 14 to 23 the bytes are cut evenly.
 * 1 to 13 leave no room: `DimseError` `maximum-length-too-small`. 0 means no limit.
 */
export function fragmentCommand(
  bytes: Uint8Array,
  to: { readonly maximumLength: number; readonly contextId: number },
): Pdv[][] {
  const { maximumLength, contextId } = to;
  if (maximumLength > 0 && maximumLength < 14) {
    throw new DimseError({ kind: "maximum-length-too-small", maximumLength });
  }
  const cuts = maximumLength > 0 && maximumLength < 24
    ? evenCuts(bytes.length, maximumLength - P_DATA_OVERHEAD)
    : bufferCuts(bytes, maxSendPdv(maximumLength).value);
  let start = 0;
  return cuts.map((end, index) => {
    const data = bytes.slice(start, end);
    start = end;
    return [{ contextId, kind: "command", isLast: index === cuts.length - 1, data }];
  });
}

/** Where slices of `size` bytes end. */
function evenCuts(length: number, size: number): number[] {
  const cuts: number[] = [];
  for (let end = size; end < length; end += size) cuts.push(end);
  return [...cuts, length];
}

/** Where a buffer of `size` bytes is sent that never divides an element header. */
function bufferCuts(bytes: Uint8Array, size: number): number[] {
  const cuts: number[] = [];
  let start = 0;
  const reader = new ByteReader(bytes);
  while (reader.remaining >= 8) {
    if (size - (reader.offset - start) < 8) cuts.push(start = reader.offset);
    reader.take(4);
    const length = Math.min(reader.u32le(), reader.remaining);
    const end = reader.offset + length;
    while (end - start > size) cuts.push(start += size);
    reader.take(length);
  }
  return [...cuts, bytes.length];
}
