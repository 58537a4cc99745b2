/** Files that no narrow permission opens: the system's own, which have no size. */

import assert from "node:assert/strict";
import { loadFiles } from "../../src/system/mod.ts";
import { testWith } from "../support/test_with.ts";

testWith({
  name: "readFile() reads a file without a size up to its limit",
  missing: Deno.build.os === "linux" ? undefined : "/proc is there on Linux only",
  fn: async () => {
    const { readFile } = await loadFiles();
    const content = await readFile("/proc/self/status", { bytes: 100_000 });
    assert.ok(content instanceof Uint8Array, JSON.stringify(content));
    assert.match(new TextDecoder().decode(content), /^Name:/);
    const larger = await readFile("/proc/self/status", { bytes: 100 });
    assert.deepEqual(larger, { error: "too-large" });
  },
});
