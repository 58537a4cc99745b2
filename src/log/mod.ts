/** From events to log lines in the reference's wording, and where they go. */

import type { LogSetup } from "./config/mod.ts";
import type { LogHost } from "./host.ts";
import type { DenoLogHostOptions } from "./host_deno.ts";
import type { JsonSinkOptions } from "./json.ts";
import type { LogSink } from "./types.ts";

export { type DictionaryEvent, dictionaryMessage } from "./dictionary_lines.ts";
export { messagesOf } from "./lines.ts";
export { LOGGERS, type LogMessage } from "./message.ts";
export { fieldsOf, type PeerFields, peerFields, stageAfter } from "./event_facts.ts";
export { createPlainSink } from "./plain.ts";
export type * from "./types.ts";
export {
  loadScpLines,
  loadTlsLines,
  loadTraceLines,
  type ScpLines,
  type TlsLines,
  type TraceLines,
} from "./load.ts";
export type { LogSetup } from "./config/mod.ts";
export type * from "./host.ts";
export type { DenoLogHostOptions } from "./host_deno.ts";
export type { JsonSinkOptions, OffsetMinutes } from "./json.ts";

/** The engine after `--log-config` and its real world. */
export interface LogEngine {
  /** Reads a configuration file and opens everything it names. */
  readonly configureLogging: (file: Uint8Array, host: LogHost) => LogSetup;
  /** Makes the world that the engine works on. */
  readonly createDenoLogHost: (options?: DenoLogHostOptions) => LogHost;
}

/** Loads the engine after `--log-config`; the plain path never does. */
export async function loadLogEngine(): Promise<LogEngine> {
  const [{ configureLogging }, { createDenoLogHost }] = await Promise.all([
    import("./config/mod.ts"),
    import("./host_deno.ts"),
  ]);
  return { configureLogging, createDenoLogHost };
}

/** The log of `--log-format json`. */
export interface JsonLog {
  /** Makes a sink that writes one line of JSON per event. */
  readonly createJsonSink: (options: JsonSinkOptions) => LogSink;
}

/** Loads the log of `--log-format json`. */
export async function loadJsonLog(): Promise<JsonLog> {
  return await import("./json.ts");
}

/** The sample that `--print-log-config` prints. */
export async function loadSampleLogConfig(): Promise<string> {
  const sample = await import("../../logger.cfg", { with: { type: "text" } });
  return sample.default;
}

/** The system's log and other ways out of this computer, as appenders use them. */
export type LogTargets = typeof import("./host_deno_targets.ts");

/** Loads them. */
export async function loadLogTargets(): Promise<LogTargets> {
  return await import("./host_deno_targets.ts");
}
