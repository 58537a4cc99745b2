/** The schema of a plan as JSON Schema, for editors. */

import { unreachable } from "../errors.ts";
import type { DurationRow, FieldRow, MappingRow, TextRow } from "./schema.ts";
import { PLAN_ROW } from "./schema_rows.ts";

/** A part of a JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The whole schema. */
export function planJsonSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "echoscu plan",
    ...partOf(PLAN_ROW),
  };
}

function partOf(row: FieldRow): JsonSchema {
  return { description: row.doc, ...constraintsOf(row) };
}

function constraintsOf(row: FieldRow): JsonSchema {
  switch (row.kind) {
    case "text":
      return textOf(row);
    case "file":
      return { type: "string", minLength: 1 };
    case "integer":
      return { type: "integer", minimum: row.minimum, maximum: row.maximum };
    case "duration":
      return durationOf(row);
    case "choice":
      return { enum: row.choices };
    case "boolean":
      return { type: "boolean" };
    case "list":
      return { type: "array", items: partOf(row.item) };
    case "mapping":
      return mappingOf(row);
    case "named":
      return {
        type: "object",
        propertyNames: { pattern: row.names.pattern },
        additionalProperties: partOf(row.item),
      };
    default:
      return unreachable(row);
  }
}

/** Text without quotes may look like something else, as the AE title `0815`. */
function textOf({ form }: TextRow): JsonSchema {
  const type = ["string", "number", "boolean"];
  if (form === undefined) return { type };
  // What editors show instead of the pattern.
  return { type, pattern: form.pattern, patternErrorMessage: `allowed: ${form.words}` };
}

function durationOf({ minimum, maximum }: DurationRow): JsonSchema {
  return {
    anyOf: [
      { type: "number", minimum, maximum },
      { type: "string", pattern: "^[0-9]+(\\.[0-9]+)?(ms|s|min)$" },
    ],
  };
}

function mappingOf({ fields }: MappingRow): JsonSchema {
  const rows = Object.entries(fields);
  const required = rows.filter(([, row]) => row.required === true).map(([name]) => name);
  return {
    type: "object",
    properties: Object.fromEntries(rows.map(([name, row]) => [name, partOf(row)])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}
