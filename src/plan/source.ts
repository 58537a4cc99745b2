/** What a plan's file holds, with the place of everything: what YAML, lists and CSV are turned into first. */

import type { Place } from "./types.ts";

/** One value in a file. */
export type SourceNode =
  | ScalarNode
  | {
    readonly kind: "list";
    readonly items: readonly SourceNode[];
    readonly place: Place;
  }
  | MappingNode
  | FaultyNode;

/** Something that cannot be used; what is wrong with it is told already. */
export interface FaultyNode {
  /** Tag. */
  readonly kind: "faulty";
  /** Where it begins. */
  readonly place: Place;
}

/** A single word, number or text. Its type is what the schema says; only quotes make it text for certain. */
export interface ScalarNode {
  /** Tag. */
  readonly kind: "scalar";
  /** What is written, quotes and escapes resolved. */
  readonly text: string;
  /** Written without quotes. */
  readonly isPlain: boolean;
  /** Where it begins. */
  readonly place: Place;
}

/** Keys with their values, in the order of the file. */
export interface MappingNode {
  /** Tag. */
  readonly kind: "mapping";
  /** Every key once. */
  readonly entries: readonly SourceEntry[];
  /** Where it begins. */
  readonly place: Place;
}

/** A key with its value. */
export interface SourceEntry {
  readonly key: string;
  /** Where the key begins. */
  readonly place: Place;
  readonly value: SourceNode;
}

/** Whether nothing was written where a value belongs. */
export function isNothing(node: SourceNode): boolean {
  return node.kind === "scalar" && node.isPlain && /^(|~|null)$/i.test(node.text);
}

/** The value at `path`, if there is one. */
export function nodeAt(node: SourceNode, path: readonly string[]): SourceNode | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return node;
  if (node.kind !== "mapping") return undefined;
  const entry = node.entries.find((one) => one.key === key);
  return entry === undefined ? undefined : nodeAt(entry.value, rest);
}

/** Where the value at `path` is; the nearest place above it when there is none. */
export function placeAt(node: SourceNode, path: readonly string[]): Place {
  const found = nodeAt(node, path);
  if (found !== undefined || path.length === 0) return found?.place ?? node.place;
  return placeAt(node, path.slice(0, -1));
}
