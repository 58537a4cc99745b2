/** Benchmarks are not run by the gate; this keeps their parts from rotting, and judges no time. */

import assert from "node:assert/strict";
import { startOurPeer } from "../support/our_peer.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { withFolder } from "../support/with_folder.ts";
import { compared, type Result, tableOf } from "./contest.ts";
import { requestsOf, runScript, writeFloor } from "./floor.ts";
import { put } from "./load.ts";
import { Arguments } from "./table.ts";

function result(name: string, [wall, cpu, peak]: readonly [number, number, number]): Result {
  const spread = (median: number) => ({ median, low: median, high: median });
  const what = "one check";
  return {
    what,
    name,
    rounds: 3,
    wallMs: spread(wall),
    cpuMs: spread(cpu),
    peakMiB: spread(peak),
  };
}

Deno.test("a contest divides by the floor and by the reference", () => {
  const results = [
    result("reference", [10, 5, 8]),
    result("floor", [8, 4, 4]),
    result("ours", [12, 5, 8]),
  ];
  const [reference, floor, ours] = compared(results, [{ name: "ours", floor: "floor" }]);
  assert.equal(reference?.toReference, undefined);
  assert.equal(floor?.toFloor, undefined);
  assert.deepEqual(ours?.toFloor, { wall: 1.5, cpu: 1.25, peak: 2 });
  assert.deepEqual(ours?.toReference, { wall: 1.2, cpu: 1, peak: 1 });
  assert.match(
    tableOf([ours]),
    /^one check: .*\n.*\n {2}ours .* 8\.0 +1\.50 1\.25 2\.00 +1\.20 1\.00 1\.00\n$/,
  );
});

Deno.test("benchmarks refuse options that they do not have", () => {
  const known = ["rounds", "peers"];
  assert.deepEqual(new Arguments(["--peers", "1,20"], known).counts("peers", []), [1, 20]);
  assert.equal(new Arguments(["--rounds=2"], known).count("rounds", 15), 2);
  assert.throws(() => new Arguments(["--round=2"], known), /--round: there are --rounds=/);
  assert.throws(() => new Arguments(["--rounds=two"], known).count("rounds", 15), /whole number/);
});

Deno.test("the floor and the load send what our program sends, and are answered", async () => {
  await using peer = await startOurPeer();
  await withFolder(async (folder) => {
    const { check } = await writeFloor(folder, { program: ourProgram(), port: peer.port });
    const { code, stderr } = await runProgram(runScript(check), { args: [...peer.args, "2"] });
    assert.equal(code, 0, stderr);
  });
  const requests = await requestsOf(ourProgram(), peer.port);
  assert.deepEqual(requests.map(([type]) => type), [1, 4, 5]);
  for (const keeps of [false, true]) {
    const load = { port: peer.port, clients: 3, requests, keeps, most: 9 };
    const { done, rejected, failed } = await put(load);
    assert.ok(done >= 9, `${done}`);
    assert.deepEqual({ rejected, failed }, { rejected: 0, failed: 0 });
  }
});
