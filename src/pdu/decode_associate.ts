import type { ByteReader } from "../bytes/mod.ts";
import { byteStringOf } from "../dicom/mod.ts";
import { trimEndOf } from "../common/trim.ts";
import { decodeContextResult, decodeProposedContext } from "./decode_context.ts";
import type { ContextAnswer } from "./decode_context.ts";
import { decodeUserInformation } from "./decode_user_information.ts";
import { countItem, MOST_ITEMS, openItem, readName, refuse, showItem } from "./item_reader.ts";
import type { ItemContext } from "./item_reader.ts";
import type {
  AssociateAc,
  AssociateFields,
  AssociateRq,
  ContextResult,
  ProposedContext,
  RawItem,
  UserItem,
} from "./types.ts";

/** Bytes before the first item (PS3.8 Tables 9-11 and 9-17), header not counted. */
const FIXED_LENGTH = 68;

/** The items of an association PDU as they are collected. */
interface Items {
  applicationContextName: string | undefined;
  readonly proposed: ProposedContext[];
  readonly answers: ContextAnswer[];
  readonly userInformation: UserItem[];
  readonly unrecognizedItems: RawItem[];
}

/**
 * A-ASSOCIATE-RQ or A-ASSOCIATE-AC from the reader that is after its header (PS3.8 9.3.2, 9.3.3).
 *
 * Items may come in any order; unknown ones are kept; a second application context replaces the first, and a
 * second user information item adds to it, as in the reference. A request for another protocol version is no
 * defect: its acceptor has to answer it (PS3.8 9.3.4, source 2, reason 2).
 */
export function decodeAssociate(
  reader: ByteReader,
  as: Pick<ItemContext, "pdu" | "warn" | "onItem">,
): AssociateRq | AssociateAc {
  const { pdu } = as;
  const context = { ...as, budget: { left: MOST_ITEMS } };
  const fixed = decodeFixedFields(reader, context);
  const items: Items = {
    applicationContextName: undefined,
    proposed: [],
    answers: [],
    userInformation: [],
    unrecognizedItems: [],
  };
  while (reader.remaining > 0) {
    countItem(reader, context);
    const read = () => decodeItem(reader, { context, items });
    showItem(reader, { within: "A-ASSOCIATE PDU", context, read });
  }
  const fields: AssociateFields = {
    ...fixed,
    applicationContextName: items.applicationContextName,
    userInformation: items.userInformation,
    unrecognizedItems: items.unrecognizedItems,
  };
  return pdu === "A-ASSOCIATE-RQ"
    ? { type: pdu, ...fields, presentationContexts: items.proposed }
    : { type: pdu, ...fields, presentationContexts: items.answers.map(contextResult) };
}

function decodeFixedFields(
  reader: ByteReader,
  context: ItemContext,
): Pick<AssociateFields, "protocolVersion" | "calledAeTitle" | "callingAeTitle"> {
  const { pdu } = context;
  const got = reader.remaining;
  if (got < FIXED_LENGTH) {
    refuse(
      { pdu, field: "fixed fields", offset: reader.offset },
      { kind: "ill-formed", item: "associate PDU", got, minimum: FIXED_LENGTH },
    );
  }
  const protocolVersion = reader.u16be();
  if (pdu === "A-ASSOCIATE-AC" && (protocolVersion & 1) === 0) {
    refuse(
      { pdu, field: "protocol version", offset: reader.offset - 2 },
      { kind: "protocol-version", version: protocolVersion },
    );
  }
  reader.take(2);
  const calledAeTitle = readTitle(reader);
  const callingAeTitle = readTitle(reader);
  reader.take(32);
  return { protocolVersion, calledAeTitle, callingAeTitle };
}

function readTitle(reader: ByteReader): string {
  return trimEndOf(byteStringOf(reader.take(16)), " ");
}

/** One top-level item (PS3.8 9.3.2 and 9.3.3). An acceptor that answers with 20H instead of 21H is understood. */
function decodeItem(reader: ByteReader, into: { context: ItemContext; items: Items }): void {
  const { context, items } = into;
  switch (reader.peek()) {
    case 0x10:
      items.applicationContextName = readName(reader, { ...context, field: "application context" });
      return;
    case 0x20:
    case 0x21:
      return decodeContext(reader, into);
    case 0x50:
      items.userInformation.push(...decodeUserInformation(reader, context));
      return;
    default: {
      const shape = { ...context, item: "dummy item", field: "unrecognized item" };
      const { itemType, body, length } = openItem(reader, shape);
      items.unrecognizedItems.push({ itemType, value: body.take(length).slice() });
    }
  }
}

function decodeContext(reader: ByteReader, into: { context: ItemContext; items: Items }): void {
  const { context, items } = into;
  if (context.pdu === "A-ASSOCIATE-RQ") {
    items.proposed.push(decodeProposedContext(reader, context));
  } else {
    items.answers.push(decodeContextResult(reader, context));
  }
}

/** Judges the number of transfer syntaxes: after the structure of the whole PDU was found good. */
function contextResult(answer: ContextAnswer): ContextResult {
  const { id, code, transferSyntaxes, offset } = answer;
  if (code === 0) {
    const [transferSyntax, ...others] = transferSyntaxes;
    if (transferSyntax === undefined || others.length > 0) {
      refuse(
        { pdu: "A-ASSOCIATE-AC", field: "transfer syntax", offset },
        { kind: "transfer-syntax-count", count: transferSyntaxes.length },
      );
    }
    return { id, result: "acceptance", transferSyntax };
  }
  const refusal = REFUSALS[code];
  return refusal === undefined ? { id, result: "reserved", code } : { id, result: refusal };
}

/** Results 1 to 4 of PS3.8 Table 9-18. */
const REFUSALS = [
  undefined,
  "user-rejection",
  "no-reason",
  "abstract-syntax-not-supported",
  "transfer-syntaxes-not-supported",
] as const;
