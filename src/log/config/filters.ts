/**
 * Filters of an appender, asked in order. The first answer that is not neutral decides; all neutral means accepted.
 */
import type { ByteText } from "./byte_text.ts";
import type { Diagnostics } from "./diagnostics.ts";
import type { EngineEvent } from "./engine_event.ts";
import { NOT_SET, parseLevel } from "./levels.ts";
import type { Properties } from "./properties.ts";

/** What a filter says about an event. */
export type FilterAnswer = "accept" | "deny" | "neutral";

/** Judges an event, whole and not yet split into lines. */
export type Filter = (event: EngineEvent) => FilterAnswer;

const MAKERS: ReadonlyMap<ByteText, (properties: Properties) => Filter> = new Map([
  ["log4cplus::spi::DenyAllFilter", () => () => "deny" as const],
  ["log4cplus::spi::LogLevelMatchFilter", makeLevelMatch],
  ["log4cplus::spi::LogLevelRangeFilter", makeLevelRange],
  ["log4cplus::spi::StringMatchFilter", makeStringMatch],
]);

/** Reads `1`, `2`, ... up to the first gap. An unknown class is reported and left out. */
export function makeFilters(properties: Properties, diagnostics: Diagnostics): Filter[] {
  const filters: Filter[] = [];
  for (let number = 1; properties.has(String(number)); number++) {
    const className = properties.get(String(number));
    const maker = MAKERS.get(className);
    if (maker === undefined) {
      diagnostics.error(`Appender::ctor()- Cannot find FilterFactory: ${className}`);
    } else {
      filters.push(maker(properties.subset(`${number}.`)));
    }
  }
  return filters;
}

/** Whether an event gets through. */
export function isAccepted(filters: readonly Filter[], event: EngineEvent): boolean {
  for (const filter of filters) {
    const answer = filter(event);
    if (answer !== "neutral") return answer === "accept";
  }
  return true;
}

function makeLevelMatch(properties: Properties): Filter {
  const onMatch = matchAnswer(properties);
  const wanted = parseLevel(properties.get("LogLevelToMatch"));
  return (event) => wanted !== NOT_SET && event.level === wanted ? onMatch : "neutral";
}

function makeLevelRange(properties: Properties): Filter {
  const inside = matchAnswer(properties) === "accept" ? "accept" : "neutral";
  const min = parseLevel(properties.get("LogLevelMin"));
  const max = parseLevel(properties.get("LogLevelMax"));
  return (event) => {
    if (min !== NOT_SET && event.level < min) return "deny";
    if (max !== NOT_SET && event.level > max) return "deny";
    return inside;
  };
}

function makeStringMatch(properties: Properties): Filter {
  const onMatch = matchAnswer(properties);
  const wanted = properties.get("StringToMatch");
  return (event) => wanted !== "" && event.message.includes(wanted) ? onMatch : "neutral";
}

function matchAnswer(properties: Properties): "accept" | "deny" {
  return properties.boolean("AcceptOnMatch", false) ? "accept" : "deny";
}
