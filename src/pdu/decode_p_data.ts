import type { ByteReader } from "../bytes/mod.ts";
import { PduDecodeError } from "./errors.ts";
import type { PDataTf, PduDefect, Pdv } from "./types.ts";

/**
 * P-DATA-TF from the reader that is after its header (PS3.8 9.3.5).
 *
 * The whole list of PDVs is checked before any of them is given out, as the reference does: a good first PDV
 * does not count when the second is wrong.
 */
export function decodePDataTf(reader: ByteReader): PDataTf {
  const pdvs: Pdv[] = [];
  while (reader.remaining > 0) {
    const offset = reader.offset;
    if (reader.remaining < 4) refusePdv(offset, { kind: "pdv-sum", pdvs: pdvs.length });
    const length = reader.u32be();
    if (length < 2) refusePdv(offset, { kind: "pdv-length", length });
    if (length > reader.remaining) refusePdv(offset, { kind: "pdv-sum", pdvs: pdvs.length + 1 });
    pdvs.push(decodePdv(reader.sub(length)));
  }
  if (pdvs.length === 0) refusePdv(reader.offset, { kind: "no-pdv" });
  return { type: "P-DATA-TF", pdvs };
}

/** One PDV without its length field (PS3.8 9.3.5.1 and E.2); bits 2 to 7 of the control header do not count. */
function decodePdv(reader: ByteReader): Pdv {
  const contextId = reader.u8();
  const control = reader.u8();
  return {
    contextId,
    kind: (control & 1) === 1 ? "command" : "data",
    isLast: (control & 2) === 2,
    data: reader.take(reader.remaining).slice(),
  };
}

function refusePdv(offset: number, defect: PduDefect): never {
  throw new PduDecodeError({ pdu: "P-DATA-TF", field: "presentation data value", offset, defect });
}
