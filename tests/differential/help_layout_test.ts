import assert from "node:assert/strict";
import { type OptionsHost, parseWithRows } from "../../src/options/mod.ts";
import { missing } from "../support/installed.ts";
import { testWith } from "../support/test_with.ts";
import { REFERENCE_ROWS } from "./cli_differences.ts";

const HOST: OptionsHost = {
  programName: "echoscu",
  readFile: () => ({ error: "missing" }),
  stderrIsTerminal: false,
  target: "test",
  versions: [],
};

/** Column where texts begin. */
const TEXT_COLUMN = 31;

/** What both programs must print alike: titles, names and placeholders, with their columns, and empty lines. */
function skeleton(text: string): readonly string[] {
  return text.split("\n").slice(2).flatMap((line) => {
    const left = line.slice(0, TEXT_COLUMN);
    if (left.trim() === "" && line !== "") return [];
    const isOption = /^ {2,}[-+ ].*--/.test(left) || /^ {2}(peer|port) /.test(left);
    const isPlaceholder = line.charAt(TEXT_COLUMN) === "[";
    return [isOption && !isPlaceholder ? left : line.trimEnd()];
  });
}

testWith({
  name: "--help has the reference's layout, line by line, where both have the option",
  missing: missing({ program: "echoscu" }),
  fn: async () => {
    const { stdout } = await new Deno.Command("/usr/bin/echoscu", { args: ["--help"] }).output();
    const ours = await parseWithRows(["--help"], { host: HOST, rows: REFERENCE_ROWS });
    assert.ok(ours.kind === "print");
    assert.deepEqual(skeleton(ours.stdout), skeleton(new TextDecoder().decode(stdout)));
  },
});
