/** `log4cplus::NTEventLogAppender`: the event log of Windows, which this program does not write to. */
import { Appender, readAppenderSettings } from "../appender.ts";
import type { EngineContext } from "../context.ts";
import type { Properties } from "../properties.ts";

/**
 * Makes an appender that says once, before anything is logged, what to use in its place, and takes events without
 * writing them: native code, which the event log needs, is never loaded.
 */
export function makeEventLogAppender(properties: Properties, context: EngineContext): Appender {
  const settings = readAppenderSettings(properties, context);
  settings.once.error(
    "NTEventLogAppender- this program cannot write to the event log: " +
      "use a FileAppender, or a SysLogAppender with the host of a collector",
  );
  return new Appender(settings, { write() {}, close() {} }, { context });
}
