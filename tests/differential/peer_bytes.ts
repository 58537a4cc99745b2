/** What the bytes of a script mean to the rows of `known_differences.ts`, read without the help of `src/`. */

import { fromHex, type Step } from "../support/script.ts";

/** A text as the reference prints it and as ours does. */
export interface EscapedField {
  /** Raw, with a prefix on each line. */
  readonly raw: RegExp;
  /** One line. */
  readonly escaped: string;
}

/** Texts between NULs in what the peer sends that hold control characters. */
export function fieldsWithControls(steps: readonly Step[]): EscapedField[] {
  return sentBytes(steps).flatMap((bytes) => {
    const [pdu] = splitPdus(bytes).pdus;
    if (pdu?.type !== 0x02) return [];
    return Array.from(latin1(pdu.body).matchAll(TEXT_WITH_CONTROLS), ([text]) => ({
      raw: new RegExp(quoted(text).replaceAll("\n", "\n[A-Z]: "), "g"),
      escaped: text.replace(
        CONTROLS,
        (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, "0")}`,
      ),
    }));
  });
}

// deno-lint-ignore no-control-regex
const CONTROLS = /[\x01-\x08\x0a-\x1f\x7f]/g;

/** A text starts with a printable character here: items end with a length, which may look like a control character. */
const TEXT_WITH_CONTROLS =
  // deno-lint-ignore no-control-regex
  /[\x21-\x7e][\x01-\x7e]*[\x01-\x08\x0a-\x1f\x7f][\x01-\x7e]*[\x21-\x7e]/g;

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** The elements of other groups than 0000 in the peer's commands by tag, as lines that name nothing. */
export function foreignElements(steps: readonly Step[]): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  for (const { type, body } of sentBytes(steps).flatMap((bytes) => splitPdus(bytes).pdus)) {
    if (type !== 0x04) continue;
    for (const { group, tag, value } of splitElements(body.subarray(6))) {
      if (group !== 0) lines.set(tag, `${tag} ?? ${shownBytes(value)}, 1 Unknown Tag & Data`);
    }
  }
  return lines;
}

interface Element {
  readonly group: number;
  readonly tag: string;
  readonly value: Uint8Array;
}

/** All elements in Implicit VR Little Endian, those inside items and sequences of undefined length too. */
function splitElements(bytes: Uint8Array): Element[] {
  const elements: Element[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length;) {
    const [group, element] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    const length = view.getUint32(at + 4, true);
    at += 8;
    if (group === 0xfffe || length === 0xffff_ffff) continue;
    const tag = [group, element].map((half) => half.toString(16).padStart(4, "0")).join();
    elements.push({ group, tag: `(${tag})`, value: bytes.subarray(at, at + length) });
    at += length;
  }
  return elements;
}

function shownBytes(value: Uint8Array): string {
  const text = Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("\\");
  return `${(text || "(no value available)").padEnd(40)} #${String(value.length).padStart(4)}`;
}

/** Whether the peer sends something after our A-ABORT that is not a PDU it could end with. */
export function hasFaultAfterAbort(steps: readonly Step[]): boolean {
  const from = steps.findIndex(({ expect }) => expect === "A-ABORT");
  if (from < 0) return false;
  return sentBytes(steps.slice(from)).some((bytes) => {
    const { pdus, rest } = splitPdus(bytes);
    const header = rest.length >= 6 && (rest[0] === 0 || (rest[0] ?? 0) > 7);
    return header || pdus.some(({ type, body }) => type === 0x07 && body.length > 128);
  });
}

interface RawPdu {
  readonly type: number;
  readonly body: Uint8Array;
}

/** The whole PDUs at the start, up to the first type that does not exist, and what is left. */
function splitPdus(bytes: Uint8Array): { pdus: RawPdu[]; rest: Uint8Array } {
  const pdus: RawPdu[] = [];
  let rest = bytes;
  while (rest.length >= 6) {
    const type = rest[0] ?? 0;
    const length = new DataView(rest.buffer, rest.byteOffset).getUint32(2);
    if (type < 1 || type > 7 || rest.length < 6 + length) break;
    pdus.push({ type, body: rest.subarray(6, 6 + length) });
    rest = rest.subarray(6 + length);
  }
  return { pdus, rest };
}

function sentBytes(steps: readonly Step[]): Uint8Array[] {
  return steps.flatMap(({ send }) =>
    send === undefined || /^(close|shutdown|rst|wait \d+)$/.test(send) ? [] : [fromHex(send)]
  );
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
