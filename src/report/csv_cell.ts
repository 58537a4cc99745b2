/** Cells of comma separated values (RFC 4180). */

import { oneLine } from "./values.ts";

/** One row with its end. */
export function csvRow(values: readonly (string | number | undefined)[]): string {
  return `${values.map(cellOf).join(",")}\r\n`;
}

function cellOf(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") return `${value}`;
  const safe = withoutFormula(oneLine(value));
  return /[",;\r\n]|^ | $/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A text that no spreadsheet takes for a formula.
 *
 * An apostrophe goes in front of the characters a formula can begin with, at the start of the cell and after a
 * semicolon, which separates cells in many countries.
 */
function withoutFormula(text: string): string {
  return text.split(";").map((cell) => /^\s*[=+\-@＝＋－＠]/.test(cell) ? `'${cell}` : cell).join(
    ";",
  );
}
