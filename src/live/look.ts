/** How things are shown. */

import type { ReportSettings, RunText } from "../report/mod.ts";

/** How to show a piece of text. */
export type Tone = "plain" | "good" | "bad" | "dim" | "strong";

/** A piece of a line. */
export interface Piece {
  /** How to show it. */
  readonly tone: Tone;
  /** Its text. */
  readonly text: string;
}

/** What drawing takes besides what is drawn. */
export interface LiveLook {
  /** The words of reports. */
  readonly text: RunText;
  /** As for reports. */
  readonly settings: ReportSettings;
  /** Columns of the terminal. */
  readonly columns: number;
  /** Lines of the terminal. */
  readonly rows: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A time of day, or for what is not of today the day, or the month: `08:15:00`, `01-30`, `2025-12`. */
export function whenText(
  at: number,
  { now, settings }: Pick<LiveLook, "now" | "settings">,
): string {
  const [then, today] = [at, now].map((time) =>
    new Date(time + 60_000 * (settings.offsetMinutes?.(time) ?? 0)).toISOString()
  );
  if (then === undefined || today === undefined) return "";
  if (then.slice(0, 10) === today.slice(0, 10)) return then.slice(11, 19);
  return Math.abs(now - at) < 300 * 86_400_000 ? then.slice(5, 10) : then.slice(0, 7);
}

/** A duration that is redrawn every second: in whole seconds, so that nothing flickers. */
export function secondsText(ms: number, { text: { durationText } }: LiveLook): string {
  return ms < 1000 ? "0 s" : durationText(ms - ms % 1000);
}

/** A line of `pieces` in their colors, cut off where the screen ends, without blanks at its end. */
export function painted(pieces: readonly Piece[], { text, columns }: LiveLook): string {
  const { cutTo, widthOf, paintWith } = text;
  const paint = paintWith(true);
  const shown: Piece[] = [];
  let left = columns;
  for (const piece of pieces) {
    const cut = cutTo(piece.text, left);
    left -= widthOf(cut);
    shown.push({ ...piece, text: cut });
  }
  while (shown.at(-1)?.text.trim() === "") shown.pop();
  return shown.map(({ tone, text }, at) => {
    const words = at === shown.length - 1 ? text.trimEnd() : text;
    return tone === "plain" || words.trim() === "" ? words : paint(tone, words);
  }).join("");
}
