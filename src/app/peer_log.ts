/** A log that many checks share at the same time. */

import type { LogEvent, LogSink } from "../log/mod.ts";
import { escapeControls } from "../common/visible.ts";

/** `log` with the peer's name before every line; in JSON as a field of its own. */
export function withPeerName(
  log: LogSink,
  { name, format }: { readonly name: string; readonly format: "text" | "json" },
): LogSink {
  const prefix = `[${escapeControls(name)}] `;
  const named = (event: LogEvent): LogEvent =>
    format === "json"
      ? { ...event, fields: { ...event.fields, peer: name } }
      : { ...event, text: prefix + event.text.replaceAll("\n", `\n${prefix}`) };
  return {
    log: (event) => log.log(named(event)),
    isEnabled: (logger, level) => log.isEnabled(logger, level),
    close: () => log.close(),
  };
}
