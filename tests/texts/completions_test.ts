/** The completion scripts in the shells themselves, where these are installed. */

import assert from "node:assert/strict";
import { OPTION_ROWS, type OptionsHost, parseCommandLine } from "../../src/options/mod.ts";
import { missing } from "../support/installed.ts";
import { testWith } from "../support/test_with.ts";

const HOST: OptionsHost = {
  programName: "echoscu",
  readFile: () => ({ error: "missing" }),
  stderrIsTerminal: false,
  target: "test",
  versions: [],
};

/** What is after the program's name, and what must be offered for its last word. */
const CASES: readonly (readonly [readonly string[], readonly string[]])[] = [
  [["--verb"], ["--verbose"]],
  [["+t"], ["+tla", "+tls"]],
  [["-ll", "in"], ["info"]],
  [["--exit-codes", "d"], ["default", "detailed"]],
  [["+tls", "ke"], ["key file.pem"]],
  [["+tls", "key.pem", "ke"], ["key file.pem"]],
  [["--enable-tls", "key.pem", "ke"], ["key file.pem"]],
  [["+cd", "ke"], []],
  [["-aet", ""], []],
  [["-aet", "X", "--abo"], ["--abort", "--abort-after"]],
];

async function scriptFor(shell: string): Promise<string> {
  const result = await parseCommandLine(["--completions", shell], HOST);
  assert.ok(result.kind === "print");
  return result.stdout;
}

/** A directory with the script and one file whose name has a blank. */
async function directoryWith(script: string): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir({ prefix: "echoscu-completion-" });
  await Deno.writeTextFile(`${path}/_echoscu`, script);
  await Deno.writeTextFile(`${path}/key file.pem`, "");
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** Runs a program in a directory; its output must come without any complaint. */
async function runIn(cwd: string, [program = "", ...args]: readonly string[]): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(program, { args, cwd, stdin: "null" }).output();
  assert.equal(new TextDecoder().decode(stderr), "");
  return new TextDecoder().decode(stdout);
}

testWith({
  name: "the bash script completes options, values and files",
  missing: missing({ program: "bash" }),
  fn: async () => {
    await using directory = await directoryWith(await scriptFor("bash"));
    for (const [words, expected] of CASES) {
      const code = 'source ./_echoscu; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _echoscu; ' +
        '[ ${#COMPREPLY[@]} = 0 ] || printf "%s\\n" "${COMPREPLY[@]}"';
      const output = await runIn(directory.path, ["bash", "-c", code, "bash", "echoscu", ...words]);
      assert.deepEqual(output.split("\n").filter(Boolean).sort(), expected, words.join(" "));
    }
  },
});

testWith({
  name: "the bash script offers every spelling of every option",
  missing: missing({ program: "bash" }),
  fn: async () => {
    await using directory = await directoryWith(await scriptFor("bash"));
    const names = OPTION_ROWS.flatMap((row) => "short" in row ? [row.short, row.long] : [row.long]);
    for (const sign of ["-", "+"]) {
      const code = 'source ./_echoscu; COMP_WORDS=(echoscu "$1"); COMP_CWORD=1; _echoscu; ' +
        'printf "%s\\n" "${COMPREPLY[@]}"';
      const output = await runIn(directory.path, ["bash", "-c", code, "bash", sign]);
      const expected = names.filter((name) => name.startsWith(sign)).sort();
      assert.deepEqual(output.split("\n").filter(Boolean).sort(), expected);
    }
  },
});

testWith({
  name: "the fish script completes options, values and files",
  missing: missing({ program: "fish" }),
  fn: async () => {
    await using directory = await directoryWith(await scriptFor("fish"));
    for (const [words, expected] of CASES) {
      const line = `echoscu ${words.join(" ")}`;
      const code = `source ./_echoscu; complete -C ${JSON.stringify(line)}`;
      const output = await runIn(directory.path, ["fish", "--no-config", "-c", code]);
      const offers = output.split("\n").filter(Boolean).map((offer) => offer.split("\t")[0]);
      assert.deepEqual(offers.sort(), expected, line);
    }
  },
});

testWith({
  name: "the zsh script is free of syntax errors",
  missing: missing({ program: "zsh" }),
  fn: async () => {
    await using directory = await directoryWith(await scriptFor("zsh"));
    await runIn(directory.path, ["zsh", "-n", "_echoscu"]);
  },
});
