/**
 * Runs a program and keeps what can be seen of it: exit code, both streams, time.
 *
 * "Ours" is `main.ts` run by the Deno that runs the tests, with the permissions of the `start` task; or the executable
 * that `ECHOSCU_BIN` names; or, as in the gate, the bundle whose `main.js` `ECHOSCU_BUNDLE` names. "The reference" is
 * DCMTK's echoscu 3.6.7 as found on the path.
 */

import config from "../../deno.json" with { type: "json" };
import { bundle } from "../../tools/ship/bundle.ts";
import { runFlags } from "../../tools/ship/flags.ts";
import { fromFileUrl } from "./paths.ts";
import { signalChild } from "./signal_child.ts";
import { slowness } from "./slowness.ts";

/** A command without its last arguments. */
export interface Program {
  /** File to execute. */
  readonly command: string;
  /** Arguments that come before those of a run. */
  readonly args: readonly string[];
}

/** How to run it. */
export interface RunOptions {
  /** Variables added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Text for standard input; none by default. */
  readonly stdin?: string;
  /** Killed after this time; default 60 s, more in slow laboratories. */
  readonly timeoutMs?: number;
  /** Folder to run in. */
  readonly cwd?: string;
  /** Called with the process id as soon as it runs. */
  readonly watch?: (pid: number) => void;
}

/** What was seen of a run. */
export interface Run {
  /** Exit code; 128 plus the number for a signal. */
  readonly code: number;
  /** The signal that ended it; `null` when none did. */
  readonly signal: Deno.Signal | null;
  /** Whether it had to be killed because its time was up. */
  readonly killed: boolean;
  /** Standard output as text. */
  readonly stdout: string;
  /** Standard error as text. */
  readonly stderr: string;
  /** From the start to the end of the process. */
  readonly wallMs: number;
}

const TOP = new URL("../../", import.meta.url);
const REFERENCE_VERSION = "3.6.7";

/** Our program. */
export function ourProgram(): Program {
  const executable = Deno.env.get("ECHOSCU_BIN");
  if (executable !== undefined) return { command: executable, args: [] };
  const bundle = Deno.env.get("ECHOSCU_BUNDLE");
  return bundle === undefined ? ourSources() : runOfBundle(bundle);
}

/** Our program from its sources: for what the permissions of a user who runs these are, and what is measured. */
export function ourSources(): Program {
  const [, , run, ...flags] = config.tasks.start.command.split(" ");
  const main = fromFileUrl(new URL("main.ts", TOP));
  const shared = ["--quiet", `--config=${main.replace(/main\.ts$/, "deno.json")}`];
  return { command: Deno.execPath(), args: [run ?? "run", ...shared, ...flags.slice(0, -1), main] };
}

/** Our program bundled, what is used on demand in files of its own: what gets compiled. It is there as long as who asks. */
export async function bundledProgram(): Promise<Program | { readonly missing: string }> {
  const folder = await Deno.makeTempDir({ prefix: "echoscu-bundle-" });
  addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  try {
    await bundle({ sources: fromFileUrl(TOP), folder });
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
  return runOfBundle(`${folder}/main.js`);
}

/** A bundle under the runtime that runs the tests. */
export function runOfBundle(main: string): Program {
  return { command: Deno.execPath(), args: ["run", ...runFlags(), main] };
}

/** The reference program, or why it cannot be used here. */
export async function referenceProgram(): Promise<Program | { readonly missing: string }> {
  const program = { command: "echoscu", args: [] };
  const identity = await identify(program).catch(() => "");
  if (identity.startsWith(`$dcmtk: echoscu v${REFERENCE_VERSION} `)) return program;
  const found = identity === "" ? "no echoscu" : `"${identity}"`;
  return {
    missing: `the reference, DCMTK ${REFERENCE_VERSION}, is not installed (found ${found})`,
  };
}

/** Whether `ECHOSCU_BIN` puts the reference itself in our place, to try the tests themselves. */
export async function isReference(program: Program): Promise<boolean> {
  return (await identify(program)).startsWith("$dcmtk:");
}

/** Runs a program to its end. */
export async function runProgram(
  program: Program,
  { args, ...options }: RunOptions & { readonly args: readonly string[] },
): Promise<Run> {
  const started = performance.now();
  const child = spawn(program, { args, ...options });
  options.watch?.(child.pid);
  if (options.stdin !== undefined) {
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(options.stdin)).catch(() => {});
    await writer.close().catch(() => {});
  }
  let killed = false;
  const timer = setTimeout(() => {
    killed = true;
    signalChild(child, "SIGKILL");
  }, options.timeoutMs ?? 60_000 * slowness());
  const output = await child.output();
  clearTimeout(timer);
  return {
    code: output.code,
    signal: output.signal,
    killed,
    stdout: toText(output.stdout),
    stderr: toText(output.stderr),
    wallMs: performance.now() - started,
  };
}

/** A program that runs until it is stopped; `await using` stops it. */
export interface Running extends AsyncDisposable {
  /** Process id. */
  readonly pid: number;
  /** Whether it still runs. */
  readonly alive: boolean;
  /** Everything it wrote to both streams so far. */
  output(): string;
  /** Ends it by a signal (default SIGTERM) and gives its exit code; kills it when it has not ended after a minute. */
  stop(signal?: Deno.Signal): Promise<number>;
}

/** Why a program cannot be sent a signal; `undefined` when it can. */
export const SIGNALS_MISSING = Deno.build.os === "windows"
  ? "Windows has no signals: the runtime ends the process"
  : undefined;

/** What a program may take to end. */
const STOP_LIMIT_MS = 60_000;

/** Starts a program that goes on until it is stopped. */
export function startProgram(
  program: Program,
  { args, ...options }: RunOptions & { readonly args: readonly string[] },
): Running {
  const child = spawn(program, { args, ...options });
  const pieces: string[] = [];
  const reading = [child.stdout, child.stderr].map((stream) => collect(stream, pieces));
  let alive = true;
  const ended = child.status.finally(() => alive = false);
  async function stop(signal: Deno.Signal = "SIGTERM"): Promise<number> {
    if (alive) signalChild(child, signal);
    const killing = setTimeout(() => signalChild(child, "SIGKILL"), STOP_LIMIT_MS * slowness());
    const { code } = await ended.finally(() => clearTimeout(killing));
    await Promise.all(reading);
    return code;
  }
  return {
    pid: child.pid,
    get alive() {
      return alive;
    },
    output: () => pieces.join(""),
    stop,
    [Symbol.asyncDispose]: () => stop().then(() => {}),
  };
}

/** Text of bytes: UTF-8, or Latin-1 when they are not. */
export function toText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  }
}

function spawn(
  program: Program,
  options: RunOptions & { readonly args: readonly string[] },
): Deno.ChildProcess {
  return new Deno.Command(program.command, {
    args: [...program.args, ...options.args],
    env: { NO_COLOR: "1", DENO_NO_PACKAGE_JSON: "1", DENO_NO_UPDATE_CHECK: "1", ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdin: options.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function collect(stream: ReadableStream<Uint8Array>, into: string[]): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream())) into.push(text);
}

async function identify(program: Program): Promise<string> {
  const { stdout } = await runProgram(program, { args: ["--version"], timeoutMs: 20_000 });
  return stdout.split("\n")[0] ?? "";
}
