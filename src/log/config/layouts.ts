/** Layouts: how an event becomes bytes. */
import { type ByteText, toByteText } from "./byte_text.ts";
import type { EngineContext } from "./context.ts";
import { millisecondsSinceStart } from "./conversions.ts";
import { renderDate } from "./dates.ts";
import type { EngineEvent } from "./engine_event.ts";
import { utcZone } from "./moment.ts";
import { parsePattern, type Pattern, renderPattern } from "./pattern.ts";
import type { Properties } from "./properties.ts";

/** Turns an event into bytes, line ends included. */
export type Layout = (event: EngineEvent) => ByteText;

/** Makes a layout of one class; `undefined` when its properties do not suffice. */
type LayoutMaker = (properties: Properties, context: EngineContext) => Layout | undefined;

const MAKERS: ReadonlyMap<ByteText, LayoutMaker> = new Map<ByteText, LayoutMaker>([
  ["log4cplus::SimpleLayout", () => simpleLayout],
  ["log4cplus::TTCCLayout", makeTtccLayout],
  ["log4cplus::PatternLayout", makePatternLayout],
]);

/** `LEVEL - MESSAGE`: what an appender has when it is given nothing else. */
export function simpleLayout(event: EngineEvent): ByteText {
  return `${event.levelName} - ${event.message}\n`;
}

/** Makes a layout by class name; complains and gives `undefined` when that does not work. */
export function makeLayout(
  className: ByteText,
  { properties, context }: { readonly properties: Properties; readonly context: EngineContext },
): Layout | undefined {
  const maker = MAKERS.get(className);
  if (maker === undefined) {
    context.diagnostics.error(`Cannot find LayoutFactory: "${className}"`);
    return undefined;
  }
  return maker(properties, context);
}

/** The layout of the built-in appender. */
export function makeBuiltInLayout(context: EngineContext): Layout {
  return eachLine(parsePattern("%P: %m%n", context));
}

function makePatternLayout(properties: Properties, context: EngineContext): Layout | undefined {
  const { diagnostics } = context;
  const perLine = properties.boolean("FormatEachLine", true);
  if (properties.has("Pattern")) {
    diagnostics.warn(
      'PatternLayout- the "Pattern" property has been deprecated.  Use "ConversionPattern" instead.',
    );
  }
  const name = ["ConversionPattern", "Pattern"].find((key) => properties.has(key));
  if (name === undefined) {
    const reason = "ConversionPattern not specified in properties";
    diagnostics.error(reason);
    diagnostics.error(`Error while creating Layout: ${reason}`);
    return undefined;
  }
  let pattern = parsePattern(properties.get(name), context);
  if (pattern.length === 0) {
    diagnostics.warn("PatternLayout pattern is empty.  Using default...");
    pattern = parsePattern("%m", context);
  }
  return perLine ? eachLine(pattern) : (event) => renderPattern(pattern, event);
}

/** Applies the whole pattern to every line of a message, an empty last one included. */
function eachLine(pattern: Pattern): Layout {
  return (event) => {
    if (!event.message.includes("\n")) return renderPattern(pattern, event);
    let text = "";
    for (const message of event.message.split("\n")) {
      text += renderPattern(pattern, { ...event, message, isPiece: true });
    }
    return text;
  };
}

function makeTtccLayout(properties: Properties, { host }: EngineContext): Layout {
  const format = properties.get("DateFormat");
  const zone = properties.boolean("Use_gmtime", false)
    ? utcZone
    : (seconds: number) => host.zone(seconds);
  const threadId = toByteText(host.threadId);
  return (event) => {
    const time = format === ""
      ? millisecondsSinceStart(event, host)
      : renderDate(format, { seconds: event.time / 1000, zone });
    return `${time} [${threadId}] ${event.levelName} ${event.logger} <> - ${event.message}\n`;
  };
}
