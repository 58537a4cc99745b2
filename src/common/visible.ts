/*
 * Foreign text in what people and programs read: everything made visible that could move a cursor, forge a line,
 * reorder what is read or hide in it. The one place that says which characters those are.
 */

/**
 * Controls (Cc), format characters (Cf: direction marks, zero-width ones, tags), line and paragraph separators, lone
 * surrogates, and what fonts leave out. TAB is text; so are the selectors that choose between two shapes of a letter.
 */
function unsafe(): RegExp {
  return unsafeInText ??=
    /(?![\t\ufe00-\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
}

/** Printable ASCII. */
const PLAIN = /^[ -~]*$/;

/** Made when it is needed: reading it takes a millisecond, and nearly all texts are plain. */
let unsafeInText: RegExp | undefined;

/** The same in JSON, where JSON.stringify() has written controls of the text as escapes and line feeds for layout. */
let unsafeInJson: RegExp | undefined;

/**
 * `text` with everything unsafe made visible: `\x1b` up to U+00FF, else `\u202e` or `\u{e0041}`.
 *
 * For whatever a peer or a file said. TAB and backslash stay as they are, so that the common case reads as it was sent.
 */
export function escapeControls(text: string): string {
  return PLAIN.test(text) ? text : text.replace(unsafe(), escaped);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code <= 0xff) return `\\x${digits.padStart(2, "0")}`;
  return code > 0xffff ? `\\u{${digits}}` : `\\u${digits.padStart(4, "0")}`;
}

/**
 * `value` as JSON in which everything unsafe is a `\u` escape: it reads back as the same value.
 *
 * `indent` blanks for each level, one line when it is left out. A bigint becomes a string.
 */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_key, member) => typeof member === "bigint" ? `${member}` : member,
    indent,
  )
    .replace(unsafeInJson ??= new RegExp(`(?!\\n)${unsafe().source}`, unsafe().flags), jsonEscaped);
}

function jsonEscaped(character: string): string {
  return character.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

/** `text`, or its beginning and `...` when it has more than `longest` characters. */
export function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 3).toWellFormed()}...`;
}
