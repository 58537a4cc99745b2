/** Puts into words what is not YAML. The library's words are for those who know its grammar, and quote the text. */

import type { YAMLError } from "yaml";

type ErrorCode = YAMLError["code"];

const WORDS: Partial<Readonly<Record<ErrorCode, string>>> = {
  BAD_ALIAS: "text that begins with * or & needs quotes",
  BAD_COLLECTION_TYPE: "a tag says nothing here (allowed: the value alone)",
  BAD_DQ_ESCAPE:
    "in double quotes a backslash begins an escape (allowed: \\\\ for one backslash, or single quotes)",
  BAD_DIRECTIVE: "a line that begins with % needs quotes",
  BAD_INDENT: "this is not indented like what it belongs to",
  BAD_SCALAR_START: "text that begins with this character needs quotes",
  BLOCK_AS_IMPLICIT_KEY: 'a line holds one key or item (text with ": " in it needs quotes)',
  BLOCK_IN_FLOW: "a comma or a closing bracket is missing before this",
  MULTILINE_IMPLICIT_KEY: "a key needs a colon and a blank after it in the same line",
  MULTIPLE_DOCS: "a plan is one document (allowed: one ---, at the top)",
  RESOURCE_EXHAUSTION: "this is nested too deeply",
  TAB_AS_INDENT: "a tab cannot indent a line (allowed: blanks)",
  TAG_RESOLVE_FAILED: "a tag says nothing here (allowed: the value alone)",
  UNEXPECTED_TOKEN: "this cannot be here (is a comma, bracket or quote missing before it?)",
};

/**
 * What is wrong with `text` at the place of `error`; nothing of the text is shown, which may be a secret.
 *
 * For the library the end of the stack is an error in the text, too.
 */
export function yamlWords({ code, message, pos: [at] }: YAMLError, text: string): string {
  if (code === "UNEXPECTED_TOKEN" && /\$\{?$/.test(text.slice(0, at))) {
    return "${NAME} needs quotes between brackets";
  }
  if (/stack/i.test(message)) return WORDS.RESOURCE_EXHAUSTION ?? "";
  if (/without - indicator/.test(message)) return WORDS.BAD_INDENT ?? "";
  if (/^Flow/.test(message)) return "a closing bracket is missing before this";
  if (/closing ['"]quote/.test(message)) return "the quotes that begin here are not closed";
  return WORDS[code] ?? "this is not YAML";
}
