/**
 * Peers without YAML: lines of `host port [called]` with `#` comments, or CSV with a header line.
 *
 * Each line becomes the same nodes that YAML becomes, so that values are checked by the same schema and mistakes point
 * at the same kind of place.
 */

import type { FileFault, FileReader, Options } from "../options/mod.ts";
import { assemble } from "./assemble.ts";
import { parseCsvLine } from "./csv.ts";
import { knownNames, Problems } from "./problem.ts";
import { readValue } from "./read.ts";
import { PLAN_ROW } from "./schema_rows.ts";
import type { MappingNode, ScalarNode, SourceNode } from "./source.ts";
import { decodeText } from "./text.ts";
import type { PlanOutcome } from "./types.ts";

/** What a list is read with. */
export interface ListMeans {
  /** Its bytes, or why there are none. */
  readonly content: Uint8Array | { readonly error: FileFault };
  readonly readFile: FileReader;
  /** What applies where the list says nothing. */
  readonly options: Options;
}

/** Reads the list `file`. */
export function loadPeerList(file: string, means: ListMeans): PlanOutcome {
  const { content, readFile, options } = means;
  if ("error" in content) return { kind: "unreadable", file, fault: content.error };
  const problems = new Problems();
  const text = decodeText(content, { file, problems });
  const place = { file, line: 1, column: 1 };
  const list: SourceNode = {
    kind: "list",
    items: text === undefined ? [] : itemsOf(text, { file, problems }),
    place,
  };
  const node: SourceNode = {
    kind: "mapping",
    entries: [{ key: "peers", place, value: list }],
    place,
  };
  const reading = { problems, readFile, env: () => undefined };
  const read = readValue({ node, path: "", row: PLAN_ROW, reading });
  const documents = [{ file, node, content: read ?? {} }];
  const plan = assemble(documents, { problems, options, file });
  return plan === undefined
    ? { kind: "problems", problems: problems.sorted.map(withoutIndex) }
    : { kind: "plan", plan };
}

/** In a list the line is what people look for, not the number of the peer. */
function withoutIndex<Problem extends { readonly path: string }>(problem: Problem): Problem {
  return { ...problem, path: problem.path.replace(/^peers(\[\d+\]\.?)?/, "") };
}

interface ListFile {
  readonly file: string;
  readonly problems: Problems;
}

/** A word in a line. */
interface Word {
  readonly text: string;
  /** From 1. */
  readonly column: number;
}

function itemsOf(text: string, list: ListFile): readonly SourceNode[] {
  const lines = text.split(/\r\n|\n|\r/).map((line, at) => ({ line, number: at + 1 }))
    .filter(({ line }) => !/^\s*(#|$)/.test(line));
  const [first, ...rest] = lines;
  if (first === undefined) return [];
  const isCsv = first.line.includes(",");
  if (!isCsv) return lines.map(({ line, number }) => lineNode(line, { number, ...list }));
  const header = headerOf(first, list);
  return header === undefined
    ? []
    : rest.map(({ line, number }) => csvNode(line, { number, header, ...list }));
}

interface Line extends ListFile {
  readonly number: number;
}

function lineNode(line: string, at: Line): MappingNode {
  const bare = line.replace(/\s#.*$/, "");
  const words = [...bare.matchAll(/\S+/g)].map(({ 0: text, index }) => ({
    text,
    column: index + 1,
  }));
  const [host, port, called, extra] = words;
  if (extra !== undefined) {
    const message = `${extra.text} is too much (allowed: host port [called title])`;
    complain(extra.column, { ...at, message });
  }
  return nodeOf({ host, port, called }, at);
}

/** Columns that a CSV list can have. */
const COLUMNS = ["name", "host", "port", "calling", "called", "tags", "note", "contact"] as const;

function headerOf(
  { line, number }: { readonly line: string; readonly number: number },
  list: ListFile,
): readonly string[] | undefined {
  const words = parseCsvLine(line);
  const names = words.map(({ text }) => text.trim().toLowerCase());
  for (const [at, { text, column }] of words.entries()) {
    const name = names[at] ?? "";
    const isKnown = COLUMNS.some((known) => known === name);
    const message = isKnown
      ? "this column is there twice"
      : `unknown column ${text.trim()} ${knownNames(name, COLUMNS)}`;
    if (!isKnown || names.indexOf(name) < at) complain(column, { ...list, number, message });
  }
  const missing = ["host", "port"].filter((name) => !names.includes(name));
  if (missing.length === 0) return names;
  const message = `the header line has no column ${missing.join(" and ")}`;
  complain(1, { ...list, number, message });
  return undefined;
}

function csvNode(line: string, at: Line & { readonly header: readonly string[] }): MappingNode {
  const words = parseCsvLine(line);
  const extra = words[at.header.length];
  if (extra !== undefined) {
    const message = `there are ${words.length} fields, but the header line has ${at.header.length}`;
    complain(extra.column, { ...at, message });
  }
  const fields = at.header.map((name, index) => [name, words[index]] as const)
    .filter(([, word]) => word !== undefined && word.text.trim() !== "");
  return nodeOf(Object.fromEntries(fields), at);
}

function complain(column: number, at: Line & { readonly message: string }): void {
  const { file, number, message } = at;
  at.problems.add({ file, line: number, column }, { path: "", message });
}

function nodeOf(
  words: Readonly<Record<string, Word | undefined>>,
  { file, number }: Line,
): MappingNode {
  const entries = Object.entries(words).flatMap(([key, word]) => {
    if (word === undefined) return [];
    const place = { file, line: number, column: word.column };
    const text = word.text.trim();
    const value = key === "tags" ? tagsNode(text, place) : scalar(text, place);
    return [{ key, place, value }];
  });
  return { kind: "mapping", entries, place: { file, line: number, column: 1 } };
}

function tagsNode(text: string, place: ScalarNode["place"]): SourceNode {
  const items = text.split(/[\s;]+/).filter((tag) => tag !== "").map((tag) => scalar(tag, place));
  return { kind: "list", items, place };
}

/** Not plain where plain would mean something else than the text, as `null` does. */
function scalar(text: string, place: ScalarNode["place"]): ScalarNode {
  return { kind: "scalar", text, isPlain: /^\d+$/.test(text), place };
}
