/*
 * Cutting at the ends of text, by index. A regular expression such as / +$/ tries every blank as a start, so that a
 * long run of blanks in front of something else costs the square of its length.
 */

/** The C locale's white space: blank, tab, line feed, vertical tab, form feed, carriage return. */
export const C_SPACE = " \t\n\v\f\r";

/** `text` without those of `characters` that it ends in. */
export function trimEndOf(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** `text` without those of `characters` that it begins with. */
export function trimStartOf(text: string, characters: string): string {
  let start = 0;
  while (start < text.length && characters.includes(text.charAt(start))) start++;
  return text.slice(start);
}

/** `text` without those of `characters` that it begins with and ends in. */
export function trimOf(text: string, characters: string): string {
  return trimStartOf(trimEndOf(text, characters), characters);
}
