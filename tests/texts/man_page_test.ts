import assert from "node:assert/strict";
import { currentManPage, MAN_PAGE } from "../../tools/make_man.ts";
import { missing } from "../tools/installed.ts";

Deno.test("docs/echoscu.1 is what tools/make_man.ts writes", async () => {
  const hint = "run: deno run --allow-read --allow-write tools/make_man.ts";
  assert.equal(await Deno.readTextFile(MAN_PAGE), await currentManPage(), hint);
});

Deno.test("docs/echoscu.1 gives groff nothing to warn about", async () => {
  const reason = missing({ program: "groff" });
  if (reason !== undefined) return console.log(`not checked: ${reason}`);
  const { stdout, stderr } = await new Deno.Command("groff", {
    args: ["-ww", "-man", "-Tutf8", decodeURIComponent(MAN_PAGE.pathname)],
  }).output();
  assert.equal(new TextDecoder().decode(stderr), "");
  assert.match(new TextDecoder().decode(stdout), /the usage text is printed/);
});
