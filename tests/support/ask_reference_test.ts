import assert from "node:assert/strict";
import { askAgain, askReference } from "./ask_reference.ts";

/** Answers with these signals, one after another, and counts. */
function answering(...signals: readonly (string | null)[]) {
  let asked = 0;
  const ask = () => Promise.resolve({ signal: signals[asked++] ?? null, number: asked });
  return { ask, asked: () => asked };
}

/** What is printed meanwhile. */
async function printed(run: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => void lines.push(line);
  await run().finally(() => console.log = log);
  return lines;
}

Deno.test("askAgain() takes the first answer that no signal ended", async () => {
  const calm = answering(null);
  assert.deepEqual(await askAgain(calm.ask), { signal: null, number: 1 });
  const moody = answering("SIGABRT", "SIGABRT", null);
  assert.deepEqual(await askAgain(moody.ask), { signal: null, number: 3 });
  const broken = answering("SIGABRT", "SIGABRT", "SIGSEGV", null);
  assert.deepEqual(await askAgain(broken.ask), { signal: "SIGSEGV", number: 3 });
  assert.equal(broken.asked(), 3);
});

Deno.test("askReference() counts a lasting crash by name, and gives up on a reference that always crashes", async () => {
  const crash = () => Promise.resolve({ signal: "SIGABRT" });
  const lines = await printed(async () => {
    assert.deepEqual(await askReference("fine", answering("SIGABRT", null).ask), {
      signal: null,
      number: 2,
    });
    for (let at = 1; at <= 5; at++) {
      assert.equal(await askReference(`seed ${at}`, crash), undefined);
    }
    await assert.rejects(askReference("seed 6", crash), /the reference crashed on 6 questions/);
  });
  assert.equal(lines[0], "the reference's crash, not compared: seed 1 (SIGABRT, 3 times)");
  assert.equal(lines.length, 6);
});
