import { ByteWriter, ByteWriterError } from "../bytes/mod.ts";
import { IMPLICIT_VR_LITTLE_ENDIAN } from "../dicom/mod.ts";
import { PduEncodeError } from "./errors.ts";
import { writeUserInformation } from "./encode_user_information.ts";
import type {
  AssociateAc,
  AssociateRq,
  ContextRefusal,
  ContextResult,
  Pdu,
  Pdv,
  ProposedContext,
} from "./types.ts";

/**
 * The bytes of a PDU, header included (PS3.8 9.3). Reserved bytes are 0.
 *
 * Throws `PduEncodeError` when a length or number does not fit its field, or a title is longer than 16 bytes.
 */
export function encodePdu(pdu: Pdu): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  try {
    writer.u8(typeCodeOf(pdu)).u8(0).lengthPrefixed(4, () => writeBody(writer, pdu));
  } catch (error) {
    if (!(error instanceof ByteWriterError)) throw error;
    throw new PduEncodeError(`Cannot encode ${pdu.type}: ${error.message}`, { cause: error });
  }
  return writer.finish();
}

function typeCodeOf(pdu: Pdu): number {
  return pdu.type === "unrecognized" ? pdu.typeCode : TYPE_CODES[pdu.type];
}

/** The type byte of each PDU (PS3.8 9.3.1). */
const TYPE_CODES = {
  "A-ASSOCIATE-RQ": 0x01,
  "A-ASSOCIATE-AC": 0x02,
  "A-ASSOCIATE-RJ": 0x03,
  "P-DATA-TF": 0x04,
  "A-RELEASE-RQ": 0x05,
  "A-RELEASE-RP": 0x06,
  "A-ABORT": 0x07,
} as const satisfies Record<Exclude<Pdu["type"], "unrecognized">, number>;

function writeBody(writer: ByteWriter, pdu: Pdu): void {
  switch (pdu.type) {
    case "A-ASSOCIATE-RQ":
    case "A-ASSOCIATE-AC":
      return writeAssociate(writer, pdu);
    case "A-ASSOCIATE-RJ":
      writer.u8(0).u8(pdu.result).u8(pdu.source).u8(pdu.reason);
      return;
    case "P-DATA-TF":
      for (const pdv of pdu.pdvs) writePdv(writer, pdv);
      return;
    case "A-RELEASE-RQ":
    case "A-RELEASE-RP":
      writer.zeros(4);
      return;
    case "A-ABORT":
      writer.zeros(2).u8(pdu.source).u8(pdu.reason);
      return;
    case "unrecognized":
      writer.bytes(pdu.body);
      return;
  }
}

function writePdv(writer: ByteWriter, pdv: Pdv): void {
  const control = (pdv.kind === "command" ? 1 : 0) | (pdv.isLast ? 2 : 0);
  writer.lengthPrefixed(4, () => writer.u8(pdv.contextId).u8(control).bytes(pdv.data));
}

/** PS3.8 Tables 9-11 and 9-17; items in the order of the standard, then the unrecognized ones. */
function writeAssociate(writer: ByteWriter, pdu: AssociateRq | AssociateAc): void {
  writer.u16be(pdu.protocolVersion).zeros(2);
  writeTitle(writer, pdu.calledAeTitle);
  writeTitle(writer, pdu.callingAeTitle);
  writer.zeros(32);
  const name = pdu.applicationContextName;
  if (name !== undefined) writeNameItem(writer, { itemType: 0x10, name });
  if (pdu.type === "A-ASSOCIATE-RQ") {
    for (const context of pdu.presentationContexts) writeProposedContext(writer, context);
  } else {
    for (const answer of pdu.presentationContexts) writeContextResult(writer, answer);
  }
  if (pdu.userInformation.length > 0) {
    writer.u8(0x50).u8(0);
    writer.lengthPrefixed(2, () => writeUserInformation(writer, pdu.userInformation));
  }
  for (const { itemType, value } of pdu.unrecognizedItems) {
    writer.u8(itemType).u8(0).lengthPrefixed(2, () => writer.bytes(value));
  }
}

function writeTitle(writer: ByteWriter, title: string): void {
  if (title.length > 16) {
    throw new PduEncodeError(`Cannot encode AE title ${JSON.stringify(title)}: over 16 bytes`);
  }
  writer.byteString(title.padEnd(16, " "));
}

function writeNameItem(writer: ByteWriter, item: { itemType: number; name: string }): void {
  writer.u8(item.itemType).u8(0).lengthPrefixed(2, () => writer.byteString(item.name));
}

function writeProposedContext(writer: ByteWriter, context: ProposedContext): void {
  const { id, abstractSyntax, transferSyntaxes } = context;
  writer.u8(0x20).u8(0).lengthPrefixed(2, () => {
    writer.u8(id).zeros(3);
    if (abstractSyntax !== undefined) {
      writeNameItem(writer, { itemType: 0x30, name: abstractSyntax });
    }
    for (const name of transferSyntaxes) writeNameItem(writer, { itemType: 0x40, name });
  });
}

/**
 * A refused context carries the default transfer syntax, as the reference's does: PS3.8 Table 9-18 wants the sub-item
 * even where its value is not significant.
 */
function writeContextResult(writer: ByteWriter, answer: ContextResult): void {
  writer.u8(0x21).u8(0).lengthPrefixed(2, () => {
    writer.u8(answer.id).u8(0).u8(resultCode(answer)).u8(0);
    const accepted = answer.result === "acceptance";
    const name = accepted ? answer.transferSyntax : IMPLICIT_VR_LITTLE_ENDIAN;
    writeNameItem(writer, { itemType: 0x40, name });
  });
}

function resultCode(answer: ContextResult): number {
  if (answer.result === "acceptance") return 0;
  return answer.result === "reserved" ? answer.code : REFUSAL_CODES[answer.result];
}

/** Results 1 to 4 of PS3.8 Table 9-18. */
const REFUSAL_CODES = {
  "user-rejection": 1,
  "no-reason": 2,
  "abstract-syntax-not-supported": 3,
  "transfer-syntaxes-not-supported": 4,
} as const satisfies Record<ContextRefusal, number>;
