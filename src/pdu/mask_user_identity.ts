/** Secrets of a user identity, made unreadable in bytes that are shown or kept (PS3.7 D.3.3.7). */

/** Header and fixed fields of an A-ASSOCIATE-RQ or -AC (PS3.8 9.3.2, 9.3.3): the items begin after them. */
const ITEMS_AT = 74;
/** Type and length of any item. */
const ITEM_HEADER = 4;
const A_ASSOCIATE_RQ = 0x01;
const A_ASSOCIATE_AC = 0x02;
const USER_INFORMATION = 0x50;
const USER_IDENTITY_RQ = 0x58;
const USER_IDENTITY_AC = 0x59;
/** An asterisk. */
const MASK = 0x2a;

/**
 * The whole A-ASSOCIATE PDU `pdu` with asterisks over each byte of passcodes, tickets, assertions, tokens and answers.
 *
 * Lengths and user names stay. What cannot be taken apart is masked to its end, since a secret may be in it. Other PDUs,
 * and those without a user identity, come back as they are.
 */
export function maskUserIdentity(pdu: Uint8Array): Uint8Array {
  if (pdu[0] !== A_ASSOCIATE_RQ && pdu[0] !== A_ASSOCIATE_AC) return pdu;
  const secrets: Range[] = [];
  for (const item of itemsIn(pdu, { from: ITEMS_AT, to: pdu.length })) {
    if (item.type === undefined) secrets.push(item);
    if (item.type !== USER_INFORMATION) continue;
    for (const part of itemsIn(pdu, item)) secrets.push(...secretsOf(pdu, part));
  }
  if (secrets.every(({ from, to }) => from >= to)) return pdu;
  const masked = pdu.slice();
  for (const { from, to } of secrets) masked.fill(MASK, from, to);
  return masked;
}

/** Bytes from `from` to before `to`. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** The contents of the items in `range`; the last one has no type where its length does not fit. */
function* itemsIn(
  pdu: Uint8Array,
  { from, to }: Range,
): Generator<Range & { readonly type: number | undefined }> {
  for (let at = from; at < to;) {
    const start = at + ITEM_HEADER;
    const end = start + u16(pdu, at + 2);
    if (end > to) return yield { type: undefined, from: at, to };
    yield { type: pdu[at], from: start, to: end };
    at = end;
  }
}

function secretsOf(
  pdu: Uint8Array,
  { type, from, to }: Range & { readonly type: number | undefined },
): readonly Range[] {
  switch (type) {
    case USER_IDENTITY_RQ: {
      // In an answer the decoder takes either type for the answer.
      if (pdu[0] === A_ASSOCIATE_AC) return [{ from: from + 2, to }];
      const isName = pdu[from] === 1 || pdu[from] === 2;
      const primary = { from: from + 4, to: from + 4 + u16(pdu, from + 2) };
      if (to - from < 6 || primary.to + 2 > to) return [{ from, to }];
      const passcode = { from: primary.to + 2, to };
      return isName ? [passcode] : [primary, passcode];
    }
    case USER_IDENTITY_AC:
      return [{ from: from + 2, to }];
    case undefined:
      return [{ from, to }];
    default:
      return [];
  }
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 0x100 + (bytes[at + 1] ?? 0);
}
