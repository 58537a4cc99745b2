/** One log message and the loggers it can go to. */

import type { LogLevel } from "./types.ts";

/** One log message; its text may hold line breaks. */
export interface LogMessage {
  /** Hierarchical logger name, such as `dcmtk.apps.echoscu`. */
  readonly logger: string;
  /** Severity. */
  readonly level: LogLevel;
  /** Words the message, without prefix; called only when it will be printed. */
  readonly text: () => string;
}

/** The reference's loggers. */
export const LOGGERS = {
  app: "dcmtk.apps.echoscu",
  net: "dcmtk.dcmnet",
  data: "dcmtk.dcmdata",
  tls: "dcmtk.dcmtls",
} as const;

/** A message to `logger`; a text that costs work is given as a function. */
export function messageTo(
  logger: string,
  message: { readonly level: LogLevel; readonly text: string | (() => string) },
): LogMessage {
  const { level, text } = message;
  return { logger, level, text: typeof text === "string" ? () => text : text };
}
