/**
 * A TLS engine of our own, for what the runtime's TLS does not speak: TLS 1.0 to 1.3 as a client, without socket, clock
 * or randomness of its own.
 *
 * Heavy: import it only when a connection needs it.
 */

export { type Step, TlsClient } from "./client.ts";
export { EngineError } from "./failure.ts";
export { withExchange } from "../tls/mod.ts";
export type * from "./types.ts";
