/** Collects what is wrong with a plan, and puts it into words. */

import { nearestName } from "../common/nearest_name.ts";
import type { Place, PlanProblem } from "./types.ts";

/** Takes problems in any order. */
export class Problems {
  readonly #found: PlanProblem[] = [];
  readonly #keys = new Set<string>();

  /**
   * Adds one: what is wrong at a place of a file, which is `path` in the structure. The same one again, as found
   * through every peer that inherits it, counts once.
   */
  add(place: Place, what: { readonly path: string; readonly message: string }): void {
    const { file, line, column } = place;
    const key = JSON.stringify([file, line, column, what.message]);
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    this.#found.push({ file, line, column, ...what });
  }

  /** How many there are. */
  get count(): number {
    return this.#found.length;
  }

  /** All, each file from top to bottom; files in the order in which they were found faulty. */
  get sorted(): readonly PlanProblem[] {
    const files = [...new Set(this.#found.map(({ file }) => file))];
    return this.#found.toSorted((left, right) =>
      files.indexOf(left.file) - files.indexOf(right.file) || left.line - right.line ||
      left.column - right.column
    );
  }
}

/** One line: `file:line:column: path: message`. */
export function problemLine(problem: PlanProblem): string {
  const { file, line, column, path, message } = problem;
  return `${file}:${line}:${column}: ${path === "" ? "" : `${path}: `}${message}`;
}

/** The path of `key` in the mapping at `path`. */
export function pathBelow(path: string, key: string): string {
  const shown = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
  return path === "" ? shown : `${path}.${shown}`;
}

/** So many names can be read at a glance. */
const FEW = 8;

/** In brackets: the nearest of the known names when there is one, and all of them when they are few. */
export function knownNames(typed: string, names: readonly string[]): string {
  if (names.length === 0) return "(there are none)";
  const nearest = nearestName(typed, names);
  const all = `allowed: ${names.join(", ")}`;
  if (nearest === undefined) return `(${all})`;
  return names.length > FEW ? `(did you mean ${nearest}?)` : `(did you mean ${nearest}? ${all})`;
}
