/** The only room that opens sockets. */

export { dial, DialError } from "./dial.ts";
export { listen, ListenError } from "./listen.ts";
export { errorCode, SocketError, systemText } from "./system_text.ts";
export { tcpStream } from "./tcp_stream.ts";
export type * from "./types.ts";
