/** Files that no narrow permission opens: the system's own, which have no size. */

import assert from "node:assert/strict";
import { loadFiles } from "../../src/system/mod.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { keepingMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";

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

/** Expects words of a run with such arguments, and that no flag of the runtime is advised. */
async function says(args: readonly string[], words: string): Promise<void> {
  const { stderr } = await runProgram(ourProgram(), { args });
  assert.ok(stderr.includes(words), `${args.join(" ")}: ${stderr}`);
  assert.doesNotMatch(stderr, /--allow/);
}

const PEER = ["127.0.0.1", "1"];
const USE = "the runtime lets no program use it";

testWith({
  name: "files that the runtime keeps from every program are named so, and no flag is advised",
  missing: Deno.build.os === "linux" ? undefined : "/proc is there on Linux only",
  fn: async () => {
    await withFolder(async (folder) => {
      const log = `${folder}/log.cfg`;
      await Deno.writeTextFile(
        log,
        "log4cplus.rootLogger=INFO, A\nlog4cplus.appender.A=log4cplus::FileAppender\n" +
          "log4cplus.appender.A.File=/proc/x\n",
      );
      const read = "/proc/self/environ is one that the runtime lets no program read";
      await says(["--plan", "/proc/self/environ"], read);
      await says(["--peers", "/proc/self/environ"], read);
      await says(["--jwt-file", "/proc/self/environ", ...PEER], read);
      await says(["--report", "json=/proc/x", ...PEER], USE);
      await says(["--pcap", "/proc/x", ...PEER], USE);
      await says(["-lc", log, ...PEER], `Unable to open file: /proc/x (${USE})`);
    });
  },
});

testWith({
  name: "a history that the runtime keeps from every program is named so",
  missing: Deno.build.os === "linux"
    ? await keepingMissing(ourProgram())
    : "/proc is there on Linux only",
  fn: () =>
    says(["--history", "/proc/x", ...PEER], `cannot write the history to '/proc/x': ${USE}`),
});
