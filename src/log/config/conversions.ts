/** What each conversion of a pattern prints. */
import type { LogHost } from "../host.ts";
import { type ByteText, toByteText } from "./byte_text.ts";
import { DEFAULT_DATE_FORMAT, renderDate } from "./dates.ts";
import type { EngineEvent } from "./engine_event.ts";
import { utcZone, type Zone } from "./moment.ts";
import { leadingInteger } from "./properties.ts";

/** Prints one field of an event. */
export type Conversion = (event: EngineEvent) => ByteText;

/** Makes a conversion; `option` takes the braces after the code, which only some codes have. */
type ConversionMaker = (host: LogHost, option: () => ByteText) => Conversion;

const MAKERS: Readonly<Record<string, ConversionMaker>> = {
  b: () => (event) => baseName(event.position?.file ?? ""),
  c: (_host, option) => {
    const count = leadingInteger(option());
    return (event) => lastComponents(event.logger, count);
  },
  d: (_host, option) => dateConversion(option(), utcZone),
  D: (host, option) => dateConversion(option(), (seconds) => host.zone(seconds)),
  F: () => (event) => event.position?.file ?? "",
  h: (host) => constant(host.hostName()),
  H: (host) => constant(host.fullHostName()),
  i: (host) => constant(String(host.pid)),
  l: () => ({ position }) => position === undefined ? ":" : `${position.file}:${position.line}`,
  L: () => (event) => event.position === undefined ? "" : String(event.position.line),
  m: () => (event) => event.message,
  M: () => (event) => event.position?.function ?? "",
  n: () => constant("\n"),
  p: () => (event) => event.levelName,
  P: () => (event) => event.levelName.charAt(0),
  r: (host) => (event) => millisecondsSinceStart(event, host),
  t: (host) => constant(host.threadId),
  T: (host) => (event) => event.isPiece ? "" : String(host.pid),
  x: () => constant(""),
  X: (_host, option) => {
    option();
    return constant("");
  },
};

/** The conversion of a code letter, `undefined` when there is none. */
export function makeConversion(
  code: string,
  { host, option }: { readonly host: LogHost; readonly option: () => ByteText },
): Conversion | undefined {
  return Object.hasOwn(MAKERS, code) ? MAKERS[code]?.(host, option) : undefined;
}

/** Whole milliseconds between the start of the program and an event. */
export function millisecondsSinceStart(event: EngineEvent, host: LogHost): string {
  return String(Math.max(0, Math.floor(event.time - host.startedAt)));
}

function dateConversion(format: ByteText, zone: Zone): Conversion {
  const used = format === "" ? DEFAULT_DATE_FORMAT : format;
  return (event) => renderDate(used, { seconds: event.time / 1000, zone });
}

function constant(text: string): Conversion {
  const bytes = toByteText(text);
  return () => bytes;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The last `count` components of a dotted name; all of it when it has no more, or when `count` is not positive. */
function lastComponents(name: ByteText, count: number): ByteText {
  if (count <= 0) return name;
  const components = name.split(".");
  return count >= components.length ? name : components.slice(-count).join(".");
}
