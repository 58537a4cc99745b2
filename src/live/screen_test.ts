import assert from "node:assert/strict";
import { asciiOf, Screen } from "./screen.ts";

const BEGIN = "\x1b[?2026h";
const END = "\x1b[0m\x1b[?2026l";
const LINE = "\x1b[0m\x1b[K";

Deno.test("a screen is drawn as a whole once, then only where it has changed", () => {
  const screen = new Screen();
  assert.equal(
    screen.draw(["a", "b"]),
    `${BEGIN}\x1b[0m\x1b[2J\x1b[1;1H${LINE}a\x1b[2;1H${LINE}b${END}`,
  );
  assert.equal(screen.draw(["a", "b"]), "");
  assert.equal(screen.draw(["a", "c"]), `${BEGIN}\x1b[2;1H${LINE}c${END}`);
  screen.forget();
  assert.ok(screen.draw(["a", "c"]).includes("\x1b[2J"));
});

Deno.test("asciiOf() leaves lines as wide as they are", () => {
  const widthOf = (text: string) => text === "放" ? 2 : text === "\u0301" ? 0 : 1;
  assert.equal(asciiOf("▂▃▄▅▆█ … ─ ö放e\u0301 \x1b[1mA", widthOf), ".:-=+X ~ - ???e \x1b[1mA");
});
