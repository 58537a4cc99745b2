/**
 * Fills in the real world and sets the exit code; everything else is in `src/`.
 *
 * @module
 */

import { run, type World } from "./src/app/mod.ts";
import { TimerPool } from "./src/association/mod.ts";
import { loadReportWriter } from "./src/report/mod.ts";
import { dial, listen } from "./src/transport/mod.ts";

/* A signal listener comes first: it also keeps the runtime from failing when descriptors run out later. */
const interrupt = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) {
  if (name === "SIGTERM" && Deno.build.os === "windows") continue;
  Deno.addSignalListener(name, () => {
    if (interrupt.signal.aborted) Deno.exit(name === "SIGINT" ? 130 : 143);
    interrupt.abort(name);
  });
}

function readFile(path: string): ReturnType<World["readFile"]> {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { error: "missing" };
    if (error instanceof Deno.errors.IsADirectory) return { error: "directory" };
    return { error: "unreadable" };
  }
}

/** Not in one blocking call: whoever waits for a person at the keyboard must still hear Ctrl-C. */
async function readInput(): Promise<ReturnType<World["readFile"]>> {
  try {
    return await new Response(Deno.stdin.readable).bytes();
  } catch {
    return { error: "unreadable" };
  }
}

function columns(): number | undefined {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return undefined;
  }
}

/** Writes over the start of the file and leaves the rest, as the reference writes seeds. */
function writeSecret(path: string, bytes: Uint8Array): boolean {
  try {
    using file = Deno.openSync(path, { write: true, create: true, mode: 0o600 });
    if (Deno.build.os !== "windows") Deno.chmodSync(path, 0o600);
    for (let sent = 0; sent < bytes.length;) sent += file.writeSync(bytes.subarray(sent));
    return true;
  } catch {
    return false;
  }
}

/** Writes everything, however much the descriptor takes at once, and says what came of it. */
function writeAll(
  stream: { writeSync(bytes: Uint8Array): number },
  bytes: Uint8Array,
): ReturnType<World["writeOut"]> {
  try {
    for (let sent = 0; sent < bytes.length;) sent += stream.writeSync(bytes.subarray(sent));
    return "written";
  } catch (error) {
    // A closed or full stream must not decide about a check.
    return error instanceof Deno.errors.BrokenPipe ? "unread" : "failed";
  }
}

function env(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch {
    return undefined;
  }
}

/**
 * Timers by `AbortSignal.timeout`: unlike `setTimeout` they cost nothing at start-up. They live on until their time
 * although nobody waits any more, so a pool shares one among all who wait.
 */
function after(ms: number, wake: () => void): () => void {
  const timer = AbortSignal.timeout(Math.min(ms, 0x7fffffff));
  timer.addEventListener("abort", wake);
  return () => timer.removeEventListener("abort", wake);
}

const code = await run({
  args: Deno.args,
  programName: Deno.build.standalone ? Deno.execPath() : "echoscu",
  target: Deno.build.target,
  runtimeVersion: Deno.version.deno,
  readFile,
  writeSecret,
  askPassword: async (prompt) => (await import("./src/tls/mod.ts")).askOnTerminal(prompt),
  writeOut: (bytes) => writeAll(Deno.stdout, bytes),
  print: async (bytes) => await (await loadReportWriter())(undefined, bytes),
  writeErr: (bytes) => writeAll(Deno.stderr, bytes),
  writeReport: async (file, bytes) => await (await loadReportWriter())(file, bytes),
  readInput,
  stdoutIsTerminal: Deno.stdout.isTerminal(),
  stderrIsTerminal: Deno.stderr.isTerminal(),
  columns,
  env,
  clock: new TimerPool({ now: () => performance.now(), after }),
  wallTime: () => Date.now(),
  signal: interrupt.signal,
  dial,
  listen,
});
Deno.exit(code);
