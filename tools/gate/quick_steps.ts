/** What `deno task quick` runs: what can be known of a room within seconds. */

import { ROOMS } from "../rooms.ts";
import { staticSteps, type Step, testsIn, unitStepsOf } from "./steps.ts";

/** Rooms that import one of these, by value or by type, and these themselves, in the order of the room table. */
export function withImporters(rooms: readonly string[]): readonly string[] {
  return Object.entries(ROOMS)
    .filter(([name, { values, types }]) =>
      [name, ...values, ...types].some((room) => rooms.includes(room))
    )
    .map(([name]) => name);
}

/** Format, documentation, lint and types of some rooms, unit tests of them and of those that import them. */
export function quickSteps(rooms: readonly string[]): readonly Step[] {
  const folders = rooms.map((room) => `src/${room}`);
  const concerned = withImporters(rooms).map((room) => `src/${room}`);
  const ofRooms: Readonly<Record<string, readonly string[]>> = {
    lint: ["lint", "--quiet", ...folders, "tools"],
    // The whole program, and the tests of the rooms named: those of their importers are run, their types are for the gate.
    check: ["check", "--quiet", "main.ts", ...folders],
  };
  return [
    ...unitStepsOf(concerned.flatMap(testsIn), 1),
    ...staticSteps().map((step) => ({ ...step, args: ofRooms[step.args[0] ?? ""] ?? step.args })),
  ];
}
