import assert from "node:assert/strict";
import { nearestName } from "./nearest_name.ts";

const NAMES = ["host", "port", "called", "calling", "timeouts", "maxLatency"];

Deno.test("nearestName() finds a name with letters missing, swapped or in the wrong case", () => {
  assert.equal(nearestName("hots", NAMES), "host");
  assert.equal(nearestName("prt", NAMES), "port");
  assert.equal(nearestName("maxlatency", NAMES), "maxLatency");
  assert.equal(nearestName("timeout", NAMES), "timeouts");
});

Deno.test("nearestName() finds nothing where nothing is near", () => {
  assert.equal(nearestName("colour", NAMES), undefined);
  assert.equal(nearestName("", []), undefined);
});
