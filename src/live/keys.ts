/** What a terminal sends for keys, as keys. */

/** A key that does something; a character is `text`. */
export type Key = NamedKey | { readonly text: string };

/** Keys that are not characters. */
export type NamedKey =
  | "up"
  | "down"
  | "page-up"
  | "page-down"
  | "home"
  | "end"
  | "enter"
  | "escape"
  | "backspace"
  | "interrupt"
  | "redraw";

/** Control characters. */
const CONTROLS: ReadonlyMap<string, NamedKey> = new Map([
  ["\x03", "interrupt"],
  ["\x08", "backspace"],
  ["\n", "enter"],
  ["\x0c", "redraw"],
  ["\r", "enter"],
  ["\x7f", "backspace"],
]);

/** What follows ESC: as xterm, VT220, rxvt and the consoles of Linux and Windows have it. */
const SEQUENCES: ReadonlyMap<string, NamedKey> = new Map([
  ["[A", "up"],
  ["OA", "up"],
  ["[B", "down"],
  ["OB", "down"],
  ["[5~", "page-up"],
  ["[6~", "page-down"],
  ["[H", "home"],
  ["OH", "home"],
  ["[1~", "home"],
  ["[7~", "home"],
  ["[F", "end"],
  ["OF", "end"],
  ["[4~", "end"],
  ["[8~", "end"],
]);

/** A sequence: of ECMA-48 (CSI), or of a keypad (SS3). */
// deno-lint-ignore no-control-regex
const WHOLE = /^\x1b(\[[\x20-\x3f]{0,16}[\x40-\x7e]|O[\x40-\x7e])/;

/** What may become one. */
// deno-lint-ignore no-control-regex
const BEGUN = /^\x1b(\[[\x20-\x3f]{0,16}|O)?$/;

/** Makes keys of bytes, which may come in pieces. */
export class KeyReader {
  readonly #decoder = new TextDecoder();
  #rest = "";

  /** The keys in `bytes`; what may be the beginning of a longer one waits. */
  take(bytes: Uint8Array): readonly Key[] {
    const keys: Key[] = [];
    let text = this.#rest + this.#decoder.decode(bytes, { stream: true });
    while (text !== "" && !BEGUN.test(text)) {
      const [{ length }, key] = firstOf(text);
      if (key !== undefined) keys.push(key);
      text = text.slice(length);
    }
    this.#rest = text;
    return keys;
  }

  /** Whether the beginning of a key waits. */
  get isWaiting(): boolean {
    return this.#rest !== "";
  }

  /** What waits as it is, because nothing follows: the Escape key, or nothing. */
  giveUp(): readonly Key[] {
    const rest = this.#rest;
    this.#rest = "";
    return rest === "\x1b" ? ["escape"] : [];
  }
}

/** The first key of `text`, which is not empty, and the characters it takes. */
function firstOf(text: string): readonly [string, Key | undefined] {
  const [character = ""] = text;
  const named = CONTROLS.get(character);
  if (named !== undefined) return [character, named];
  if (character === "\x1b") {
    const [whole, name = ""] = WHOLE.exec(text) ?? [];
    return whole === undefined ? [character, "escape"] : [whole, SEQUENCES.get(name)];
  }
  return [character, /\p{Cc}/u.test(character) ? undefined : { text: character }];
}
