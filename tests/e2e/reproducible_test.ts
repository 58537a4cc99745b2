/** The same sources give the same bytes, wherever they are compiled: releases can be checked by making them again. */

import assert from "node:assert/strict";
import { stage } from "../../tools/ship/stage.ts";
import { fromFileUrl } from "../support/paths.ts";

const TOP = fromFileUrl(new URL("../../", import.meta.url)).replace(/[/\\]$/, "");
const TEMPORARY = Deno.build.os === "windows" ? "TMP" : "TMPDIR";

interface StagedFile {
  readonly name: string;
  readonly seconds: number;
  readonly bytes: Uint8Array;
}

/** What the compiler is given when everything is made below a temporary folder. */
async function stagedBelow(folder: string): Promise<readonly StagedFile[]> {
  const before = Deno.env.get(TEMPORARY);
  Deno.env.set(TEMPORARY, folder);
  try {
    await using staged = await stage(TOP, { commit: "abc", epochSeconds: 1_000_000_000 });
    assert.ok(staged.folder.includes("echoscu-compile-"));
    const names = [...Deno.readDirSync(staged.folder)].map(({ name }) => name).sort();
    return names.map((name) => ({
      name,
      seconds: (Deno.statSync(`${staged.folder}/${name}`).mtime?.getTime() ?? 0) / 1000,
      bytes: Deno.readFileSync(`${staged.folder}/${name}`),
    }));
  } finally {
    if (before === undefined) Deno.env.delete(TEMPORARY);
    else Deno.env.set(TEMPORARY, before);
  }
}

Deno.test("stage() gives the compiler the same files in a temporary folder of another depth", async () => {
  const folder = await Deno.makeTempDir({ prefix: "echoscu-e2e-" });
  try {
    const deep = `${folder}/one/two three`;
    await Deno.mkdir(deep, { recursive: true });
    const [first, second] = [await stagedBelow(folder), await stagedBelow(deep)];
    assert.ok(first.some(({ name }) => name === "main.js"));
    assert.deepEqual(second.map(({ name }) => name), first.map(({ name }) => name));
    assert.deepEqual(second, first);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
