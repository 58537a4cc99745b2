/**
 * Writes `src/codes/condition_lines.ts`: which situations a line of the log may mean.
 *
 * The examples of all situations (`diagnosis_examples.ts`) are logged, and what is logged is kept with the names of
 * the situations: `deno run --allow-read --allow-write tools/make_condition_lines.ts`.
 */

import { type CheckFailure, TlsFailed } from "../src/check/mod.ts";
import type { Names } from "../src/dicom/mod.ts";
import { loadTlsLines, messagesOf } from "../src/log/mod.ts";
import { errorIn, EXAMPLES, troubledCheck } from "./diagnosis_examples.ts";

/** The file in the repository. */
export const CONDITION_LINES = new URL("../src/codes/condition_lines.ts", import.meta.url);

const NAMES: Names = {
  uids: () => undefined,
  elements: () => undefined,
  hasDictionary: false,
};

const { tlsCondition } = await loadTlsLines();

/** The lines that a failure brings into the log, without those about rejections and statuses, which have codes. */
function linesOf(error: CheckFailure): readonly string[] {
  switch (error.name) {
    case "AssociationRejected":
    case "EchoFailed":
    case "Interrupted":
      return [];
  }
  if (error instanceof TlsFailed) return [tlsCondition(error.problem)];
  const type = error.stage === "echo"
    ? "echo-failed"
    : error.stage === "release" || error.stage === "abort"
    ? `association-${error.stage}-failed` as const
    : "association-request-failed";
  return messagesOf({ type, error, details: [] }, NAMES)
    .flatMap(({ text }) => (typeof text === "string" ? text : text()).split("\n"))
    .map((line) => line.replace(/^[A-Z][A-Za-z ]* Failed: /, ""));
}

/** What varies from case to case is a star; the first byte of what came says what came. */
function pattern(line: string): string {
  if (line.includes("Unrecognized PDU type")) return line;
  const at = line.search(/(?<=^[0-9a-f]{4}:[0-9a-f]{4} )/);
  const start = Math.max(at, 0);
  const text = line.slice(start).replace(/\bpacs\b|\b0x[0-9a-f]+|\b\d[\d.]*\b/g, "*");
  return line.slice(0, start) + text;
}

/** The file as it should be. */
export function conditionLinesFile(): string {
  const found = new Map<string, Set<string>>();
  for (const [id, examples] of Object.entries(EXAMPLES)) {
    for (const line of examples.flatMap((one) => linesOf(errorIn(troubledCheck(one))))) {
      const key = pattern(line);
      found.set(key, (found.get(key) ?? new Set()).add(id));
    }
  }
  const rows = [...found].sort(([left], [right]) => left < right ? -1 : 1)
    .map(([line, ids]) => `  [${JSON.stringify(line)}, ${JSON.stringify([...ids].join(" "))}],\n`);
  return `// data table
/**
 * Lines of the log, after \`... Failed: \`, with the situations that they may mean; \`*\` is what varies.
 *
 * Made by \`tools/make_condition_lines.ts\` from the examples of all situations.
 */
export const CONDITION_LINES: readonly (readonly [line: string, situations: string])[] = [
${rows.join("")}];
`;
}

if (import.meta.main) await Deno.writeTextFile(CONDITION_LINES, conditionLinesFile());
