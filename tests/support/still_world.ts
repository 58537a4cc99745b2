/** A world in which nothing can be read, reached or waited for: tests replace what they need. */

import type { World } from "../../src/app/mod.ts";

const NOT_HERE = new Error("not in this world");

/** A still world with `changes`; the clock must be one of them. */
export function stillWorld(
  changes: Partial<World> & Pick<World, "args" | "clock">,
): World {
  return {
    programName: "echoscu",
    target: "x86_64-unknown-linux-gnu",
    runtimeVersion: "2",
    readFile: () => ({ error: "missing" }),
    listFolder: () => Promise.resolve(undefined),
    writeSeed: () => Promise.resolve("written"),
    askPassword: () => Promise.resolve(undefined),
    readInput: () => Promise.resolve({ error: "unreadable" }),
    loadRegularFiles: () => Promise.resolve(() => ({ error: "missing" })),
    writeOut: () => Promise.resolve("written"),
    wordLosses: () => {},
    print: () => Promise.resolve("written"),
    writeErr: () => {},
    writeReport: () => Promise.resolve({ failure: NOT_HERE.message }),
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    columns: () => undefined,
    env: () => undefined,
    machineName: () => undefined,
    wallTime: () => 0,
    signal: new AbortController().signal,
    setHangup: () => {},
    takeTerminal: () => Promise.resolve(undefined),
    lookUp: () => Promise.reject(NOT_HERE),
    dial: () => Promise.reject(NOT_HERE),
    listen: () => Promise.reject(NOT_HERE),
    ...changes,
  };
}
