/** Conditions of DCMTK: the numbers such as `0006:0317` in its logs and in ours. */

import { CONDITION_LINES } from "./condition_lines.ts";
import { MODULES, NETWORK_CONDITIONS } from "./condition_names.ts";
import { situationsCalled } from "./possible.ts";
import type { Code, Explanation, PossibleSituation } from "./types.ts";

type Condition = Extract<Code, { kind: "condition" }>;

/** What DCMTK adds to the number of an alert: 0800H for its TLS library's errors, 1000 for alerts among them. */
const FIRST_ALERT = 0x800 + 1000;

/** The alert that a condition of the TLS library means; `undefined` for all others. */
export function alertOfCondition({ number = "" }: Condition): number | undefined {
  const [module, digits = ""] = number.split(":");
  const alert = parseInt(digits, 16) - FIRST_ALERT;
  return module === "000b" && alert >= 0 && alert <= 0xff ? alert : undefined;
}

/** Explains a condition; `undefined` when neither its number nor its text is known. */
export function explainCondition(condition: Condition): Explanation | undefined {
  const { number = "", text, stages } = condition;
  const situations = narrowed(situationsCalled(namesFor(condition)), stages);
  const [module = "", digits = ""] = number.split(":");
  const meaning = module === "0006" ? NETWORK_CONDITIONS[digits] : undefined;
  if (meaning === undefined && situations.length === 0) return undefined;
  const library = MODULES[module];
  return {
    code: number === "" ? text : number,
    meaning: meaning ?? situations.map(({ title }) => title).join("; or "),
    saidBy: `the program that logged it${
      library === undefined ? "" : ` (${library}, or this program in its words)`
    }`,
    situations,
  };
}

/** The situations of its lines: of those whose text fits best, else of all with its number. */
function namesFor({ number, text }: Condition): readonly string[] {
  const known = CONDITION_LINES.map(([line, names]) => ({ ...parts(line), names }))
    .filter((line) => line.number === number);
  const fitting = known.filter((line) => text !== "" && fits(text, line.text));
  const most = Math.max(...fitting.map((line) => line.text.length));
  const chosen = fitting.length === 0 ? known : fitting.filter((line) => line.text.length === most);
  return chosen.flatMap(({ names }) => names.split(" "));
}

function parts(line: string): { readonly number: string | undefined; readonly text: string } {
  const [, number, text = line] = /^([0-9a-f]{4}:[0-9a-f]{4}) (.*)$/.exec(line) ?? [];
  return { number, text };
}

/** Whether `text` is of the form of `pattern`, in which `*` is anything. */
function fits(text: string, pattern: string): boolean {
  const pieces = pattern.split("*");
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const found = text.indexOf(piece, at);
    if (found < 0 || (index === 0 && found > 0)) return false;
    at = found + piece.length;
  }
  return at === text.length || pieces.at(-1) === "";
}

/** Where the line says how far the check had got, other situations are left out. */
function narrowed(
  situations: readonly PossibleSituation[],
  stages: Condition["stages"],
): readonly PossibleSituation[] {
  if (stages === undefined) return situations;
  const there = situations.filter(({ stage }) => stages.includes(stage));
  return there.length === 0 ? situations : there;
}
