/**
 * Who plays a recorded case: the program as a process of its own, or the same code inside the test.
 *
 * A process costs twenty times the case itself. So where cases differ only in what is on the wire and in the texts, a fixed
 * share is played by processes and the others inside; `-- --slow`, or an executable that `ECHOSCU_BIN` names, has all of
 * them played by processes.
 */

import { run, type World } from "../../src/app/mod.ts";
import {
  loadFiles,
  loadSeedWriter,
  MOST_CERTIFICATE_BYTES,
  MOST_TEXT_BYTES,
} from "../../src/system/mod.ts";
import { dial, listen, loadResolver } from "../../src/transport/mod.ts";
import { ourProgram, type Run, type RunOptions, runProgram, toText } from "./run_program.ts";
import { stillWorld } from "./still_world.ts";

/** Plays one run to its end. */
export type Player = (run: PlayedRun) => Promise<Run>;

/** One run. */
export type PlayedRun = RunOptions & { readonly args: readonly string[] };

const ONLY_PROCESSES = Deno.args.includes("--slow") || Deno.env.has("ECHOSCU_BIN");

/** Says what is played how, where not all is played by processes. */
export function sayShare(share: string): void {
  if (ONLY_PROCESSES) return;
  console.log(`${share} by processes, the others inside the test (-- --slow: all by processes)`);
}

/** The player of a run that belongs to the share of processes, or not. */
export function playerOf(isShare: boolean): Player {
  if (!isShare && !ONLY_PROCESSES) return playInside;
  const program = ourProgram();
  return (run) => runProgram(program, run);
}

/** Runs the program with this machine's files, variables and network. It gets no standard input. */
async function playInside(
  { args, env = {}, cwd = ".", timeoutMs = 60_000 }: PlayedRun,
): Promise<Run> {
  const started = performance.now();
  const printed = { stdout: "", stderr: "" };
  const end = new AbortController();
  const timer = setTimeout(() => end.abort("SIGTERM"), timeoutMs);
  const print = (bytes: Uint8Array) => {
    printed.stdout += latin1(bytes);
    return Promise.resolve("written" as const);
  };
  const code = await run(stillWorld({
    args,
    target: Deno.build.target,
    runtimeVersion: Deno.version.deno,
    ...await filesBelow(cwd),
    print,
    writeOut: print,
    writeErr: (bytes) => void (printed.stderr += latin1(bytes)),
    env: (name) => env[name] ?? Deno.env.get(name),
    clock: { now: () => performance.now(), after },
    wallTime: () => Date.now(),
    signal: end.signal,
    dial,
    lookUp: async (host, family) => await (await loadResolver()).addressesOf(host, family),
    listen,
  }));
  clearTimeout(timer);
  return {
    code,
    signal: null,
    killed: end.signal.aborted,
    stdout: textOf(printed.stdout),
    stderr: textOf(printed.stderr),
    wallMs: performance.now() - started,
  };
}

/** The files of this machine, for names that start in the folder `cwd`. */
async function filesBelow(cwd: string): Promise<Partial<World>> {
  const { listFolder, plainText, readRegularFile } = await loadFiles();
  const at = (path: string) => path.startsWith("/") ? path : `${cwd}/${path}`;
  const read = (path: string, as: "text" | "bytes" = "text") => {
    const bytes = as === "text" ? MOST_TEXT_BYTES : MOST_CERTIFICATE_BYTES;
    const content = readRegularFile(at(path), { bytes });
    return as === "text" ? plainText(content) : content;
  };
  return {
    readFile: read,
    loadRegularFiles: () => Promise.resolve(read),
    listFolder: (path) => Promise.resolve(listFolder(at(path))),
    writeSeed: async (path, bytes) => await (await loadSeedWriter())(at(path), bytes),
  };
}

/** Each byte as one character, so that pieces may end anywhere. */
function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

function textOf(characters: string): string {
  return toText(Uint8Array.from(characters, (character) => character.charCodeAt(0)));
}

function after(ms: number, wake: () => void): () => void {
  const timer = setTimeout(wake, Math.min(ms, 0x7fffffff));
  return () => clearTimeout(timer);
}
