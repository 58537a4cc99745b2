/**
 * Reads a plan from its files.
 *
 * An included file is read as if its content stood before that of the file that includes it; a file that is included
 * twice is read once. All mistakes of all files are found in one run, and nobody is contacted.
 */

import type { Options } from "../options/mod.ts";
import { FILE_FAULTS, type FileContent } from "../system/mod.ts";
import { assemble, type PlanDocument } from "./assemble.ts";
import { sha256Of } from "./digest.ts";
import { pathBeside, simplified } from "./paths.ts";
import { Problems } from "./problem.ts";
import { readValue } from "./read.ts";
import type { Reading } from "./read_scalar.ts";
import { PLAN_ROW } from "./schema_rows.ts";
import { nodeAt, type SourceNode } from "./source.ts";
import { decodeText } from "./text.ts";
import type { Place, PlanOutcome } from "./types.ts";
import { readYaml } from "./yaml_source.ts";

/** What a plan is read with. */
export interface PlanDeps {
  /** Reads the plan itself, and the regular files that it names. */
  readonly readFile: (path: string) => FileContent;
  /** Looks up environment variables for secrets. */
  readonly env: (name: string) => string | undefined;
  /** What applies where the plan says nothing. */
  readonly options: Options;
}

/** Reads the plan in `file`. */
export async function loadPlan(file: string, deps: PlanDeps): Promise<PlanOutcome> {
  const content = deps.readFile(file);
  if ("error" in content) return { kind: "unreadable", file, fault: content.error };
  const problems = new Problems();
  const loading: Loading = {
    reading: { problems, readFile: deps.readFile, env: deps.env },
    documents: [],
    seen: new Set(),
  };
  await loadFile(file, content, { loading, chain: [] });
  const plan = assemble(loading.documents, { problems, options: deps.options, file });
  if (plan === undefined) return { kind: "problems", problems: problems.sorted };
  return { kind: "plan", plan };
}

/** What grows while files are read. */
interface Loading {
  readonly reading: Reading;
  /** In the order of the plan. */
  readonly documents: PlanDocument[];
  /** Paths of files that were begun. */
  readonly seen: Set<string>;
}

/** Where reading has come to: `chain` are the files that include one another up to here. */
interface Inclusion {
  readonly loading: Loading;
  readonly chain: readonly string[];
}

async function loadFile(
  file: string,
  bytes: Uint8Array,
  { loading, chain }: Inclusion,
): Promise<void> {
  const { reading, documents, seen } = loading;
  const { problems } = reading;
  seen.add(simplified(file));
  const text = decodeText(bytes, { file, problems });
  const node = text === undefined ? undefined : await readYaml(text, { file, problems });
  if (node === undefined) return;
  for (const include of includesOf(node)) {
    await loadInclude(include, { loading, chain: [...chain, file] });
  }
  const content = readValue({ node, path: "", row: PLAN_ROW, reading });
  if (content !== undefined) documents.push({ file, node, content, sha256: sha256Of(bytes) });
}

/** A file that another one names. */
interface Include extends Place {
  /** The path to it. */
  readonly target: string;
  /** Where it is named in the structure. */
  readonly path: string;
}

/** The includes that are well formed; the schema complains about the others. */
function includesOf(node: SourceNode): readonly Include[] {
  const list = nodeAt(node, ["include"]);
  const items = list?.kind === "list" ? list.items : [];
  return items.flatMap((item, at) =>
    item.kind === "scalar" && item.text !== ""
      ? [{ ...item.place, target: pathBeside(item.place.file, item.text), path: `include[${at}]` }]
      : []
  );
}

async function loadInclude(include: Include, { loading, chain }: Inclusion): Promise<void> {
  const { target, path } = include;
  const { problems, readFile } = loading.reading;
  const at = chain.findIndex((file) => simplified(file) === simplified(target));
  if (at >= 0) {
    const circle = [...chain.slice(at), target].map(simplified).join(" -> ");
    return problems.add(include, { path, message: `this includes itself: ${circle}` });
  }
  if (loading.seen.has(simplified(target))) return;
  const content = readFile(target);
  if ("error" in content) {
    return problems.add(include, { path, message: `${target} ${FILE_FAULTS[content.error]}` });
  }
  await loadFile(target, content, { loading, chain });
}
