/** What consoles of Windows send to their programs. */

import assert from "node:assert/strict";
import { fromFileUrl } from "../support/paths.ts";
import { freePort } from "../support/ports.ts";
import { ourSources, runProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";

const EVENTS = [
  ["Ctrl-C", 0, 130, "SIGINT"],
  ["Ctrl-Break", 1, 130, "SIGINT"],
  ["the closing of a console", 2, 143, "SIGTERM"],
] as const;

for (const [name, event, expected, reason] of EVENTS) {
  testWith({
    name: `${name} ends --listen politely on Windows`,
    missing: Deno.build.os === "windows" ? undefined : "only Windows has such consoles",
    async fn() {
      const { command, args } = ourSources();
      const main = fromFileUrl(new URL("../support/console_event.ts", import.meta.url));
      const port = `${freePort()}`;
      const { code, stderr } = await runProgram({
        command,
        args: [...args.slice(0, -1), "--no-check", "--allow-ffi", main],
      }, { args: [`${event}`, port, "-v", "--listen", `127.0.0.1:${port}`] });
      assert.equal(code, expected, stderr);
      assert.ok(stderr.includes(`\nI: Stopping because of ${reason}\n`), stderr);
      assert.match(stderr, /\nI: Stopped after .*\n$/);
    },
  });
}
