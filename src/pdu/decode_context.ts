import type { ByteReader } from "../bytes/mod.ts";
import { openItem, readName, refuse, showItem } from "./item_reader.ts";
import type { ItemContext } from "./item_reader.ts";
import type { ProposedContext } from "./types.ts";

/** An acceptor's answer as it is on the wire, not yet judged (PS3.8 Table 9-18). */
export interface ContextAnswer {
  /** Presentation context ID. */
  readonly id: number;
  /** Result byte. */
  readonly code: number;
  /** Transfer syntax names, as many as there are. */
  readonly transferSyntaxes: readonly string[];
  /** Where the item starts in the PDU. */
  readonly offset: number;
}

/** The fixed part of a context item; the reader is at its sub-items. */
interface ContextHead {
  readonly itemType: number;
  readonly id: number;
  readonly code: number;
  readonly subItems: ByteReader;
  readonly offset: number;
}

/** A presentation context item of an A-ASSOCIATE-RQ (PS3.8 9.3.2.2). */
export function decodeProposedContext(reader: ByteReader, context: ItemContext): ProposedContext {
  const head = readHead(reader, context);
  return { id: head.id, ...readSyntaxes(head.subItems, context) };
}

/**
 * A presentation context item of an A-ASSOCIATE-AC (PS3.8 9.3.3.2).
 *
 * The sub-items of a refused context are not significant there and not read, so they cannot be wrong. When an
 * acceptor sends the requestor's item type 20H they are read all the same, as the reference does.
 */
export function decodeContextResult(reader: ByteReader, context: ItemContext): ContextAnswer {
  const { id, code, itemType, subItems, offset } = readHead(reader, context);
  const isSignificant = code === 0 || itemType === 0x20;
  const { transferSyntaxes } = isSignificant
    ? readSyntaxes(subItems, context)
    : { transferSyntaxes: [] };
  return { id, code, transferSyntaxes, offset };
}

function readHead(reader: ByteReader, context: ItemContext): ContextHead {
  const { pdu } = context;
  const item = "presentation context";
  const field = item;
  const offset = reader.offset;
  const got = reader.remaining;
  if (got < 8) refuse({ pdu, field, offset }, { kind: "ill-formed", item, got, minimum: 8 });
  const itemType = reader.u8();
  reader.u8();
  const length = reader.u16be();
  if (length < 4 || length > got - 4) {
    refuse({ pdu, field, offset }, { kind: "ill-formed", item, got, length, minimum: 4 });
  }
  const subItems = reader.sub(length);
  const id = subItems.u8();
  subItems.u8();
  const code = subItems.u8();
  subItems.u8();
  return { itemType, id, code, subItems, offset };
}

/** Abstract syntax (30H) and transfer syntax (40H) sub-items; others are passed over by their length. */
function readSyntaxes(
  reader: ByteReader,
  context: ItemContext,
): { abstractSyntax: string | undefined; transferSyntaxes: string[] } {
  let abstractSyntax: string | undefined;
  const transferSyntaxes: string[] = [];
  const read = () => {
    switch (reader.peek()) {
      case 0x30:
        abstractSyntax = readName(reader, { ...context, field: "abstract syntax" });
        break;
      case 0x40:
        transferSyntaxes.push(readName(reader, { ...context, field: "transfer syntax" }));
        break;
      default:
        openItem(reader, {
          ...context,
          item: "dummy item",
          field: "presentation context sub-item",
        });
    }
  };
  while (reader.remaining > 0) showItem(reader, { within: "Presentation Context", context, read });
  return { abstractSyntax, transferSyntaxes };
}
