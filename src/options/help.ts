/** The usage text, in the reference's layout. */

import { HEADER, PROGRAM_NAME } from "./identity.ts";
import { defaultText, placeholderOf } from "./placeholder.ts";
import type { OptionRow } from "./row.ts";
import { PARAMETER_ROWS } from "./rows.ts";

/** Least width of a long name; with what comes before it, the text begins in its column. */
const LONG_WIDTH = 19;

/** Column where texts begin, from 0. */
const TEXT_COLUMN = 31;

/** Renders the usage text for `rows`: groups and subgroups in the order in which they appear. */
export function helpText(rows: readonly OptionRow[]): string {
  const parameters = PARAMETER_ROWS.map(({ name, help }) =>
    `  ${name.padEnd(TEXT_COLUMN - 4)}  ${help.join(`\n${" ".repeat(TEXT_COLUMN)}`)}\n`
  );
  return `${HEADER}usage: ${PROGRAM_NAME} [options] ${
    PARAMETER_ROWS.map((row) => row.name).join(" ")
  }

parameters:
${parameters.join("")}
${groupsOf(rows).map((group) => renderGroup(group)).join("")}
`;
}

/** Rows of one group title, then of one subgroup title each. */
function groupsOf(rows: readonly OptionRow[]): readonly (readonly OptionRow[])[] {
  return [...Map.groupBy(rows, (row) => row.group).values()];
}

function renderGroup(rows: readonly OptionRow[]): string {
  const subgroups = Map.groupBy(rows, (row) => row.subgroup);
  const sections = [...subgroups].map(([title, members]) =>
    (title === undefined ? "" : `  ${title}\n`) + renderRows(members)
  );
  return `${rows[0]?.group ?? ""}\n${sections.join("")}`;
}

function renderRows(rows: readonly OptionRow[]): string {
  const isInSubgroup = rows[0]?.subgroup !== undefined;
  const shortWidth = widest(rows.map((row) => row.short ?? ""), isInSubgroup ? 4 : 6);
  const longWidth = widest(rows.map((row) => row.long), LONG_WIDTH);
  const indent = isInSubgroup ? "    " : "  ";
  const column = " ".repeat(indent.length + shortWidth + 2 + longWidth + 2);
  return rows.map((row) => {
    const names = `${indent}${(row.short ?? "").padEnd(shortWidth)}  ${
      row.long.padEnd(longWidth)
    }  `;
    return names + textLines(row).join(`\n${column}`) + "\n";
  }).join("");
}

/** What is in the text column: placeholder, choices, description. */
function textLines(row: OptionRow): readonly string[] {
  const placeholder = placeholderOf(row);
  const choices = row.values.flatMap((value) =>
    value.kind === "choice" ? [`(${value.choices.join(", ")})`] : []
  );
  const help = row.help.map((line) => line.replaceAll("{default}", defaultText(row)));
  return [...(placeholder === "" ? [] : [placeholder]), ...choices, ...help];
}

function widest(texts: readonly string[], least: number): number {
  return Math.max(least, ...texts.map((text) => text.length));
}
