/** What every part of the engine is given: the world and the engine's own voice. */
import type { LogHost } from "../host.ts";
import type { Diagnostics } from "./diagnostics.ts";

/** Handed down from the configurator. */
export interface EngineContext {
  /** The world. */
  readonly host: LogHost;
  /** The engine's own voice. */
  readonly diagnostics: Diagnostics;
}
