/** What means the values of an option in the usage text and on the man page. */

import type { OptionRow, ValueSpec } from "./row.ts";

/** Such as `[n]umber: integer (1..128)`; empty for an option without values. */
export function placeholderOf(row: OptionRow): string {
  const last = row.values.at(-1);
  if (last === undefined) return "";
  const labels = row.values.map((value) => value.label).join(", ");
  const note = noteOf(last);
  return `${labels}: ${typeWord(last)}${note === "" ? "" : ` (${note})`}`;
}

/** The default of an option's value as text; empty when it has none. */
export function defaultText(row: OptionRow): string {
  const [value] = row.values;
  if (value === undefined || !("default" in value)) return "";
  return value.default === undefined ? "" : String(value.default);
}

function typeWord(value: ValueSpec): string {
  switch (value.kind) {
    case "integer":
      return "integer";
    case "choice":
      return "string constant";
    case "text":
    case "parsed":
      return "string";
  }
}

function noteOf(value: ValueSpec): string {
  switch (value.kind) {
    case "integer":
      if (value.shows === "range") return `${value.minimum}..${value.maximum}`;
      return value.shows === "default" ? `default: ${value.default ?? "unlimited"}` : "";
    case "text":
    case "parsed":
      return value.note ?? "";
    case "choice":
      return "";
  }
}
