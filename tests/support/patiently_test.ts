import assert from "node:assert/strict";
import { limitsTimes, patiently } from "./patiently.ts";

Deno.test("limitsTimes() widens limits in arguments and texts, and nothing else", () => {
  const { args, text } = limitsTimes(15);
  const words = ["-ta", "1", "-ts", "0", "-td", "3", "--repeat", "2", "localhost", "104"];
  assert.equal(args(words).join(" "), "-ta 15 -ts 0 -td 45 --repeat 2 localhost 104");
  assert.equal(text("silent for 1 s (-ts), 2 s later"), "silent for 15 s (-ts), 2 s later");
  assert.equal(text("D: setting timeout to 2 seconds"), "D: setting timeout to 30 seconds");
  assert.deepEqual(limitsTimes(1).args(words), words);
});

Deno.test("patiently() believes a first success, and a failure only with wide limits", async () => {
  const factors: number[] = [];
  await patiently(({ factor }) => Promise.resolve(void factors.push(factor)));
  assert.deepEqual(factors, [1]);
  const log = console.log;
  console.log = () => {};
  try {
    await patiently(({ factor }) => factor > 1 ? Promise.resolve() : Promise.reject(Error("slow")));
    await assert.rejects(patiently(() => Promise.reject(Error("wrong"))), /wrong/);
  } finally {
    console.log = log;
  }
});
