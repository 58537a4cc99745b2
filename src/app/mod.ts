/** Wires the rooms to the program's modes. */

export { run } from "./run.ts";
export type * from "./world.ts";
