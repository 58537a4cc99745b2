import assert from "node:assert/strict";
import { runPlanWorld } from "../../tests/tools/plan_world.ts";

const FILES = {
  "site.yaml": `title: Site
peers:
  - { name: Archive, host: pacs, port: 104 }
  - { name: CT, host: late, port: 104 }
  - { name: Closed, host: dead, port: 104, expect: { reachable: false } }
`,
};
const AT = "2026-01-31T08:00:00.000Z";
const NOBODY = "the peer's machine answers, but nothing listens on the port";

/** Text without what depends on time. */
function timeless(text: string): string {
  return text.replaceAll(/\d+(\.\d+)? (ms|s)\b/g, "T");
}

Deno.test("--watch with a plan prints the first run, then what changes, until a signal ends it", async () => {
  const { code, out, err, dialed } = await runPlanWorld(
    ["--watch", "0.05", "--plan", "site.yaml"],
    {
      files: FILES,
      onOut: (text, raise) => {
        if (text.includes(" again")) raise("SIGTERM");
      },
    },
  );
  assert.deepEqual(timeless(out).split("\n"), [
    `${AT} Site: 3 peers in T: 2 passed, 1 failed`,
    `${AT} CT failed: ${NOBODY}`,
    `${AT} CT passed again after T`,
    "3 runs, the last one: 3 passed, 0 failed",
    "",
  ]);
  assert.equal(err, "");
  assert.equal(code, 143);
  assert.equal(dialed.length, 9);
});

Deno.test("--wait-until-up with a plan tries until every peer has passed", async () => {
  const args = ["--wait-until-up", "30", "--retry-delay", "0.01", "--plan", "site.yaml"];
  const { code, out, dialed } = await runPlanWorld(args, { files: FILES });
  assert.equal(code, 0);
  assert.match(out, /^passed\tCT\tlate:104\t[^\t]+\tECHOSCU_0_1_0; 3 attempts$/m);
  assert.equal(dialed.filter((host) => host === "late").length, 3);
});

Deno.test("--wait-until-up with a plan gives up in time, with what was found last", async () => {
  const args = ["--wait-until-up", "0.3", "--plan", "dead.yaml", "--exit-codes", "detailed"];
  const files = { "dead.yaml": "peers: [{ host: silent, port: 104 }, { host: dead, port: 104 }]" };
  const { code, out } = await runPlanWorld(args, { files });
  assert.equal(code, 66);
  const [silent, dead, sum] = timeless(out).split("\n");
  assert.match(silent ?? "", /^failed\tsilent:104\tsilent:104\tT\t/);
  assert.equal(dead, `failed\tdead:104\tdead:104\tT\t${NOBODY}`);
  assert.equal(sum, "dead.yaml: 2 peers in T: 0 passed, 2 failed (deadline)");
});
