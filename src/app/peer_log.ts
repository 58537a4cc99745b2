/** A log that many checks share at the same time. */

import { type LogEvent, type LogSink, peerFields } from "../log/mod.ts";
import type { LoggingOptions } from "../options/mod.ts";
import type { PlanPeer } from "../plan/mod.ts";
import { escapeControls } from "../common/visible.ts";

/** `log` with the peer's name before every line; in JSON it, host, port and titles are fields. */
export function withPeer(
  log: LogSink,
  { name, check }: PlanPeer,
  { format }: Pick<LoggingOptions, "format">,
): LogSink {
  const about = peerFields(check, name);
  const prefix = `[${escapeControls(name)}] `;
  const named = (event: LogEvent): LogEvent =>
    format === "json"
      ? { ...event, fields: { ...about, ...event.fields } }
      : { ...event, text: prefix + event.text.replaceAll("\n", `\n${prefix}`) };
  return {
    log: (event) => log.log(named(event)),
    isEnabled: (logger, level) => log.isEnabled(logger, level),
    close: () => log.close(),
  };
}
