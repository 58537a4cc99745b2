import assert from "node:assert/strict";
import { JumpingClock } from "../../tests/support/jumping_clock.ts";
import { Turns } from "./turns.ts";

function turns() {
  const clock = new JumpingClock();
  return { clock, turns: new Turns(clock, 10_000) };
}

Deno.test("a probe that has had the usual time yields to one that waits, and not before", async () => {
  const { clock, turns: all } = turns();
  const long = all.begin("host", "a");
  await clock.pass(5000);
  const stop = all.askForTurn("host", { client: "a", waitMs: 8000 });
  await clock.pass(4000);
  assert.equal(long.signal.aborted, false);
  await clock.pass(2000);
  assert.equal(long.signal.aborted, true);
  stop();
  long.end();
});

Deno.test("a probe keeps its place while nobody waits at its host", async () => {
  const { clock, turns: all } = turns();
  const long = all.begin("host", "a");
  const stop = all.askForTurn("other", { client: "a", waitMs: 4000 });
  await clock.pass(60_000);
  assert.equal(long.signal.aborted, false);
  stop();
});

Deno.test("a client with several places yields one to a client without any, the oldest first", async () => {
  const { clock, turns: all } = turns();
  const [first, second] = [all.begin("host", "greedy"), all.begin("host", "greedy")];
  const stop = all.askForTurn("host", { client: "modest", waitMs: 4000 });
  await clock.pass(999);
  assert.equal(first.signal.aborted, false, "most probes are over in a moment");
  await clock.pass(3001);
  assert.deepEqual([first.signal.aborted, second.signal.aborted], [true, false]);
  stop();
});

Deno.test("nobody yields to a client that has a place, or whose equals have one each", async () => {
  const { clock, turns: all } = turns();
  const running = [all.begin("host", "a"), all.begin("host", "a"), all.begin("host", "b")];
  const stops = ["a", "b"].map((client) => all.askForTurn("host", { client, waitMs: 4000 }));
  await clock.pass(4000);
  assert.ok(running.every(({ signal }) => !signal.aborted));
  for (const stop of stops) stop();
  const each = [all.begin("other", "a"), all.begin("other", "b")];
  const stop = all.askForTurn("other", { client: "c", waitMs: 4000 });
  await clock.pass(4000);
  assert.ok(each.every(({ signal }) => !signal.aborted));
  stop();
});

Deno.test("whoever no longer waits takes nobody's place", async () => {
  const { clock, turns: all } = turns();
  const running = [all.begin("host", "a"), all.begin("host", "a")];
  all.askForTurn("host", { client: "b", waitMs: 4000 })();
  await clock.pass(60_000);
  assert.ok(running.every(({ signal }) => !signal.aborted));
  assert.equal(clock.pending, 0);
});
