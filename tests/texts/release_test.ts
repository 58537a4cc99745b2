/** What a release has besides its executables, made for real. */

import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { fromFileUrl } from "../tools/paths.ts";
import { testWith } from "../tools/test_with.ts";

/** Runs a program of tools/; gives what it printed. */
async function printed(tool: string): Promise<string> {
  const script = fromFileUrl(new URL(`../../tools/${tool}`, import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--allow-all", script],
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
