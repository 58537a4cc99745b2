/**
 * Fills in the real world and sets the exit code; everything else is in `src/`.
 *
 * @module
 */

import { type FileKind, type LossWords, run, type Terminal, type World } from "./src/app/mod.ts";
import { TimerPool } from "./src/association/mod.ts";
import { loadReportWriter } from "./src/report/mod.ts";
import {
  type FileContent,
  loadFiles,
  loadHangup,
  loadSeedWriter,
  loadTerminal,
  MOST_CERTIFICATE_BYTES,
  MOST_TEXT_BYTES,
  openOutput,
  type TerminalUse,
  watchSignals,
} from "./src/system/mod.ts";
import { dial, listen, loadResolver } from "./src/transport/mod.ts";

/** What goes on for long, and files of arguments, which may ask for it. */
const LASTING = /^(@|--(listen|exporter|watch|wait-until-up|plan|peers|repeat)$)/;

const hangupIsIgnored = Deno.args.some((word) => LASTING.test(word)) &&
  await (await loadHangup()).isHangupIgnored();

/* Signal listeners come first: they also keep the runtime from failing when descriptors run out later. */
const { addSignalListener, exit, build: { os } } = Deno;
const { signal, end, setHangup, codeOf } = watchSignals(
  { os, addSignalListener, exit },
  { hangupIsIgnored },
);

const MOST_BYTES = { text: MOST_TEXT_BYTES, bytes: MOST_CERTIFICATE_BYTES } as const;

async function readFile(path: string, as: FileKind = "text"): Promise<FileContent> {
  const { plainText, readFile } = await loadFiles();
  const content = await readFile(path, { bytes: MOST_BYTES[as], signal });
  return as === "text" ? plainText(content) : content;
}

async function loadRegularFiles(): ReturnType<World["loadRegularFiles"]> {
  const { plainText, readRegularFile } = await loadFiles();
  return (path, as = "text") => {
    const content = readRegularFile(path, { bytes: MOST_BYTES[as] });
    return as === "text" ? plainText(content) : content;
  };
}

async function readInput(): Promise<FileContent> {
  const { plainText, readInput } = await loadFiles();
  return plainText(await readInput({ bytes: MOST_TEXT_BYTES, signal }));
}

async function listFolder(path: string): Promise<readonly string[] | undefined> {
  return (await loadFiles()).listFolder(path);
}

/** After what was printed before; of nobody while somebody draws. Ctrl-C at the prompt is what it is elsewhere: a signal. */
async function askPassword(prompt: string): Promise<string | undefined> {
  if (onWords !== undefined) return undefined;
  const { askOnTerminal } = await import("./src/tls/mod.ts");
  await flush();
  const print = (text: string) => void output.put("stderr", new TextEncoder().encode(text));
  const answer = await askOnTerminal({ prompt, print, signal });
  if (answer === "interrupted") end("SIGINT");
  signal.throwIfAborted();
  return answer === "interrupted" ? undefined : answer?.text;
}

function columns(): number | undefined {
  try {
    // A terminal that was never told its size has none.
    return Deno.consoleSize().columns || undefined;
  } catch {
    return undefined;
  }
}

function env(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch {
    return undefined;
  }
}

function machineName(): string | undefined {
  try {
    return Deno.hostname();
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

let lossWords: LossWords | undefined;
const output = openOutput((stream, count) => lossWords?.(stream, count));

/** Gets what is written to standard error while somebody draws on the terminal. */
let onWords: ((bytes: Uint8Array) => void) | undefined;

async function takeTerminal(use: TerminalUse): Promise<Terminal | undefined> {
  const { screenSize, takeTerminal } = await loadTerminal();
  const hangUp = () => signal.aborted ? undefined : end("SIGTERM");
  const release = takeTerminal({ ...use, ended: hangUp });
  if (release === undefined) return undefined;
  onWords = use.said;
  const giveBack = () => {
    onWords = undefined;
    release();
  };
  return { size: screenSize, interrupt: () => end("SIGINT"), hangUp, giveBack };
}

/** What a reader gets to take what waits, once the end is wanted. */
const LAST_MS = 1000;

/** Waits until all is written that was printed: as long as a reader likes, or until a signal. */
async function flush(): Promise<void> {
  const flushed = output.flushed();
  const { promise: raised, resolve } = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => resolve());
  if (!signal.aborted) await Promise.race([flushed, raised]);
  if (signal.aborted) {
    await Promise.race([
      flushed,
      new Promise<void>((end) => after(LAST_MS, end)),
    ]);
  }
}

const world: World = {
  args: Deno.args,
  programName: Deno.build.standalone ? Deno.execPath() : "echoscu",
  target: Deno.build.target,
  runtimeVersion: Deno.version.deno,
  readFile,
  listFolder,
  writeSeed: async (path, bytes) => await (await loadSeedWriter())(path, bytes),
  askPassword,
  writeOut: (bytes) => output.put("stdout", bytes),
  print: (bytes) => output.print("stdout", bytes),
  writeErr: (bytes) => onWords === undefined ? void output.put("stderr", bytes) : onWords(bytes),
  wordLosses: (words) => void (lossWords = words),
  writeReport: async (file, bytes, appending) =>
    file === undefined
      ? await output.print("stdout", bytes)
      : await (await loadReportWriter())(file, { bytes, signal, appending }),
  readInput,
  loadRegularFiles,
  stdoutIsTerminal: Deno.stdout.isTerminal(),
  stderrIsTerminal: Deno.stderr.isTerminal(),
  columns,
  env,
  machineName,
  clock: new TimerPool({ now: () => performance.now(), after }),
  wallTime: () => Date.now(),
  signal,
  setHangup,
  takeTerminal,
  dial,
  lookUp: async (host, family) => await (await loadResolver()).addressesOf(host, family),
  listen,
};

try {
  const code = await run(world);
  const wasRaised = signal.aborted;
  await flush();
  Deno.exit(signal.aborted && !wasRaised ? codeOf(signal.reason) : code);
} finally {
  await flush();
}
