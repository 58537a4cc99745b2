/** Opens the log that the options ask for, and gives events of checks to it. */

import type { CheckEvent, CheckTrace } from "../check/mod.ts";
import {
  commandElement,
  type ElementNames,
  loadUidNames,
  nameOfWellKnownUid,
  type Names,
  type UidNames,
} from "../dicom/mod.ts";
import {
  createPlainSink,
  LOGGERS,
  type LogLevel,
  type LogMessage,
  type LogSink,
  messagesOf,
} from "../log/mod.ts";
import type { LoggingOptions } from "../options/mod.ts";
import type { World } from "./world.ts";

/** A log and the clock its events are stamped with. */
export interface LogTo {
  readonly log: LogSink;
  readonly world: World;
  /** Names of elements from dictionary files, where there are any. */
  readonly elements?: ElementNames | undefined;
}

/** Opens the log of `logging`. */
export function openLog(logging: LoggingOptions, world: World): Promise<LogSink> {
  const threshold = logging.level === "all" ? "trace" : logging.level;
  return Promise.resolve(createPlainSink(threshold, world.writeErr));
}

/** Logs one message of the program itself. */
export function logMessage(
  to: LogTo,
  message: { readonly level: LogLevel; readonly text: string },
): void {
  to.log.log({ logger: LOGGERS.app, ...message, time: to.world.wallTime() });
}

/** A trace that words the events of a check as the reference does and logs them. */
export async function logTrace(to: LogTo): Promise<CheckTrace> {
  const names = await namesFor(to);
  return (event: CheckEvent) => logMessages(to, messagesOf(event, names));
}

/** Logs those of `messages` that pass. */
export function logMessages(to: LogTo, messages: readonly LogMessage[]): void {
  for (const { logger, level, text } of messages) {
    if (!to.log.isEnabled(logger, level)) continue;
    to.log.log({ logger, level, text: text(), time: to.world.wallTime() });
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
