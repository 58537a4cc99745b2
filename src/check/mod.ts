/** One check: dial, associate, echo, release or abort. */

export { runCheck } from "./check.ts";
export type * from "./environment.ts";
export * from "./errors.ts";
export type * from "./events.ts";
export type * from "./types.ts";
