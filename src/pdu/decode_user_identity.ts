import type { ByteReader } from "../bytes/mod.ts";
import { openItem, refuse } from "./item_reader.ts";
import type { ItemContext } from "./item_reader.ts";
import type { UserIdentityAcItem, UserIdentityRqItem } from "./types.ts";

/** User identity of an A-ASSOCIATE-RQ (PS3.7 D.3.3.7.1). */
export function decodeUserIdentityRq(reader: ByteReader, context: ItemContext): UserIdentityRqItem {
  const shape = { ...context, field: "user identity", item: "user identity" };
  const { body, offset } = openItem(reader, { ...shape, minimum: 10 });
  if (body.remaining < 6) {
    refuse(
      { ...shape, offset },
      { kind: "ill-formed", item: shape.item, got: body.remaining, minimum: 6 },
    );
  }
  const userIdentityType = body.u8();
  const positiveResponseRequested = body.u8() === 1;
  const primaryField = readField(body, { ...context, field: "primary field" });
  const secondaryField = readField(body, { ...context, field: "secondary field" });
  return {
    type: "user-identity-rq",
    userIdentityType,
    positiveResponseRequested,
    primaryField,
    secondaryField,
  };
}

function readField(body: ByteReader, at: ItemContext & { field: string }): Uint8Array {
  const offset = body.offset;
  const got = body.remaining;
  const item = "user identity field";
  if (got < 2) refuse({ ...at, offset }, { kind: "ill-formed", item, got, minimum: 2 });
  const length = body.u16be();
  if (length > got - 2) refuse({ ...at, offset }, { kind: "ill-formed", item, got, length });
  return body.take(length).slice();
}

/**
 * User identity answer (PS3.7 D.3.3.7.2), read as the reference reads it.
 *
 * The next item begins after the response, even when the item's own length field leaves room after it.
 */
export function decodeUserIdentityAc(reader: ByteReader, context: ItemContext): UserIdentityAcItem {
  const at = { ...context, field: "user identity answer", offset: reader.offset };
  const length = reader.remaining;
  if (length < 6) refuse(at, { kind: "user-identity-too-short", length, minimum: 6 });
  reader.take(2);
  const info = reader.u16be();
  const response = reader.u16be();
  if (info > length - 4 || response > info - 2) {
    refuse(at, { kind: "user-identity-mismatch", length, info, response });
  }
  return { type: "user-identity-ac", serverResponse: reader.take(response).slice() };
}
