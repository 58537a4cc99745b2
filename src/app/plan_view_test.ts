import assert from "node:assert/strict";
import type { WriteOutcome } from "../system/types.ts";
import { openPrinter } from "./plan_view.ts";

/** Writes that end when they are told to. */
function slow() {
  const begun: string[] = [];
  const ends: ((outcome: WriteOutcome) => void)[] = [];
  const printer = openPrinter((bytes) => {
    begun.push(new TextDecoder().decode(bytes));
    const { promise, resolve } = Promise.withResolvers<WriteOutcome>();
    ends.push(resolve);
    return promise;
  });
  /** Ends the oldest write, and lets the next one begin. */
  async function end(outcome: WriteOutcome): Promise<void> {
    ends.shift()?.(outcome);
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  }
  return { ...printer, begun, end };
}

Deno.test("openPrinter() writes one text after another, without making who prints wait", async () => {
  const { print, done, begun, end } = slow();
  for (const text of ["a", "b", "c"]) print(text);
  await Promise.resolve();
  assert.deepEqual(begun, ["a"]);
  for (const _ of begun.slice()) await end("written");
  assert.deepEqual(begun, ["a", "b"]);
  await end("written");
  await end("written");
  assert.deepEqual(begun, ["a", "b", "c"]);
  assert.equal(await done(), "written");
});

Deno.test("openPrinter() writes nothing after what could not be written, and says why", async () => {
  for (const outcome of ["unread", { failure: "No space left on device" }] as const) {
    const { print, done, begun, end } = slow();
    print("a");
    print("b");
    await Promise.resolve();
    await end(outcome);
    assert.deepEqual(await done(), outcome);
    assert.deepEqual(begun, ["a"]);
  }
});
