/**
 * One line of advice for a person who mistyped.
 *
 * It follows the reference's error line, only where a person may be reading; scripts see the reference's bytes. It
 * repeats nothing that was typed: what it names comes from the option table.
 */

import { PROGRAM_NAME } from "./identity.ts";
import { placeholderOf } from "./placeholder.ts";
import type { OptionProblem } from "./problem.ts";
import type { OptionRow, ValueSpec } from "./row.ts";
import { PARAMETER_ROWS } from "./rows.ts";

const USAGE = `usage: ${PROGRAM_NAME} [options] ${PARAMETER_ROWS.map((row) => row.name).join(" ")}`;

/** What to try, without a full stop. */
export function adviceFor(problem: OptionProblem, rows: readonly OptionRow[]): string {
  switch (problem.kind) {
    case "not-utf8":
      return "bytes of any other encoding can be given in a command file: @file";
    case "unknown-option":
      return adviceOnName(problem.word, rows);
    case "missing-value":
      return `${problem.option} takes ${placeholderOf(rowOf(problem.option, rows))}`;
    case "missing-parameter":
      return USAGE;
    case "too-many-parameters":
      return `${USAGE}; words with blanks need quotes, --listen and --selftest take no parameters`;
    case "invalid-value":
      return adviceOnValue(rowOf(problem.option, rows));
    case "invalid-port":
      return "a port is one decimal integer, 1..65535";
    case "invalid-peer":
      return `the port is a word of its own: ${PROGRAM_NAME} [options] HOST PORT`;
    case "only-allowed-with":
      return adviceOnNeed(problem);
    case "not-allowed-with":
      return `leave out ${problem.option}, or what it does not go with`;
    case "reports-collide":
      return "give each report a file of its own: --report FORMAT=FILE";
    case "command-file":
      return "a word that begins with @ names a file with further arguments";
    case "log-config":
      return `${PROGRAM_NAME} --print-log-config prints a sample to start from`;
  }
}

function rowOf(long: string, rows: readonly OptionRow[]): OptionRow {
  const row = rows.find((one) => one.long === long);
  return row ?? { long, group: "", values: [], help: [], order: 0 };
}

/** The nearest name, or how values are written when one is glued to a name. */
function adviceOnName(word: string, rows: readonly OptionRow[]): string {
  const names = rows.flatMap((row) => row.short === undefined ? [row.long] : [row.long, row.short]);
  const [typed = "", value] = word.split("=", 2);
  const glued = value === undefined
    ? undefined
    : rows.find((row) => [row.long, row.short].includes(typed));
  if (glued !== undefined) {
    return glued.values.length === 0
      ? `${typed} takes no value`
      : `the value is a word of its own: ${typed} VALUE`;
  }
  const nearest = nearestName(typed, names);
  return nearest === undefined
    ? `${PROGRAM_NAME} --help lists all options`
    : `did you mean ${nearest}?`;
}

/** The name that begins like `typed`, or differs from it in at most a third of its letters. */
function nearestName(typed: string, names: readonly string[]): string | undefined {
  const longer = names.filter((name) => typed.length > 3 && name.startsWith(typed));
  if (longer.length === 1) return longer[0];
  // Of two characters one is the sign: only the case of the other may be wrong.
  const allowed = typed.length < 3 ? 0.5 : Math.max(1, Math.floor(typed.length / 3));
  const ranked = names
    .map((name) => ({ name, distance: editDistance(typed, name) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((left, right) => left.distance - right.distance);
  return ranked[0]?.name;
}

/**
 * How many letters to insert, remove, replace or swap with their neighbour; a letter in the other case costs half.
 *
 * Optimal string alignment: rows of a table, of which the last two are kept.
 */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const current = [i];
    for (let j = 1; j <= to.length; j++) {
      const cost = letterCost(from.charAt(i - 1), to.charAt(j - 1));
      const isSwap = i > 1 && j > 1 && from.charAt(i - 1) === to.charAt(j - 2) &&
        from.charAt(i - 2) === to.charAt(j - 1);
      current.push(Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + cost,
        isSwap ? (before[j - 2] ?? 0) + 1 : Infinity,
      ));
    }
    [before, previous] = [previous, current];
  }
  return previous[to.length] ?? 0;
}

function letterCost(left: string, right: string): number {
  if (left === right) return 0;
  return left.toLowerCase() === right.toLowerCase() ? 0.5 : 1;
}

/** The allowed values, where they can be named. */
function adviceOnValue(row: OptionRow): string {
  const [value] = row.values;
  return `${row.long} takes ${value === undefined ? "no value" : allowedValues(value)}`;
}

function allowedValues(value: ValueSpec): string {
  switch (value.kind) {
    case "integer":
      return value.maximum < 1_000_000
        ? `one decimal integer, ${value.minimum}..${value.maximum}`
        : `one decimal integer, at least ${value.minimum}`;
    case "choice":
      return `one of ${[...value.choices, ...value.unlisted ?? []].join(", ")}`;
    case "parsed":
      return (value.note ?? value.label) +
        (value.suggestions === undefined ? "" : `, of ${value.suggestions.join(", ")}`);
    case "text":
      return value.label;
  }
}

function adviceOnNeed(problem: OptionProblem & { kind: "only-allowed-with" }): string {
  const meant = problem.reportedAs === problem.option ? "" : `this is about ${problem.option}; `;
  const [first = ""] = problem.partners;
  return problem.partners.length === 1
    ? `${meant}add ${first}, or leave it out`
    : `${meant}add one of ${problem.partners.join(", ")}, or leave it out`;
}
