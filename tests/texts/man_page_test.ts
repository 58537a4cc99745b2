import assert from "node:assert/strict";
import { currentManPage, MAN_PAGE } from "../../tools/make_man.ts";
import { missing } from "../support/installed.ts";
import { testWith } from "../support/test_with.ts";

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

/** Names of the environment variables that the program itself reads, as its sources have them. */
async function variablesRead(folder: URL): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) {
      for (const found of await variablesRead(new URL(`${name}/`, folder))) names.add(found);
    } else if (!name.endsWith("_test.ts")) {
      const text = await Deno.readTextFile(new URL(name, folder));
      const calls = text.matchAll(/\benv\("([A-Z_]+)"\)|_VARIABLE = "([A-Z_]+)"/g);
      for (const [, read, named] of calls) names.add(read ?? named ?? "");
    }
  }
  return names;
}

Deno.test("docs/echoscu.1 names every environment variable that the program reads, and no other", async () => {
  const page = await Deno.readTextFile(MAN_PAGE);
  const chapter = page.slice(page.indexOf(".SH ENVIRONMENT\n"), page.indexOf(".SH FILES\n"));
  const told = [...chapter.matchAll(/^\.B (.+)$/gm)].flatMap(([, names = ""]) => names.split(", "));
  const read = await variablesRead(new URL("../../src/", import.meta.url));
  assert.deepEqual(told.sort(), [...read].sort());
});
