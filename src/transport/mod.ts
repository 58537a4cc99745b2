/** The only room that opens sockets. */

export { dial, DialError } from "./dial.ts";
export { listen, ListenError } from "./listen.ts";
export { SocketError } from "./system_text.ts";
export type * from "./types.ts";
export { TlsError } from "./tls_error.ts";
export type { ClientHandshake } from "./tls_connect.ts";
export type { Handshake } from "./tls_limits.ts";

/** Loads what looks names up, which a plain connection leaves to the system. */
export async function loadResolver(): Promise<typeof import("./resolve.ts")> {
  return await import("./resolve.ts");
}

/** TLS over connections that are. */
export type TlsTransport = Pick<
  typeof import("./tls_connect.ts"),
  "secureClient" | "secureServer"
>;

/** Loads TLS; without TLS options it is never needed. */
export async function loadTlsTransport(): Promise<TlsTransport> {
  return await import("./tls_connect.ts");
}
