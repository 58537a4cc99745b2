import assert from "node:assert/strict";
import { completionScript } from "./completions.ts";
import type { OptionRow } from "./row.ts";
import { OPTION_ROWS } from "./rows.ts";
import { errorOf, parse } from "./testing.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

/** An option whose texts need quoting in every shell. */
const ODD: OptionRow = {
  long: "--odd",
  group: "g:",
  values: [{ kind: "choice", label: "[w]hat: it's", choices: ["one", "two"] }],
  help: ["it's [a] test: 'of' $quoting \\"],
  order: 1,
};

Deno.test("--completions prints the script for each shell", async () => {
  for (const shell of SHELLS) {
    const result = await parse(["--completions", shell]);
    assert.ok(result.kind === "print");
    assert.equal(result.stdout, completionScript(shell, OPTION_ROWS));
    assert.match(result.stdout, /echoscu/);
  }
});

Deno.test("--completions refuses a shell it has no script for, and looks at nothing else", async () => {
  assert.equal(
    await errorOf(["--completions", "tcsh"]),
    "Invalid value for option --completions (tcsh)",
  );
  assert.equal(await errorOf(["--completions", "fish", "-to", "0", "a"]), "(print)");
});

Deno.test("completionScript() has every spelling of every option", () => {
  for (const shell of SHELLS) {
    const script = completionScript(shell, OPTION_ROWS);
    for (const row of OPTION_ROWS as readonly OptionRow[]) {
      for (const name of row.short === undefined ? [row.long] : [row.long, row.short]) {
        const form = shell === "fish" && name.startsWith("-")
          ? ` -[lso] ${name.replace(/^--?/, "")} `
          : `['* |]${name.replaceAll("+", "\\+")}['\\[ |)]`;
        assert.match(script, new RegExp(form), `${shell} ${name}`);
      }
    }
  }
});

Deno.test("completionScript() quotes texts for its shell", () => {
  assert.ok(
    completionScript("zsh", [ODD]).includes(
      String.raw`'*--odd[it'\''s \[a\] test\: '\''of'\'' $quoting \\]:what\: it'\''s:(one two)'`,
    ),
  );
  assert.ok(
    completionScript("fish", [ODD]).includes(
      String.raw`-l odd -d 'it\'s [a] test: \'of\' $quoting \\' -r -f -a 'one two'`,
    ),
  );
  assert.ok(
    completionScript("powershell", [ODD]).includes(
      String
        .raw`@{ Name = '--odd'; Text = 'it''s [a] test: ''of'' $quoting \'; Values = @('one two') }`,
    ),
  );
});
