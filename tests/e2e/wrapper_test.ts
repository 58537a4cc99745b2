/** The wrapper that docs/install.md gives for hosts with Deno only, as it is written there. */

import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { pathOf } from "../support/installed.ts";
import { runProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";

const WHERE = "/opt/echoscu/";

async function documented(): Promise<string> {
  const page = await Deno.readTextFile(new URL("../../docs/install.md", import.meta.url));
  const [, script] = page.match(/```sh\n(#!\/bin\/sh\n[^`]*)```/) ?? [];
  assert.ok(script !== undefined);
  return script;
}

Deno.test("the wrapper of docs/install.md gives the permissions of the task start", async () => {
  const script = await documented();
  const [, , , ...flags] = config.tasks.start.command.split(" ");
  for (const flag of flags.slice(0, -1)) assert.ok(script.includes(` ${flag} `), flag);
  const allowed = (text: string) => text.match(/--allow-[\w=.,:-]+/g)?.sort();
  assert.deepEqual(allowed(script), allowed(config.tasks.start.command));
});

testWith({
  name:
    "the wrapper of docs/install.md keeps the current folder, and drops variables of the runtime",
  missing: Deno.build.os === "windows" ? "there is no sh" : undefined,
  async fn() {
    const script = (await documented()).replaceAll(WHERE, pathOf("../../"))
      .replace("npx -y deno@2.9.6", `'${Deno.execPath()}'`);
    await withFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/echoscu`, script);
      await Deno.writeTextFile(`${folder}/peers.txt`, "127.0.0.1 104\n");
      const { code, stdout, stderr } = await runProgram({ command: "sh", args: ["./echoscu"] }, {
        args: ["--peers", "peers.txt", "--plan-check"],
        cwd: folder,
        env: { NODE_OPTIONS: "-r ./missing.js", OTEL_DENO: "true" },
      });
      assert.deepEqual([code, stdout, stderr], [0, "peers.txt: 1 peer, no errors\n", ""]);
    });
  },
});
