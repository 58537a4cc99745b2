/**
 * What the log room takes and gives: events in, sinks out.
 *
 * Only types: whoever reports something needs these and nothing else of the room.
 */

import type { LogLevel } from "../common/choices.ts";

export type { LogLevel };

/** Lowest level that passes; `off` lets nothing pass, not even fatal events. */
export type LogThreshold = LogLevel | "off";

/** Where in the reference's source an event arises; shown by `%F %b %L %l %M` of a pattern. */
export interface SourcePosition {
  /** Path as compiled, for example `./dcmnet/apps/echoscu.cc`. */
  readonly file: string;
  /** Line number, from 1. */
  readonly line: number;
  /** Function with its full signature. */
  readonly function: string;
}

/** One thing that happened, already in words. */
export interface LogEvent {
  /** Dotted name, for example `dcmtk.apps.echoscu`; `root` is the root logger. */
  readonly logger: string;
  /** How grave it is. */
  readonly level: LogLevel;
  /** The message; may hold line breaks, has none at its end unless an empty last line is meant. */
  readonly text: string;
  /** Milliseconds since 1970 (UTC); a fraction gives microseconds. */
  readonly time: number;
  /** How far the check had got, for JSON lines. */
  readonly stage?: string;
  /** Facts besides the text, for JSON lines; every value must be one that JSON can show. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Overrides the position that is otherwise looked up by logger and text. */
  readonly position?: SourcePosition;
  /** Passes whatever the level of its logger is, as the line of `--arguments` does. */
  readonly unconditional?: true;
}

/** Where events go. No method throws: logging never changes the outcome of a check. */
export interface LogSink {
  /** Takes an event; drops it when its level does not pass. */
  log(event: LogEvent): void;
  /** Whether an event of this logger and level would pass; lets callers save the work of wording it. */
  isEnabled(logger: string, level: LogLevel): boolean;
  /** Writes what is left and closes all targets; a promise when targets on the network need time. */
  close(): void | Promise<void>;
}
