/** Opens the log that the options ask for, gives events of checks to it, and names what they are about. */

import type { CheckEvent, CheckTrace } from "../check/mod.ts";
import {
  byteStringOf,
  commandElement,
  type DataDictionary,
  type ElementNames,
  loadUidNames,
  nameOfWellKnownUid,
  type Names,
  newDataDictionary,
  type UidNames,
} from "../dicom/mod.ts";
import {
  createPlainSink,
  type DictionaryEvent,
  dictionaryMessage,
  fieldsOf,
  loadJsonLog,
  loadLogEngine,
  loadTraceLines,
  type LogEvent,
  LOGGERS,
  type LogMessage,
  type LogSink,
  messagesOf,
  stageAfter,
} from "../log/mod.ts";
import type { LoggingOptions, Options } from "../options/mod.ts";
import type { StreamName } from "../system/types.ts";
import type { LogTo, World } from "./context.ts";

/** What collectors are told besides the text. */
export interface LogAbout {
  /** How far the check is, and figures. */
  readonly about?: Pick<LogEvent, "stage" | "fields">;
}

/** The log configuration cannot be used; the message says why, in the reference's words. */
export class LogConfigError extends Error {
  /** Stable code. */
  override readonly name = "LogConfigError";
}

/** Opens the log of `logging`, in JSON with `about` in every event. Throws `LogConfigError`. */
export async function openLog(
  logging: LoggingOptions,
  world: World,
  about?: LogEvent["fields"],
): Promise<LogSink> {
  const threshold = logging.level === "all" ? "trace" : logging.level;
  if (logging.config !== undefined) return await openConfigured(logging.config.bytes, world);
  if (logging.format === "text") {
    wordLosses(world, (write) => createPlainSink("trace", write));
    return createPlainSink(threshold, world.writeErr);
  }
  const { createJsonSink } = await loadJsonLog();
  const fields = about === undefined ? {} : { fields: about };
  wordLosses(world, (write) => createJsonSink({ threshold: "trace", write, ...fields }));
  return createJsonSink({ threshold, write: world.writeErr, ...fields });
}

/** Where lines are missing because nobody read them, an event of the log says so. */
function wordLosses(
  world: World,
  sinkTo: (write: (bytes: Uint8Array) => void) => LogSink,
): void {
  world.wordLosses((stream, count) => {
    let words: Uint8Array | undefined;
    sinkTo((bytes) => void (words = bytes)).log({
      logger: LOGGERS.app,
      level: "warn",
      text: lossText(stream, count),
      time: world.wallTime(),
    });
    return words;
  });
}

function lossText(stream: StreamName, count: number): string {
  const name = stream === "stdout" ? "standard output" : "standard error";
  return `${count} line${count === 1 ? "" : "s"} of ${name} dropped: nobody reads it in time`;
}

async function openConfigured(file: Uint8Array, world: World): Promise<LogSink> {
  const { configureLogging, createDenoLogHost } = await loadLogEngine();
  const { env, writeOut, writeErr, signal } = world;
  const programName = baseName(world.programName);
  const host = createDenoLogHost({ programName, env, writeOut, writeErr, signal });
  const setup = configureLogging(file, host);
  if (setup.kind === "refused") throw new LogConfigError(setup.message);
  return setup.sink;
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** Logs one message of the program itself. */
export function logMessage(
  to: LogTo,
  message: Pick<LogEvent, "level" | "text" | "stage" | "fields" | "unconditional">,
): void {
  to.log.log({ logger: LOGGERS.app, ...message, time: to.world.wallTime() });
}

/** Whether the log is one of JSON lines: then nothing else may stand between them. */
export function isJsonLog({ options }: { readonly options: Pick<Options, "logging"> }): boolean {
  return options.logging.format === "json";
}

/** Whether `-v`, `-d` or a configuration file asks for the log lines of checks that nobody looks at one by one. */
export function wantsLog({ logging }: Options): boolean {
  return logging.config !== undefined ||
    ["info", "debug", "trace", "all"].includes(logging.level);
}

/** Whether only the gravest messages were asked for, as by `-q`. */
export function isQuiet({ logging }: Options): boolean {
  return logging.level === "fatal" || logging.level === "off";
}

/** A trace that words the events of a check as the reference does and logs them. */
export async function logTrace(to: LogTo): Promise<CheckTrace> {
  const names = await namesFor(to);
  const words: typeof messagesOf = (event, names) =>
    to.special?.(event) ?? messagesOf(event, names);
  const trace = isTraced(to.log) ? await loadTraceLines() : undefined;
  let stage: string | undefined;
  return (event: CheckEvent) => {
    stage = stageAfter(event) ?? stage;
    const fields = fieldsOf(event);
    const about = {
      ...(stage === undefined ? {} : { stage }),
      ...(fields === undefined ? {} : { fields }),
    };
    const messages = trace?.traceMessagesOf(event, names, { words }) ?? words(event, names);
    logMessages({ ...to, about }, messages);
  };
}

/** Whether any logger lets events at trace level pass. */
export function isTraced(log: LogSink): boolean {
  return Object.values(LOGGERS).some((logger) => log.isEnabled(logger, "trace"));
}

/** Logs those of `messages` that pass. */
export function logMessages(to: LogTo & LogAbout, messages: readonly LogMessage[]): void {
  for (const { logger, level, text } of messages) {
    if (!to.log.isEnabled(logger, level)) continue;
    to.log.log({ ...to.about, logger, level, text: text(), time: to.world.wallTime() });
  }
}

/** All names for a log. */
export async function namesFor(to: LogTo): Promise<Names> {
  return {
    uids: await uidNamesFor(to),
    elements: to.elements ?? commandElement,
    hasDictionary: to.elements !== undefined,
  };
}

/** Names of UIDs for a log: the large table is loaded only where dumps will be printed. */
export async function uidNamesFor(to: LogTo): Promise<UidNames> {
  const debugs = Object.values(LOGGERS).some((logger) => to.log.isEnabled(logger, "debug"));
  return debugs ? await loadUidNames() : nameOfWellKnownUid;
}

/**
 * Loads the dictionary files that `DCMDICTPATH` names, as the reference does: one after another, each complaint logged.
 * `undefined` when it is unset or empty.
 *
 * They give names to elements in the log and nothing else. So a file that cannot be loaded is reported and never fatal,
 * while the reference fails every echo without one (0006:0213).
 */
export async function loadElementNames(to: LogTo): Promise<ElementNames | undefined> {
  const { env, readFile, target } = to.world;
  const path = env("DCMDICTPATH");
  if (path === undefined || path === "") return undefined;
  const files = path.split(target.includes("windows") ? ";" : ":").filter((file) => file !== "");
  const dictionary = await newDataDictionary();
  const report = (event: DictionaryEvent) => logMessages(to, [dictionaryMessage(event)]);
  let loaded = false;
  let failed = false;
  for (const file of files) {
    const outcome = await loadFile(file, { dictionary, readFile, report });
    loaded = outcome === "missing" ? loaded : outcome === "loaded";
    failed ||= outcome !== "loaded";
  }
  if (failed && !loaded) report({ type: "not-loaded" });
  return (tag, creator) => dictionary.find(tag, creator) ?? commandElement(tag);
}

/** Without a complaint the dictionary counts as loaded; a missing file changes nothing, one with faults undoes it. */
async function loadFile(
  file: string,
  into: {
    readonly dictionary: DataDictionary;
    readonly readFile: World["readFile"];
    readonly report: (event: DictionaryEvent) => void;
  },
): Promise<"loaded" | "missing" | "faulty"> {
  const content = await into.readFile(file);
  if (!(content instanceof Uint8Array)) {
    into.report({ type: "cannot-open", file });
    return "missing";
  }
  into.report({ type: "loading", file });
  const faults = into.dictionary.load(byteStringOf(content));
  for (const fault of faults) into.report({ type: "fault", file, fault });
  return faults.length === 0 ? "loaded" : "faulty";
}
