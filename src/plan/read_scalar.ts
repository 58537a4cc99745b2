/** Reads single values of a plan. */

import { unreachable } from "../errors.ts";
import { FILE_FAULTS, type FileContent } from "../system/mod.ts";
import { pathBeside } from "./paths.ts";
import { knownNames, type Problems } from "./problem.ts";
import {
  type ChoiceRow,
  DURATION,
  type DurationRow,
  type FieldRow,
  type FileRow,
  type IntegerRow,
  type ListRow,
  type MappingRow,
  type NamedRow,
  type TextRow,
} from "./schema.ts";
import type { ScalarNode, SourceNode } from "./source.ts";

/** What reading needs besides the file itself. */
export interface Reading {
  /** Gets what is wrong. */
  readonly problems: Problems;
  /** Finds out whether files that are named can be read. */
  readonly readFile: (path: string) => FileContent;
  /** Looks up environment variables for secrets; `undefined`: not set, or not to be read. */
  readonly env: (name: string) => string | undefined;
}

/** A value in its file: where it is, which row it is read by, and what reading needs. */
export interface Spot<Row extends FieldRow = FieldRow, Node extends SourceNode = SourceNode> {
  readonly node: Node;
  /** Where it is in the structure; empty for the whole file. */
  readonly path: string;
  readonly row: Row;
  readonly reading: Reading;
}

/** The kinds that are a single value. */
export type ScalarRow = Exclude<FieldRow, MappingRow | NamedRow | ListRow>;

type ScalarSpot<Row extends ScalarRow> = Spot<Row, ScalarNode>;

/** Reads a single value by its row. */
export function readScalar(spot: ScalarSpot<ScalarRow>): string | number | boolean | undefined {
  const { row } = spot;
  if (row.kind === "text" && row.secret === true) return readSecret({ ...spot, row });
  if (refusesVariable(spot)) return undefined;
  switch (row.kind) {
    case "text":
      return readText({ ...spot, row });
    case "file":
      return readPath({ ...spot, row });
    case "integer":
      return readInteger({ ...spot, row });
    case "duration":
      return readDuration({ ...spot, row });
    case "choice":
      return readChoice({ ...spot, row });
    case "boolean":
      return readBoolean(spot);
    default:
      return unreachable(row);
  }
}

/** What a row allows, in words. */
export function allowed(row: FieldRow): string {
  switch (row.kind) {
    case "text":
      return row.form?.words ?? "text";
    case "file":
      return row.of === "directory" ? "the path of a directory" : "the path of a file";
    case "integer":
      return `${row.minimum}..${row.maximum}`;
    case "duration":
      return `seconds from ${row.minimum} to ${row.maximum}, or with a unit as in 500ms, 5s, 2min`;
    case "choice":
      return row.choices.join(", ");
    case "boolean":
      return "true, false";
    case "list":
      return `a list, such as [${row.item.kind === "mapping" ? "{...}" : "..."}]`;
    case "mapping":
      return `keys ${Object.keys(row.fields).join(", ")}`;
    case "named":
      return "names, each with its settings";
    default:
      return unreachable(row);
  }
}

/** Adds a problem at `spot`; gives `undefined` for a value that is left out. */
export function wrong(
  { node, path, reading }: Pick<Spot, "node" | "path" | "reading">,
  message: string,
): undefined {
  reading.problems.add(node.place, { path, message });
}

function notAllowed(spot: ScalarSpot<ScalarRow>, what: string): undefined {
  return wrong(spot, `${shownValue(spot)} ${what} (allowed: ${allowed(spot.row)})`);
}

/** The value as it is written; a secret is not shown. */
function shownValue({ node, row }: ScalarSpot<ScalarRow>): string {
  if (row.kind === "text" && row.secret === true) return "the secret";
  const text = node.text.length > 60 ? `${node.text.slice(0, 57)}...` : node.text;
  return node.isPlain ? text : JSON.stringify(text);
}

/** How a value names an environment variable. */
const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

function readText(spot: ScalarSpot<TextRow>): string | undefined {
  const { node, row } = spot;
  // deno-lint-ignore no-control-regex
  if (/[\0-\x08\x0b-\x1f\x7f]/.test(node.text)) {
    return wrong(spot, `control characters are not allowed (allowed: ${allowed(row)})`);
  }
  const because = row.form?.because?.(node.text);
  if (because !== undefined) return wrong(spot, `${shownValue(spot)} is not allowed: ${because}`);
  if (row.form === undefined || new RegExp(row.form.pattern).test(node.text)) return node.text;
  return notAllowed(spot, "is not allowed");
}

function readSecret(spot: ScalarSpot<TextRow>): string | undefined {
  const { node: { text }, row: { form }, reading: { env } } = spot;
  if (form !== undefined && !new RegExp(form.pattern).test(text)) {
    return notAllowed(spot, "itself is not allowed here");
  }
  const name = text.slice("${".length, -"}".length);
  return env(name) ??
    wrong(spot, `the environment variable ${name} is not set, or the program may not read it`);
}

/** Only secrets come from the environment: everything else shall be the same for everybody who has the file. */
function refusesVariable(spot: ScalarSpot<ScalarRow>): boolean {
  if (spot.node.text.search(VARIABLE) < 0) return false;
  wrong(spot, "environment variables are for secrets only (allowed: in keyPassword)");
  return true;
}

function readPath(spot: ScalarSpot<FileRow>): string | undefined {
  const { node, row, reading } = spot;
  if (node.text === "") return notAllowed(spot, "is not a path");
  const path = pathBeside(node.place.file, node.text);
  if (row.of === "plan") return path;
  const content = reading.readFile(path);
  const isDirectory = "error" in content && content.error === "directory";
  if (row.of === "directory" && isDirectory) return path;
  if (row.of === "directory" && !("error" in content)) {
    return wrong(spot, `${path} is not a directory`);
  }
  return "error" in content ? wrong(spot, `${path} ${FILE_FAULTS[content.error]}`) : path;
}

function readInteger(spot: ScalarSpot<IntegerRow>): number | undefined {
  const { node, row } = spot;
  if (!node.isPlain && /^\d+$/.test(node.text)) {
    return notAllowed(spot, "in quotes is text, not a number");
  }
  if (!node.isPlain || !/^-?\d+$/.test(node.text)) return notAllowed(spot, "is not a whole number");
  const value = Number(node.text);
  if (value < row.minimum) return notAllowed(spot, "is too small");
  return value > row.maximum ? notAllowed(spot, "is too large") : value;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 60 };

function readDuration(spot: ScalarSpot<DurationRow>): number | undefined {
  const { node, row } = spot;
  const [, digits, unit] = DURATION.exec(node.text) ?? [];
  if (digits === undefined) return notAllowed(spot, "is not a time");
  if (unit === undefined && !node.isPlain) {
    return notAllowed(spot, "in quotes is text, not a number");
  }
  // Rounded: 0.1 s shall be 100 ms, not 100.00000000000001.
  const value = Math.round(Number(digits) * (UNIT_SECONDS[unit ?? "s"] ?? 1) * 1e6) / 1e6;
  if (value < row.minimum) return notAllowed(spot, "is too short");
  return value > row.maximum ? notAllowed(spot, "is too long") : value;
}

function readChoice(spot: ScalarSpot<ChoiceRow>): string | undefined {
  const { node, row } = spot;
  if (row.choices.includes(node.text)) return node.text;
  return wrong(spot, `${shownValue(spot)} is not allowed ${knownNames(node.text, row.choices)}`);
}

function readBoolean(spot: ScalarSpot<ScalarRow>): boolean | undefined {
  const { node } = spot;
  if (node.isPlain && /^(true|false)$/i.test(node.text)) return /^true$/i.test(node.text);
  return notAllowed(spot, "is neither true nor false");
}
