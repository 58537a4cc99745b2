/** One JSON line per event, for collectors (`--log-format json`). */
import { jsonText } from "../common/visible.ts";
import { renderIsoTime } from "../common/local_time.ts";
import { passes } from "./plain.ts";
import type { LogEvent, LogLevel, LogSink, LogThreshold } from "./types.ts";

/** Minutes east of UTC at a moment given in milliseconds since 1970. */
export type OffsetMinutes = (time: number) => number;

/** What a JSON sink needs. */
export interface JsonSinkOptions {
  /** Lowest level that passes. */
  readonly threshold: LogThreshold;
  /** Takes one whole line at a time. */
  readonly write: (bytes: Uint8Array) => void;
  /** What every event is about, before facts of its own; default: nothing. */
  readonly fields?: LogEvent["fields"];
  /** Local time of the stamps; default: the system's. */
  readonly offsetMinutes?: OffsetMinutes;
}

/** The event as one line of JSON with a line feed; members `time level logger stage message fields`. */
function renderJsonLine(event: LogEvent, offsetMinutes: number): string {
  const line: Record<string, unknown> = {
    time: renderIsoTime(event.time, offsetMinutes),
    level: event.level,
    logger: event.logger,
  };
  if (event.stage !== undefined) line.stage = event.stage;
  line.message = event.text;
  if (event.fields !== undefined) line.fields = event.fields;
  return `${jsonText(line)}\n`;
}

/** Makes a sink that hands one JSON line per event to `write`. A failing `write` loses that event only. */
export function createJsonSink(options: JsonSinkOptions): LogSink {
  const encoder = new TextEncoder();
  const offsetMinutes = options.offsetMinutes ?? systemOffsetMinutes;
  const about = (event: LogEvent): LogEvent =>
    options.fields === undefined
      ? event
      : { ...event, fields: { ...options.fields, ...event.fields } };
  return {
    log(event: LogEvent): void {
      if (event.unconditional !== true && !passes(event.level, options.threshold)) return;
      try {
        options.write(encoder.encode(renderJsonLine(about(event), offsetMinutes(event.time))));
      } catch {
        // As in the plain sink: logging never changes the outcome.
      }
    },
    isEnabled: (_logger: string, level: LogLevel): boolean => passes(level, options.threshold),
    close(): void {},
  };
}

function systemOffsetMinutes(time: number): number {
  return 0 - new Date(time).getTimezoneOffset();
}
