/** One row of the table changed changes everything that is made from the table. */

import assert from "node:assert/strict";
import { adviceFor } from "./advice.ts";
import { parseWithRows } from "./command_line.ts";
import { completionScript } from "./completions.ts";
import { helpText } from "./help.ts";
import { manPage } from "./man_page.ts";
import type { OptionRow } from "./row.ts";
import { OPTION_ROWS } from "./rows.ts";
import { hostWith } from "./testing.ts";

const ROWS: readonly OptionRow[] = OPTION_ROWS;
const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

/** Every text that is made from the table. */
const TEXTS: Readonly<Record<string, (rows: readonly OptionRow[]) => string>> = {
  help: helpText,
  manual: (rows) => manPage(rows, { exitCodes: [] }),
  ...Object.fromEntries(
    SHELLS.map((shell) => [shell, (rows: readonly OptionRow[]) => completionScript(shell, rows)]),
  ),
};

/** The table with one row replaced. */
function withRow(long: string, change: (row: OptionRow) => OptionRow): readonly OptionRow[] {
  return ROWS.map((row) => row.long === long ? change(row) : row);
}

async function errorWith(rows: readonly OptionRow[], words: readonly string[]): Promise<string> {
  const result = await parseWithRows(words, { host: hostWith(), rows });
  return result.kind === "error" ? result.stderr.split("error: ")[1]?.trimEnd() ?? "" : result.kind;
}

Deno.test("a short name that is changed in its row is changed everywhere", async () => {
  const rows = withRow("--call", (row) => ({ ...row, short: "-zz" }));
  for (const [name, render] of Object.entries(TEXTS)) {
    const plain = render(rows).replaceAll("\\-", "-");
    assert.match(plain, name === "fish" ? /-o zz\b/ : /-zz\b/, name);
    assert.doesNotMatch(plain, name === "fish" ? /-o aec\b/ : /-aec(?! ARCHIVE)\b/, name);
  }
  assert.equal(await errorWith(rows, ["-zz", "X", "a", "1"]), "run");
  assert.equal(await errorWith(rows, ["-aec", "X", "a", "1"]), "Unknown option -aec");
});

Deno.test("a range that is changed in its row is changed everywhere", async () => {
  const rows = withRow("--propose-ts", (row) => {
    const values = row.values.map((value) =>
      value.kind === "integer" ? { ...value, maximum: 77 } : value
    );
    return { ...row, values };
  });
  assert.match(helpText(rows), /\(1\.\.77\)/);
  assert.match(manPage(rows, { exitCodes: [] }), /From 1 to 77/);
  assert.equal(await errorWith(rows, ["-pts", "77", "a", "1"]), "run");
  const problem = {
    kind: "invalid-value",
    option: "--propose-ts",
    word: "78",
    reason: "overflow",
  } as const;
  assert.equal(adviceFor(problem, rows), "--propose-ts takes one decimal integer, 1..77");
});

Deno.test("choices and a description that are changed in their row are changed everywhere", async () => {
  const rows = withRow("--exit-codes", (row) => ({
    ...row,
    help: ["quite another text"],
    values: [{ kind: "choice", label: "[s]et", choices: ["default", "purple"] }],
  }));
  for (const [name, render] of Object.entries(TEXTS)) {
    assert.match(render(rows), /purple/, name);
    if (name !== "bash") assert.match(render(rows), /quite another text/i, name);
  }
  assert.equal(await errorWith(rows, ["--exit-codes", "purple", "a", "1"]), "run");
});

Deno.test("an option that is added as a row is everywhere, with its dependency", async () => {
  const added: OptionRow = {
    long: "--extra",
    group: "additional options:",
    values: [{ kind: "text", label: "[f]ilename", completes: "file" }],
    help: ["a new ability"],
    order: 500,
    needs: [["--listen"]],
  };
  const rows = [...ROWS, added];
  for (const [name, render] of Object.entries(TEXTS)) {
    assert.match(
      render(rows).replaceAll("\\-", "-"),
      name === "fish" ? /-l extra\b/ : /--extra\b/,
      name,
    );
  }
  assert.equal(
    await errorWith(rows, ["--extra", "x", "a", "1"]),
    "--extra only allowed with --listen",
  );
  assert.equal(await errorWith(rows, ["--extra", "x", "--listen", "1"]), "run");
  assert.equal(await errorWith(rows, ["--extra"]), "Missing value for option --extra");
});
