/** Explains codes and lines of logs without any peer: `--explain-code`. Loaded when it is given. */

import {
  explainText,
  type Explanation,
  LONGEST_TEXT,
  type PossibleSituation,
} from "../codes/mod.ts";
import { escapeControls, jsonText } from "../common/visible.ts";
import type { ExplainCodeMode } from "../options/mod.ts";
import { FILE_FAULTS } from "../system/mod.ts";
import type { ModeContext } from "./context.ts";
import type { Outcome } from "./outcome.ts";

/** So many situations are shown with their hints; of more only what they mean. */
const MOST_HINTS = 3;

/** Explains the words of `mode`, or standard input for `-`. */
export async function runExplainCode(
  mode: ExplainCodeMode,
  { options, world }: ModeContext,
): Promise<Outcome> {
  const say = (stream: "writeOut" | "writeErr", text: string) =>
    void world[stream](new TextEncoder().encode(text));
  const isInput = mode.words.length === 1 && mode.words[0] === "-";
  const content = isInput ? await world.readInput() : undefined;
  if (content !== undefined && "error" in content) {
    say("writeErr", `error: standard input ${FILE_FAULTS[content.error]}\n`);
    return { kind: "cannot-begin", obstacle: "input" };
  }
  const text = content === undefined ? mode.words.join(" ") : new TextDecoder().decode(content);
  const found = text.length > LONGEST_TEXT ? [] : explainText(text);
  if (options.reports.length > 0) {
    say("writeOut", `${jsonText({ text, explanations: found }, 2)}\n`);
  } else if (found.length > 0) {
    say("writeOut", found.map(paragraphOf).join("\n"));
  }
  if (found.length > 0) return { kind: "done" };
  say("writeErr", `error: ${text.length > LONGEST_TEXT ? TOO_LONG : UNKNOWN}\n`);
  return { kind: "not-explained" };
}

const TOO_LONG = `nothing is explained: the text has more than ${LONGEST_TEXT} characters`;
const UNKNOWN =
  "nothing in this is known: give a code (rj 1/1/7, abort 2/1, status 0122, tls 46, exit 62, " +
  "0006:0317), the name of a situation, or a line of the log of DCMTK or of echoscu";

/** The lines about one code. */
function paragraphOf({ code, meaning, saidBy, situations }: Explanation): string {
  const lines = [`${code}: ${meaning}`, `said by: ${saidBy}`, ...linesOf(situations)];
  return lines.map((line) => `${escapeControls(line)}\n`).join("");
}

function linesOf(situations: readonly PossibleSituation[]): readonly string[] {
  if (situations.length <= MOST_HINTS) {
    return situations.flatMap(({ stage, fault, situation, hint }) => [
      `stage: ${stage}, fault: ${fault}, situation: ${situation}`,
      `hint: ${hint}`,
    ]);
  }
  return [
    `one of ${situations.length} situations; a check with --explain says which:`,
    ...situations.map(({ stage, situation, title }) => `  ${stage}: ${title} (${situation})`),
    "hint: give the name of one of them for what to try",
  ];
}
