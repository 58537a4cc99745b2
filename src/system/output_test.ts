import assert from "node:assert/strict";
import { MOST_DEFERRED_BYTES, Output, type OutputHost } from "./output.ts";

/** Streams that write when they are told to. */
class TestingHost implements OutputHost {
  /** What was written, in order. */
  readonly written: string[] = [];
  /** What the next writes throw. */
  readonly failures: string[] = [];
  /** Streams that nobody reads. */
  readonly unread = new Set<string>();
  #wake = Promise.withResolvers<void>();

  constructor(readonly apart = false) {}

  async write(stream: "stdout" | "stderr", bytes: Uint8Array): Promise<number> {
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    while (this.unread.has(stream)) await this.#wake.promise;
    this.written.push(`${stream}: ${new TextDecoder().decode(bytes)}`);
    return bytes.length;
  }

  readonly failureOf = (error: unknown) =>
    error === "again" || error === "unread" ? error : { failure: String(error) };
  readonly areApart = () => this.apart;
  readonly pause = () => Promise.resolve();
  readonly wordLoss = (stream: string, count: number) => bytesOf(`${count} lost of ${stream}\n`);

  /** Somebody reads everything. */
  read(): void {
    this.unread.clear();
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

Deno.test("put() keeps the order of both streams where they may lead to the same place", async () => {
  const host = new TestingHost();
  const output = new Output(host);
  output.put("stderr", bytesOf("1\n"));
  output.put("stderr", bytesOf("2\n"));
  output.put("stdout", bytesOf("3\n"));
  output.put("stderr", bytesOf("4\n"));
  await output.flushed();
  assert.deepEqual(host.written, ["stderr: 1\n2\n", "stdout: 3\n", "stderr: 4\n"]);
});

Deno.test("put() never parts a line that one write takes", async () => {
  const host = new TestingHost();
  const output = new Output(host);
  const line = `${"x".repeat(1499)}\n`;
  for (let at = 0; at < 5; at++) output.put("stderr", bytesOf(line));
  output.put("stderr", bytesOf("y".repeat(9000)));
  await output.flushed();
  assert.deepEqual(host.written.map((text) => text.length - 8), [3000, 3000, 1500, 9000]);
});

Deno.test("put() does not wait for a stream of its own that nobody reads", async () => {
  const host = new TestingHost(true);
  host.unread.add("stderr");
  const output = new Output(host);
  output.put("stderr", bytesOf("lost\n"));
  assert.equal(await output.print("stdout", bytesOf("a report\n")), "written");
  assert.deepEqual(host.written, ["stdout: a report\n"]);
});

Deno.test("put() drops what finds no room, and says how much where it is missing", async () => {
  const host = new TestingHost();
  host.unread.add("stderr");
  const output = new Output(host);
  const half = new Uint8Array(MOST_DEFERRED_BYTES / 2).fill(0x61);
  output.put("stderr", half);
  output.put("stderr", half);
  for (let at = 0; at < 3; at++) output.put("stderr", bytesOf("lost\nlost\n"));
  assert.equal(await output.put("stdout", bytesOf("lost")), "written");
  host.read();
  await output.flushed();
  output.put("stderr", bytesOf("next\n"));
  await output.flushed();
  assert.deepEqual(
    host.written.map((text) => text.slice(0, 40)).slice(2),
    ["stderr: 6 lost of stderr\n1 lost of stdout\n".slice(0, 40), "stderr: next\n"],
  );
});

Deno.test("print() waits for room however much there is to print", async () => {
  const host = new TestingHost();
  host.unread.add("stdout");
  const output = new Output(host);
  output.print("stdout", new Uint8Array(MOST_DEFERRED_BYTES).fill(0x61));
  const last = output.print("stdout", bytesOf("the end\n"));
  host.read();
  assert.equal(await last, "written");
  assert.equal(host.written.at(-1), "stdout: the end\n");
});

Deno.test("print() tries again where a stream takes nothing now", async () => {
  const host = new TestingHost();
  host.failures.push("again", "again");
  const output = new Output(host);
  assert.equal(await output.print("stdout", bytesOf("x")), "written");
  assert.deepEqual(host.written, ["stdout: x"]);
});

Deno.test("print() tries a full disk again, and a stream whose reader has left never", async () => {
  const host = new TestingHost();
  host.failures.push("full");
  const output = new Output(host);
  assert.deepEqual(await output.print("stdout", bytesOf("x")), { failure: "full" });
  assert.equal(await output.print("stdout", bytesOf("y")), "written");
  host.failures.push("unread");
  assert.equal(await output.print("stdout", bytesOf("z")), "unread");
  assert.equal(await output.print("stdout", bytesOf("z")), "unread");
  assert.equal(await output.print("stderr", bytesOf("e")), "written");
  assert.deepEqual(host.written, ["stdout: y", "stderr: e"]);
});

Deno.test("flushed() resolves at once where nothing was printed", async () => {
  await new Output(new TestingHost()).flushed();
});
