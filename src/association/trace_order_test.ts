import assert from "node:assert/strict";
import { TraceOrder } from "./trace_order.ts";

function storyteller() {
  const told: string[] = [];
  return { told, tell: (text: string) => () => void told.push(text) };
}

Deno.test("TraceOrder tells of a PDU at once when no other is before it", () => {
  const { told, tell } = storyteller();
  const order = new TraceOrder();
  order.ask();
  order.begin(tell("head"));
  assert.equal(order.isHolding, false);
  order.add(tell("body"));
  assert.deepEqual(told, ["head", "body"]);
});

Deno.test("TraceOrder holds a later PDU until it is asked for", () => {
  const { told, tell } = storyteller();
  const order = new TraceOrder();
  order.ask();
  for (const name of ["one", "two", "three"]) {
    order.begin(tell(`${name} head`));
    order.add(tell(`${name} body`));
  }
  assert.equal(order.isHolding, true);
  assert.deepEqual(told, ["one head", "one body"]);
  order.ask();
  assert.equal(told.length, 2, "the first has not been received yet");
  order.finish();
  assert.equal(told.length, 2, "the second has not been asked for yet");
  order.ask();
  assert.deepEqual(told.slice(2), ["two head", "two body"]);
  order.finish();
  order.ask();
  assert.deepEqual(told.slice(4), ["three head", "three body"]);
});

Deno.test("TraceOrder goes on at once with the body of a PDU that was held at its head", () => {
  const { told, tell } = storyteller();
  const order = new TraceOrder();
  order.begin(tell("one"));
  order.begin(tell("two head"));
  order.finish();
  order.ask();
  order.add(tell("two body"));
  assert.deepEqual(told, ["one", "two head", "two body"]);
});

Deno.test("TraceOrder does not let a PDU overtake one that still waits", () => {
  const { told, tell } = storyteller();
  const order = new TraceOrder();
  order.begin(tell("one"));
  order.begin(tell("two"));
  order.finish();
  order.begin(tell("three"));
  assert.deepEqual(told, ["one"]);
  order.ask();
  order.finish();
  order.ask();
  assert.deepEqual(told, ["one", "two", "three"]);
});
