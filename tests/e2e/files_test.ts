/** Files that no narrow permission opens: the system's own, which have no size. */

import assert from "node:assert/strict";
import { loadFiles } from "../../src/system/mod.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
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
      const peer = ["127.0.0.1", "1"];
      const read = "/proc/self/environ is one that the runtime lets no program read";
      const use = "the runtime lets no program use it";
      const cases: readonly [readonly string[], string][] = [
        [["--plan", "/proc/self/environ"], read],
        [["--peers", "/proc/self/environ"], read],
        [["--jwt-file", "/proc/self/environ", ...peer], read],
        [["--history", "/proc/x", ...peer], `cannot write the history to '/proc/x': ${use}`],
        [["--report", "json=/proc/x", ...peer], use],
        [["--pcap", "/proc/x", ...peer], use],
        [["-lc", log, ...peer], `Unable to open file: /proc/x (${use})`],
      ];
      for (const [args, words] of cases) {
        const { stderr } = await runProgram(ourProgram(), { args });
        assert.ok(stderr.includes(words), `${args.join(" ")}: ${stderr}`);
        assert.doesNotMatch(stderr, /--allow/);
      }
    });
  },
});
