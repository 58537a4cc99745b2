/** From events to log lines in the reference's wording, and where they go. */

export { type DictionaryEvent, dictionaryMessage } from "./dictionary_lines.ts";
export { messagesOf } from "./lines.ts";
export { LOGGERS, type LogMessage } from "./message.ts";
export { createPlainSink } from "./plain.ts";
export type * from "./types.ts";
export type { ScpLines } from "./scp_load.ts";
export { loadScpLines } from "./scp_load.ts";
