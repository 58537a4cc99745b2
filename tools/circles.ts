/**
 * Circles of imports: files that need each other, directly or around others, and so cannot be read one by one.
 *
 * Imports of types count as well: they make no trouble when the program runs, but all the same for who reads.
 */

/** Files by path, each with the paths of the files that it imports, types included; what is loaded later is left out. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Finds what `text`, the content of `path`, imports by relative specifiers. */
export function importsOf(path: string, text: string): readonly string[] {
  const code = text.replaceAll(/\/\*[^]*?\*\//g, "");
  const found = code.matchAll(/^(?:import|export)\b[^;]*?\bfrom "(\.[^"]+)"/gm);
  return [...found].map(([, specifier = ""]) => resolve(path, specifier));
}

function resolve(from: string, specifier: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const step of specifier.split("/")) {
    if (step === "..") parts.pop();
    else if (step !== ".") parts.push(step);
  }
  return parts.join("/");
}

/** The circles of `graph`: one for each file from which a way leads back to it, as the files on the shortest such way. */
export function circlesOf(graph: ImportGraph): readonly (readonly string[])[] {
  return [...graph.keys()].map((start) => wayBack(graph, start)).filter((way) => way.length > 0);
}

function wayBack(graph: ImportGraph, start: string): readonly string[] {
  const ways: (readonly string[])[] = [[start]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const next of graph.get(way.at(-1) ?? "") ?? []) {
      if (next === start) return [...way, next];
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return [];
}
