import assert from "node:assert/strict";
import { testWith } from "../../tests/support/test_with.ts";
import { isInSharedFolder, PlantedLinkError, whereLinksLead } from "./links.ts";
import { writeSeed } from "./seed.ts";

const WINDOWS = Deno.build.os === "windows"
  ? "who makes links on Windows needs a right to, and there are no modes"
  : undefined;
const SEED = new Uint8Array(8).fill(7);

/** A folder of ours, `open` in it for everybody, and `own` only for us. */
async function inFolders(use: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "links-" }));
  try {
    await Deno.mkdir(`${root}/own`, { mode: 0o755 });
    await Deno.mkdir(`${root}/open`);
    await Deno.chmod(`${root}/open`, 0o1777);
    await Deno.writeTextFile(`${root}/own/victim`, "precious");
    await Deno.chmod(`${root}/own/victim`, 0o644);
    await use(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

testWith({
  name: "whereLinksLead() follows links in folders of our own, wherever they are in a path",
  missing: WINDOWS,
  fn: async () => {
    await inFolders(async (root) => {
      await Deno.symlink("own", `${root}/way`);
      await Deno.symlink("../own/victim", `${root}/own/link`);
      await Deno.symlink(`${root}/own/new`, `${root}/own/dangling`);
      for (
        const [path, leads] of [
          ["own/victim", "own/victim"],
          ["way/victim", "own/victim"],
          ["way/link", "own/../own/victim"],
          ["own/dangling", "own/new"],
          ["own/nothing/at/all", "own/nothing/at/all"],
          ["open/new", "open/new"],
          ["./own//victim", "own/victim"],
        ] as const
      ) assert.equal(await whereLinksLead(`${root}/${path}`), `${root}/${leads}`, path);
    });
  },
});

Deno.test("whereLinksLead() keeps to the working directory, and to the root", async () => {
  for (
    const [path, leads] of [[".", "."], ["./", "./"], ["./.", "."], ["", ""], ["/", "/"]] as const
  ) {
    assert.equal(await whereLinksLead(path), leads, path);
  }
});

testWith({
  name:
    "whereLinksLead() follows no link in a folder that others may write to, nor one that leads there",
  missing: WINDOWS,
  fn: async () => {
    await inFolders(async (root) => {
      await Deno.symlink(`${root}/own/victim`, `${root}/open/file`);
      await Deno.symlink(`${root}/own`, `${root}/open/folder`);
      await Deno.symlink(`${root}/nowhere`, `${root}/open/dangling`);
      await Deno.symlink(`${root}/open/file`, `${root}/own/onward`);
      await Deno.mkdir(`${root}/open/within`, { mode: 0o755 });
      for (
        const path of ["open/file", "open/folder/victim", "open/dangling", "own/onward"]
      ) {
        await assert.rejects(whereLinksLead(`${root}/${path}`), PlantedLinkError, path);
      }
      assert.equal(await isInSharedFolder(`${root}/open/x`), true);
      assert.equal(await isInSharedFolder(`${root}/own/x`), false);
      // What is ours within an open folder is ours.
      assert.equal(await isInSharedFolder(`${root}/open/within/x`), false);
    });
  },
});

testWith({
  name: "whereLinksLead() ends where links go round in circles",
  missing: WINDOWS,
  fn: async () => {
    await inFolders(async (root) => {
      await Deno.symlink("b", `${root}/own/a`);
      await Deno.symlink("a", `${root}/own/b`);
      await assert.rejects(whereLinksLead(`${root}/own/a`), Deno.errors.FilesystemLoop);
    });
  },
});

testWith({
  name: "writeSeed() overwrites the start of a file and lets only its owner read it",
  missing: WINDOWS,
  fn: async () => {
    await inFolders(async (root) => {
      await Deno.writeFile(`${root}/own/seed`, new Uint8Array(10));
      await Deno.chmod(`${root}/own/seed`, 0o644);
      for (const [name, size] of [["seed", 10], ["fresh", 8]] as const) {
        assert.equal(await writeSeed(`${root}/own/${name}`, SEED), "written");
        const { mode } = await Deno.stat(`${root}/own/${name}`);
        const bytes = await Deno.readFile(`${root}/own/${name}`);
        assert.deepEqual([(mode ?? 0) & 0o777, bytes.length, bytes[7]], [0o600, size, 7]);
      }
    });
  },
});

testWith({
  name:
    "writeSeed() neither writes through planted names nor changes the mode of what a link leads to",
  missing: WINDOWS,
  fn: async () => {
    await inFolders(async (root) => {
      const victim = `${root}/own/victim`;
      const state = async () =>
        [await Deno.readTextFile(victim), ((await Deno.stat(victim)).mode ?? 0) & 0o777] as const;
      const before = await state();
      await Deno.symlink(victim, `${root}/open/link`);
      await Deno.symlink(`${root}/own/made`, `${root}/open/dangling`);
      await Deno.link(victim, `${root}/open/hard`);
      for (const name of ["link", "dangling", "hard"]) {
        const outcome = await writeSeed(`${root}/open/${name}`, SEED);
        assert.ok(typeof outcome !== "string", name);
        assert.match(outcome.failure, /in a folder that others may write to/);
      }
      assert.deepEqual(await state(), before);
      await assert.rejects(Deno.stat(`${root}/own/made`), Deno.errors.NotFound);
      await Deno.remove(`${root}/open/hard`);
      await Deno.symlink(victim, `${root}/own/link`);
      assert.equal(await writeSeed(`${root}/own/link`, SEED), "written");
      assert.equal((await state())[1], 0o644);
    });
  },
});
