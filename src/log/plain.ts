/**
 * The log without a configuration file: one threshold, one stream, a letter before every line.
 *
 * Every start of the program loads this file, so it imports types only.
 */
import { wordToBytes } from "../dicom/mod.ts";
import type { LogEvent, LogLevel, LogSink, LogThreshold } from "./types.ts";

/** Order of the levels; a higher number is graver. */
const RANK: Readonly<Record<LogThreshold, number>> = {
  trace: 0,
  debug: 1,
  info: 2,
  warn: 3,
  error: 4,
  fatal: 5,
  off: 6,
};

/** Whether an event of `level` passes `threshold`. */
export function passes(level: LogLevel, threshold: LogThreshold): boolean {
  return RANK[level] >= RANK[threshold];
}

/** The text of an event with its level letter, colon and blank before every line, and a line feed at its end. */
function renderPlain(level: LogLevel, text: string): string {
  const prefix = level.charAt(0).toUpperCase() + ": ";
  return prefix + text.replaceAll("\n", "\n" + prefix) + "\n";
}

/**
 * Makes the built-in sink: events at or above `threshold`, each handed to `write` in one piece.
 *
 * A failing `write` loses that event and nothing else.
 */
export function createPlainSink(
  threshold: LogThreshold,
  write: (bytes: Uint8Array) => void,
): LogSink {
  return {
    log(event: LogEvent): void {
      if (event.unconditional !== true && !passes(event.level, threshold)) return;
      try {
        write(wordToBytes(renderPlain(event.level, event.text)));
      } catch {
        // A closed or full standard error must not decide about a check.
      }
    },
    isEnabled: (_logger: string, level: LogLevel): boolean => passes(level, threshold),
    close(): void {},
  };
}
