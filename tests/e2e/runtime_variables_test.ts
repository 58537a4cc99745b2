/**
 * What variables of the runtime can do to a program that Deno runs with few permissions: the rows of docs/security.md.
 *
 * Should one of these fail with a new Deno, its row is to be changed.
 */

import assert from "node:assert/strict";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { signalChild } from "../support/signal_child.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";

const missing = Deno.build.os !== "linux" ? "tried on Linux" : undefined;

/** Tries to read a file and to run a program, and says which of them it could. */
const TRIES = `
const could = (what, attempt) => { try { attempt(); console.log(what); } catch { /* refused */ } };
could("read", () => Deno.readTextFileSync("/etc/passwd"));
could("run", () => new Deno.Command("true").outputSync());
console.log(typeof globalThis.gc);
`;

/** Runs a program that has no permission at all, but those of `flags`, with one variable more. */
async function withVariable(
  folder: string,
  { env, flags = [] }: { env: Record<string, string>; flags?: readonly string[] },
): Promise<string> {
  await Deno.writeTextFile(`${folder}/tries.js`, TRIES);
  const args = ["run", "--no-prompt", "--no-config", ...flags, `${folder}/tries.js`];
  const { stdout, stderr } = await runProgram({ command: Deno.execPath(), args }, {
    args: [],
    env,
  });
  return stdout + stderr;
}

testWith({
  name: "without such variables a program has the permissions that it was given",
  missing,
  fn: () =>
    withFolder(async (folder) => {
      assert.equal(await withVariable(folder, { env: {} }), "undefined\n");
      assert.match(await withVariable(folder, { env: {}, flags: ["--allow-read"] }), /^read\n/);
    }),
});

testWith({
  name: "NODE_OPTIONS runs a file in our program",
  missing: missing ??
    (ourProgram().args.length === 0 ? "an executable is tried on its own" : undefined),
  fn: () =>
    withFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/first.cjs`, 'console.log("first");');
      const env = { NODE_OPTIONS: `-r ${folder}/first.cjs` };
      const { stdout } = await runProgram(ourProgram(), { args: ["--version"], env });
      assert.match(stdout, /^first\n\$echoscu: /);
    }),
});

testWith({
  name: "DENO_PERMISSION_BROKER_PATH lets a stranger grant everything",
  missing,
  fn: () =>
    withFolder(async (folder) => {
      const path = `${folder}/broker`;
      const broker = new Deno.Command(Deno.execPath(), {
        args: ["eval", BROKER, path],
        stdout: "piped",
      }).spawn();
      const reader = broker.stdout.getReader();
      await reader.read();
      const said = await withVariable(folder, { env: { DENO_PERMISSION_BROKER_PATH: path } });
      signalChild(broker);
      await broker.status;
      await reader.cancel();
      assert.match(said, /^read\nrun\n/m);
    }),
});

/** A program that grants whatever is asked for; it prints a line when it listens. */
const BROKER = `
import { createServer } from "node:net";
import { createInterface } from "node:readline";
createServer((socket) => {
  socket.on("error", () => {});
  createInterface({ input: socket }).on("line", (line) =>
    socket.write(JSON.stringify({ id: JSON.parse(line).id, result: "allow" }) + "\\n"));
}).listen(Deno.args[0], () => console.log("ready"));
`;

testWith({
  name: "DENO_V8_FLAGS sets any flag of V8",
  missing,
  fn: () =>
    withFolder(async (folder) => {
      const said = await withVariable(folder, { env: { DENO_V8_FLAGS: "--expose-gc" } });
      assert.equal(said, "function\n");
    }),
});

testWith({
  name: "DENO_AUDIT_PERMISSIONS and DENO_COVERAGE_DIR write without any permission to",
  missing,
  fn: () =>
    withFolder(async (folder) => {
      const victim = `${folder}/victim`;
      await Deno.writeTextFile(victim, "precious\n");
      await withVariable(folder, { env: { DENO_AUDIT_PERMISSIONS: victim } });
      const text = await Deno.readTextFile(victim);
      assert.ok(!text.includes("precious") && text.includes("/etc/passwd"), text);
      const coverage = `${folder}/coverage`;
      await Deno.mkdir(coverage);
      await withVariable(folder, { env: { DENO_COVERAGE_DIR: coverage } });
      assert.notDeepEqual([...Deno.readDirSync(coverage)], []);
    }),
});

testWith({
  name: "OTEL_DENO connects to a server without any permission to",
  missing,
  fn: () =>
    withFolder(async (folder) => {
      using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      const came = listener.accept();
      const env = {
        OTEL_DENO: "true",
        OTEL_DENO_CONSOLE: "capture",
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${listener.addr.port}`,
        OTEL_EXPORTER_OTLP_TIMEOUT: "5000",
      };
      const running = withVariable(folder, { env });
      const connection = await Promise.race([came, running]);
      assert.ok(typeof connection !== "string", "it never came");
      const bytes = new Uint8Array(64);
      await connection.read(bytes);
      connection.close();
      assert.match(new TextDecoder().decode(bytes), /^POST \/v1\//);
      await running;
    }),
});
