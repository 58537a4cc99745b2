import assert from "node:assert/strict";
import { testWith } from "../../tests/support/test_with.ts";
import { readFile, readRegularFile } from "./files.ts";
import type { FileContent } from "./types.ts";

const noPipes = Deno.build.os === "windows" ? "on Windows no pipes are in folders" : undefined;

async function withFolder(use: (path: string) => Promise<void>): Promise<void> {
  const path = await Deno.makeTempDir({ prefix: "files-" });
  try {
    await use(path);
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

function makePipe(path: string): void {
  new Deno.Command("mkfifo", { args: [path] }).outputSync();
}

function textOf(content: FileContent): string {
  return content instanceof Uint8Array ? new TextDecoder().decode(content) : content.error;
}

Deno.test("readRegularFile() reads up to its limit and nothing larger", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/file`;
    await Deno.writeTextFile(path, "12345");
    assert.equal(textOf(readRegularFile(path, { bytes: 5 })), "12345");
    assert.equal(textOf(readRegularFile(path, { bytes: 4 })), "too-large");
    await Deno.writeTextFile(path, "");
    assert.equal(textOf(readRegularFile(path, { bytes: 0 })), "");
    assert.equal(textOf(readRegularFile(`${folder}/none`, { bytes: 5 })), "missing");
    assert.equal(textOf(readRegularFile("", { bytes: 5 })), "missing");
    assert.equal(textOf(readRegularFile(folder, { bytes: 5 })), "directory");
    assert.equal(textOf(await readFile(folder, { bytes: 5 })), "directory");
  });
});

testWith({
  name: "readRegularFile() does not open pipes and devices",
  missing: noPipes,
  fn: async () => {
    await withFolder((folder) => {
      makePipe(`${folder}/pipe`);
      assert.equal(textOf(readRegularFile(`${folder}/pipe`, { bytes: 9 })), "not-regular");
      assert.equal(textOf(readRegularFile("/dev/zero", { bytes: 9 })), "not-regular");
      return Promise.resolve();
    });
  },
});

testWith({
  name: "readFile() reads a pipe to its end, and no device without one",
  missing: noPipes,
  fn: async () => {
    await withFolder(async (folder) => {
      const path = `${folder}/pipe`;
      makePipe(path);
      const [content] = await Promise.all([
        readFile(path, { bytes: 200_000 }),
        Deno.writeTextFile(path, "x".repeat(150_000)),
      ]);
      assert.equal(textOf(content), "x".repeat(150_000));
      assert.equal(textOf(await readFile("/dev/zero", { bytes: 200_000 })), "too-large");
      assert.equal(textOf(await readFile("/dev/null", { bytes: 1 })), "");
    });
  },
});

testWith({
  name: "readFile() gives up a pipe that nobody writes to, in time or when it is told to",
  missing: noPipes,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await withFolder(async (folder) => {
      const path = `${folder}/pipe`;
      makePipe(path);
      assert.equal(textOf(await readFile(path, { bytes: 9, ms: 20 })), "too-slow");
      const stop = new AbortController();
      const reading = readFile(path, { bytes: 9, signal: stop.signal });
      stop.abort("SIGINT");
      await assert.rejects(reading, (reason) => reason === "SIGINT");
      await assert.rejects(
        readFile(path, { bytes: 9, signal: stop.signal }),
        (reason) => reason === "SIGINT",
      );
      // Lets the readers that were left to themselves end: opened both ways, a pipe waits for nobody.
      const end = await Deno.open(path, { read: true, write: true });
      await new Promise((done) => setTimeout(done, 50));
      end.close();
    });
  },
});
