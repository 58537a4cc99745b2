/**
 * Data dictionaries in the reference's file format: one element a line, fields separated by TAB.
 *
 * A tag is `(gggg,eeee)`, either half may be a range (`6000-60ff`: even numbers only; `-o-` odd, `-u-` all), and a
 * private one names its creator between the halves (`(0029,"CREATOR",08)`). What cannot be read is reported by line; the
 * other lines count all the same. Loading a second file adds to the first, and later lines win.
 */

import type { ElementName, ElementTag } from "./names.ts";

/** What is wrong with one line of a dictionary file. */
export interface DictionaryFault {
  /** From 1. */
  readonly line: number;
  /** In the reference's words. */
  readonly kind:
    | "too few fields"
    | "too many fields"
    | "bad VM field"
    | "bad Tag field"
    | "bad VR field"
    | "unknown range restrictor";
  /**
   * The field, or the restrictor; empty where only the number of fields is wrong, and in a file that does not begin
   * with a tag: that may be anything.
   */
  readonly field: string;
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly only: "even" | "odd" | "all";
}

interface Row extends ElementName {
  readonly group: Range;
  readonly element: Range;
  readonly creator: string | undefined;
}

/** A dictionary that grows with each file. */
export class DataDictionary {
  readonly #single = new Map<string, Row>();
  readonly #ranges: Row[] = [];

  /** Adds the lines of a file; gives back what is wrong with it. */
  load(text: string): readonly DictionaryFault[] {
    const faults: DictionaryFault[] = [];
    let isDictionary: boolean | undefined;
    text.split("\n").forEach((line, index) => {
      if (/^\s*(#|$)/.test(line)) return;
      isDictionary ??= line.trimStart().startsWith("(");
      const parsed = parseLine(line.trimEnd());
      if ("row" in parsed) this.#add(parsed.row);
      else {
        const shown = isDictionary ? {} : { field: "" };
        faults.push(...parsed.faults.map((fault) => ({ ...fault, ...shown, line: index + 1 })));
      }
    });
    return faults;
  }

  /** Looks an element up: exact tags first, then ranges, the narrower of two nested ones first. */
  find({ group, element }: ElementTag, creator?: string): ElementName | undefined {
    const single = this.#single.get(keyOf(group, element, creator));
    if (single !== undefined) return single;
    if (creator !== undefined) {
      const inAnyBlock = this.#single.get(keyOf(group, element % 0x100, creator));
      if (inAnyBlock !== undefined) return inAnyBlock;
    }
    return this.#ranges.find((row) =>
      row.creator === creator && holds(row.group, group) && holds(row.element, element)
    );
  }

  #add(row: Row): void {
    const { group, element, creator } = row;
    if (group.from === group.to && element.from === element.to) {
      this.#single.set(keyOf(group.from, element.from, creator), row);
      return;
    }
    const at = this.#ranges.findIndex((other) =>
      other.creator === creator && isWithin(group, other.group) && isWithin(element, other.element)
    );
    const other = this.#ranges[at];
    const same = other !== undefined && isSame(group, other.group) &&
      isSame(element, other.element);
    this.#ranges.splice(at < 0 ? this.#ranges.length : at, same ? 1 : 0, row);
  }
}

function keyOf(group: number, element: number, creator?: string): string {
  return `${group * 0x10000 + element} ${creator ?? ""}`;
}

function holds({ from, to, only }: Range, number: number): boolean {
  if (number < from || number > to) return false;
  return only === "all" || (number % 2 === 0) === (only === "even");
}

function isWithin(inner: Range, outer: Range): boolean {
  return inner.from >= outer.from && inner.to <= outer.to;
}

function isSame(one: Range, other: Range): boolean {
  return one.from === other.from && one.to === other.to && one.only === other.only;
}

type Fault = Omit<DictionaryFault, "line">;

/** The last field may hold TABs: from the sixth on there are too many. */
const MOST_FIELDS = 5;

function parseLine(line: string): { readonly row: Row } | { readonly faults: readonly Fault[] } {
  const fields = line.split("\t");
  const [tagField = "", vrField = "", nameField = "", vmField] = fields;
  if (fields.length < 3) return { faults: [{ kind: "too few fields", field: "" }] };
  if (fields.length > MOST_FIELDS) return { faults: [{ kind: "too many fields", field: "" }] };
  const vm = vmField?.replaceAll(/\s/g, "");
  const faults: Fault[] = [];
  if (vm !== undefined && !isMultiplicity(vm)) faults.push({ kind: "bad VM field", field: vm });
  const tag = parseTag(tagField.trim().replace(/,\s+/, ",").replace(/("[^"]*")\s+/, "$1"));
  if ("faults" in tag) return { faults: [...faults, ...tag.faults] };
  if (faults.length > 0) return { faults };
  const vr = vrField.replaceAll(/\s/g, "");
  const known = VRS.find((code) => vr.startsWith(code));
  if (known === undefined && /^[A-Z]{2}/.test(vr)) {
    return { faults: [{ kind: "bad VR field", field: vr }] };
  }
  return { row: { ...tag, vr: known ?? "??", keyword: nameField.replaceAll(/\s/g, "") } };
}

/** The number of values: `1`, `1-3`, `1-n`, `2-2n`, `2n`, `n`. */
function isMultiplicity(vm: string): boolean {
  return /^(?:[+-]?\d+(?:-(?:[+-]?\d+)?n|-[+-]?\d+$|n|$)|n)/i.test(vm);
}

/** The texts of `(group,element)` or `(group,"creator",element)`; what follows the first `)` does not count. */
function cutTag(field: string) {
  const comma = field.indexOf(",");
  if (!field.startsWith("(") || !field.endsWith(")") || comma < 0) return undefined;
  const groupText = field.slice(1, comma);
  const rest = field.slice(comma + 1).trimStart();
  const quote = rest.startsWith('"') ? rest.indexOf('"', 1) : -1;
  const unquoted = rest.slice(quote + 1).trimStart();
  const hasCreator = quote > 0 && unquoted.startsWith(",");
  const elementText = (hasCreator ? unquoted.slice(1) : rest).split(")", 1)[0] ?? "";
  return { groupText, creatorText: hasCreator ? rest.slice(1, quote) : undefined, elementText };
}

function parseTag(
  field: string,
): Pick<Row, "group" | "element" | "creator"> | { readonly faults: readonly Fault[] } {
  const bad: Fault = { kind: "bad Tag field", field };
  const cut = cutTag(field);
  if (cut === undefined) return { faults: [bad] };
  const { groupText, creatorText, elementText } = cut;
  const halves: Range[] = [];
  for (const text of [groupText, elementText]) {
    const range = parseRange(text.replaceAll(/\s/g, ""));
    if (range === undefined) return { faults: [bad] };
    if (typeof range === "string") {
      return { faults: [{ kind: "unknown range restrictor", field: range }, bad] };
    }
    halves.push(range);
  }
  const [group, element] = halves;
  if (group === undefined || element === undefined) return { faults: [bad] };
  return { group, element, creator: creatorText === "" ? undefined : creatorText };
}

const RESTRICTIONS: Readonly<Record<string, Range["only"]>> = { e: "even", o: "odd", u: "all" };

/** One half of a tag; the restrictor where it is none that exists. */
function parseRange(text: string): Range | string | undefined {
  const [, from, restrictor, upper, plain] =
    /^([0-9a-f]+)(?:-(.)-([0-9a-f]+)|-([0-9a-f]+))?/i.exec(text) ?? [];
  if (from === undefined) return undefined;
  const [low, high] = [from, upper ?? plain ?? from].map((digits) =>
    parseInt(digits, 16) % 0x10000
  );
  const only = restrictor === undefined
    ? plain === undefined ? "all" : "even"
    : RESTRICTIONS[restrictor.toLowerCase()];
  if (only === undefined) return restrictor;
  return { from: low ?? 0, to: high ?? 0, only };
}

/** The codes with a meaning; those in small letters are the reference's own. */
const VRS: readonly string[] = [
  ...["AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT", "OB", "OD", "OF"],
  ...["OL", "OV", "OW", "PN", "SH", "SL", "SQ", "SS", "ST", "SV", "TM", "UC", "UI", "UL", "UN"],
  ...["UR", "US", "UT", "UV", "lt", "na", "ox", "px", "up", "xs"],
];
