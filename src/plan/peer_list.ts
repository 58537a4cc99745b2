/**
 * Peers without YAML: lines of `host port [called]` or `called@host:port` with `#` comments, or CSV with a header line.
 *
 * Each line becomes the same nodes that YAML becomes, so that values are checked by the same schema and mistakes point
 * at the same kind of place.
 */

import { splitTarget, type TargetWords } from "../common/target.ts";
import { nearestName } from "../common/nearest_name.ts";
import type { Options } from "../options/mod.ts";
import type { FileContent } from "../system/mod.ts";
import { assemble } from "./assemble.ts";
import { parseCsvLine, type Separator } from "./csv.ts";
import { knownNames, Problems } from "./problem.ts";
import { sha256Of } from "./digest.ts";
import { readValue } from "./read.ts";
import { PLAN_ROW } from "./schema_rows.ts";
import type { MappingNode, ScalarNode, SourceNode } from "./source.ts";
import { decodeText } from "./text.ts";
import type { PlanOutcome } from "./types.ts";

/** What a list is read with. */
export interface ListDeps {
  /** Its bytes, or why there are none. */
  readonly content: FileContent;
  /** Reads regular files that the list names. */
  readonly readFile: (path: string) => FileContent;
  /** What applies where the list says nothing. */
  readonly options: Options;
}

/** Reads the list `file`. */
export function loadPeerList(file: string, deps: ListDeps): PlanOutcome {
  const { content, readFile, options } = deps;
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
  const documents = [{ file, node, content: read ?? {}, sha256: sha256Of(content) }];
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
  const separator = separatorOf(first.line);
  if (separator === undefined && !beginsLikePeer(first.line)) {
    complain(1, { ...list, number: first.number, message: NO_LIST });
    return [];
  }
  if (separator === undefined) {
    return lines.map(({ line, number }) => lineNode(line, { number, ...list }));
  }
  const header = headerOf({ ...first, separator }, list);
  return header === undefined
    ? []
    : rest.flatMap(({ line, number }) => csvNodes(line, { number, separator, header, ...list }));
}

/** Of such a file nothing is shown, for it may be anything. */
const NO_LIST =
  "this is not a list of peers: its first line is neither host port [called title], nor called@host:port, nor a CSV header with host and port";

function beginsLikePeer(line: string): boolean {
  if (targetOf(line) !== undefined) return true;
  const [, port = "", , ...more] = withoutComment(line).trim().split(/\s+/);
  return /^\d+$/.test(port) && more.length === 0;
}

/** What separates the columns, if `line` is the header of a CSV and no `host port`. */
function separatorOf(line: string): Separator | undefined {
  const bare = withoutComment(line);
  if (targetOf(line) !== undefined) return undefined;
  if (/^\s*\S+\s+\d+(\s|$)/.test(bare)) return undefined;
  if (bare.includes(",")) return ",";
  if (bare.includes(";")) return ";";
  // In a line of a list blanks may be tabs as well.
  const hasTabs = parseCsvLine(line, "\t").map(({ text }) => text.trim().toLowerCase())
    .some((name) => (otherwiseCalled(name) ?? name) === "host");
  return hasTabs ? "\t" : undefined;
}

function withoutComment(line: string): string {
  const at = line.search(/\s#/);
  return at < 0 ? line : line.slice(0, at);
}

/** The target that a line consists of; a title in it may have blanks, as long as no port is a word. */
function targetOf(line: string): TargetWords | undefined {
  const bare = withoutComment(line).trim();
  return /^\S+\s+\d+(\s|$)/.test(bare) ? undefined : splitTarget(bare);
}

interface Line extends ListFile {
  readonly number: number;
}

function lineNode(line: string, at: Line): MappingNode {
  const target = targetOf(line);
  if (target !== undefined) {
    const start = line.search(/\S/) + 1;
    const titleLength = target.called === undefined ? 0 : target.called.length + 1;
    const host = { text: target.host, column: start + titleLength };
    const port = { text: target.port, column: host.column + host.text.length + 1 };
    const called = target.called === undefined ? undefined : { text: target.called, column: start };
    return nodeOf({ host, port, called }, at);
  }
  const words = [...withoutComment(line).matchAll(/\S+/g)].map(({ 0: text, index }) => ({
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

/** What other lists of devices call these columns, in small letters without anything between them. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map(Object.entries({
  ip: "host",
  ipaddress: "host",
  ipv4: "host",
  ipv6: "host",
  address: "host",
  addr: "host",
  hostname: "host",
  server: "host",
  fqdn: "host",
  dns: "host",
  tcpport: "port",
  dicomport: "port",
  portnumber: "port",
  aet: "called",
  ae: "called",
  aetitle: "called",
  title: "called",
  calledaet: "called",
  calledae: "called",
  calledaetitle: "called",
  remoteaet: "called",
  callingaet: "calling",
  callingae: "calling",
  callingaetitle: "calling",
  localaet: "calling",
  ouraet: "calling",
  device: "name",
  description: "note",
  comment: "note",
  remarks: "note",
  owner: "contact",
}));

/** The column that is called `name` elsewhere. */
function otherwiseCalled(name: string): string | undefined {
  return OTHER_NAMES.get(name.replace(/[\s_.-]/g, ""));
}

/** The names of the columns, those that are wrong among them; `undefined` when nothing can be read by them. */
function headerOf(
  { line, number, separator }: {
    readonly line: string;
    readonly number: number;
    readonly separator: Separator;
  },
  list: ListFile,
): readonly string[] | undefined {
  const words = parseCsvLine(line, separator);
  const names = words.map(({ text }) => text.trim().toLowerCase());
  if (!names.some((name) => ["host", "port"].includes(otherwiseCalled(name) ?? name))) {
    const message = `this does not name columns (allowed: ${COLUMNS.join(", ")})`;
    complain(1, { ...list, number, message });
    return undefined;
  }
  const told = new Set<string | undefined>(names);
  for (const [at, { text, column }] of words.entries()) {
    const name = names[at] ?? "";
    const meant = isKnown(name) ? undefined : otherwiseCalled(name);
    if (!isKnown(name)) told.add(meant ?? nearestName(name, COLUMNS));
    const known = meant === undefined ? knownNames(name, COLUMNS) : `(did you mean ${meant}?)`;
    const message = isKnown(name)
      ? "this column is there twice"
      : `unknown column ${text.trim()} ${known}`;
    if (!isKnown(name) || names.indexOf(name) < at) complain(column, { ...list, number, message });
  }
  for (const name of ["host", "port"]) {
    const message = `the header line has no column ${name}`;
    if (!told.has(name)) complain(1, { ...list, number, message });
  }
  return names.includes("host") && names.includes("port") ? names : undefined;
}

function isKnown(name: string): boolean {
  return COLUMNS.some((known) => known === name);
}

interface CsvLine extends Line {
  readonly separator: Separator;
  readonly header: readonly string[];
}

/** The peer of a line; none where all fields are empty. */
function csvNodes(line: string, at: CsvLine): readonly MappingNode[] {
  const words = parseCsvLine(line, at.separator);
  const extra = words[at.header.length];
  if (extra !== undefined) {
    const message = `there are ${words.length} fields, but the header line has ${at.header.length}`;
    complain(extra.column, { ...at, message });
  }
  for (const { isOpen, column } of words) {
    const message =
      'the quotes are not closed in this line (allowed: "..." with "" for one inside)';
    if (isOpen) complain(column, { ...at, message });
  }
  if (words.every(({ text }) => text.trim() === "")) return [];
  const fields = at.header.map((name, index) => [name, words[index]] as const)
    .filter(([name, word]) => isKnown(name) && word !== undefined && word.text.trim() !== "");
  return [nodeOf(Object.fromEntries(fields), at)];
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
