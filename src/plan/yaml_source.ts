/**
 * YAML text to nodes with their places. The only file that knows the YAML library; JSON is read by it too.
 *
 * Types of scalars are left to the schema: `called: 0815` is an AE title, `port: many` is a mistake. Merge keys (`<<`)
 * are no part of YAML 1.2; anchors and aliases are.
 */

import type {
  Alias,
  Document,
  LineCounter,
  Node,
  Pair,
  Scalar,
  YAMLError,
  YAMLMap,
  YAMLSeq,
} from "yaml";
import { nearestName } from "../common/nearest_name.ts";
import { pathBelow, type Problems } from "./problem.ts";
import type { SourceEntry, SourceNode } from "./source.ts";
import type { Place } from "./types.ts";
import { yamlWords } from "./yaml_words.ts";

type Yaml = typeof import("yaml");

/** Most values that the aliases of a file may mean: what refers to itself again and again is not a plan. */
const MOST_ALIASED = 300_000;

/** Reads YAML; adds what is not YAML to `problems` and then gives `undefined`. */
export async function readYaml(
  text: string,
  { file, problems, mostAliased = MOST_ALIASED }: {
    readonly file: string;
    readonly problems: Problems;
    readonly mostAliased?: number;
  },
): Promise<SourceNode | undefined> {
  const yaml = await import("yaml").catch(() => undefined);
  if (yaml === undefined) {
    const message =
      "the npm package yaml, which reads plans, is not in this user's cache: deno install --frozen, with DENO_DIR where HOME cannot be written";
    problems.add({ file, line: 1, column: 1 }, { path: "", message });
    return undefined;
  }
  const lines = new yaml.LineCounter();
  const parsing = { yaml, lines, file, problems, mostAliased };
  const document = parse(text, parsing);
  if (document === undefined) return undefined;
  const placed = (error: YAMLError) => ({ error, offset: offsetOf(error, { yaml, document }) });
  // What follows the first error is mostly its consequence.
  const fatal = document.errors.map(placed).sort((one, other) => one.offset - other.offset)[0];
  for (const { error, offset } of fatal === undefined ? document.warnings.map(placed) : [fatal]) {
    problems.add(placeOf(offset, parsing), { path: "", message: `${yamlWords(error, text)}` });
  }
  if (fatal !== undefined) return undefined;
  const isPlan = document.contents === null || beginsLikePlan(topKeys(document, yaml));
  if (!isPlan) {
    const [nearest] = topKeys(document, yaml).flatMap((key) => nearestName(key, PLAN_KEYS) ?? []);
    const asked = nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
    const message = `this is not a plan: it has none of the keys ${PLAN_KEYS.join(", ")}${asked}`;
    problems.add({ file, line: 1, column: 1 }, { path: "", message });
    return undefined;
  }
  return new Conversion(parsing).convert(document.contents, { path: "", isAliased: false });
}

/** Every plan has one of these; of a file without them nothing is shown, for it may be anything. */
const PLAN_KEYS = ["peers", "include", "groups", "defaults"];

function beginsLikePlan(keys: readonly string[]): boolean {
  return keys.some((key) => PLAN_KEYS.includes(key)) || (keys.length === 1 && keys[0] === "title");
}

function topKeys({ contents }: Document.Parsed, yaml: Yaml): readonly string[] {
  if (!yaml.isMap(contents)) return [];
  return contents.items.map(({ key }) => yaml.isScalar(key) ? String(key.value) : "");
}

interface Parsing {
  readonly yaml: Yaml;
  readonly lines: LineCounter;
  readonly file: string;
  readonly problems: Problems;
  readonly mostAliased: number;
}

function parse(
  text: string,
  { yaml, lines, file, problems }: Omit<Parsing, "mostAliased">,
): Document.Parsed | undefined {
  try {
    return yaml.parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      schema: "failsafe",
      // The library compares each key with all others, and does not say where the other one is.
      uniqueKeys: false,
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

/** Where an error is; quotes that are not closed are one where they begin, not where the file ends. */
function offsetOf(
  { pos: [at], code }: YAMLError,
  { yaml, document }: { readonly yaml: Yaml; readonly document: Document.Parsed },
): number {
  let offset = at;
  if (code !== "MISSING_CHAR") return offset;
  yaml.visit(document, {
    Scalar(_key, { range, type = "" }) {
      const [begin, end] = range ?? [at, at];
      if (/^QUOTE/.test(type) && begin < at && end >= at) offset = begin;
    },
  });
  return offset;
}

function placeOf(
  offset: number,
  { file, lines }: Pick<Parsing, "file" | "lines">,
): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}

/** Where a node is. */
interface Spot {
  /** In the structure. */
  readonly path: string;
  /** Whether an alias led to it. */
  readonly isAliased: boolean;
}

/** What is not an alias. */
type Content = Scalar | YAMLMap | YAMLSeq;

/** Turns the nodes of the library into ours, in the order of the file. */
class Conversion {
  readonly #parsing: Parsing;
  /** How many more nodes aliases may lead to. */
  #left: number;
  /** The nodes around the present one. */
  readonly #open = new Set<Content>();
  /** What each anchor means at the present place. */
  readonly #anchors = new Map<string, Content>();

  constructor(parsing: Parsing) {
    this.#parsing = parsing;
    this.#left = parsing.mostAliased;
  }

  /** One node with all that is in it. */
  convert(node: Node | null, { path, isAliased }: Spot): SourceNode {
    const { yaml } = this.#parsing;
    const place = placeOf(node?.range?.[0] ?? 0, this.#parsing);
    if (node === null) return { kind: "scalar", text: "", isPlain: true, place };
    const isAlias = yaml.isAlias(node);
    const target = (isAlias ? this.#targetOf(node, { path, place }) : node) as Content | undefined;
    if (target === undefined) return { kind: "faulty", place };
    const inside = { path, isAliased: isAliased || isAlias };
    if (inside.isAliased && --this.#left < 0) return this.#tooMany({ path, place });
    const { anchor } = target;
    if (!inside.isAliased && anchor !== undefined) this.#anchors.set(anchor, target);
    if (yaml.isScalar(target)) {
      const isPlain = target.type === yaml.Scalar.PLAIN;
      return { kind: "scalar", text: String(target.value ?? ""), isPlain, place };
    }
    this.#open.add(target);
    const converted = yaml.isMap(target)
      ? { kind: "mapping", entries: this.#entriesOf(target, inside), place } as const
      : { kind: "list", items: this.#itemsOf(target, inside), place } as const;
    this.#open.delete(target);
    return converted;
  }

  #targetOf({ source }: Alias, at: { path: string; place: Place }): Content | undefined {
    const target = this.#anchors.get(source);
    if (target !== undefined && !this.#open.has(target)) return target;
    const message = target === undefined
      ? `there is no anchor &${source} before this (text that begins with * needs quotes)`
      : `the alias *${source} is inside what it means`;
    this.#parsing.problems.add(at.place, { path: at.path, message });
    return undefined;
  }

  /** Told once: everything after it is too much as well. */
  #tooMany({ path, place }: { path: string; place: Place }): SourceNode {
    const message = `the aliases of this file mean more than ${this.#parsing.mostAliased} values`;
    if (this.#left === -1) this.#parsing.problems.add(place, { path, message });
    return { kind: "faulty", place };
  }

  #itemsOf({ items }: YAMLSeq, { path, isAliased }: Spot): readonly SourceNode[] {
    return items.map((item, at) =>
      this.convert(item as Node | null, { path: `${path}[${at}]`, isAliased })
    );
  }

  /** Of a key that is there twice the first counts. */
  #entriesOf(map: YAMLMap, { path, isAliased }: Spot): readonly SourceEntry[] {
    const { problems } = this.#parsing;
    const entries = new Map<string, SourceEntry>();
    for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
      const name = this.convert(key, { path, isAliased });
      const { place } = name;
      if (name.kind !== "scalar") {
        problems.add(place, { path, message: "a key must be a word" });
        continue;
      }
      const below = pathBelow(path, name.text);
      const other = entries.get(name.text);
      if (other !== undefined) {
        const message = `the key is there twice: also in line ${other.place.line}`;
        problems.add(place, { path: below, message });
        continue;
      }
      const read = value === null
        ? { kind: "scalar", text: "", isPlain: true, place } as const
        : this.convert(value, { path: below, isAliased });
      entries.set(name.text, { key: name.text, place, value: read });
    }
    return [...entries.values()];
  }
}
