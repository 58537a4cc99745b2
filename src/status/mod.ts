/** Watched peers over HTTP, for people and for programs. */

export { serveStatus, type StatusServer } from "./server.ts";
export type * from "./types.ts";
