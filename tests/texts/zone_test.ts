/** Why the log has its own reading of time zones (`src/log/zone`): what the runtime's would lose. */

import assert from "node:assert/strict";
import { testWith } from "../support/test_with.ts";

/** 2 July 2026, 13:46:40 UTC. */
const SUMMER_MS = 1_783_000_000_000;

/** Minutes east of UTC that the runtime finds for a value of `TZ`. */
async function runtimeOffset(tz: string): Promise<number> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", `console.log(0 - new Date(${SUMMER_MS}).getTimezoneOffset())`],
    env: { TZ: tz, NO_COLOR: "1" },
  }).output();
  return Number(new TextDecoder().decode(stdout));
}

testWith({
  name: "the runtime knows named zones, but takes the rules that TZ may hold for UTC",
  missing: Deno.build.os === "windows" ? "there, TZ names no zone" : undefined,
  async fn() {
    assert.equal(await runtimeOffset("America/New_York"), -240);
    // The C library, and so the reference, has -240, 120 and 210 here. Once the runtime has too, our own can go.
    for (const rule of ["EST5EDT,M3.2.0,M11.1.0", "CET-1CEST", "AAA-3:30"]) {
      assert.equal(await runtimeOffset(rule), 0, rule);
    }
  },
});
