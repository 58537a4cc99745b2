/**
 * Distinguished names (RFC 5280 4.1.2.4): reading, the canonical form that decides whether two are the same,
 * and the two ways the reference prints them.
 *
 * The canonical form is OpenSSL's: every text becomes UTF-8 with ASCII letters folded to lower case, blanks at
 * the ends dropped and runs of blanks squeezed to one; then the RDNs are encoded one after another without the
 * SEQUENCE around them. So one name is below another exactly when its canonical form begins with the other's,
 * and the file names of hashed directories come from a hash of it.
 */

import { C_SPACE, trimOf } from "../common/trim.ts";
import { escapeControls, shortened } from "../common/visible.ts";
import { byteText, compareBytes, encodeDer } from "./bytes.ts";
import { type DerElement, DerError, DerReader, TAG } from "./der.ts";
import { CONSTRUCTED, isSameTag } from "./der_header.ts";
import { readBitString, readOid, readOneOf, renderAny } from "./der_values.ts";
import { ATTRIBUTE_NAMES } from "./oids.ts";
import { sha1 } from "./signature.ts";

/** One attribute of a name, such as CN=... */
export interface NameAttribute {
  /** Attribute type as dotted numbers. */
  readonly type: string;
  /** Tag of the value. */
  readonly tag: number;
  /** The value: characters, bits without the count of unused ones, a SEQUENCE with its header. */
  readonly value: Uint8Array;
  /** The value as text; bytes as characters when it is not text. */
  readonly text: string;
  /** Number of the RDN it is in, from 0; attributes of a multi-valued RDN share it. */
  readonly rdn: number;
}

/** A distinguished name. */
export interface DistinguishedName {
  /** The attributes in their order. */
  readonly attributes: readonly NameAttribute[];
  /** OpenSSL's canonical form, one character for each byte: equal names have equal forms. */
  readonly canonical: string;
  /** The encoding as it is. */
  readonly der: Uint8Array;
}

/** Reads a Name. Text that is not valid in its own type is an error, as in the reference. */
export function readName(reader: DerReader, what: string): DistinguishedName {
  const { value: rdns, bytes } = reader.recorded(() => reader.list(TAG.sequence, what));
  const attributes: NameAttribute[] = [];
  const canonical: string[] = [];
  for (let rdn = 0; !rdns.atEnd; rdn++) {
    const parts = readRdn(rdns.list(TAG.set, what), { rdn, what });
    attributes.push(...parts.attributes);
    if (parts.attributes.length > 0) canonical.push(parts.canonical);
  }
  return { attributes, canonical: canonical.join(""), der: bytes };
}

/** Parses one DER name that fills `der`, as in a peer's list of accepted CAs; throws `DerError`. */
export function parseName(der: Uint8Array): DistinguishedName {
  const reader = new DerReader(der);
  const name = readName(reader, "name");
  reader.end("name");
  return name;
}

/** Types of values that the reference's library takes in names; of those without a name none is used. */
const VALUE_TYPES: readonly number[] = [
  TAG.bitString,
  TAG.utf8String,
  TAG.sequence,
  TAG.numericString,
  TAG.printableString,
  TAG.t61String,
  TAG.ia5String,
  TAG.universalString,
  TAG.bmpString,
  ...[7, 8, 9, 11, 13, 14, 15, 29],
];

/** Reads the attributes of one RDN whose tag was read by the caller (it is implicit in distribution points). */
export function readRdn(
  members: DerReader,
  at: { readonly rdn: number; readonly what: string },
): { readonly attributes: readonly NameAttribute[]; readonly canonical: string } {
  const attributes: NameAttribute[] = [];
  const encoded: Uint8Array[] = [];
  while (!members.atEnd) {
    const pair = members.enter(TAG.sequence, at.what);
    const type = pair.one(TAG.oid, at.what);
    const name = readOid(type, at.what);
    const element = readOneOf(pair, { types: VALUE_TYPES, what: at.what });
    pair.end(at.what);
    const text = decodeText(element, at.what);
    const value = valueOf(element, at.what);
    attributes.push({
      type: name,
      tag: element.tag,
      value,
      text: text ?? byteText(value),
      rdn: at.rdn,
    });
    const canonicalValue = text === undefined
      ? renderAny(element)
      : encodeDer(TAG.utf8String, new TextEncoder().encode(foldText(text)));
    encoded.push(encodeDer(TAG.sequence, encodeDer(TAG.oid, type.body), canonicalValue));
  }
  encoded.sort(compareBytes);
  return { attributes, canonical: byteText(encodeDer(TAG.set, ...encoded)) };
}

function valueOf(element: DerElement, what: string): Uint8Array {
  if (isSameTag(element.tag, TAG.bitString)) return readBitString(element, what).bytes;
  return isSameTag(element.tag, TAG.sequence) ? element.bytes : element.body;
}

/** Blanks as C's isspace() knows them: only ASCII ones are squeezed. */
function foldText(text: string): string {
  return trimOf(text, C_SPACE)
    .replace(/[ \t\n\v\f\r]+/g, " ")
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** The text of a string type; `undefined` for types that are compared as they are. */
function decodeText(value: DerElement, what: string): string | undefined {
  switch (value.tag & ~CONSTRUCTED) {
    case TAG.utf8String:
      return decodeUtf8(value.body, what);
    case TAG.bmpString:
      return decodeWide(value.body, { width: 2, what });
    case TAG.universalString:
      return decodeWide(value.body, { width: 4, what });
    case TAG.printableString:
    case TAG.t61String:
    case TAG.ia5String:
    case TAG.visibleString:
      return byteText(value.body);
    default:
      return undefined;
  }
}

function decodeUtf8(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DerError("invalid utf8string", what);
  }
}

function decodeWide(
  bytes: Uint8Array,
  form: { readonly width: 2 | 4; readonly what: string },
): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += form.width) {
    let code = 0;
    for (let i = 0; i < form.width; i++) code = code * 256 + (bytes[at + i] ?? 0);
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    if (code > 0x10ffff || isSurrogate) throw new DerError("illegal characters", form.what);
    text += String.fromCodePoint(code);
  }
  return text;
}

/** The eight hex digits that name the files of a hashed directory for this name. */
export function nameHash(name: DistinguishedName): string {
  const canonical = Uint8Array.from(name.canonical, (char) => char.charCodeAt(0));
  const digest = sha1(canonical);
  return [3, 2, 1, 0].map((at) => (digest[at] ?? 0).toString(16).padStart(2, "0")).join("");
}

/** Buffer size of the reference for a name in its log. */
const ONELINE_LIMIT = 1023;

/**
 * A name in the reference's log form: `/O=Test PKI/CN=localhost`, values of one RDN joined with `+`.
 *
 * Bytes outside printable ASCII become `\xHH`, `/` and `+` get a backslash. An attribute that would go beyond
 * 1023 characters ends the text before it.
 */
export function renderOneline(name: DistinguishedName): string {
  let text = "";
  let rdn = -1;
  for (const attribute of name.attributes) {
    const type = ATTRIBUTE_NAMES[attribute.type] ?? attribute.type;
    const value = Array.from(attribute.value, escapeByte).join("");
    const part = `${attribute.rdn === rdn ? "+" : "/"}${type}=${value}`;
    if (text.length + part.length > ONELINE_LIMIT) break;
    text += part;
    rdn = attribute.rdn;
  }
  return text;
}

function escapeByte(byte: number): string {
  if (byte < 0x20 || byte > 0x7e) {
    return `\\x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  const char = String.fromCharCode(byte);
  return char === "/" || char === "+" ? `\\${char}` : char;
}

/** Attributes of a name that are shown: real ones have a handful. */
const MOST_ATTRIBUTES = 20;

/** Characters of a value that are shown: the bound of most attributes is 64 (X.520 Annex C). */
const LONGEST_VALUE = 128;

/** A piece of a name from a certificate as people may see it: on one line, of at most `longest` characters. */
export function safeName(text: string, longest: number): string {
  return shortened(escapeControls(text.slice(0, longest + 1)).replaceAll("\t", "\\x09"), longest);
}

/**
 * A name for people: `CN=localhost, O=Test PKI`, most specific first, control characters escaped.
 *
 * At most 20 attributes with 128 characters each are shown.
 */
export function renderName(name: DistinguishedName): string {
  if (name.attributes.length === 0) return "(empty name)";
  const parts = name.attributes.slice(-MOST_ATTRIBUTES).map(({ type, text }) => {
    const value = safeName(text, LONGEST_VALUE);
    return `${ATTRIBUTE_NAMES[type] ?? shortened(type, LONGEST_VALUE)}=${value}`;
  });
  const left = name.attributes.length - parts.length;
  return parts.reverse().join(", ") + (left > 0 ? `, ... (${left} more)` : "");
}
