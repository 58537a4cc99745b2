/** What `deno task quick` runs: what can be known of a room within seconds. */

import { type Room, ROOMS } from "../rooms.ts";
import { staticSteps, type Step, testsIn, unitStepsOf } from "./steps.ts";

/** The folder next to the rooms that every room uses, and so not a room: all tests would be those of its importers. */
export const COMMON = "common";

/** Of which rooms each one may import values. */
type Imports = Readonly<Record<string, Pick<Room, "values">>>;

/**
 * Rooms that import values of one of these, and these themselves, in the order of the room table. What only a type
 * changes, tests cannot see.
 */
export function withImporters(
  rooms: readonly string[],
  table: Imports = ROOMS,
): readonly string[] {
  return Object.entries(table)
    .filter(([name, { values }]) => [name, ...values].some((room) => rooms.includes(room)))
    .map(([name]) => name);
}

/** Format, documentation, lint and types of some rooms, or of tools/, and unit tests of the rooms and their importers. */
export function quickSteps(rooms: readonly string[]): readonly Step[] {
  const folders = rooms.length > 0 ? rooms.map((room) => `src/${room}`) : ["tools"];
  const concerned = [...withImporters(rooms), ...rooms.filter((room) => room === COMMON)]
    .map((room) => `src/${room}`);
  // Importers are run by their tests; their types, and those of the whole program, take the gate's time.
  const ofRooms: Readonly<Record<string, readonly string[]>> = {
    fmt: ["fmt", "--check", ...folders],
    lint: ["lint", "--quiet", ...folders],
    check: ["check", "--quiet", ...folders],
  };
  return [
    ...unitStepsOf(concerned.flatMap(testsIn), 1),
    ...staticSteps().map((step) => ({ ...step, args: ofRooms[step.args[0] ?? ""] ?? step.args })),
  ];
}
