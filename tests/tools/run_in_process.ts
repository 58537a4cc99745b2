/** Runs the whole program inside the test, with real sockets and a real clock but no process of its own. */

import { run } from "../../src/app/mod.ts";
import { stillWorld } from "./still_world.ts";
import { dial, listen } from "../../src/transport/mod.ts";

/** What was seen of a run. */
export interface InnerRun {
  /** Exit code. */
  readonly code: number;
  /** Standard output. */
  readonly stdout: string;
  /** Standard error. */
  readonly stderr: string;
}

/** Runs the program with `args`; `terminal`: as if a person read standard error. */
export async function runInProcess(
  args: readonly string[],
  options: { readonly terminal?: boolean } = {},
): Promise<InnerRun> {
  const decoder = new TextDecoder();
  const printed = { stdout: "", stderr: "" };
  const world = stillWorld({
    args,
    writeOut(bytes) {
      printed.stdout += decoder.decode(bytes);
      return "written";
    },
    writeErr: (bytes) => void (printed.stderr += decoder.decode(bytes)),
    stderrIsTerminal: options.terminal ?? false,
    clock: {
      now: () => performance.now(),
      after(ms, wake) {
        const timer = setTimeout(wake, Math.min(ms, 0x7fffffff));
        return () => clearTimeout(timer);
      },
    },
    wallTime: () => Date.now(),
    dial,
    listen,
  });
  const code = await run(world);
  return { code, ...printed };
}
