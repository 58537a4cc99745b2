import assert from "node:assert/strict";
import { inLanes } from "./lanes.ts";

Deno.test("inLanes() keeps the order of the pieces, and does no more at once than it may", async () => {
  let now = 0;
  let most = 0;
  const begun: number[] = [];
  const results = await inLanes([1, 2, 3, 4, 5, 6, 7], {
    lanes: 3,
    async work(piece) {
      begun.push(piece);
      most = Math.max(most, ++now);
      // The later ones are done sooner.
      for (let turns = 10 - piece; turns > 0; turns--) await Promise.resolve();
      now -= 1;
      return piece * piece;
    },
  });
  assert.deepEqual(results, [1, 4, 9, 16, 25, 36, 49]);
  assert.deepEqual(begun, [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(most, 3);
});

Deno.test("inLanes() begins nothing after an error, and throws it", async () => {
  const begun: number[] = [];
  const work = (piece: number) => {
    begun.push(piece);
    return piece === 2 ? Promise.reject(new Error("two")) : Promise.resolve(piece);
  };
  await assert.rejects(inLanes([1, 2, 3, 4, 5], { lanes: 1, work }), /two/);
  assert.deepEqual(begun, [1, 2]);
});
