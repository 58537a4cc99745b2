import type { ByteReader } from "../bytes/mod.ts";
import type { CommandTag } from "./types.ts";

/** The length field of an element whose end is marked by a delimiter (PS3.5 7.5). */
export const UNDEFINED_LENGTH = 0xffff_ffff;

/** A sequence that was passed over, or the tag that ended the attempt (`undefined`: the data ended). */
export type SkippedSequence =
  | { readonly value: Uint8Array }
  | { readonly found: CommandTag | undefined };

/**
 * Passes over the items of a sequence of undefined length, up to and with its delimiter (PS3.5 7.5).
 *
 * Sequences nest as deep as the sender likes, so what is open is kept in a list, not on the call stack.
 */
export function skipUndefinedSequence(reader: ByteReader): SkippedSequence {
  const whole = reader.peekBytes(reader.remaining);
  const start = reader.offset;
  const open: ("sequence" | "item")[] = ["sequence"];
  while (open.length > 0) {
    if (reader.remaining < 8) return { found: undefined };
    const headerOffset = reader.offset;
    const step = stepOver(reader, open);
    if (step !== "ok") return { found: step === "cut" ? undefined : step };
    if (open.length === 0) return { value: whole.take(headerOffset - start).slice() };
  }
  return { found: undefined };
}

/** One header with its content, or only the header when its content is delimited. */
function stepOver(
  reader: ByteReader,
  open: ("sequence" | "item")[],
): "ok" | "cut" | CommandTag {
  const tag = { group: reader.u16le(), element: reader.u16le() };
  const length = reader.u32le();
  const inSequence = open.at(-1) === "sequence";
  if (tag.group === 0xfffe && tag.element === (inSequence ? 0xe0dd : 0xe00d)) {
    open.pop();
    return "ok";
  }
  const isItem = tag.group === 0xfffe && tag.element === 0xe000;
  if (isItem !== inSequence || (tag.group === 0xfffe && !isItem)) return tag;
  if (length === UNDEFINED_LENGTH) {
    open.push(inSequence ? "item" : "sequence");
    return "ok";
  }
  if (length > reader.remaining) return "cut";
  reader.take(length);
  return "ok";
}
