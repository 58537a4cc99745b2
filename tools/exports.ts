/**
 * Exports that nobody asks for: what a file offers and no other file takes.
 *
 * By the text, as the formatter writes it. Of a file that some other takes whole (`import()` without a name next to it,
 * `export *`), an export counts as taken where its name is in any other file. Types are left out: they belong to what they describe.
 */

import { resolveImport } from "./rooms.ts";

/** One export that no other file takes. */
export interface Unused {
  /** Path of the file. */
  readonly path: string;
  /** What is exported. */
  readonly name: string;
}

/** What a file takes from another. */
interface Taking {
  readonly from: string;
  /** Names; `undefined`: all there are. */
  readonly names: ReadonlySet<string> | undefined;
}

/** The exports of `files`, by path, that no file of `all` takes. */
export function unusedExports(
  files: ReadonlyMap<string, string>,
  all: ReadonlyMap<string, string>,
): readonly Unused[] {
  const codes = new Map([...all].map(([path, text]) => [path, withoutComments(text)]));
  const takings = [...codes].flatMap(([path, code]) => takingsOf(path, code));
  const takingsFrom = Map.groupBy(takings, ({ from }) => from);
  return [...files.keys()].flatMap((path) => {
    const taken = takingsFrom.get(path) ?? [];
    const isWhole = taken.some(({ names }) => names === undefined);
    const isTaken = (name: string) =>
      taken.some(({ names }) => names?.has(name)) ||
      isWhole && [...codes].some(([other, code]) => other !== path && hasWord(code, name));
    return exportsOf(codes.get(path) ?? "").filter((name) => !isTaken(name))
      .map((name) => ({ path, name }));
  });
}

function hasWord(code: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(code);
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
}

function takingsOf(path: string, code: string): readonly Taking[] {
  const named = code.matchAll(/^(?:import|export)\b([^;"]*?)\bfrom "(\.[^"]+)"/gm);
  const later = code.matchAll(
    /(?:\{([^{}]*)\} = await )?\bimport\(\s*"(\.[^"]+)"\s*\)\)?(?:\s*\.(\w+))?/g,
  );
  return [
    ...[...named].map(([, what = "", specifier = ""]) => ({
      from: resolveImport(path, specifier),
      names: what.includes("*") ? undefined : new Set(namesIn(what)),
    })),
    ...[...later].map(([, list, specifier = "", name]) => ({
      from: resolveImport(path, specifier),
      names: list !== undefined
        ? new Set(namesIn(`{${list}}`))
        : name === undefined
        ? undefined
        : new Set([name]),
    })),
  ];
}

/** The names between braces, as their file calls them. */
function namesIn(what: string): readonly string[] {
  const [, list = ""] = /\{([^}]*)\}/.exec(what) ?? [];
  return list.split(",").map((one) =>
    one.trim().replace(/^type /, "").replace(/(?: as |: ).*$/s, "")
  )
    .filter((name) => name !== "");
}

function exportsOf(code: string): readonly string[] {
  const declared = code.matchAll(
    /^export (?:abstract )?(?:(?:async )?function\*?|const|let|class|enum) (\w+)/gm,
  );
  const passed = code.matchAll(/^export \{([^}]*)\}/gm);
  return [
    ...[...declared].map(([, name = ""]) => name),
    ...[...passed].flatMap(([, list = ""]) =>
      list.split(",").map((one) => one.trim())
        .filter((one) => one !== "" && !one.startsWith("type "))
        .map((one) => one.replace(/^.* as /s, ""))
    ),
  ];
}
