/**
 * The lines of a configuration file: `name = value`, and the readings of values.
 *
 * Nothing but a `#` at the start of a line is special: no quotes, no escapes, no continued lines.
 */
import { C_SPACE, trimEndOf, trimOf, trimStartOf } from "../../common/trim.ts";
import type { ByteText } from "./byte_text.ts";

/** Settings by name; of equal names the last one counts. */
export class Properties {
  readonly #values: Map<ByteText, ByteText>;

  /** Takes over `values`. */
  constructor(values: Map<ByteText, ByteText> = new Map()) {
    this.#values = values;
  }

  /** Number of settings. */
  get size(): number {
    return this.#values.size;
  }

  /** Whether there is a setting of this name, empty or not. */
  has(name: ByteText): boolean {
    return this.#values.has(name);
  }

  /** Value of a setting, empty when there is none. */
  get(name: ByteText): ByteText {
    return this.#values.get(name) ?? "";
  }

  /** Adds or replaces a setting. */
  set(name: ByteText, value: ByteText): void {
    this.#values.set(name, value);
  }

  /** Removes a setting. */
  delete(name: ByteText): void {
    this.#values.delete(name);
  }

  /** All names in ascending byte order: the order in which the reference works through them. */
  names(): ByteText[] {
    return [...this.#values.keys()].sort(compareBytes);
  }

  /** The settings whose names start with `prefix`, with the prefix taken off. */
  subset(prefix: ByteText): Properties {
    const values = new Map<ByteText, ByteText>();
    for (const [name, value] of this.#values) {
      if (name.startsWith(prefix)) values.set(name.slice(prefix.length), value);
    }
    return new Properties(values);
  }

  /** Boolean reading of a setting, `fallback` when it is missing or not a boolean. */
  boolean(name: ByteText, fallback: boolean): boolean {
    return parseBoolean(this.get(name)) ?? fallback;
  }

  /** Integer reading of a setting, `fallback` when it is missing or not an integer. */
  integer(name: ByteText, fallback: number): number {
    return parseInteger(this.get(name)) ?? fallback;
  }
}

/** Reads the lines of a file. A line without `=` says nothing; a NUL byte hides the rest of its line. */
export function parseProperties(file: ByteText): Properties {
  const properties = new Properties();
  for (const whole of file.split("\n")) {
    const end = whole.indexOf("\0");
    const line = trimStartOf(end < 0 ? whole : whole.slice(0, end), C_SPACE);
    const equals = line.indexOf("=");
    if (equals < 0 || line.startsWith("#")) continue;
    properties.set(
      trimEndOf(line.slice(0, equals), C_SPACE),
      trimOf(line.slice(equals + 1), C_SPACE),
    );
  }
  return properties;
}

/** `true` or `false` in any case, or a decimal integer of which only 0 is false; `undefined` for anything else. */
export function parseBoolean(value: ByteText): boolean | undefined {
  const word = trimOf(value, C_SPACE).toLowerCase();
  if (word === "true") return true;
  if (word === "false") return false;
  const number = parseInteger(value);
  return number === undefined ? undefined : number !== 0;
}

/** A decimal integer of 32 bits with an optional sign and nothing after it; `undefined` for anything else. */
export function parseInteger(value: ByteText): number | undefined {
  const match = /^[ \t\n\v\f\r]*([+-]?[0-9]+)[ \t\n\v\f\r]*$/.exec(value);
  if (match === null) return undefined;
  const number = Number(match[1]);
  return number >= -0x8000_0000 && number <= 0x7fff_ffff ? number : undefined;
}

/** The integer a text begins with, 0 when it begins with none: C's `atoi`. */
export function leadingInteger(value: ByteText): number {
  const match = /^[ \t\n\v\f\r]*([+-]?[0-9]+)/.exec(value);
  return match === null ? 0 : Number(match[1]);
}

/** ASCII capitals; bytes above 127 stay, whatever letters they may be part of. */
export function upperCase(text: ByteText): ByteText {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

function compareBytes(left: ByteText, right: ByteText): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
