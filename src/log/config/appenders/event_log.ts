/** `log4cplus::NTEventLogAppender`: the event log of Windows. */
import { type EventLogKind, type EventLogTarget, isFailure } from "../../host.ts";
import { Appender, readAppenderSettings } from "../appender.ts";
import { toByteText, toText } from "../byte_text.ts";
import type { EngineContext } from "../context.ts";
import { ERROR, levelValue } from "../levels.ts";
import type { Properties } from "../properties.ts";

/**
 * Makes the appender. `server` is empty for this computer; `source` names the entries and must be given.
 *
 * `log` is accepted: which log a source writes to is decided by its registration, not here.
 */
export function makeEventLogAppender(properties: Properties, context: EngineContext): Appender {
  const settings = readAppenderSettings(properties, context);
  const { diagnostics, host } = context;
  const source = properties.get("source");
  let target: EventLogTarget | undefined;
  if (source === "") {
    diagnostics.warn("Source option not set for appender [].");
  } else {
    const opened = host.openEventLog(toText(properties.get("server")), toText(source));
    if (isFailure(opened)) {
      settings.once.error(`Cannot open the event log: ${toByteText(opened.reason)}`);
    } else target = opened;
  }
  return new Appender(settings, {
    write(event) {
      const failure = target?.report(kindOf(event.level), toText(settings.layout(event)));
      if (failure !== undefined) {
        settings.once.error(`Cannot write to the event log: ${toByteText(failure.reason)}`);
      }
    },
    close() {
      target?.close();
      target = undefined;
    },
  }, { context });
}

function kindOf(level: number): EventLogKind {
  if (level >= ERROR) return "error";
  return level >= levelValue("warn") ? "warning" : "information";
}
