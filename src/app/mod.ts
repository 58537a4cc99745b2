/** Wires the rooms to the program's modes. */

export { run } from "./run.ts";
export type { FileKind, LossWords, Terminal, World } from "./context.ts";
