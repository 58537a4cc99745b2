import assert from "node:assert/strict";
import { runPlanWorld } from "../../tests/tools/plan_world.ts";

Deno.test("--report nagios is UNKNOWN when nobody could be checked, in its file too", async () => {
  const files = { bad: "peers: [{ host: a }]", good: "peers: [{ host: a, port: 1 }]" };
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [["--plan", "bad"], /1 error in the plan, nobody was contacted: bad:1:9: /],
    [["--plan", "none"], /none does not exist/],
    [["--plan", "good", "--only", "tag"], /no peer has the tag tag/],
    [["+tls", "key", "cert", "pacs", "104"], /TLS cannot be set up, nobody was contacted/],
  ];
  for (const [args, reason] of cases) {
    for (const [report, file] of [["nagios", "-"], ["nagios=state", "state"]] as const) {
      const seen = await runPlanWorld(["--report", report, ...args], { files });
      const text = seen.reports[file] ?? "";
      assert.match(text, /^DICOM UNKNOWN - .*\n$/);
      assert.match(text, reason);
      assert.equal(seen.code, 3);
      assert.deepEqual(seen.dialed, []);
    }
  }
});

Deno.test("--report nagios=FILE makes a wrong command line UNKNOWN, and leaves the file alone", async () => {
  const seen = await runPlanWorld(["--report", "nagios=state", "--nope", "pacs", "104"]);
  assert.deepEqual([seen.code, seen.out, seen.reports], [3, "", {}]);
});
