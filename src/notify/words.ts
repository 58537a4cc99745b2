/** Texts on one line. */

import { escapeControls, shortened } from "../common/visible.ts";

/** `text` on one line of at most `longest` characters. */
export function oneLineOf(text: string, longest: number): string {
  return escapeControls(shortened(text.toWellFormed(), longest)).replaceAll("\t", " ");
}
