/**
 * What can be known within seconds (`deno task quick [ROOM...]`): format, documentation, lint and types, and the unit
 * tests of the rooms named and of those that import them, with the permissions and the seed of the gate.
 *
 * Without names: the rooms with files that differ from the last commit. `common` is what every room uses: its own tests
 * run, and `deno task test --only=unit` runs those of all rooms.
 */

import { addCounts, closingLine } from "./gate/junit.ts";
import { inLanes } from "./gate/lanes.ts";
import { COMMON, quickSteps } from "./gate/quick_steps.ts";
import { runStep } from "./gate/run_step.ts";
import { placeOf, ROOMS } from "./rooms.ts";

async function main(args: readonly string[]): Promise<number> {
  Deno.chdir(new URL("../", import.meta.url));
  const names = [...Object.keys(ROOMS), COMMON];
  const unknown = args.find((room) => !names.includes(room));
  if (unknown !== undefined) {
    console.error(`There is no room ${unknown}; there are ${names.join(", ")}`);
    return 2;
  }
  const rooms = args.length > 0 ? args : await changedRooms();
  console.log(rooms.length > 0 ? `rooms: ${rooms.join(", ")}` : "no room has changed");
  const started = performance.now();
  const results = await inLanes(quickSteps(rooms), {
    lanes: navigator.hardwareConcurrency,
    work: runStep,
  });
  const total = addCounts(results.map(({ counts }) => counts));
  for (const name of total.failed) console.log(`failed: ${name}`);
  console.log(`${Math.round((performance.now() - started) / 1000)} s in all`);
  console.log(closingLine(total));
  return total.failed.length === 0 ? 0 : 1;
}

/** Rooms with files that are new or differ from the last commit. */
async function changedRooms(): Promise<readonly string[]> {
  const args = ["status", "--porcelain", "--no-renames", "--untracked-files=all", "--", "src"];
  const { stdout } = await new Deno.Command("git", { args }).output();
  const paths = new TextDecoder().decode(stdout).split("\n").map((line) => line.slice(3));
  const places = paths.map(placeOf);
  const rooms = places.map((place) => {
    if (place.kind === "room") return [place.room];
    return place.kind === "leaf" && place.path.startsWith(`${COMMON}/`) ? [COMMON] : [];
  });
  return [...new Set(rooms.flat())];
}

if (import.meta.main) Deno.exit(await main(Deno.args));
