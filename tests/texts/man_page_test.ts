import assert from "node:assert/strict";
import { currentManPage, MAN_PAGE } from "../../tools/make_man.ts";
import { missing } from "../tools/installed.ts";
import { testWith } from "../tools/test_with.ts";

Deno.test("docs/echoscu.1 is what tools/make_man.ts writes", async () => {
  const hint = "run: deno task manual";
  assert.equal(await Deno.readTextFile(MAN_PAGE), await currentManPage(), hint);
});

testWith({
  name: "docs/echoscu.1 gives groff nothing to warn about",
  missing: missing({ program: "groff" }),
  fn: async () => {
    const { stdout, stderr } = await new Deno.Command("groff", {
      args: ["-ww", "-man", "-Tutf8", decodeURIComponent(MAN_PAGE.pathname)],
    }).output();
    assert.equal(new TextDecoder().decode(stderr), "");
    assert.match(new TextDecoder().decode(stdout), /the usage text is printed/);
  },
});
