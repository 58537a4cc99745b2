/** The password prompt on a terminal: nothing typed is shown, and standard input may be something else. */

import assert from "node:assert/strict";
import { tlsCases } from "../differential/tls_cases.ts";
import { missing, pathOf } from "../tools/installed.ts";
import { ourProgram, runProgram } from "../tools/run_program.ts";
import { sharedPki } from "../tools/shared_pki.ts";
import { tlsTestsMissing } from "../tools/runtime_of.ts";
import { testWith } from "../tools/test_with.ts";

const NO_TLS = await tlsTestsMissing();

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
      const shown = run.stdout.replaceAll("\r\n", "\n").replace(/^hint: .*\n/m, "");
      assert.equal(shown, terminal);
    },
  });
}
