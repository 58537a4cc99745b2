import assert from "node:assert/strict";
import { paintWith, usesColor } from "./color.ts";

function colored(
  env: Readonly<Record<string, string>>,
  { option = "auto", isTerminal = true }: {
    readonly option?: "auto" | "always" | "never";
    readonly isTerminal?: boolean;
  } = {},
): boolean {
  return usesColor(option, { isTerminal, env: (name) => env[name] });
}

Deno.test("usesColor() colors terminals, and nothing else", () => {
  assert.equal(colored({}), true);
  assert.equal(colored({}, { isTerminal: false }), false);
  assert.equal(colored({ TERM: "dumb" }), false);
  assert.equal(colored({ CLICOLOR: "0" }), false);
  assert.equal(colored({ CLICOLOR: "1" }), true);
});

Deno.test("usesColor() obeys NO_COLOR unless it is empty, and before CLICOLOR_FORCE", () => {
  assert.equal(colored({ NO_COLOR: "1" }), false);
  assert.equal(colored({ NO_COLOR: "0", CLICOLOR_FORCE: "1" }), false);
  assert.equal(colored({ NO_COLOR: "" }), true);
  assert.equal(colored({ CLICOLOR_FORCE: "1" }, { isTerminal: false }), true);
  assert.equal(colored({ CLICOLOR_FORCE: "0" }, { isTerminal: false }), false);
});

Deno.test("usesColor() does what the option says before all", () => {
  assert.equal(colored({ NO_COLOR: "1" }, { option: "always", isTerminal: false }), true);
  assert.equal(colored({ CLICOLOR_FORCE: "1" }, { option: "never" }), false);
});

Deno.test("paintWith() colors or leaves text as it is", () => {
  assert.equal(paintWith(false)("bad", "x"), "x");
  assert.equal(paintWith(true)("bad", "x"), "\x1b[1;31mx\x1b[0m");
  assert.equal(paintWith(true)("bad", ""), "");
});
