/** Words as people say or paste them, to the codes in them. Nothing is guessed: what is not known gives no code. */

import { alertOf, codesOfLine } from "./log_line.ts";
import { isSituation } from "./possible.ts";
import type { Code } from "./types.ts";

/** Longest text that is looked at, in characters: some screens of a log. */
export const LONGEST_TEXT = 20_000;

/** How a code may be written when it is alone; what is before it says of what kind it is. */
const ALONE: readonly (readonly [RegExp, (found: readonly string[]) => Code | undefined])[] = [
  [/^([0-9a-f]{4}:[0-9a-f]{4})$/i, ([number = ""]) => condition(number)],
  [/^(?:rj|reject(?:ed|ion)?|a-associate-rj)? ?(\d{1,3})[/ ,](\d{1,3})[/ ,](\d{1,3})$/i, rejection],
  [/^(?:abort(?:ed)?|a-abort)? ?(\d{1,3})[/ ,](\d{1,3})$/i, abort],
  [/^status:? ?(?:0x)?([0-9a-f]{1,4})h?$/i, ([hex = ""]) => status(hex)],
  [/^(?:0x([0-9a-f]{1,4})|([0-9a-f]{4})h)$/i, ([first, second]) => status(first || second || "")],
  [/^(?:tls(?: alert)?|alert):? ?(\d{1,3})$/i, ([number = ""]) => alert(Number(number))],
  [/^(?:tls(?: alert)?|alert):? ?([a-z][a-z _-]{1,60})$/i, ([name = ""]) => alert(alertOf(name))],
  [/^(?:exit(?: code)?:? ?)?(\d{1,3})$/i, ([code = ""]) => ({ kind: "exit", code: Number(code) })],
  [/^(?:situation:? ?)?([a-z]+(?:-[a-z0-9]+)+)$/, ([id = ""]) => situation(id)],
];

/** The codes in `text`, each once; empty when nothing in it is known. */
export function readCodes(text: string): readonly Code[] {
  const bare = text.trim().replace(/\s+/g, " ");
  for (const [form, make] of ALONE) {
    const found = form.exec(bare);
    const code = found === null ? undefined : make(found.slice(1));
    if (code !== undefined) return [code];
  }
  return codesOfLine(text);
}

function condition(number: string): Code {
  return { kind: "condition", number: number.toLowerCase(), text: "" };
}

function rejection(found: readonly string[]): Code | undefined {
  const [result = 0, source = 0, reason = 0] = found.map(Number);
  return areBytes(result, source, reason)
    ? { kind: "rejection", codes: [{ result, source, reason }] }
    : undefined;
}

function abort(found: readonly string[]): Code | undefined {
  const [source = 0, reason = 0] = found.map(Number);
  return areBytes(source, reason) ? { kind: "abort", source, reason } : undefined;
}

function status(hex: string): Code {
  return { kind: "status", status: parseInt(hex, 16) };
}

function alert(number: number | undefined): Code | undefined {
  return number !== undefined && areBytes(number) ? { kind: "alert", alert: number } : undefined;
}

function situation(id: string): Code | undefined {
  return isSituation(id) ? { kind: "situation", id } : undefined;
}

function areBytes(...numbers: readonly number[]): boolean {
  return numbers.every((number) => number <= 0xff);
}
