/** What a start loads: no room whose work is not asked for. */

import assert from "node:assert/strict";
import { startOurPeer } from "../support/our_peer.ts";
import {
  bundledProgram,
  ourProgram,
  ourSources,
  type Program,
  runProgram,
} from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";

/** Rooms that `main.ts` needs for a plain check, and so all others have as well. */
const OF_A_CHECK = [
  "app",
  "association",
  "bytes",
  "check",
  "dicom",
  "dimse",
  "log",
  "options",
  "pdu",
  "plan",
  "report",
  "system",
  "transport",
];

/** The files of `src/` that a run of `args` evaluates, as paths below it. */
async function loadedBy(args: readonly string[]): Promise<ReadonlySet<string>> {
  return await evaluatedBy(args, { program: ourSources(), path: /\/src\/(.*)$/ });
}

/** The files that a run evaluates, of those whose URLs have such a path. */
async function evaluatedBy(
  args: readonly string[],
  { program: { command, args: own }, path }: { readonly program: Program; readonly path: RegExp },
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  await withFolder(async (folder) => {
    const [run = "run", ...rest] = own;
    const program = { command, args: [run, `--coverage=${folder}`, ...rest] };
    await runProgram(program, { args });
    for await (const { name: file } of Deno.readDir(folder)) {
      if (!file.endsWith(".json")) continue;
      const { url } = JSON.parse(await Deno.readTextFile(`${folder}/${file}`));
      const [, name] = path.exec(url) ?? [];
      if (name !== undefined) found.add(name);
    }
  });
  return found;
}

function roomsOf(paths: Iterable<string>): readonly string[] {
  const rooms = [...paths].flatMap((path) => /^(?!common\/)(\w+)\//.exec(path)?.[1] ?? []);
  return [...new Set(rooms)].sort();
}

function only(paths: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
  return [...paths].filter((path) => !others.has(path)).sort();
}

Deno.test("a start loads what is asked for, and nothing of other rooms", async () => {
  await using peer = await startOurPeer();
  const check = await loadedBy(peer.args);
  assert.deepEqual(roomsOf(check), OF_A_CHECK);
  assert.ok(check.size < 160, `a plain check loads ${check.size} files`);
  assert.deepEqual(only(await loadedBy(["--version"]), check), [
    "options/printed.ts",
    "options/version.ts",
  ]);
  assert.deepEqual(only(await loadedBy(["--help"]), check), [
    "options/help.ts",
    "options/placeholder.ts",
    "options/printed.ts",
  ]);
  const secure = only(await loadedBy(["+tla", "-ic", ...peer.args]), check);
  assert.deepEqual(roomsOf(secure), ["app", "log", "system", "tls", "transport", "x509"]);
  await withFolder(async (folder) => {
    const kept = only(await loadedBy(["--history", `${folder}/h.db`, ...peer.args]), check);
    assert.deepEqual(kept.filter((path) => path.startsWith("history/")), [
      "history/host_database.ts",
      "history/host_open.ts",
      "history/mod.ts",
      "history/rows.ts",
      "history/schema.ts",
      "history/words.ts",
    ]);
  });
  assert.deepEqual(secure.filter((path) => path.startsWith("app/")), ["app/tls.ts"]);
});

const bundled = Deno.env.has("ECHOSCU_BUNDLE") ? ourProgram() : await bundledProgram();
const notBundled = "missing" in bundled ? bundled.missing : undefined;

testWith({
  name: "a plain check from the bundle loads two files",
  missing: notBundled,
  async fn() {
    assert.ok("command" in bundled);
    await using peer = await startOurPeer();
    const path = /^file:.*\/([\w-]+\.js)$/;
    const loaded = await evaluatedBy(peer.args, { program: bundled, path });
    assert.deepEqual([...loaded].sort(), ["core.js", "main.js"]);
  },
});

/** Takes away what the runtime loads when it is first made. */
const NO_STREAMS = `for (const name of ["ReadableStream", "WritableStream", "TransformStream"]) {
  Object.defineProperty(globalThis, name, { get() { throw new Error(name); } });
}`;

Deno.test("--version and --help make no Web Stream; a check does", async () => {
  await using peer = await startOurPeer();
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/poison.js`, NO_STREAMS);
    const { command, args: [run = "run", ...rest] } = ourSources();
    const program = { command, args: [run, `--preload=${folder}/poison.js`, ...rest] };
    for (const option of ["--version", "--help"]) {
      const { code, stderr } = await runProgram(program, { args: [option] });
      assert.deepEqual([code, stderr], [0, ""], option);
    }
    assert.match((await runProgram(program, { args: peer.args })).stderr, /ReadableStream/);
  });
});

testWith({
  name: "what a plain check calls is compiled with its file in the bundle",
  missing: notBundled,
  async fn() {
    assert.ok("command" in bundled);
    const folder = bundled.args.at(-1)?.replace(/main\.js$/, "") ?? "";
    const core = await Deno.readTextFile(`${folder}core.js`);
    const parts = core.split(/^const core_\d+=\(/m).slice(1);
    const marked = parts.filter((part) => /^\(\)=>\{var [\w$]+=\((?:async )?function/.test(part));
    assert.ok(marked.length > parts.length / 2, `${marked.length} of ${parts.length} parts`);
  },
});
