/** Classes of appenders by name. */
import { Appender, bareSettings, readAppenderSettings } from "./appender.ts";
import { makeConsoleAppender } from "./appenders/console.ts";
import { makeEventLogAppender } from "./appenders/event_log.ts";
import {
  makeDailyRollingFileAppender,
  makeFileAppender,
  makeRollingFileAppender,
} from "./appenders/files.ts";
import { makeLog4jUdpAppender, makeSocketAppender } from "./appenders/network.ts";
import { makeSysLogAppender } from "./appenders/system_log.ts";
import type { ByteText } from "./byte_text.ts";
import type { EngineContext } from "./context.ts";
import type { Properties } from "./properties.ts";

/** Makes an appender from the properties below its name. */
export type AppenderMaker = (properties: Properties, context: EngineContext) => Appender;

/** Class name of the asynchronous appender, which must name another one. */
export const ASYNC_APPENDER = "log4cplus::AsyncAppender";

const MAKERS: ReadonlyMap<ByteText, AppenderMaker> = new Map<ByteText, AppenderMaker>([
  ["log4cplus::ConsoleAppender", makeConsoleAppender],
  ["log4cplus::FileAppender", makeFileAppender],
  ["log4cplus::RollingFileAppender", makeRollingFileAppender],
  ["log4cplus::DailyRollingFileAppender", makeDailyRollingFileAppender],
  ["log4cplus::NullAppender", makeNullAppender],
  ["log4cplus::SysLogAppender", makeSysLogAppender],
  ["log4cplus::SocketAppender", makeSocketAppender],
  ["log4cplus::Log4jUdpAppender", makeLog4jUdpAppender],
  [ASYNC_APPENDER, makeAsyncAppender],
]);

/** The vendor of a class, `undefined` when there is none of this name on this system. */
export function findAppenderMaker(
  className: ByteText,
  context: EngineContext,
): AppenderMaker | undefined {
  if (className === "log4cplus::NTEventLogAppender" && context.host.isWindows) {
    return makeEventLogAppender;
  }
  return MAKERS.get(className);
}

function makeNullAppender(properties: Properties, context: EngineContext): Appender {
  const nothing = { write(): void {}, close(): void {} };
  return new Appender(readAppenderSettings(properties, context), nothing, { context });
}

/**
 * `log4cplus::AsyncAppender`: hands every event to the appender inside.
 *
 * The reference does that from a thread of its own; the result is the same, so nothing is queued here. Properties of
 * its own that other appenders have are not read, and neither it nor the one inside announces its end.
 */
function makeAsyncAppender(properties: Properties, context: EngineContext): Appender {
  const className = properties.get("Appender");
  let maker = findAppenderMaker(className, context);
  if (maker === undefined) {
    const place = "AsyncAppender::AsyncAppender()";
    context.diagnostics.error(`${place} - Cannot find AppenderFactory: ${className}`);
    maker = makeNullAppender;
  }
  const inner = maker(properties.subset("Appender."), context);
  context.diagnostics.debug("Queue thread started.");
  const target = {
    write: (event: Parameters<Appender["append"]>[0]) => inner.append(event),
    close: () => inner.release(),
    settled: () => inner.settled() ?? Promise.resolve(),
  };
  return new Appender(bareSettings(context), target, { context, traits: { farewells: 0 } });
}
