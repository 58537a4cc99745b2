/** From events to log lines in the reference's wording, and where they go. */

export { LOGGERS, type LogMessage, messagesOf } from "./lines.ts";
export { createPlainSink } from "./plain.ts";
export type * from "./types.ts";
