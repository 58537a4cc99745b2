/**
 * From settings to loggers. Order of work: switches of the engine, all appenders by name, the root logger, the other
 * loggers by name, additivity.
 */
import type { Appender } from "./appender.ts";
import { makeBuiltInAppender } from "./appenders/console.ts";
import type { ByteText } from "./byte_text.ts";
import type { EngineContext } from "./context.ts";
import { isEmptyDateFormat } from "./dates.ts";
import { Hierarchy } from "./hierarchy.ts";
import { INFO, levelNames, NOT_SET, parseLevel } from "./levels.ts";
import type { Properties } from "./properties.ts";
import { LogConfigRefusal } from "./refusal.ts";
import { ASYNC_APPENDER, findAppenderMaker } from "./registry.ts";

/** Builds the loggers from the settings below `log4cplus.`. */
export function buildHierarchy(properties: Properties, context: EngineContext): Hierarchy {
  refuseWhatAborts(properties);
  const { diagnostics } = context;
  diagnostics.debugging = properties.boolean("configDebug", diagnostics.debugging);
  diagnostics.quiet = properties.boolean("quietMode", diagnostics.quiet);
  const hierarchy = new Hierarchy(makeBuiltInAppender(context));
  const appenders = makeAppenders(properties.subset("appender."), context);
  for (const appender of appenders.values()) hierarchy.hold(appender);
  const tools = { hierarchy, appenders, context };
  if (properties.has("rootLogger")) {
    configureLogger({ name: "", line: properties.get("rootLogger") }, tools);
  }
  const loggers = properties.subset("logger.");
  for (const name of loggers.names()) configureLogger({ name, line: loggers.get(name) }, tools);
  const additivity = properties.subset("additivity.");
  for (const name of additivity.names()) {
    hierarchy.setAdditive(name, additivity.boolean(name, true));
  }
  hierarchy.letGo([...appenders.values()].reverse());
  return hierarchy;
}

/** The settings directly below `appender.` are classes; every one of them is made, used or not. */
function makeAppenders(properties: Properties, context: EngineContext): Map<ByteText, Appender> {
  const appenders = new Map<ByteText, Appender>();
  for (const name of properties.names()) {
    if (name.includes(".")) continue;
    const className = properties.get(name);
    const maker = findAppenderMaker(className, context);
    if (maker === undefined) {
      const place = "PropertyConfigurator::configureAppenders()";
      context.diagnostics.error(`${place}- Cannot find AppenderFactory: ${className}`);
      continue;
    }
    const appender = maker(properties.subset(`${name}.`), context);
    appender.name = name;
    appenders.set(name, appender);
  }
  return appenders;
}

interface LoggerTools {
  readonly hierarchy: Hierarchy;
  readonly appenders: ReadonlyMap<ByteText, Appender>;
  readonly context: EngineContext;
}

/** `LEVEL[, APPENDER...]`; a line without any text leaves the logger as it is. */
function configureLogger(
  { name, line }: { readonly name: ByteText; readonly line: ByteText },
  tools: LoggerTools,
): void {
  const { diagnostics } = tools.context;
  const place = "PropertyConfigurator::configureLogger()";
  const [level, ...appenderNames] = splitLoggerLine(line);
  if (level === undefined) {
    diagnostics.error(`${place}- Invalid config string(Logger = ${name || "root"}): "${line}"`);
    return;
  }
  tools.hierarchy.configure(name, parseLevel(level));
  for (const appenderName of appenderNames) {
    const appender = tools.appenders.get(appenderName);
    if (appender === undefined) diagnostics.error(`${place}- Invalid appender: ${appenderName}`);
    else tools.hierarchy.attach(name, appender);
  }
}

/** Blanks (not tabs) go, commas separate, several count as one; the first word stays even if it is empty. */
function splitLoggerLine(line: ByteText): ByteText[] {
  const text = line.replaceAll(" ", "");
  if (text === "") return [];
  return text.split(",").filter((word, index) => index === 0 || word !== "");
}

/** What makes the reference end itself is refused before any file is touched. */
function refuseWhatAborts(properties: Properties): void {
  refuseUnknownRootLevel(properties);
  const appenders = properties.subset("appender.");
  for (const name of appenders.names()) {
    const value = appenders.get(name);
    if (value === ASYNC_APPENDER && /^[^.]*(?:\.Appender)*$/.test(name)) {
      if (appenders.get(`${name}.Appender`) === "") {
        throw new LogConfigRefusal(
          `Specified --log-config file does not say which appender belongs to log4cplus.appender.${name}`,
        );
      }
    }
    if (/\.layout\.(?:ConversionPattern|Pattern|DateFormat)$/.test(name)) {
      refuseEmptyDate(name, value);
    }
  }
}

function refuseEmptyDate(name: ByteText, value: ByteText): void {
  const formats = name.endsWith(".DateFormat") ? [value] : dateFormatsOf(value);
  if (formats.some(isEmptyDateFormat)) {
    throw new LogConfigRefusal(
      `Specified --log-config file has a date without any text in log4cplus.appender.${name}`,
    );
  }
}

/** What is in the braces of the dates of a conversion pattern. */
function dateFormatsOf(pattern: ByteText): readonly ByteText[] {
  const formats: ByteText[] = [];
  const conversion = /%%|%-*[0-9]*(?:\.[0-9]+)?[dD]\{/g;
  for (let match = conversion.exec(pattern); match !== null; match = conversion.exec(pattern)) {
    const end = pattern.indexOf("}", conversion.lastIndex);
    if (match[0] === "%%") continue;
    if (end < 0) break;
    formats.push(pattern.slice(conversion.lastIndex, end));
    conversion.lastIndex = end + 1;
  }
  return formats;
}

/** The last line that speaks of the root logger decides: `rootLogger`, then `logger.` with an empty name. */
function refuseUnknownRootLevel(properties: Properties): void {
  let level = INFO;
  let word: ByteText = "";
  for (const name of ["rootLogger", "logger."]) {
    const first = splitLoggerLine(properties.get(name))[0];
    if (first === undefined) continue;
    level = parseLevel(first);
    word = first;
  }
  if (level !== NOT_SET) return;
  throw new LogConfigRefusal(
    `Specified --log-config file sets log4cplus.rootLogger to the unknown level "${word}" ` +
      `(known: ${levelNames()})`,
  );
}
