/**
 * One line of advice for a person who mistyped.
 *
 * It follows the reference's error line, only where a person may be reading; scripts see the reference's bytes. It
 * repeats nothing that was typed: what it names comes from the option table.
 */

import { hasLeadingZeros } from "../common/ipv4.ts";
import { nearestName } from "../common/nearest_name.ts";
import { PROGRAM_NAME } from "./identity.ts";
import { placeholderOf } from "./placeholder.ts";
import type { OptionProblem } from "./problem.ts";
import type { OptionRow, ValueSpec } from "./row.ts";
import { PARAMETER_ROWS } from "./rows.ts";

const USAGE = `usage: ${PROGRAM_NAME} [options] ${PARAMETER_ROWS.map((row) => row.name).join(" ")}`;

const PORT_APART =
  `the port is a word of its own: ${PROGRAM_NAME} [options] HOST PORT; or all is one: TITLE@HOST:PORT`;

const FIXED_ADVICE = {
  "not-utf8": "bytes of any other encoding can be given in a command file: @file",
  "two-titles": "leave out one of them",
  "latency-limits": "a WARNING comes before it is CRITICAL",
} as const;

const DECIMAL = "leave the zeros out where the numbers are decimal";

/** What to try, without a full stop. */
export function adviceFor(problem: OptionProblem, rows: readonly OptionRow[]): string {
  switch (problem.kind) {
    case "unknown-option":
      return adviceOnName(problem.word, rows);
    case "missing-value":
      return `${problem.option} takes ${placeholderOf(rowOf(problem.option, rows))}`;
    case "missing-parameter":
      if (/[@:]/.test(problem.given)) return PORT_APART;
      return `${USAGE}; in place of peer and port: ${withoutParameters(rows)}`;
    case "too-many-parameters":
      return `${USAGE}; words with blanks need quotes; no parameters besides ${
        withoutParameters(rows)
      }`;
    case "invalid-value":
      return adviceOnValue(rowOf(problem.option, rows));
    case "invalid-port":
      return "a port is one decimal integer, 1..65535";
    case "invalid-peer":
      return hasLeadingZeros(problem.word) ? DECIMAL : PORT_APART;
    case "only-allowed-with":
      return adviceOnNeed(problem);
    case "report-format":
    case "not-allowed-with":
      return `leave out ${partnerless(problem)}, or what it does not go with`;
    case "reports-collide":
      return "give each report a file of its own: --report FORMAT=FILE";
    case "report-needs-file":
      return `give it one, which is replaced after each check: --report ${problem.format}=FILE`;
    case "not-utf8":
    case "two-titles":
    case "latency-limits":
      return FIXED_ADVICE[problem.kind];
    case "command-file":
    case "no-command-file":
      return "a word that begins with @ names a file with further arguments";
    case "log-config":
      return `${PROGRAM_NAME} --print-log-config prints a sample to start from`;
  }
}

function partnerless(
  problem: Extract<OptionProblem, { kind: "report-format" | "not-allowed-with" }>,
): string {
  return problem.kind === "report-format" ? `--report ${problem.format}` : problem.option;
}

/** The options that are in the place of peer and port. */
function withoutParameters(rows: readonly OptionRow[]): string {
  return rows.filter(({ parameters }) => parameters === "none" || parameters === "words").map((
    { long },
  ) => long).join(", ");
}

function rowOf(long: string, rows: readonly OptionRow[]): OptionRow {
  const row = rows.find((one) => one.long === long);
  return row ?? { long, group: "", values: [], help: [], order: 0 };
}

/** The nearest name, or how values are written when one is glued to a name. */
function adviceOnName(word: string, rows: readonly OptionRow[]): string {
  const names = rows.flatMap((row) => row.short === undefined ? [row.long] : [row.long, row.short]);
  const [typed = "", value] = word.split("=", 2);
  const name = typed.endsWith("***") ? typed.slice(0, -"***".length) : typed;
  const glued = value === undefined && name === typed
    ? undefined
    : rows.find((row) => [row.long, row.short].includes(name));
  if (glued !== undefined) {
    return glued.values.length === 0
      ? `${name} takes no value`
      : `the value is a word of its own: ${name} VALUE`;
  }
  const nearest = nearestName(typed, names);
  return nearest === undefined
    ? `${PROGRAM_NAME} --help lists all options`
    : `did you mean ${nearest}?`;
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
      return (value.form ?? value.note ?? value.label) +
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
