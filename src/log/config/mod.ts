/**
 * The configuration language of log4cplus as the reference speaks it (`-lc`). Loaded only when a configuration is given.
 */
import type { LogHost } from "../host.ts";
import type { LogEvent, LogLevel, LogSink } from "../types.ts";
import { fromBytes, toByteText, toText } from "./byte_text.ts";
import { buildHierarchy } from "./configurator.ts";
import { renderDate } from "./dates.ts";
import { Diagnostics } from "./diagnostics.ts";
import { toEngineEvent } from "./engine_event.ts";
import type { Hierarchy } from "./hierarchy.ts";
import { ERROR, levelValue } from "./levels.ts";
import { PositionFinder } from "./positions.ts";
import { parseBoolean, parseProperties, type Properties } from "./properties.ts";
import { LogConfigRefusal, REFUSAL } from "./refusal.ts";
import { expandVariables } from "./variables.ts";

/** What became of a configuration. */
export type LogSetup =
  | {
    /** It works, perhaps with complaints that have been written already. */
    readonly kind: "ready";
    /** Where events go. `close` it before the program ends, whatever the outcome. */
    readonly sink: LogSink;
    /** Whether the root logger holds back errors: the quiet mode of the reference. */
    readonly quiet: boolean;
  }
  | {
    /** It cannot be used; nothing has been opened. */
    readonly kind: "refused";
    /** Text for the user, to stand after `error: `; exit code 1. */
    readonly message: string;
  };

/** Reads a configuration file and opens everything it names. */
export function configureLogging(file: Uint8Array, host: LogHost): LogSetup {
  const diagnostics = new Diagnostics(host);
  diagnostics.debugging = environmentSwitch("DCMTK_LOG4CPLUS_LOGLOG_DEBUGENABLED", host);
  diagnostics.quiet = environmentSwitch("DCMTK_LOG4CPLUS_LOGLOG_QUIETMODE", host);
  try {
    const properties = readSettings(file);
    definePredefined(properties, host);
    const env = (name: string) => {
      const value = host.env(toText(name));
      return value === undefined ? undefined : toByteText(value);
    };
    expandVariables(properties, { env, diagnostics });
    const hierarchy = buildHierarchy(properties.subset("log4cplus."), { host, diagnostics });
    const quiet = hierarchy.rootLevel > ERROR;
    diagnostics.quiet = quiet;
    return { kind: "ready", sink: new ConfiguredSink(hierarchy, diagnostics), quiet };
  } catch (error) {
    if (error instanceof LogConfigRefusal) {
      return { kind: "refused", message: toText(error.message) };
    }
    throw error;
  }
}

class ConfiguredSink implements LogSink {
  readonly #hierarchy: Hierarchy;
  readonly #diagnostics: Diagnostics;
  readonly #positions = new PositionFinder();
  #complained = false;
  #closed = false;

  constructor(hierarchy: Hierarchy, diagnostics: Diagnostics) {
    this.#hierarchy = hierarchy;
    this.#diagnostics = diagnostics;
  }

  log(event: LogEvent): void {
    if (this.#closed) return;
    if (event.unconditional !== true && !this.isEnabled(event.logger, event.level)) return;
    const prepared = toEngineEvent(event, this.#positions.find(event));
    const { appenders } = this.#hierarchy.route(prepared.logger);
    if (appenders.length === 0) this.#complain(prepared.logger);
    for (const appender of appenders) appender.append(prepared);
  }

  isEnabled(logger: string, level: LogLevel): boolean {
    return levelValue(level) >= this.#hierarchy.route(toByteText(logger)).level;
  }

  close(): void | Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    return this.#hierarchy.close();
  }

  /** Once per run: an event has nowhere to go. */
  #complain(logger: string): void {
    if (this.#complained) return;
    this.#complained = true;
    this.#diagnostics.error(`No appenders could be found for logger (${logger}).`);
    this.#diagnostics.error("Please initialize the log4cplus system properly.");
  }
}

/** The settings of a file. The three complaints are judged before any variable is expanded. */
function readSettings(file: Uint8Array): Properties {
  const properties = parseProperties(fromBytes(file));
  if (properties.size === 0) throw new LogConfigRefusal(REFUSAL.noSettings);
  if (properties.subset("log4cplus.").size === 0) {
    throw new LogConfigRefusal(REFUSAL.noValidSettings);
  }
  if (!properties.has("log4cplus.rootLogger")) throw new LogConfigRefusal(REFUSAL.noRootLogger);
  return properties;
}

/** Names that always mean facts about this run, whatever the file says. */
function definePredefined(properties: Properties, host: LogHost): void {
  const now = host.now();
  const local = (format: string) => renderDate(format, { seconds: now / 1000, zone: host.zone });
  properties.set("appname", toByteText(host.programName));
  properties.set("date", local("%Y%m%d"));
  properties.set("time", local("%H%M%S"));
  properties.set("pid", String(host.pid));
  properties.set("hostname", toByteText(host.hostName()));
}

function environmentSwitch(name: string, host: LogHost): boolean {
  return parseBoolean(host.env(name) ?? "") ?? false;
}
