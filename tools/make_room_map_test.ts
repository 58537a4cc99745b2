import assert from "node:assert/strict";
import page from "../ARCHITECTURE.md" with { type: "text" };
import { withRoomMap } from "./make_room_map.ts";

Deno.test("ARCHITECTURE.md has the map of the rooms as it is (deno task room-map)", () => {
  assert.equal(page, withRoomMap(page));
});
