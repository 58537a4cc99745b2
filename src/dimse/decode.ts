import { ByteReader } from "../bytes/mod.ts";
import { commandElement } from "../dicom/mod.ts";
import { DimseError } from "./errors.ts";
import { skipUndefinedSequence, UNDEFINED_LENGTH } from "./sequence.ts";
import type { CommandElement, CommandSet, CommandTag, DimseDefect } from "./types.ts";
import { commandSetWarnings } from "./warnings.ts";

/** How `decodeCommandSet` reads. */
export interface CommandSetOptions {
  /** The bytes were cut at any place: a last element that is not complete is left out. Default: an error. */
  readonly isCut?: boolean;
}

/**
 * The command set that `bytes` are: Implicit VR Little Endian, whatever the context's transfer syntax
 * (PS3.7 6.3.1).
 *
 * Throws `DimseError`, and nothing else. As in the reference, group length, order, duplicates, odd lengths and
 * foreign elements are no errors (`commandSetWarnings` reports), nor are up to seven stray bytes at the end.
 */
export function decodeCommandSet(bytes: Uint8Array, options: CommandSetOptions = {}): CommandSet {
  const reader = new ByteReader(bytes);
  const elements: CommandElement[] = [];
  while (reader.remaining >= 8) {
    const tag = { group: reader.u16le(), element: reader.u16le() };
    if (isItemDelimiter(tag)) break;
    const length = reader.u32le();
    const at = { tag, length, elements };
    if (isMisplaced(tag)) refuse({ kind: "unexpected-tag", ...tag }, at);
    if (options.isCut === true && isCutHere(length, reader.remaining)) break;
    elements.push(readElement(reader, at));
  }
  return { elements };
}

/** Whether the rest of a value was cut off, and not left out by its sender. */
function isCutHere(length: number, remaining: number): boolean {
  return length === UNDEFINED_LENGTH ? remaining === 0 : length > remaining;
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

/** An element whose header was read. */
interface Opened {
  readonly tag: CommandTag;
  readonly length: number;
  /** The elements before it. */
  readonly elements: readonly CommandElement[];
}

/** As in the reference, a last element may have a header only: its value is then missing, whatever its length. */
function readElement(reader: ByteReader, at: Opened): CommandElement {
  const { tag, length } = at;
  const { remaining } = reader;
  const isSequence = length === UNDEFINED_LENGTH && commandElement(tag) === undefined;
  if (isSequence) return readSequence(reader, at);
  if (remaining === 0 && length > 0) return { ...tag, value: NO_BYTES, missingLength: length };
  if (length === UNDEFINED_LENGTH) refuse({ kind: "undefined-length", ...tag }, at);
  if (length > remaining) refuse({ kind: "element-too-long", ...tag, length, remaining }, at);
  return { ...tag, value: reader.take(length).slice() };
}

/** One whose first item has not even a header is taken as empty. */
function readSequence(reader: ByteReader, at: Opened): CommandElement {
  const { tag } = at;
  if (reader.remaining < ITEM_HEADER) {
    reader.take(reader.remaining);
    return { ...tag, value: NO_BYTES, hasUndefinedLength: true };
  }
  const skipped = skipUndefinedSequence(reader);
  if ("found" in skipped) {
    const { found } = skipped;
    const defect = { kind: "sequence", ...tag } as const;
    refuse(found === undefined ? defect : { ...defect, found }, at);
  }
  return { ...tag, value: skipped.value, hasUndefinedLength: true };
}

/**
 * Throws with the warnings that the elements so far, and this one, are worth: before the defect what is wrong with its
 * length, after it what is wrong with its place, since the reference keeps a broken element, too.
 */
function refuse(defect: DimseDefect, { tag, elements, length }: Opened): never {
  const warnings = commandSetWarnings({ elements });
  const ofPlace = commandSetWarnings({ elements: [...elements, { ...tag, value: NO_BYTES }] })
    .slice(warnings.length);
  if (length % 2 === 1 && length !== UNDEFINED_LENGTH) {
    warnings.push({ kind: "odd-length", ...tag });
  }
  if (defect.kind === "sequence") warnings.push({ kind: "assumed-sequence", ...tag });
  const isKept = defect.kind !== "unexpected-tag";
  throw new DimseError(defect, { warnings, laterWarnings: isKept ? ofPlace : [] });
}

const NO_BYTES = new Uint8Array(0);
