/** The only room that opens sockets. */

export { dial, DialError } from "./dial.ts";
export { listen, ListenError } from "./listen.ts";
export { SocketError } from "./system_text.ts";
export type * from "./types.ts";
export { TlsError } from "./tls_error.ts";
export type { ClientHandshake } from "./tls_connect.ts";
export type { Handshake } from "./tls_limits.ts";

/** TLS over connections that are. */
export type TlsTransport = Pick<
  typeof import("./tls_connect.ts"),
  "secureClient" | "secureServer"
>;

/** Loads TLS; without TLS options it is never needed. */
export async function loadTlsTransport(): Promise<TlsTransport> {
  return await import("./tls_connect.ts");
}
