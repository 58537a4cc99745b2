/** Runs the whole program inside the test, with real sockets and a real clock but no process of its own. */

import { run, type World } from "../../src/app/mod.ts";
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
  /** Variables of the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gets the files that are written, by their names; without it none can be written. */
  readonly written?: Map<string, Uint8Array>;
  /** What is otherwise another world, before everything else. */
  readonly world?: Partial<World>;
  /** Ends the run as Ctrl-C does. */
  readonly signal?: AbortSignal;
  /** Gets all of standard error each time that something is added. */
  readonly onErr?: (text: string) => void;
  /** Gets all of standard output each time that something is added. */
  readonly onOut?: (text: string) => void;
}

/** Runs the program with `args`. */
export async function runInProcess(
  args: readonly string[],
  options: InnerWorld = {},
): Promise<InnerRun> {
  const decoder = new TextDecoder();
  const printed = { stdout: "", stderr: "" };
  const printOut = (bytes: Uint8Array) => {
    printed.stdout += decoder.decode(bytes);
    return Promise.resolve("written" as const);
  };
  const world = stillWorld({
    args,
    readFile: (path) => contentOf(path, options),
    listFolder: (path) => Promise.resolve(namesIn(path, options)),
    loadRegularFiles: () => Promise.resolve((path) => contentOf(path, options)),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    env: (name) => options.env?.[name],
    writeOut(bytes) {
      const outcome = printOut(bytes);
      options.onOut?.(printed.stdout);
      return outcome;
    },
    print: printOut,
    writeReport: writerTo(options.written, printOut),
    writeErr(bytes) {
      printed.stderr += decoder.decode(bytes);
      options.onErr?.(printed.stderr);
    },
    stderrIsTerminal: options.terminal ?? false,
    clock: { now: () => performance.now(), after },
    wallTime: () => Date.now(),
    dial,
    listen,
    ...options.world,
  });
  const code = await run(world);
  return { code, ...printed };
}

function after(ms: number, wake: () => void): () => void {
  const timer = setTimeout(wake, Math.min(ms, 0x7fffffff));
  return () => clearTimeout(timer);
}

/** Keeps what is written to files in `written`; what goes to standard output, or has no place there, is printed. */
function writerTo(
  written: Map<string, Uint8Array> | undefined,
  print: (bytes: Uint8Array) => Promise<"written">,
): World["writeReport"] {
  return (file, bytes, appending) => {
    if (file === undefined || written === undefined) return print(bytes);
    const none = new Uint8Array();
    const before = appending === undefined ? none : written.get(file) ?? appending.first;
    const whole = new Uint8Array(before.length + bytes.length);
    whole.set(before);
    whole.set(bytes, before.length);
    written.set(file, whole);
    return Promise.resolve("written");
  };
}

/** An answering side of ours inside the test. */
export interface InnerListening extends AsyncDisposable {
  /** Its port; `undefined` when it ended instead of listening. */
  readonly port: number | undefined;
  /** Ends it; gives what was seen of it. */
  stop(): Promise<InnerRun>;
}

/** Starts `--listen` on a free port of 127.0.0.1 with `options`. */
export async function listenInProcess(
  options: readonly string[],
  world: InnerWorld,
): Promise<InnerListening> {
  const end = new AbortController();
  const { promise: port, resolve } = Promise.withResolvers<number | undefined>();
  const run = runInProcess(["--listen", "127.0.0.1:0", ...options], {
    ...world,
    signal: end.signal,
    onOut(text) {
      world.onOut?.(text);
      const found = /^Listening on .* port (\d+)$/m.exec(text)?.[1];
      if (found !== undefined) resolve(Number(found));
    },
  });
  run.then(() => resolve(undefined), () => resolve(undefined));
  async function stop(): Promise<InnerRun> {
    end.abort("SIGINT");
    return await run;
  }
  return { port: await port, stop, [Symbol.asyncDispose]: () => stop().then(() => {}) };
}

function namesIn(path: string, { folder }: InnerWorld): readonly string[] | undefined {
  try {
    return folder === undefined
      ? undefined
      : [...Deno.readDirSync(`${folder}/${path}`)].map(({ name }) => name);
  } catch {
    return undefined;
  }
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
