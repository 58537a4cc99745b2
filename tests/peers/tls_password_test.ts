/** The password prompt on a terminal: nothing typed is shown, and standard input may be something else. */

import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { tlsCases } from "../differential/tls_cases.ts";
import { missing, pathOf } from "../support/installed.ts";
import { closedPort } from "../support/ports.ts";
import { ourProgram, type Run, runProgram } from "../support/run_program.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { clientTlsMissing, signalsMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";

const NO_TLS = await clientTlsMissing();

/** Opening the controlling terminal takes all permissions, which no executable has. */
function withoutTerminal(stdinIs: string): string | undefined {
  if (stdinIs !== "pipe" || ourProgram().args.length > 0) return undefined;
  return "an executable has its permissions compiled in";
}

for (const one of tlsCases()) {
  const { tty, terminal } = one;
  if (tty === undefined) continue;
  testWith({
    name: `as the reference: ${one.name}`,
    missing: missing({ program: "python3" }) ?? NO_TLS ?? withoutTerminal(tty.stdinIs),
    async fn() {
      const { command, args } = ourProgram();
      const ours = tty.stdinIs === "pipe" ? ["run", "--allow-all", args.at(-1) ?? ""] : args;
      const words = one.args.map((word) => word.replace("{port}", "1"));
      const run = await runProgram({ command: "python3", args: [] }, {
        args: [
          pathOf("foreign/on_terminal.py"),
          tty.stdinIs,
          tty.typed,
          command,
          ...ours,
          ...words,
        ],
        cwd: await sharedPki(),
      });
      assert.equal(linesOf(run).replace(/^hint: .*\n/m, ""), terminal);
    },
  });
}

/** What the terminal shows when a key is asked for and `typed` is typed, and how that ends. */
async function onTerminal(typed: string): Promise<Run & { readonly shown: string }> {
  const { command, args } = ourProgram();
  const key = ["+tls", "client-good.pbes2.key", "client-good.pem"];
  await using closed = await closedPort();
  const run = await runProgram({ command: "python3", args: [] }, {
    args: [
      ...[pathOf("foreign/on_terminal.py"), "tty", typed, command, ...args],
      ...[...key, "127.0.0.1", `${closed.port}`],
    ],
    cwd: await sharedPki(),
  });
  return { ...run, shown: linesOf(run) };
}

/** What a person reads: the console of Windows also moves and hides the cursor. */
function linesOf({ stdout }: Run): string {
  return stripVTControlCharacters(stdout).replaceAll(/\r+\n/g, "\n");
}

const ON_TERMINAL = missing({ program: "python3" }) ?? NO_TLS;

testWith({
  name:
    "a password is typed with Backspace, whole characters and Ctrl-U, and arrow keys are left out",
  missing: ON_TERMINAL,
  async fn() {
    for (
      const typed of [
        "secrex\x7ft\r",
        "secr\u00e4\x7fet\r",
        "wrong\x15secret\r",
        "sec\x1b[Dret\r",
        "secrex\bt\n",
      ]
    ) {
      const { shown, stderr } = await onTerminal(typed);
      assert.match(
        shown,
        /^Enter PEM pass phrase:\nF: Association Request Failed: 0006:031c .*Connection refused\n/,
        JSON.stringify(typed),
      );
      assert.equal(stderr, "echo on");
    }
  },
});

for (
  const [name, typed, code] of [["Ctrl-C", "sec\x03", 130], ["SIGTERM", "SIGTERM", 143]] as const
) {
  testWith({
    name: `${name} ends a prompt for a password, and the terminal echoes again`,
    missing: ON_TERMINAL ?? (name === "SIGTERM" ? await signalsMissing() : undefined),
    async fn() {
      const run = await onTerminal(typed);
      assert.deepEqual(
        [run.shown, run.stderr, run.code],
        ["Enter PEM pass phrase:\n", "echo on", code],
      );
    },
  });
}
