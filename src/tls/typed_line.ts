/**
 * What a person types at a prompt that shows nothing: bytes of a terminal in raw mode to the line they mean.
 *
 * Backspace takes back the last character, however many bytes it has; Ctrl-U and Ctrl-W all of it. Arrow keys and their
 * like, which come as escape sequences, and other control characters are left out.
 */

/** What a byte came to: the line goes on, is done, or the person wants out. */
export type Typed = "more" | "done" | "interrupted";

/** Longest line in bytes; what comes after that is left out. */
export const LONGEST = 1024;

const CTRL_C = 0x03;
const CTRL_D = 0x04;
const BACKSPACE = [0x08, 0x7f];
const TAB = 0x09;
const ENTER = [0x0a, 0x0d];
const CTRL_U = 0x15;
const CTRL_W = 0x17;
const ESCAPE = 0x1b;
/** Ctrl-\, which sends SIGQUIT where a terminal sends signals. */
const CTRL_BACKSLASH = 0x1c;

/** One line as it is typed. */
export class TypedLine {
  readonly #bytes: number[] = [];
  /** Where in an escape sequence we are: after ESC, or within what it began. */
  #escape: "begun" | "within" | undefined;

  /** Whether nothing is in it. */
  get isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  /** The line so far. */
  get text(): string {
    return new TextDecoder().decode(Uint8Array.from(this.#bytes));
  }

  /** Takes one byte. */
  take(byte: number): Typed {
    if (byte === CTRL_C || byte === CTRL_BACKSLASH) return "interrupted";
    if (ENTER.includes(byte) || byte === CTRL_D) return "done";
    if (this.#isOfEscape(byte)) return "more";
    if (BACKSPACE.includes(byte)) this.#takeBack();
    else if (byte === CTRL_U || byte === CTRL_W) this.#bytes.length = 0;
    else if (byte >= 0x20 || byte === TAB) this.#add(byte);
    return "more";
  }

  #add(byte: number): void {
    if (this.#bytes.length < LONGEST) this.#bytes.push(byte);
  }

  /**
   * A character of UTF-8 is a first byte, from C0, and those after it, which begin with the bits 10; of other code pages,
   * as in consoles of Windows, any byte.
   */
  #takeBack(): void {
    const first = this.#bytes.findLastIndex((byte) => (byte & 0xc0) !== 0x80);
    const isUtf8 = (this.#bytes[first] ?? 0) >= 0xc0;
    this.#bytes.splice(isUtf8 ? first : -1);
  }

  /** `ESC [` and `ESC O` go on to a byte from @ to ~ (ECMA-48 5.4); any other `ESC` takes one byte. */
  #isOfEscape(byte: number): boolean {
    if (byte === ESCAPE) this.#escape = "begun";
    else if (this.#escape === "begun") {
      this.#escape = byte === 0x5b || byte === 0x4f ? "within" : undefined;
    } else if (this.#escape === "within") {
      if (byte >= 0x40 && byte <= 0x7e) this.#escape = undefined;
    } else return false;
    return true;
  }
}
