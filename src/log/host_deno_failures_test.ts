import assert from "node:assert/strict";
import { NAME_NOT_FOUND } from "./host.ts";
import { describe } from "./host_deno_failures.ts";

function failed(number: number, code?: string) {
  const error = Object.assign(new Error(`Nein. (os error ${number})`), { code });
  return describe(error, { isWindows: true });
}

Deno.test("describe() gives Windows' failures the numbers and words of all systems", () => {
  assert.deepEqual(failed(3, "ENOENT"), { code: 2, reason: "No such file or directory" });
  assert.deepEqual(failed(5, "EPERM"), { code: 13, reason: "Permission denied" });
  assert.equal(failed(32, "EBUSY").reason, "The file is in use by another program");
  assert.deepEqual(failed(1450), { code: 1450, reason: "Nein." });
});

Deno.test("describe() knows unknown hosts by number and code", () => {
  for (const number of [11001, 11002, 11003, 11004]) {
    assert.equal(failed(number, "ENOENT").code, NAME_NOT_FOUND);
  }
  const ofNode = Object.assign(new Error("getaddrinfo ENOTFOUND x"), { code: "ENOTFOUND" });
  assert.equal(describe(ofNode).code, NAME_NOT_FOUND);
  const again = Object.assign(new Error("x"), { code: "EAI_AGAIN" });
  assert.equal(describe(again).code, NAME_NOT_FOUND);
});

Deno.test("describe() counts a missing permission as one that the system denied", () => {
  const error = new Deno.errors.NotCapable("Requires net access");
  assert.deepEqual(describe(error), {
    code: 13,
    reason: "Requires net access",
    isWithheld: true,
  });
});
