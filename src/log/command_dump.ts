/** Command elements as the reference dumps them. */

import { hex4 } from "../common/hex.ts";
import {
  byteStringOf,
  type ElementName,
  type Names,
  type UidNames,
  UNKNOWN_KEYWORD,
} from "../dicom/mod.ts";
import type { CommandElement, CommandTag } from "../dimse/mod.ts";
import { trimEndOf } from "../common/trim.ts";
import { shownValue } from "./element_value.ts";
import { type Item, itemsOf } from "./nested_items.ts";

/** Where the comment of an element starts at the earliest. */
const VALUE_WIDTH = 40;

/** Sequences nested deeper than this are shown as bytes: the indentation would outgrow everything. */
const DEEPEST = 16;

/** A tag as `(gggg,eeee)`. */
export function tagText({ group, element }: CommandTag): string {
  return `(${hex4(group)},${hex4(element)})`;
}

/** The elements, one a line, between the head and the empty line of the reference's dumps. */
export function commandDump(elements: readonly CommandElement[], names: Names): string {
  return dump(elements.filter(isNoGroupLength), { names, encoding: "Implicit" });
}

/**
 * A command of ours before it goes out: the reference dumps it before it is encoded, when its transfer syntax is not
 * set and its group length not counted.
 */
export function unsentDump(elements: readonly CommandElement[], names: Names): string {
  const uncounted = elements.map((element) =>
    isNoGroupLength(element) ? element : { ...element, value: new Uint8Array(4) }
  );
  return dump(uncounted, { names, encoding: "Explicit" });
}

function dump(
  elements: readonly CommandElement[],
  { names, encoding }: { readonly names: Names; readonly encoding: "Implicit" | "Explicit" },
): string {
  return [
    "",
    "# Dicom-Data-Set",
    `# Used TransferSyntax: Little Endian ${encoding}`,
    ...elementLines(elements, { names, depth: 0 }),
    "",
  ].join("\n");
}

/** The reference drops group lengths of all groups that it reads. */
function isNoGroupLength({ element }: CommandElement): boolean {
  return element !== 0;
}

interface Level {
  readonly names: Names;
  /** Number of sequences around. */
  readonly depth: number;
}

function elementLines(elements: readonly CommandElement[], level: Level): readonly string[] {
  const creators = new Creators();
  return elements.flatMap((element) => {
    creators.note(element);
    const known = level.names.elements(element, creators.of(element));
    const isSequence = known?.vr === "SQ" || element.hasUndefinedLength === true;
    if (isSequence && level.depth < DEEPEST) {
      return sequenceLines(element, { ...level, keyword: known?.keyword });
    }
    const keyword = known?.keyword ?? UNKNOWN_KEYWORD;
    return [
      line(level, { ...element, ...cells(element, { known, uids: level.names.uids }), keyword }),
    ];
  });
}

/** What a line shows of an element that is not a sequence. */
function cells(
  { value, missingLength }: CommandElement,
  about: { readonly known: ElementName | undefined; readonly uids: UidNames },
): Omit<Line, "group" | "element" | "keyword"> {
  if (missingLength === undefined) {
    const { vr, text, count, length } = shownValue(value, about);
    return { vr, text, length: String(length), count };
  }
  const length = missingLength === UNDEFINED_LENGTH ? "u/l" : String(missingLength);
  return { vr: about.known?.vr ?? "??", text: "(not loaded)", length, count: 1 };
}

/** The length field of an element whose end is marked by a delimiter. */
const UNDEFINED_LENGTH = 0xffff_ffff;

/** Who reserved which blocks of private elements (PS3.5 7.8.1). */
class Creators {
  readonly #ofBlock = new Map<string, string>();

  /** Takes note of an element that reserves a block. */
  note({ group, element, value }: CommandElement): void {
    if (group % 2 === 0 || element < 0x10 || element > 0xff) return;
    this.#ofBlock.set(`${group} ${element}`, trimEndOf(byteStringOf(value), "\0 "));
  }

  /** Who reserved the block of an element. */
  of({ group, element }: CommandTag): string | undefined {
    if (group % 2 === 0 || element < 0x1000) return undefined;
    return this.#ofBlock.get(`${group} ${Math.floor(element / 0x100)}`);
  }
}

interface Line extends CommandTag {
  readonly vr: string;
  readonly text: string;
  readonly length: string;
  readonly count: number;
  readonly keyword: string;
}

function line({ depth }: Level, shown: Line): string {
  const { vr, text, length, count, keyword } = shown;
  const value = text.padEnd(VALUE_WIDTH);
  const indent = "  ".repeat(depth);
  return `${indent}${tagText(shown)} ${vr} ${value} #${length.padStart(4)}, ${count} ${keyword}`;
}

function sequenceLines(
  sequence: CommandElement,
  at: Level & { readonly keyword: string | undefined },
): readonly string[] {
  const items = itemsOf(sequence.value);
  const isOpen = sequence.hasUndefinedLength === true;
  const head: Line = {
    ...sequence,
    vr: "SQ",
    text: `(Sequence with ${isOpen ? "undefined" : "explicit"} length #=${items.length})`,
    length: isOpen ? "u/l" : String(sequence.value.length),
    count: 1,
    keyword: at.keyword ?? UNKNOWN_KEYWORD,
  };
  const end = delimiter(0xe0dd, {
    name: "SequenceDelimitationItem",
    remark: isOpen ? "" : " for re-encod.",
  });
  const inside = { ...at, depth: at.depth + 1 };
  return [line(at, head), ...items.flatMap((item) => itemLines(item, inside)), line(at, end)];
}

function itemLines({ length, elements }: Item, level: Level): readonly string[] {
  const isOpen = length === undefined;
  const head: Line = {
    group: 0xfffe,
    element: 0xe000,
    vr: "na",
    text: `(Item with ${isOpen ? "undefined" : "explicit"} length #=${elements.length})`,
    length: isOpen ? "u/l" : String(length),
    count: 1,
    keyword: "Item",
  };
  const end = delimiter(0xe00d, {
    name: "ItemDelimitationItem",
    remark: isOpen ? "" : " for re-encoding",
  });
  const inside = { ...level, depth: level.depth + 1 };
  return [line(level, head), ...elementLines(elements, inside), line(level, end)];
}

function delimiter(element: number, words: { name: string; remark: string }): Line {
  const { name, remark } = words;
  const text = `(${name}${remark})`;
  return { group: 0xfffe, element, vr: "na", text, length: "0", count: 0, keyword: name };
}
