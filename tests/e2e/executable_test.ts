/**
 * The main jobs again, by the compiled program, wherever a runtime can be had: the same tests in a process of their own,
 * with `ECHOSCU_BIN`. When that names an executable already, it is what all tests run.
 */

import assert from "node:assert/strict";
import { executable } from "../support/executable.ts";
import { fromFileUrl } from "../support/paths.ts";
import { testWith } from "../support/test_with.ts";

const folder = await Deno.makeTempDir({ prefix: "echoscu-e2e-" });
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const made = await executable(folder);

/** The last is over TLS as a client, which an old runtime leaves to our own engine. */
const JOBS = ["check_test.ts", "../peers/tls_authorities_test.ts"];

function reasonNot(): string | undefined {
  if ("missing" in made) return made.missing;
  return made.origin === "given" ? "check_test.ts runs it already" : undefined;
}

testWith({
  name: `a compiled program does the main jobs${"origin" in made ? ` (${made.origin})` : ""}`,
  missing: reasonNot(),
  async fn() {
    if ("missing" in made) throw new Error(made.missing);
    const jobs = JOBS.map((name) => fromFileUrl(new URL(name, import.meta.url)));
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--quiet", "--no-prompt", "--allow-all", ...jobs],
      env: { ECHOSCU_BIN: made.program.command, NO_COLOR: "1" },
      stdin: "null",
    }).output();
    const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
    assert.ok(success, said);
  },
});
