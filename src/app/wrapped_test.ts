import assert from "node:assert/strict";
import { wrapped } from "./wrapped.ts";

const LINE = "hint: give the peer's own title with -aec";

Deno.test("wrapped() breaks a line at blanks where a terminal would break it within a word", () => {
  const at = (width: number | undefined, stderrIsTerminal = true) =>
    wrapped(LINE, { stderrIsTerminal, columns: () => width }).split("\n");
  assert.deepEqual(at(41), [LINE]);
  assert.deepEqual(at(40), ["hint: give the peer's own title with", "  -aec"]);
  assert.deepEqual(at(12), ["hint: give", "  the peer's", "  own title", "  with -aec"]);
  assert.equal(at(1).length, LINE.split(" ").length);
});

Deno.test("wrapped() leaves a line alone where no terminal or no width is known", () => {
  assert.equal(wrapped(LINE, { stderrIsTerminal: false, columns: () => 12 }), LINE);
  assert.equal(wrapped(LINE, { stderrIsTerminal: true, columns: () => undefined }), LINE);
});
