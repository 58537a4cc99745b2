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

/** What the world of a run holds besides network and time. */
export interface InnerWorld {
  /** As if a person read standard error. */
  readonly terminal?: boolean;
  /** The folder whose files can be read; none by default. */
  readonly folder?: string;
  /** Further files by name, before those of the folder. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Runs the program with `args`. */
export async function runInProcess(
  args: readonly string[],
  options: InnerWorld = {},
): Promise<InnerRun> {
  const decoder = new TextDecoder();
  const printed = { stdout: "", stderr: "" };
  const world = stillWorld({
    args,
    readFile: (path) => contentOf(path, options),
    writeOut(bytes) {
      printed.stdout += decoder.decode(bytes);
      return Promise.resolve("written");
    },
    print(bytes) {
      printed.stdout += decoder.decode(bytes);
      return Promise.resolve("written");
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

function contentOf(path: string, { folder, files = {} }: InnerWorld) {
  const text = files[path];
  if (text !== undefined) return new TextEncoder().encode(text);
  if (folder === undefined) return { error: "missing" } as const;
  try {
    return Deno.readFileSync(`${folder}/${path}`);
  } catch (error) {
    return { error: error instanceof Deno.errors.IsADirectory ? "directory" : "missing" } as const;
  }
}
