/**
 * Checks what a file holds against the rows of the schema, and gives back its values.
 *
 * It goes on after a mistake, so that one run finds all of them. A value with a mistake is left out.
 */

import { unreachable } from "../errors.ts";
import { nearestName } from "../common/nearest_name.ts";
import { knownNames, pathBelow } from "./problem.ts";
import type { FieldRow, ListRow, MappingRow, NamedRow, ValueOf } from "./schema.ts";
import { allowed, readScalar, type Spot, wrong } from "./read_scalar.ts";
import { isNothing, type MappingNode, type SourceNode } from "./source.ts";

/** Reads a value by its row; adds what is wrong to the problems of `reading`. */
export function readValue<const Row extends FieldRow>(spot: Spot<Row>): ValueOf<Row> | undefined {
  // What the functions below give for a kind is what `ValueOf` says of it.
  return readByKind(spot) as ValueOf<Row> | undefined;
}

function readByKind(spot: Spot): unknown {
  const { row, node } = spot;
  if (node.kind === "faulty") return undefined;
  if (isNothing(node)) return wrong(spot, `there is no value (allowed: ${allowed(row)})`);
  switch (row.kind) {
    case "mapping":
      return node.kind === "mapping" ? readMapping({ ...spot, row }, node) : wrongKind(spot);
    case "named":
      return node.kind === "mapping" ? readNamed({ ...spot, row }, node) : wrongKind(spot);
    case "list":
      return node.kind === "list" ? readList({ ...spot, row }, node.items) : wrongKind(spot);
    case "text":
    case "file":
    case "integer":
    case "duration":
    case "choice":
    case "boolean":
      return node.kind === "scalar" ? readScalar({ ...spot, row, node }) : wrongKind(spot);
    default:
      return unreachable(row);
  }
}

function readMapping(spot: Spot<MappingRow>, node: MappingNode): Record<string, unknown> {
  const { row, path, reading } = spot;
  const names = Object.keys(row.fields);
  const values: Record<string, unknown> = {};
  const told = new Set<string>();
  for (const { key, place, value } of node.entries) {
    const field = names.includes(key) ? row.fields[key] : undefined;
    const below = pathBelow(path, key);
    if (field === undefined) {
      reading.problems.add(place, { path: below, message: unknownKey(key, row) });
      // What is merged or mistyped is not missing as well.
      for (const name of key === "<<" ? names : [nearestName(key, names) ?? ""]) told.add(name);
      continue;
    }
    told.add(key);
    const read = readByKind({ node: value, path: below, row: field, reading });
    if (read !== undefined) values[key] = read;
  }
  for (const [name, field] of Object.entries(row.fields)) {
    if (field.required !== true || told.has(name)) continue;
    wrong(spot, `${name} is missing (allowed: ${allowed(field)})`);
  }
  return values;
}

function unknownKey(key: string, { fields }: MappingRow): string {
  if (key === "<<") {
    return "YAML 1.2 has no merge keys (allowed: groups and defaults, for what peers share)";
  }
  const [home] =
    Object.entries(fields).find(([, row]) =>
      row.kind === "mapping" && Object.hasOwn(row.fields, key)
    ) ?? [];
  return home === undefined
    ? `unknown key ${knownNames(key, Object.keys(fields))}`
    : `unknown key (it belongs into ${home})`;
}

function readNamed(spot: Spot<NamedRow>, node: MappingNode): ReadonlyMap<string, unknown> {
  const { row, path, reading } = spot;
  const values = new Map<string, unknown>();
  for (const { key, place, value } of node.entries) {
    const below = pathBelow(path, key);
    if (!new RegExp(row.names.pattern).test(key)) {
      const message = `${JSON.stringify(key)} is not a name (allowed: ${row.names.words})`;
      reading.problems.add(place, { path: below, message });
      continue;
    }
    const read = readByKind({ node: value, path: below, row: row.item, reading });
    if (read !== undefined) values.set(key, read);
  }
  return values;
}

function readList(spot: Spot<ListRow>, items: readonly SourceNode[]): readonly unknown[] {
  const { row, path, reading } = spot;
  return items.map((node, at) =>
    readByKind({ node, path: `${path}[${at}]`, row: row.item, reading })
  ).filter((value) => value !== undefined);
}

function wrongKind(spot: Spot): undefined {
  const found = { scalar: "a single value", list: "a list", mapping: "a mapping", faulty: "this" };
  return wrong(
    spot,
    `${found[spot.node.kind]} is not allowed here (allowed: ${allowed(spot.row)})`,
  );
}
