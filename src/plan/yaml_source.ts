/**
 * YAML text to nodes with their places. The only file that knows the YAML library; JSON is read by it too.
 *
 * Types of scalars are left to the schema: `called: 0815` is an AE title, `port: 0815` is a mistake. Merge keys (`<<`)
 * are no part of YAML 1.2; anchors and aliases are.
 */

import type { Document, LineCounter, Node, Pair, YAMLError, YAMLMap } from "yaml";
import type { Problems } from "./problem.ts";
import type { SourceEntry, SourceNode } from "./source.ts";
import type { Place } from "./types.ts";

type Yaml = typeof import("yaml");

/** Most values of a file, aliases counted each time: what refers to itself again and again is no plan. */
const MOST_NODES = 300_000;

/** Reads YAML; adds what is no YAML to `problems` and then gives `undefined`. */
export async function readYaml(
  text: string,
  { file, problems }: { readonly file: string; readonly problems: Problems },
): Promise<SourceNode | undefined> {
  const yaml = await import("yaml").catch(() => undefined);
  if (yaml === undefined) {
    const message = "the npm package yaml, which reads plans, is not here: deno install --frozen";
    problems.add({ file, line: 1, column: 1 }, { path: "", message });
    return undefined;
  }
  const lines = new yaml.LineCounter();
  const document = parse(text, { yaml, lines, file, problems });
  if (document === undefined) return undefined;
  let isUsable = true;
  for (const error of [...document.errors, ...document.warnings]) {
    isUsable &&= error.code === "DUPLICATE_KEY";
    problems.add(placeOf(error.pos[0], { file, lines }), {
      path: "",
      message: wordsOf(error, text),
    });
  }
  if (!isUsable) return undefined;
  const conversion = {
    yaml,
    document,
    lines,
    file,
    problems,
    left: MOST_NODES,
    open: new Set<Node>(),
  };
  return convert(document.contents, conversion);
}

interface Parsing {
  readonly yaml: Yaml;
  readonly lines: LineCounter;
  readonly file: string;
  readonly problems: Problems;
}

function parse(
  text: string,
  { yaml, lines, file, problems }: Parsing,
): Document.Parsed | undefined {
  try {
    return yaml.parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      schema: "failsafe",
    });
  } catch (error) {
    const isRefused = error instanceof Error && error.name === "NotCapable";
    const message = isRefused
      ? "the YAML reader looks at LOG_TOKENS and LOG_STREAM: add --ignore-env=LOG_TOKENS,LOG_STREAM"
      : "this cannot be read as YAML: it may be nested too deeply";
    problems.add({ file, line: 1, column: 1 }, { path: "", message });
    return undefined;
  }
}

/** The library's words, ours where they are better. */
function wordsOf({ code, message, pos }: YAMLError, text: string): string {
  if (code === "DUPLICATE_KEY") {
    const [, key = ""] = /^["']?([^"'\s:]*)/.exec(text.slice(pos[0], pos[0] + 100)) ?? [];
    return `the key ${key} is there twice`;
  }
  if (code === "MULTIPLE_DOCS") return "a plan is one document (allowed: one ---, at the top)";
  return `not YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

function placeOf(
  offset: number,
  { file, lines }: { readonly file: string; readonly lines: LineCounter },
): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

interface Conversion extends Parsing {
  readonly document: Document.Parsed;
  /** How many more nodes there may be. */
  left: number;
  /** The nodes around the present one. */
  readonly open: Set<Node>;
}

/** Turns a node of the library into one of ours; `undefined` when there is nothing that can be used. */
function convert(node: Node | null, conversion: Conversion): SourceNode | undefined {
  const { yaml, document, open } = conversion;
  const place = placeOf(node?.range?.[0] ?? 0, conversion);
  if (node === null) return { kind: "scalar", text: "", isPlain: true, place };
  const target = yaml.isAlias(node) ? node.resolve(document) : node;
  if (target === undefined || open.has(target) || --conversion.left < 0) {
    const message = "this alias leads nowhere or into itself, or there are too many";
    conversion.problems.add(place, { path: "", message });
    return undefined;
  }
  if (yaml.isScalar(target)) {
    const isPlain = target.type === yaml.Scalar.PLAIN;
    return { kind: "scalar", text: String(target.value ?? ""), isPlain, place };
  }
  open.add(target);
  try {
    if (yaml.isMap(target)) {
      return { kind: "mapping", entries: entriesOf(target, conversion), place };
    }
    if (!yaml.isSeq(target)) return undefined;
    const items = target.items.map((item) => convert(item as Node | null, conversion));
    return { kind: "list", items: items.filter((item) => item !== undefined), place };
  } finally {
    open.delete(target);
  }
}

/** Of a key that is there twice the first counts; the library has complained already. */
function entriesOf(map: YAMLMap, conversion: Conversion): readonly SourceEntry[] {
  const entries = new Map<string, SourceEntry>();
  for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
    const name = convert(key, conversion);
    const place = name?.place ?? placeOf(map.range?.[0] ?? 0, conversion);
    if (name?.kind !== "scalar") {
      conversion.problems.add(place, { path: "", message: "a key must be a word" });
      continue;
    }
    const read = value === null
      ? { kind: "scalar", text: "", isPlain: true, place } as const
      : convert(value, conversion);
    if (read === undefined || entries.has(name.text)) continue;
    entries.set(name.text, { key: name.text, place, value: read });
  }
  return [...entries.values()];
}
