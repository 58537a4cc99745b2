/** An event as layouts, filters and appenders see it: everything in bytes, levels as numbers. */
import type { LogEvent, SourcePosition } from "../types.ts";
import { type ByteText, toByteText } from "./byte_text.ts";
import { levelName, levelValue } from "./levels.ts";

/** An event on its way to the appenders. */
export interface EngineEvent {
  /** Name of the logger it was given to. */
  readonly logger: ByteText;
  /** Level as a number. */
  readonly level: number;
  /** Level as a word. */
  readonly levelName: string;
  /** The message, or one line of it. */
  readonly message: ByteText;
  /** Whether `message` is one line of a longer message. */
  readonly isPiece: boolean;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Where the reference has this message. */
  readonly position: SourcePosition | undefined;
}

/** Prepares an event. */
export function toEngineEvent(event: LogEvent, position: SourcePosition | undefined): EngineEvent {
  return {
    logger: toByteText(event.logger),
    level: levelValue(event.level),
    levelName: levelName(event.level),
    message: toByteText(event.text),
    isPiece: false,
    time: event.time,
    position,
  };
}
