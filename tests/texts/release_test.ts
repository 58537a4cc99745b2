/** What a release has besides its executables, made for real. */

import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { TARGETS } from "../../tools/ship/targets.ts";
import { missing } from "../support/installed.ts";
import { fromFileUrl } from "../support/paths.ts";
import { runProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";

/** Runs a program of tools/; gives what it printed. */
async function printed(tool: string, ...args: readonly string[]): Promise<string> {
  const script = fromFileUrl(new URL(`../../tools/${tool}`, import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--allow-all", script, ...args],
    stdin: "null",
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** The licence of Deno comes with npm's package of it. */
function licenseMissing(): string | undefined {
  const folder = Deno.realPathSync(Deno.execPath()).replace(/[^/\\]+$/, "");
  try {
    return Deno.statSync(`${folder}LICENSE`).isFile ? undefined : "no file";
  } catch {
    return "this Deno does not come from npm";
  }
}

Deno.test("executables are made for every target that this Deno compiles for, and for no other", async () => {
  const { code, stdout, stderr } = await runProgram(
    { command: Deno.execPath(), args: ["compile", "--no-config", "--target=amiga", "none.js"] },
    { args: [] },
  );
  assert.equal(code, 1, stdout);
  const [, known = ""] = /\[?possible values: ([\w, -]+)/.exec(stderr) ?? [];
  assert.deepEqual(known.split(", ").sort(), TARGETS.map(({ triple }) => triple).sort(), stderr);
});

testWith({
  name: "a release has what lies next to an executable, and checksums of everything but its notes",
  missing: missing({ program: "sha256sum" }),
  fn: () =>
    withFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/echoscu-linux-x86_64`, "an executable");
      await Deno.writeTextFile(`${folder}/NOTES.md`, "notes");
      await Deno.writeTextFile(`${folder}/SHA256SUMS`, "of an earlier run");
      const names = (await printed("make_release.ts", folder)).trimEnd().split("\n")
        .map((path) => path.slice(folder.length + 1));
      const docs = fromFileUrl(new URL("../../docs/", import.meta.url));
      const monitoring = [...Deno.readDirSync(`${docs}monitoring`)].map(({ name }) => name);
      const schemas = [...Deno.readDirSync(docs)].map(({ name }) => name)
        .filter((name) => name.endsWith(".schema.json"));
      assert.ok(monitoring.length >= 6 && schemas.length >= 2);
      assert.deepEqual(
        new Set(names),
        new Set([
          ...["echoscu-linux-x86_64", "echoscu.1", "logger.cfg", "plan.yaml"],
          ...["echoscu.bash", "_echoscu", "echoscu.fish", "echoscu.ps1"],
          ...schemas,
          ...monitoring,
        ]),
      );
      for (const name of ["echoscu.1", ...schemas]) {
        const released = await Deno.readTextFile(`${folder}/${name}`);
        assert.equal(released, await Deno.readTextFile(`${docs}${name}`), name);
      }
      const sums = { command: "sha256sum", args: ["--check", "--strict", "SHA256SUMS"] };
      const { code, stdout } = await runProgram(sums, { args: [], cwd: folder });
      assert.deepEqual([code, stdout.match(/: OK$/gm)?.length], [0, names.length]);
    }),
});

testWith({
  name: "a release has the licence of each part that its SBOM lists",
  missing: licenseMissing(),
  async fn() {
    const licenses = await printed("make_licenses.ts");
    const { packages } = JSON.parse(await printed("make_sbom.ts"));
    assert.ok(packages.length >= 3);
    for (const { name, versionInfo, licenseDeclared } of packages) {
      assert.notEqual(licenseDeclared, "NOASSERTION", name);
      assert.match(licenses, new RegExp(`^${name} ${versionInfo}\\b`, "mi"));
    }
    assert.equal(packages[0].versionInfo, config.version);
    assert.equal(
      licenses.match(/without restriction|with or without fee/g)?.length,
      packages.length,
    );
  },
});
