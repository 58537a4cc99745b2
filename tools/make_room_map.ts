/** Writes the map of the rooms into ARCHITECTURE.md from the room table: `deno task room-map`. */

import { ROOMS } from "./rooms.ts";

/** The page with the map. */
export const ARCHITECTURE_PAGE = new URL("../ARCHITECTURE.md", import.meta.url);

const BEGIN = "<!-- deno-fmt-ignore-start -->\n";
const END = "<!-- deno-fmt-ignore-end -->\n";

/** Puts the map of today between the marks of `page`. Throws when the marks are not there. */
export function withRoomMap(page: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error("ARCHITECTURE.md has no marks for the map");
  return page.slice(0, begin + BEGIN.length) + roomMap() + page.slice(end);
}

function roomMap(): string {
  const rows = Object.entries(ROOMS).map(([name, { does, values, types, deno }]) =>
    `| \`${name}\` | ${does} | ${name === "app" ? "all" : list(values)} | ${
      list(types)
    } | ${deno} |`
  );
  return [
    "| room | what it does | uses values of | knows types of | may name `Deno` |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function list(rooms: readonly string[]): string {
  return rooms.map((room) => `\`${room}\``).join(", ");
}

if (import.meta.main) {
  Deno.writeTextFileSync(ARCHITECTURE_PAGE, withRoomMap(Deno.readTextFileSync(ARCHITECTURE_PAGE)));
}
