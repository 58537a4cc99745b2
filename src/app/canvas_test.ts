import assert from "node:assert/strict";
import { FakeClock } from "../../tests/support/fake_clock.ts";
import { ENTER, LEAVE } from "../live/mod.ts";
import type { WriteOutcome } from "../system/types.ts";
import { Canvas } from "./canvas.ts";

/** A canvas on a terminal that takes what is drawn when it is told to; a picture takes `pictureMs`. */
function slow(pictureMs = 0) {
  const clock = new FakeClock();
  const seen = { text: "", pictures: 0, failures: 0 };
  const ends: ((outcome: WriteOutcome) => void)[] = [];
  const canvas = new Canvas({
    world: {
      clock: { now: () => clock.now() + seen.pictures * pictureMs, after: clock.after },
      writeOut(bytes) {
        seen.text += new TextDecoder().decode(bytes);
        const { promise, resolve } = Promise.withResolvers<WriteOutcome>();
        ends.push(resolve);
        return promise;
      },
    },
    lines: () => [`picture ${seen.pictures += 1}`],
    failed: () => void (seen.failures += 1),
  });
  /** The terminal has taken everything that was written. */
  async function take(outcome: WriteOutcome = "written"): Promise<void> {
    for (const end of ends.splice(0)) end(outcome);
    await clock.advance(0);
  }
  return { canvas, clock, seen, take };
}

Deno.test("a canvas makes no picture while a slow terminal has not taken the last one", async () => {
  const { canvas, clock, seen, take } = slow();
  assert.equal(seen.text, ENTER);
  for (let turn = 0; turn < 100; turn += 1) canvas.draw();
  await clock.advance(60_000);
  assert.equal(seen.pictures, 0);
  await take();
  assert.equal(seen.pictures, 1);
  await take();
  assert.equal(seen.pictures, 1);
});

Deno.test("a canvas draws every second, and what happens often at most ten times a second", async () => {
  const { canvas, clock, seen, take } = slow();
  await take();
  assert.equal(seen.pictures, 1);
  await take();
  await clock.advance(1000);
  assert.equal(seen.pictures, 2);
  await take();
  for (let turn = 0; turn < 50; turn += 1) canvas.drawSoon();
  await clock.advance(99);
  assert.equal(seen.pictures, 2);
  await clock.advance(1);
  assert.equal(seen.pictures, 3);
});

Deno.test("a canvas spends at most a tenth of the time on pictures that take long", async () => {
  const { canvas, clock, seen, take } = slow(50);
  await take();
  await take();
  canvas.drawSoon();
  await clock.advance(449);
  assert.equal(seen.pictures, 1);
  await clock.advance(1);
  assert.equal(seen.pictures, 2);
});

Deno.test("a canvas gives the screen back last, and says when nobody can see it any more", async () => {
  const { canvas, clock, seen, take } = slow();
  await take();
  await take({ failure: "Input/output error" });
  assert.equal(seen.failures, 1);
  canvas.drawSoon();
  canvas.close();
  assert.ok(seen.text.endsWith(LEAVE));
  canvas.draw();
  canvas.drawSoon();
  await clock.advance(5000);
  await take("unread");
  assert.ok(seen.text.endsWith(LEAVE));
  assert.deepEqual([seen.failures, clock.pending], [1, 0]);
});
