/** The diagnosis of scripted peers, through the whole program and real sockets. */

import assert from "node:assert/strict";
import { SITUATIONS } from "../../src/diagnosis/mod.ts";
import { type NetCase, netCases, slowestMs } from "../differential/net_cases.ts";
import { type Limits, patiently } from "../support/patiently.ts";
import { runInProcess } from "../support/run_in_process.ts";
import { startScriptedPeer } from "../support/scripted_peer.ts";
import { type Diagnosed, diagnosisIn } from "./diagnosis_lines.ts";
import { DIAGNOSIS_CASES, type DiagnosisCase } from "./diagnosis_scripts.ts";

/** Recorded cases that take longer are the business of the differential tests. */
const SLOW_MS = 1_500;
const AT_ONCE = 4;

for (const one of DIAGNOSIS_CASES) {
  Deno.test(`--explain names ${one.situation}`, () =>
    patiently(async (limits) => {
      const { hint, situation, stderr } = await explain(one, limits);
      assert.equal(situation, one.situation, stderr);
      for (const words of one.says) {
        const says = typeof words === "string"
          ? hint.includes(limits.text(words))
          : words.test(hint);
        assert.ok(says, hint);
      }
    }));
}

async function explain(
  one: DiagnosisCase,
  limits: Limits,
): Promise<Diagnosed & { readonly stderr: string }> {
  await using peer = await startScriptedPeer(one.steps, one.listen);
  const args = ["--explain", ...limits.args(one.options ?? []), peer.host, `${peer.port}`];
  const { stderr } = await runInProcess(args);
  return { ...diagnosisIn(stderr), stderr };
}

Deno.test({
  name: "every recorded case that fails has a situation",
  // Peers of a script may still wait when the program has ended.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async (t) => {
    const queue = netCases().filter((one) =>
      slowestMs(one) <= SLOW_MS && one.listen?.host === undefined
    );
    const seen: string[] = [];
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        await playOne(t, { netCase: next, seen });
      }
    });
    await Promise.all(workers);
    console.log(`${seen.length} recorded cases fail, in ${new Set(seen).size} situations`);
    assert.ok(new Set(seen).size >= 25, seen.join());
  },
});

async function playOne(
  t: Deno.TestContext,
  { netCase, seen }: { netCase: NetCase; seen: string[] },
): Promise<void> {
  await t.step({
    name: netCase.name,
    sanitizeOps: false,
    sanitizeResources: false,
    sanitizeExit: false,
    fn: async () => {
      const { code, stderr } = await play(netCase);
      if (code === 0) {
        // A wrong answer to the release leaves the reference's 0, with a warning of ours.
        const told = /situation: (.*)$/m.exec(stderr)?.[1] ?? "";
        return assert.match(told, /^(|release-answer-unexpected)$/, stderr);
      }
      const { situation, stage, fault } = diagnosisIn(stderr);
      const row = SITUATIONS.find(({ id }) => id === situation);
      assert.deepEqual({ stage, fault }, { stage: row?.stage, fault: row?.fault });
      seen.push(situation);
    },
  });
}

async function play(netCase: NetCase) {
  await using peer = await startScriptedPeer(netCase.scriptedPeer, netCase.listen);
  const args = netCase.args.map((arg) =>
    arg.replace("{HOST}", peer.host).replace("{PORT}", `${peer.port}`)
  );
  return await runInProcess(["--explain", ...args]);
}
