/**
 * Takes passwords, tickets and tokens out of association PDUs: nobody who gets a recording may use them.
 *
 * Found by the types of items in the bytes, so that malformed PDUs are masked too: a length that is too great reaches
 * to the end of what encloses it.
 */

/** What is in place of every masked byte: `*`. */
const MASK = 0x2a;

/** Where the items of A-ASSOCIATE-RQ and -AC begin (PS3.8 Tables 9-11 and 9-17), the header counted. */
const FIRST_ITEM = 74;

const USER_INFORMATION = 0x50;
const USER_IDENTITY_RQ = 0x58;
const USER_IDENTITY_AC = 0x59;

/** Part of the bytes. */
export interface Range {
  /** The first one. */
  readonly start: number;
  /** The one after the last. */
  readonly end: number;
}

/** What the fields of user identity items hold, in an A-ASSOCIATE-RQ or -AC (PS3.7 D.3.3.7). */
export interface IdentityRanges {
  /** Passcodes, tickets, assertions, tokens, answers. */
  readonly secrets: readonly Range[];
  /** User names. */
  readonly users: readonly Range[];
}

/** Finds user identity in `pdu`; nothing in PDUs of other types. */
export function identityRanges(pdu: Uint8Array): IdentityRanges {
  const secrets: Range[] = [];
  const users: Range[] = [];
  if (pdu[0] !== 0x01 && pdu[0] !== 0x02) return { secrets, users };
  for (const outer of itemsIn(pdu, { start: FIRST_ITEM, end: pdu.length })) {
    if (outer.type !== USER_INFORMATION) continue;
    for (const { type, start, end } of itemsIn(pdu, outer)) {
      if (type === USER_IDENTITY_AC) secrets.push({ start, end });
      if (type === USER_IDENTITY_RQ) {
        const fields = identityFields(pdu, { start, end });
        secrets.push(...fields.secrets);
        users.push(...fields.users);
      }
    }
  }
  return { secrets, users };
}

/** A copy of `pdu` without secrets; `pdu` itself where there are none. */
export function maskIdentity(pdu: Uint8Array): Uint8Array {
  const { secrets } = identityRanges(pdu);
  if (secrets.length === 0) return pdu;
  const masked = pdu.slice();
  for (const { start, end } of secrets) masked.fill(MASK, start, end);
  return masked;
}

/** An item by the place of its content. */
interface PlacedItem extends Range {
  readonly type: number;
}

function* itemsIn(pdu: Uint8Array, { start, end }: Range): Iterable<PlacedItem> {
  for (let at = start; at + 4 <= end;) {
    const content = at + 4;
    const next = Math.min(end, content + u16(pdu, at + 2));
    yield { type: pdu[at] ?? 0, start: content, end: next };
    at = next;
  }
}

/** Types of user identity whose primary field is a user's name (PS3.7 Table D.3-14). */
const NAMED = [1, 2];

/** The two fields of a request; what is after them counts as the second. Where they do not fit nothing is a name. */
function identityFields(pdu: Uint8Array, { start, end }: Range): IdentityRanges {
  const first = Math.min(end, start + 4);
  const primary = { start: first, end: Math.min(end, first + u16(pdu, start + 2)) };
  const secondary = { start: Math.min(end, primary.end + 2), end };
  const isWhole = first + u16(pdu, start + 2) + 2 <= end;
  return isWhole && NAMED.includes(pdu[start] ?? 0)
    ? { users: [primary], secrets: [secondary] }
    : { users: [], secrets: [primary, secondary] };
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 0x100 + (bytes[at + 1] ?? 0);
}
