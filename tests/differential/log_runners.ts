/** What can run a recorded log case: the engine with recorded events, or a program. */
import recorded from "../golden/log-events.json" with { type: "json" };
import { loadLogEngine, type LogEvent, type LogLevel } from "../../src/log/mod.ts";
import {
  type CaseOutcome,
  type CasePeer,
  type CaseRun,
  type CaseRunner,
  latin1,
} from "./log_case.ts";

type EventRow = readonly [string, string, string, number, string, string];

const LEVELS: Readonly<Record<string, LogLevel>> = {
  T: "trace",
  D: "debug",
  I: "info",
  W: "warn",
  E: "error",
  F: "fatal",
};
const EXIT_CODES: Readonly<Record<CasePeer, number>> = { accepting: 0, rejecting: 1, closed: 1 };

/** In the recorded run with the accepting peer: the events of one echo. */
const ECHO = { first: 42, count: 38 };

/** The program that is imitated, as typed: it prints its own name. */
export const REFERENCE = "echoscu";
const REFERENCE_VERSION = "v3.6.7 2022-04-22";

/** The reference's head before an error message of the command line. */
const ERROR_HEAD =
  "$dcmtk: echoscu v3.6.7 2022-04-22 $\n\nechoscu: DICOM verification (C-ECHO) SCU\nerror: ";

/** The events of a run against a peer, as the reference issues them. */
export function recordedEvents(peer: CasePeer, repeat = 1): LogEvent[] {
  const rows = recorded[peer] as unknown as readonly EventRow[];
  const events: LogEvent[] = rows.map(([letter, logger, , , , text]) => ({
    logger,
    level: LEVELS[letter] ?? "info",
    text,
    time: Date.now(),
  }));
  if (peer !== "accepting") return events;
  const echo = events.slice(ECHO.first, ECHO.first + ECHO.count);
  const echoes = Array.from({ length: repeat }, (_, index) =>
    echo.map((event) => ({
      ...event,
      text: withMessageId(event.text, index + 1),
    })));
  return [
    ...events.slice(0, ECHO.first),
    ...echoes.flat(),
    ...events.slice(ECHO.first + ECHO.count),
  ];
}

/** Runs the log engine in this process, fed with recorded events. */
export async function engineRunner(run: CaseRun): Promise<CaseOutcome> {
  const { configureLogging, createDenoLogHost } = await loadLogEngine();
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const realWorld = createDenoLogHost();
  const host = createDenoLogHost({
    directory: run.directory,
    env: (name) => run.env[name] ?? (name === "TZ" ? undefined : realWorld.env(name)),
    writeOut: (bytes) => out.push(bytes),
    writeErr: (bytes) => err.push(bytes),
  });
  const text = (chunks: readonly Uint8Array[]) => chunks.map(latin1).join("");
  const setup = configureLogging(
    Deno.readFileSync(`${run.directory}/${optionValue(run, "-lc")}`),
    host,
  );
  if (setup.kind === "refused") {
    return {
      exit: 1,
      stdout: text(out),
      stderr: `${text(err)}${ERROR_HEAD}${setup.message}\n`,
      signal: null,
    };
  }
  if (run.args.includes("--arguments")) setup.sink.log(argumentsEvent(run));
  const repeat = run.args.includes("--repeat") ? Number(optionValue(run, "--repeat")) : 1;
  for (const event of recordedEvents(run.peer, repeat)) setup.sink.log(event);
  await setup.sink.close();
  return { exit: EXIT_CODES[run.peer], stdout: text(out), stderr: text(err), signal: null };
}

/**
 * Makes a runner that starts a program in the directory of the case.
 *
 * Started through `env`, so that a name found on the PATH reaches the program as typed.
 */
export function programRunner(program: string, firstArgs: readonly string[] = []): CaseRunner {
  return async (run): Promise<CaseOutcome> => {
    const command = new Deno.Command("env", {
      args: [program, ...firstArgs, ...run.args],
      cwd: run.directory,
      env: { LANG: "C.UTF-8", ...run.env },
      stdin: "null",
    });
    const { code, signal, stdout, stderr } = await command.output();
    return { exit: code, signal, stdout: latin1(stdout), stderr: latin1(stderr) };
  };
}

function optionValue(run: CaseRun, option: string): string {
  return run.args[run.args.indexOf(option) + 1] ?? "";
}

function argumentsEvent(run: CaseRun): LogEvent {
  const words = run.args.map((word) => `'${word === "-lc" ? "--log-config" : word}' `);
  const text = `calling 'echoscu' with ${words.length} arguments: ${words.join("")}\n`;
  return { logger: "root", level: "info", text, time: Date.now(), unconditional: true };
}

/** The texts in which a message ID appears; columns stay where they are. */
function withMessageId(text: string, id: number): string {
  return text.replace("(MsgID 1)", `(MsgID ${id})`).replace(
    /^(\(0000,01[12]0\) US )1( +)/m,
    (_whole, head: string, blanks: string) => head + String(id).padEnd(1 + blanks.length),
  );
}

/** Says why the installed reference cannot be asked; `undefined` when it can. */
export async function missingReference(): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command(REFERENCE, { args: ["--version"] }).output();
    if (latin1(stdout).includes(REFERENCE_VERSION)) return undefined;
    return `the installed ${REFERENCE} is not ${REFERENCE_VERSION}`;
  } catch {
    return `${REFERENCE} is not installed`;
  }
}
