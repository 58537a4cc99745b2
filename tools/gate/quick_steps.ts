/** What `deno task quick` runs: what can be known of a room within seconds. */

import { type Room, ROOMS } from "../rooms.ts";
import { staticSteps, type Step, testsIn, unitStepsOf } from "./steps.ts";

/** What may be imported of which rooms. */
type Imports = Readonly<Record<string, Pick<Room, "values" | "types">>>;

/** Rooms that import one of these, by value or by type, and these themselves, in the order of the room table. */
export function withImporters(
  rooms: readonly string[],
  table: Imports = ROOMS,
): readonly string[] {
  return Object.entries(table)
    .filter(([name, { values, types }]) =>
      [name, ...values, ...types].some((room) => rooms.includes(room))
    )
    .map(([name]) => name);
}

/** Format, documentation, lint and types of some rooms, or of tools/, and unit tests of the rooms and their importers. */
export function quickSteps(rooms: readonly string[]): readonly Step[] {
  const folders = rooms.length > 0 ? rooms.map((room) => `src/${room}`) : ["tools"];
  const concerned = withImporters(rooms).map((room) => `src/${room}`);
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
