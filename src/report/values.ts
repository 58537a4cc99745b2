/** Numbers, times and texts as reports write them. */

import { textOfByteString } from "../dicom/mod.ts";
import { trimEndOf } from "../common/trim.ts";
import { escapeControls } from "../common/visible.ts";

/** Milliseconds to the microsecond: what clocks measure below that is noise. */
export function roundMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** Milliseconds as seconds, to the microsecond. */
export function secondsOf(ms: number): number {
  return Math.round(ms * 1000) / 1_000_000;
}

/** A number without exponent, with at most `digits` decimals. */
export function decimal(value: number, digits: number): string {
  const fixed = value.toFixed(digits);
  return fixed.includes(".") ? trimEndOf(trimEndOf(fixed, "0"), ".") : fixed;
}

/** A duration for people: `0.84 ms`, `12.3 ms`, `5.01 s`, `2 min 5 s`, `3 h 20 min`, `4 d 2 h`. */
export function durationText(ms: number): string {
  if (ms < 10) return `${decimal(ms, 2)} ms`;
  if (ms < 100) return `${decimal(ms, 1)} ms`;
  if (ms < 999.5) return `${decimal(ms, 0)} ms`;
  if (ms < 59_995) return `${decimal(ms / 1000, 2)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const hours = Math.round(ms / 3_600_000);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A time in ISO 8601 with offset UTC and milliseconds. */
export function isoTime(sinceEpochMs: number): string {
  return new Date(sinceEpochMs).toISOString();
}

/** A byte string of the wire as well-formed text. */
export function peerText(byteString: string): string {
  return textOfByteString(byteString).toWellFormed();
}

/** Any text on one line, with everything made visible that could move a cursor or forge a line. */
export function oneLine(value: string): string {
  return escapeControls(value).replaceAll("\t", " ");
}

/** `text` with a capital letter and a full stop. */
export function sentence(text: string): string {
  return withStop(text.charAt(0).toUpperCase() + text.slice(1));
}

/** `text` with a full stop, where it has no end of its own. */
export function withStop(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
