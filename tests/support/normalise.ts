/**
 * What may differ between two programs without being a difference, each thing by its name.
 *
 * Nothing else is ever smoothed over: what is not listed here and differs is a known difference with its reason, or a
 * defect.
 */

/** Names of what can be smoothed over. */
export type Normalisation = keyof typeof RULES;

const RULES = {
  /** The line in which a program names itself and its version, first of all at debug level. */
  "identification line": (text: string) =>
    text.replace(/^D: \$\w+: echoscu v.*\$$/gm, "D: {IDENTIFICATION}"),

  /** Our own implementation class UID and version name, which no two implementations share. */
  "implementation identity": (text: string) =>
    text.replace(/^(\w: Our Implementation (?:Class UID|Version Name): +).*$/gm, "$1{IDENTITY}"),

  /** The data dictionary files of the reference; there is no counterpart in a program without such files. */
  "dictionary loading": (text: string) =>
    text.replace(/^D: DcmDataDictionary: Loading file: .*\n/gm, ""),

  /** The identity of the other side, when the two sides that are compared are not the same program. */
  "peer identity": (text: string) =>
    text.replace(/^(\w: Their Implementation (?:Class UID|Version Name): +).*$/gm, "$1{IDENTITY}")
      .replace(/^(D: PDU Type: Associate Accept, PDU Length: )\d+/gm, "$1{LENGTH}")
      .replace(/^(?:D: (?: {2}[0-9a-f]{2}){1,16}\n)+/gm, "D: {HEX DUMP}\n"),
} as const;

/** What two programs may differ in that talk to the same peer. */
export const SAME_PEER: readonly Normalisation[] = [
  "identification line",
  "implementation identity",
  "dictionary loading",
];

/** Applies the named normalisations. */
export function normalise(text: string, names: readonly Normalisation[] = SAME_PEER): string {
  return names.reduce((smoothed, name) => RULES[name](smoothed), text);
}

/** Replaces a port number that was free by chance. */
export function hidePort(text: string, port: number): string {
  return text.replace(new RegExp(`:${port}\\b`, "g"), ":{PORT}");
}

/**
 * An A-ASSOCIATE-RQ in hex without the items that carry our identity (52H, 55H; PS3.7 D.3.3.2) and without the two
 * lengths that count them. Other PDUs are given back as they are.
 */
export function withoutIdentity(pdu: Uint8Array): string {
  if (pdu[0] !== 0x01) return pdu.toHex();
  const items = splitItems(pdu.subarray(74)).map(({ type, value }) => {
    if (type !== 0x50) return `${type.toString(16)}:${value.toHex()}`;
    const kept = splitItems(value).filter((item) => item.type !== 0x52 && item.type !== 0x55);
    return `50(${kept.map((item) => `${item.type.toString(16)}:${item.value.toHex()}`).join(" ")})`;
  });
  return `${pdu.subarray(6, 74).toHex()} ${items.join(" ")}`;
}

interface Item {
  readonly type: number;
  readonly value: Uint8Array;
}

function splitItems(bytes: Uint8Array): Item[] {
  const items: Item[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = view.getUint16(at + 2);
    items.push({ type: view.getUint8(at), value: bytes.subarray(at + 4, at + 4 + length) });
    at += 4 + length;
  }
  return items;
}
