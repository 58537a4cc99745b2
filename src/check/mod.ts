/** One check: dial, associate, echo, release or abort. */

export { type CheckEnvironment, runCheck, type Secure } from "./check.ts";
export * from "./errors.ts";
export type * from "./events.ts";
export type * from "./types.ts";
