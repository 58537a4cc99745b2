import { ByteReader } from "../bytes/mod.ts";
import { commandElement } from "../dicom/mod.ts";
import { DimseError } from "./errors.ts";
import { skipUndefinedSequence } from "./sequence.ts";
import type { CommandElement, CommandSet, CommandTag, DimseDefect } from "./types.ts";
import { commandSetWarnings } from "./warnings.ts";

/** How `decodeCommandSet` reads. */
export interface CommandSetOptions {
  /** The bytes were cut at any place: a last element that is not complete is left out. Default: an error. */
  readonly isCut?: boolean;
}

/** The length field of an element whose end is marked by a delimiter (PS3.5 7.5). */
export const UNDEFINED_LENGTH = 0xffff_ffff;

/**
 * The command set that `bytes` are: Implicit VR Little Endian, whatever the context's transfer syntax
 * (PS3.7 6.3.1).
 *
 * Throws `DimseError`, and nothing else. As in the reference, group length, order, duplicates, odd lengths and
 * foreign elements are no errors (`commandSetWarnings` tells), nor are up to seven stray bytes at the end.
 */
export function decodeCommandSet(bytes: Uint8Array, options: CommandSetOptions = {}): CommandSet {
  const reader = new ByteReader(bytes);
  const elements: CommandElement[] = [];
  while (reader.remaining >= 8) {
    const tag = { group: reader.u16le(), element: reader.u16le() };
    if (isItemDelimiter(tag)) break;
    const length = reader.u32le();
    if (isMisplaced(tag)) refuse({ kind: "unexpected-tag", ...tag }, { tag, elements });
    const { remaining } = reader;
    if (length === UNDEFINED_LENGTH) {
      elements.push(readUndefined(reader, { tag, elements }));
    } else if (length > remaining) {
      if (options.isCut === true) break;
      refuse({ kind: "element-too-long", ...tag, length, remaining }, { tag, elements, length });
    } else {
      elements.push({ ...tag, value: reader.take(length).slice() });
    }
  }
  return { elements };
}

/** (FFFE,E00D) ends the set in the reference; what follows is not read. */
function isItemDelimiter(tag: CommandTag): boolean {
  return tag.group === 0xfffe && tag.element === 0xe00d;
}

/** Items and the end of a sequence have their place inside one; other tags of this group are read as elements. */
function isMisplaced({ group, element }: CommandTag): boolean {
  return group === 0xfffe && (element === 0xe000 || element === 0xe0dd);
}

/** Length of the header of an item or delimiter. */
const ITEM_HEADER = 8;

/**
 * Undefined length is for sequences, and none of the command elements we know is one. One whose first item has not
 * even a header is taken as empty, as the end of a command inside any other header is tolerated.
 */
function readUndefined(
  reader: ByteReader,
  at: { tag: CommandTag; elements: readonly CommandElement[] },
): CommandElement {
  const { tag, elements } = at;
  if (commandElement(tag) !== undefined) {
    refuse({ kind: "undefined-length", ...tag }, { tag, elements });
  }
  if (reader.remaining < ITEM_HEADER) {
    reader.take(reader.remaining);
    return { ...tag, value: NO_BYTES, hasUndefinedLength: true };
  }
  const skipped = skipUndefinedSequence(reader);
  if ("found" in skipped) {
    const { found } = skipped;
    const defect = { kind: "sequence", ...tag } as const;
    refuse(found === undefined ? defect : { ...defect, found }, { tag, elements });
  }
  return { ...tag, value: skipped.value, hasUndefinedLength: true };
}

/**
 * Throws with the warnings that the elements so far, and this one, are worth: before the defect what is wrong with its
 * length, behind it what is wrong with its place, since the reference keeps a broken element, too.
 */
function refuse(
  defect: DimseDefect,
  at: { tag: CommandTag; elements: readonly CommandElement[]; length?: number },
): never {
  const { tag, elements, length = 0 } = at;
  const warnings = commandSetWarnings({ elements });
  const ofPlace = commandSetWarnings({ elements: [...elements, { ...tag, value: NO_BYTES }] })
    .slice(warnings.length);
  if (length % 2 === 1) warnings.push({ kind: "odd-length", ...tag });
  if (defect.kind === "sequence") warnings.push({ kind: "assumed-sequence", ...tag });
  const isKept = defect.kind !== "unexpected-tag";
  throw new DimseError(defect, { warnings, laterWarnings: isKept ? ofPlace : [] });
}

const NO_BYTES = new Uint8Array(0);
