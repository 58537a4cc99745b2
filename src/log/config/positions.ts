/**
 * Where the reference's messages stand in its source, for `%F %b %L %l %M`.
 *
 * The numbers are those of the Debian build of 3.6.7 and mean nothing to us; they keep the output of patterns that show
 * positions comparable. Messages that only this program has are shown as if they had no position.
 */
import type { LogEvent, SourcePosition } from "../types.ts";
import { FUNCTIONS } from "./position_rows.ts";

/** The message after which `Aborting Association` is elsewhere: line of the first, line of the second. */
const ABORT_AFTER: ReadonlyMap<number, number> = new Map([[449, 450], [464, 465]]);

/** Finds positions; remembers the last one, because one message is issued at three places. */
export class PositionFinder {
  #lastLine = 0;

  /** Position of an event, `undefined` for messages the reference does not have. */
  find(event: LogEvent): SourcePosition | undefined {
    const position = event.position ?? lookUp(event.logger, event.text);
    const line = position?.line === 429
      ? ABORT_AFTER.get(this.#lastLine) ?? position.line
      : position?.line ?? 0;
    this.#lastLine = line;
    return position === undefined ? undefined : { ...position, line };
  }
}

function lookUp(logger: string, text: string): SourcePosition | undefined {
  for (const { logger: owner, file, function: name, rows } of FUNCTIONS) {
    if (owner !== logger) continue;
    const row = rows.find(([, message]) =>
      typeof message === "string" ? text.startsWith(message) : message.test(text)
    );
    if (row !== undefined) return { file, line: row[0], function: name };
  }
  return undefined;
}
