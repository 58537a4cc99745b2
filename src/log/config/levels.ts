/** Levels as the configuration language knows them: numbers with names. */
import type { LogLevel } from "../types.ts";
import type { ByteText } from "./byte_text.ts";
import { upperCase } from "./properties.ts";

/** Value of a level that is not set. */
export const NOT_SET = -1;

/** Value of `OFF`: above every event. */
const OFF = 60_000;

/** Value of `ERROR`: decides about the quiet mode. */
export const ERROR = 40_000;

/** Value of `INFO`: the level of the root logger before any configuration. */
export const INFO = 20_000;

const VALUES: Readonly<Record<LogLevel, number>> = {
  trace: 0,
  debug: 10_000,
  info: INFO,
  warn: 30_000,
  error: ERROR,
  fatal: 50_000,
};

const NAMES: ReadonlyMap<string, number> = new Map([
  ["OFF", OFF],
  ["FATAL", VALUES.fatal],
  ["ERROR", VALUES.error],
  ["WARN", VALUES.warn],
  ["INFO", VALUES.info],
  ["DEBUG", VALUES.debug],
  ["TRACE", VALUES.trace],
  ["ALL", VALUES.trace],
]);

/** Value of an event's level. */
export function levelValue(level: LogLevel): number {
  return VALUES[level];
}

/** Name of an event's level as layouts print it. */
export function levelName(level: LogLevel): string {
  return level.toUpperCase();
}

/** Value of a level name in any case, `NOT_SET` for anything else. */
export function parseLevel(name: ByteText): number {
  return NAMES.get(upperCase(name)) ?? NOT_SET;
}

/** Level names a configuration can use, for messages. */
export function levelNames(): string {
  return [...NAMES.keys()].join(" ");
}
