/** The value of one element as the reference prints it: by its value representation, always as little endian. */

import { hex4 } from "../common/hex.ts";
import { byteStringOf, type ElementName, type UidNames } from "../dicom/mod.ts";
import { trimEndOf } from "../common/trim.ts";
import { shown, uidText } from "./dump.ts";

/** What a line shows of a value. */
export interface ShownValue {
  /** Value representation, as printed. */
  readonly vr: string;
  /** The value in words. */
  readonly text: string;
  /** Number of values. */
  readonly count: number;
  /** Length in bytes, as printed. */
  readonly length: number;
}

/** Words the value of an element that is not a sequence; `known` = what the dictionary says about it. */
export function shownValue(
  value: Uint8Array,
  about: { readonly known: ElementName | undefined; readonly uids: UidNames },
): ShownValue {
  const named = about.known?.vr ?? "??";
  const vr = named === "px" ? "OW" : named;
  const rule = RULES[vr] ?? BYTES;
  const padded = rule.keepsOdd === true ? value : evenly(value);
  const { length } = padded;
  if (length === 0) {
    return { vr, text: "(no value available)", count: rule.isOther ? 1 : 0, length };
  }
  const values = rule.values(padded, about.uids);
  const text = values.length === 0 ? rule.whenCut ?? "(invalid value)" : values.join("\\");
  return { vr, text, count: rule.isOther || rule.isText ? 1 : values.length, length };
}

/** Values of odd length are padded when they are read. */
function evenly(value: Uint8Array): Uint8Array {
  if (value.length % 2 === 0) return value;
  const padded = new Uint8Array(value.length + 1);
  padded.set(value);
  return padded;
}

/** How the values of one kind of representation are shown. */
interface Rule {
  readonly values: (value: Uint8Array, uids: UidNames) => readonly string[];
  /** Counts as one value, whatever is in it, if anything. */
  readonly isOther?: true;
  /** Counts as one value, unless it is empty. */
  readonly isText?: true;
  /** Shown as it came, without padding. */
  readonly keepsOdd?: true;
  /** What is shown when there is not one whole value. */
  readonly whenCut?: string;
}

function numbers(size: number, read: (view: DataView, at: number) => string): Rule {
  return {
    values(value) {
      const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
      return Array.from({ length: Math.floor(value.length / size) }, (_, at) => {
        return read(view, at * size);
      });
    },
  };
}

const U16 = numbers(2, (view, at) => String(view.getUint16(at, true)));
const S16 = numbers(2, (view, at) => String(view.getInt16(at, true)));
const U32 = numbers(4, (view, at) => String(view.getUint32(at, true)));
const S32 = numbers(4, (view, at) => String(view.getInt32(at, true)));
const U64 = numbers(8, (view, at) => String(view.getBigUint64(at, true)));
const S64 = numbers(8, (view, at) => String(view.getBigInt64(at, true)));
const F32 = numbers(4, (view, at) => decimal(view.getFloat32(at, true), 9));
const F64 = numbers(8, (view, at) => decimal(view.getFloat64(at, true), 17));
const TAGS: Rule = {
  ...numbers(
    4,
    (view, at) => `(${hex4(view.getUint16(at, true))},${hex4(view.getUint16(at + 2, true))})`,
  ),
  whenCut: "(no value available)",
};
const BYTES: Rule = {
  values: (value) => Array.from(value, (byte) => byte.toString(16).padStart(2, "0")),
  isOther: true,
};
const WORDS: Rule = {
  ...numbers(2, (view, at) => hex4(view.getUint16(at, true))),
  isOther: true,
  keepsOdd: true,
};
const TEXTS: Rule = { values: (value) => bracketed(textOf(value).split("\\")) };
const TEXT: Rule = { ...TEXTS, isText: true };
const UIDS: Rule = {
  values(value, uids) {
    const uid = textOf(value).replaceAll(/\s/g, "");
    const text = uidText(uid, uids);
    return text.startsWith("=") ? [text] : bracketed(uid.split("\\"));
  },
};

/** Each as it is shown, in one pair of brackets around them all. */
function bracketed(values: readonly string[]): readonly string[] {
  return values.map((value, at) => {
    const start = at === 0 ? "[" : "";
    return `${start}${shown(value)}${at === values.length - 1 ? "]" : ""}`;
  });
}

function textOf(value: Uint8Array): string {
  return trimEndOf(byteStringOf(value), "\0 ");
}

const RULES: Readonly<Record<string, Rule>> = {
  ...each(["AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "PN", "SH", "TM", "UC"], TEXTS),
  ...each(["LT", "ST", "UR", "UT"], TEXT),
  ...each(["OW", "lt"], WORDS),
  ...each(["UL", "up"], U32),
  ...each(["SS", "xs"], S16),
  US: U16,
  SL: S32,
  FL: F32,
  FD: F64,
  SV: S64,
  UV: U64,
  AT: TAGS,
  UI: UIDS,
  OF: { ...F32, isOther: true },
  OD: { ...F64, isOther: true },
  OL: { ...U32, isOther: true },
  OV: { ...U64, isOther: true },
};

function each(vrs: readonly string[], rule: Rule): Readonly<Record<string, Rule>> {
  return Object.fromEntries(vrs.map((vr) => [vr, rule]));
}

/** A floating point number as C prints it with `%g`: at most `digits` digits that count. */
function decimal(number: number, digits: number): string {
  if (Number.isNaN(number)) return "nan";
  if (!Number.isFinite(number)) return number < 0 ? "-inf" : "inf";
  const [mantissa = "", exponentText = "0"] = number.toExponential(digits - 1).split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < digits) {
    return withoutZeros(number.toFixed(digits - 1 - exponent));
  }
  const size = String(Math.abs(exponent)).padStart(2, "0");
  return `${withoutZeros(mantissa)}e${exponent < 0 ? "-" : "+"}${size}`;
}

function withoutZeros(text: string): string {
  return text.includes(".") ? trimEndOf(trimEndOf(text, "0"), ".") : text;
}
