import assert from "node:assert/strict";
import { JumpingClock } from "../../tests/support/jumping_clock.ts";
import { TimerPool } from "./timer_pool.ts";

Deno.test("TimerPool wakes each at its time, in whatever order they came", async () => {
  const clock = new JumpingClock();
  const pool = new TimerPool(clock);
  const woken: string[] = [];
  for (const ms of [300, 100, 200, 100]) {
    pool.after(ms, () => woken.push(`${ms} at ${clock.now()}`));
  }
  await clock.pass(1000);
  assert.deepEqual(woken, ["100 at 100", "100 at 100", "200 at 200", "300 at 300"]);
  assert.equal(pool.size, 0);
});

Deno.test("TimerPool does not wake who has left, not even by another who wakes at the same time", async () => {
  const clock = new JumpingClock();
  const pool = new TimerPool(clock);
  const woken: string[] = [];
  const cancelled = pool.after(100, () => woken.push("left before"));
  const leave: (() => void)[] = [];
  pool.after(100, () => {
    woken.push("stayed");
    leave.forEach((go) => go());
  });
  leave.push(pool.after(100, () => woken.push("left meanwhile")));
  cancelled();
  await clock.pass(1000);
  assert.deepEqual(woken, ["stayed"]);
});

Deno.test("TimerPool keeps one timer for ten thousand who wait and leave", () => {
  const clock = new JumpingClock();
  const pool = new TimerPool(clock);
  for (let round = 0; round < 10_000; round++) pool.after(30_000, () => {})();
  assert.equal(pool.size, 0);
  assert.equal(clock.pending, 1);
  pool.stop();
  assert.equal(clock.pending, 0);
});
