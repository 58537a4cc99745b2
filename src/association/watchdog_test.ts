import assert from "node:assert/strict";
import { FakeClock } from "../../tests/support/fake_clock.ts";
import { Watchdog } from "./watchdog.ts";

function watched(): { clock: FakeClock; watchdog: Watchdog; fired: number[]; bark: () => void } {
  const clock = new FakeClock();
  const fired: number[] = [];
  return { clock, watchdog: new Watchdog(clock), fired, bark: () => fired.push(clock.now()) };
}

Deno.test("Watchdog fires once, when its deadline has passed", async () => {
  const { clock, watchdog, fired, bark } = watched();
  watchdog.watch(2_000, bark);
  await clock.advance(1_999);
  assert.deepEqual(fired, []);
  await clock.advance(1);
  assert.deepEqual(fired, [2_000]);
  await clock.advance(10_000);
  assert.deepEqual(fired, [2_000]);
});

Deno.test("Watchdog fires at once for a deadline in the past", async () => {
  const { clock, watchdog, fired, bark } = watched();
  await clock.advance(500);
  watchdog.watch(100, bark);
  await clock.advance(0);
  assert.deepEqual(fired, [500]);
});

Deno.test("Watchdog never fires without a deadline, and starts no timer for it", async () => {
  const { clock, watchdog, fired, bark } = watched();
  watchdog.watch(Infinity, bark);
  await clock.advance(1e9);
  assert.deepEqual(fired, []);
  assert.equal(clock.started, 0);
});

Deno.test("Watchdog follows a deadline that moves, later and sooner", async () => {
  const { clock, watchdog, fired, bark } = watched();
  watchdog.watch(1_000, bark);
  watchdog.move(3_000);
  await clock.advance(2_000);
  assert.deepEqual(fired, []);
  watchdog.move(2_500);
  await clock.advance(2_000);
  assert.deepEqual(fired, [2_500]);
});

Deno.test("Watchdog at rest does not fire, and fires for the next watch only", async () => {
  const { clock, watchdog, fired, bark } = watched();
  watchdog.watch(1_000, () => assert.fail("this watch was over"));
  watchdog.rest();
  watchdog.watch(5_000, bark);
  await clock.advance(6_000);
  assert.deepEqual(fired, [5_000]);
});

Deno.test("Watchdog needs one timer for many watches with the same limit", async () => {
  const { clock, watchdog, bark } = watched();
  for (let round = 0; round < 10_000; round++) {
    watchdog.watch(clock.now() + 60_000, bark);
    watchdog.rest();
  }
  assert.equal(clock.started, 1);
  watchdog.stop();
  assert.equal(clock.pending, 0);
  await clock.advance(100_000);
});
