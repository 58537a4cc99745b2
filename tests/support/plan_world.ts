/** A world for runs of many checks: hosts in memory, files in memory, a real clock. */

import { run, type World } from "../../src/app/mod.ts";
import { serveAssociations } from "../../src/scp/mod.ts";
import { DialError, type Target } from "../../src/transport/mod.ts";
import { connectInMemory, listenInMemory } from "./memory_stream.ts";
import { stillWorld } from "./still_world.ts";

/** What was seen of a run. */
export interface PlanRun {
  /** Exit code. */
  readonly code: number;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly err: string;
  /** Reports by file: what is there, or under `-` all that was printed. */
  readonly reports: Readonly<Record<string, string>>;
  /** Hosts that were dialed, in order. */
  readonly dialed: readonly string[];
}

/** What the world holds. */
export interface PlanWorld {
  /** Files by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** What is on standard input. */
  readonly input?: string;
  /** Called when standard input, which then never ends, is read; may raise the signal. */
  readonly onInput?: (raise: (signal: "SIGINT" | "SIGTERM") => void) => void;
  /** Environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Columns of the terminal that both streams are; without it there is none. */
  readonly columns?: number | (() => number) | undefined;
  /**
   * Standard input is a terminal, too: called whenever something was written to standard output, with all of that; may
   * type. What is said on standard error while somebody draws is in `err` only when it is printed.
   */
  readonly keys?: ((type: (text: string) => void, out: string) => void) | undefined;
  /** Called for each host that is dialed, before the next; may have SIGHUP come. */
  readonly hangsUp?: (count: number, files: Record<string, string>) => boolean;
  /** Called for each host that is dialed; may raise the signal. */
  readonly onDial?: (host: string, raise: (signal: "SIGINT" | "SIGTERM") => void) => void;
  /** Standard output takes nothing. */
  readonly isFull?: boolean;
  /** Whether whoever reads standard output leaves once it has seen this. */
  readonly stopsReading?: (text: string) => boolean;
  /** Called with what was written to standard output; may raise the signal. */
  readonly onOut?: (text: string, raise: (signal: "SIGINT" | "SIGTERM") => void) => void;
}

/** No test needs as many. */
const MOST_DIALS = 500;

const REFUSED = Object.assign(new Error("Connection refused"), { code: "ECONNREFUSED" });

const CLOCK: World["clock"] = {
  now: () => performance.now(),
  after(ms, wake) {
    const timer = setTimeout(wake, Math.min(ms, 0x7fffffff));
    return () => clearTimeout(timer);
  },
};

/**
 * Runs the program with `args`.
 *
 * Hosts called `dead...` refuse, those called `silent...` take connections and say nothing, those called `late...`
 * refuse the first two times; all others answer.
 */
export async function runPlanWorld(
  args: readonly string[],
  about: PlanWorld = {},
): Promise<PlanRun> {
  const { env = {}, columns } = about;
  const files = { ...about.files };
  let onHangup = () => stop.abort("SIGTERM");
  const seen = { out: "", err: "" };
  const dialed: string[] = [];
  const stop = new AbortController();
  const reports: Record<string, string> = {};
  const peers = servePeers();
  const terminal = terminalOf(about, { seen, stop });
  const code = await run(stillWorld({
    args,
    clock: CLOCK,
    wallTime: () => Date.UTC(2026, 0, 31, 8),
    signal: stop.signal,
    setHangup: (handler) => void (onHangup = handler),
    readFile: (path) => fileOf(files[path], "missing"),
    loadRegularFiles: () => Promise.resolve((path) => fileOf(files[path], "missing")),
    readInput: () => inputOf(about, stop),
    env: (name) => env[name],
    stdoutIsTerminal: columns !== undefined,
    stderrIsTerminal: columns !== undefined,
    columns: () => typeof columns === "function" ? columns() : columns,
    ...outputInto(seen, { about, stop, wrote: terminal.wrote }),
    ...terminal.world,
    writeReport: reportsInto(reports, about),
    dial(target) {
      // What does not end by itself must fail its test, not hang it.
      if (dialed.push(target.host) > MOST_DIALS) stop.abort("SIGTERM");
      if (about.hangsUp?.(dialed.length, files)) onHangup();
      about.onDial?.(target.host, (signal) => stop.abort(signal));
      return peers.dial(target, dialed);
    },
  }));
  await peers.stop();
  return { code, ...seen, reports, dialed };
}

/** Standard output, which takes what is printed as `about` says. */
function outputInto(
  seen: { out: string },
  { about, stop, wrote }: {
    readonly about: PlanWorld;
    readonly stop: AbortController;
    readonly wrote: (out: string) => void;
  },
): Pick<World, "writeOut" | "print"> {
  const decoder = new TextDecoder();
  const writeOut: World["writeOut"] = (bytes) => {
    if (about.isFull === true) return Promise.resolve({ failure: "No space left on device" });
    seen.out += decoder.decode(bytes);
    about.onOut?.(seen.out, (signal) => stop.abort(signal));
    wrote(seen.out);
    return Promise.resolve(about.stopsReading?.(seen.out) ? "unread" : "written");
  };
  return { writeOut, print: writeOut };
}

/** The terminal, which can be taken where there are `keys`. */
function terminalOf(
  { keys, columns }: PlanWorld,
  { seen, stop }: { readonly seen: { err: string }; readonly stop: AbortController },
) {
  let use: Parameters<World["takeTerminal"]>[0] | undefined;
  const takeTerminal: World["takeTerminal"] = (wanted) => {
    if (keys === undefined) return Promise.resolve(undefined);
    use = wanted;
    return Promise.resolve({
      size: () => ({
        columns: (typeof columns === "function" ? columns() : columns) ?? 80,
        rows: 24,
      }),
      interrupt: () => stop.abort("SIGINT"),
      hangUp: () => stop.abort("SIGTERM"),
      giveBack: () => void (use = undefined),
    });
  };
  const decoder = new TextDecoder();
  const writeErr: World["writeErr"] = (bytes) => {
    if (use === undefined) seen.err += decoder.decode(bytes);
    else use.said(bytes);
  };
  return {
    world: { takeTerminal, writeErr },
    wrote: (out: string) => keys?.((text) => use?.typed(new TextEncoder().encode(text)), out),
  };
}

function fileOf(text: string | undefined, error: "missing" | "unreadable") {
  return text === undefined ? { error } : new TextEncoder().encode(text);
}

/** Keeps reports: files are replaced or added to, but for one called `full`, what is printed is added up. */
function reportsInto(
  reports: Record<string, string>,
  { stopsReading, files }: PlanWorld,
): World["writeReport"] {
  return (file, bytes, appending) => {
    const text = new TextDecoder().decode(bytes);
    const printed = reports["-"] ?? "";
    if (file === "full") return Promise.resolve({ failure: "No space left on device" });
    if (file !== undefined && appending !== undefined) {
      const before = reports[file] ?? files?.[file];
      reports[file] = (before ?? new TextDecoder().decode(appending.first)) + text;
    } else if (file !== undefined) reports[file] = text;
    else if (stopsReading?.(printed)) return Promise.resolve("unread");
    else reports["-"] = printed + text;
    return Promise.resolve("written");
  };
}

function inputOf(
  { input, onInput }: PlanWorld,
  stop: AbortController,
): ReturnType<World["readInput"]> {
  if (onInput !== undefined) {
    onInput((signal) => stop.abort(signal));
    return new Promise((_, reject) => {
      if (stop.signal.aborted) reject(stop.signal.reason);
    });
  }
  return Promise.resolve(fileOf(input, "unreadable"));
}

function servePeers() {
  const listening = listenInMemory();
  const end = new AbortController();
  const served = serveAssociations(listening, {
    maxAssociations: 1000,
    maximumLength: 16_384,
    limits: { artimSeconds: 30, idleSeconds: undefined },
    clock: CLOCK,
    signal: end.signal,
    trace: () => {},
  });
  return {
    dial({ host }: Target, dialed: readonly string[]) {
      const times = dialed.filter((one) => one === host).length;
      if (host.startsWith("dead") || (host.startsWith("late") && times <= 2)) {
        return Promise.reject(new DialError("refused", REFUSED));
      }
      if (host.startsWith("silent")) return Promise.resolve(connectInMemory().near);
      return Promise.resolve(listening.dial());
    },
    async stop() {
      end.abort();
      await served;
    },
  };
}
