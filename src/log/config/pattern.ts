/**
 * Patterns: literal text and conversions, `%[-][min][.max]code`.
 *
 * A field longer than `max` keeps its last `max` bytes and is then not padded any more, even if `min` is larger. What
 * is not a conversion is printed as it is, with a complaint when the configuration is read.
 */
import type { ByteText } from "./byte_text.ts";
import type { EngineContext } from "./context.ts";
import { type Conversion, makeConversion } from "./conversions.ts";
import type { EngineEvent } from "./engine_event.ts";

/** Widest field; our judgement, so that a slip of the pen cannot fill the memory. */
const MAX_WIDTH = 65_536;

/** One part of a parsed pattern. */
type Part =
  | { readonly kind: "literal"; readonly text: ByteText }
  | {
    readonly kind: "field";
    readonly conversion: Conversion;
    readonly left: boolean;
    readonly min: number;
    readonly max: number;
  };

/** A parsed pattern. */
export type Pattern = readonly Part[];

/** Parses a pattern. */
export function parsePattern(pattern: ByteText, context: EngineContext): Pattern {
  const parts: Part[] = [];
  let at = 0;
  while (at < pattern.length) {
    const percent = pattern.indexOf("%", at);
    if (percent < 0 || percent === pattern.length - 1) {
      parts.push(literal(pattern.slice(at)));
      break;
    }
    if (percent > at) parts.push(literal(pattern.slice(at, percent)));
    if (pattern[percent + 1] === "%") {
      parts.push(literal("%"));
      at = percent + 2;
      continue;
    }
    const { part, end } = parseConversion({ pattern, percent }, context);
    parts.push(part);
    at = end;
  }
  return parts;
}

/** Prints an event. */
export function renderPattern(pattern: Pattern, event: EngineEvent): ByteText {
  let text = "";
  for (const part of pattern) {
    if (part.kind === "literal") {
      text += part.text;
      continue;
    }
    const field = part.conversion(event);
    if (field.length > part.max) text += field.slice(field.length - part.max);
    else text += part.left ? field.padEnd(part.min) : field.padStart(part.min);
  }
  return text;
}

function literal(text: ByteText): Part {
  return { kind: "literal", text };
}

/** The conversion that begins at `percent`, or the same text as a literal, and where parsing goes on. */
function parseConversion(
  place: { readonly pattern: ByteText; readonly percent: number },
  context: EngineContext,
): { readonly part: Part; readonly end: number } {
  const { pattern, percent } = place;
  const syntax = /%(-*)([0-9]*)(?:(\.)([0-9]*))?([^]?)/y;
  syntax.lastIndex = percent;
  const [whole = "", left = "", min = "", dot, max = "", code = ""] = syntax.exec(pattern) ?? [];
  let end = percent + whole.length;
  const asText = { part: literal(whole), end };
  if (code === "") return asText;
  if (dot !== undefined && max === "") {
    context.diagnostics.error(
      `Error occurred in position ${end}.\n Was expecting digit, instead got char "${code}".`,
    );
    return asText;
  }
  const conversion = makeConversion(code, {
    host: context.host,
    option() {
      const option = takeOption({ pattern, at: end }, context);
      end = option.end;
      return option.text;
    },
  });
  if (conversion === undefined) {
    context.diagnostics.error(
      `Unexpected char [${code}] at position ${end} in conversion pattern.`,
    );
    return asText;
  }
  const widths = {
    min: Math.min(Number(min), MAX_WIDTH),
    max: max === "" ? Infinity : Number(max),
  };
  return { part: { kind: "field", conversion, left: left !== "", ...widths }, end };
}

/** The text in braces at `at`, if there are any. Without a closing brace the rest of the pattern is lost. */
function takeOption(
  { pattern, at }: { readonly pattern: ByteText; readonly at: number },
  context: EngineContext,
): { readonly text: ByteText; readonly end: number } {
  if (pattern[at] !== "{") return { text: "", end: at };
  const close = pattern.indexOf("}", at);
  if (close >= 0) return { text: pattern.slice(at + 1, close), end: close + 1 };
  context.diagnostics.error(`No matching '}' found in conversion pattern string "${pattern}"`);
  return { text: "", end: pattern.length };
}
