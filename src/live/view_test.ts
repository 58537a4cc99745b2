import assert from "node:assert/strict";
import type { Key } from "./keys.ts";
import { afterKey, FIRST_VIEW, type LiveView, settled } from "./view.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"];
const CHOICE = { names: NAMES, room: 3 };

function after(...keys: readonly Key[]): LiveView {
  return keys.reduce((view, key) => {
    const next = afterKey(view, { key, ...CHOICE });
    assert.ok(next !== "quit");
    return next;
  }, FIRST_VIEW);
}

function placeOf({ selected, top }: LiveView) {
  return { selected, top };
}

function text(text: string): Key {
  return { text };
}

Deno.test("nothing is pointed at until a key does, and the screen follows", () => {
  assert.deepEqual(placeOf(after()), { selected: undefined, top: 0 });
  assert.deepEqual(placeOf(after("down")), { selected: "a", top: 0 });
  assert.deepEqual(placeOf(after("down", text("j"), "down", "down")), { selected: "d", top: 1 });
  assert.deepEqual(placeOf(after("page-down", "page-down")), { selected: "f", top: 3 });
  assert.deepEqual(placeOf(after("end")), { selected: "g", top: 4 });
  assert.deepEqual(placeOf(after(text("G"), "page-up", text("k"))), { selected: "c", top: 2 });
  assert.deepEqual(placeOf(after("end", "down", "down")), { selected: "g", top: 4 });
  assert.deepEqual(placeOf(after("up", "up")), { selected: "a", top: 0 });
  assert.deepEqual(placeOf(after("end", "home")), { selected: undefined, top: 0 });
});

Deno.test("Enter opens the peer that is pointed at, else the first; Escape and q go back", () => {
  assert.deepEqual(after("enter"), { ...FIRST_VIEW, page: "peer", selected: "a" });
  assert.equal(after("down", "down", text("d")).selected, "b");
  assert.equal(after("enter", "down").selected, "b");
  assert.equal(after("enter", "down").page, "peer");
  for (const back of ["escape", "enter", text("q"), text("d")] as const) {
    assert.equal(after("enter", back).page, "table");
  }
});

Deno.test("a question mark shows the keys and takes them away", () => {
  assert.equal(after(text("?")).page, "help");
  assert.equal(after(text("?"), text("?")).page, "table");
  assert.equal(after(text("?"), "escape").page, "table");
});

Deno.test("q and Ctrl-C end; while the filter is typed q is a letter", () => {
  assert.equal(afterKey(FIRST_VIEW, { key: text("q"), ...CHOICE }), "quit");
  const typing = after(text("/"), text("Q"));
  assert.equal(typing.filter, "q");
  assert.equal(afterKey(typing, { key: "interrupt", ...CHOICE }), "quit");
});

Deno.test("the filter is typed, kept by Enter, and taken away by Escape", () => {
  const keys = [text("/"), text("C"), text("x"), "backspace", text("T")] as const;
  assert.deepEqual(after("end", ...keys), { ...FIRST_VIEW, filter: "ct", isTyping: true });
  assert.deepEqual(after(...keys, "enter"), { ...FIRST_VIEW, filter: "ct" });
  assert.deepEqual(after(...keys, "escape"), FIRST_VIEW);
  assert.deepEqual(after(...keys, "enter", "escape"), FIRST_VIEW);
  const long = after(text("/"), ...new Array<Key>(100).fill(text("y")));
  assert.equal(long.filter.length, 40);
});

Deno.test("settled() keeps what is pointed at on the screen, wherever it went", () => {
  const view = { ...FIRST_VIEW, selected: "b", top: 0 };
  assert.equal(settled(view, { names: ["x", "y", "z", "u", "b"], room: 3 }).top, 2);
  assert.equal(settled({ ...view, top: 4 }, CHOICE).top, 1);
  assert.deepEqual(settled({ ...view, page: "peer" }, { names: ["a"], room: 3 }), FIRST_VIEW);
  assert.equal(settled({ ...FIRST_VIEW, top: 6 }, CHOICE).top, 4);
  assert.equal(settled({ ...FIRST_VIEW, top: 6 }, { names: [], room: 3 }).top, 0);
});
