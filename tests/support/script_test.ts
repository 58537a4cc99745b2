import assert from "node:assert/strict";
import { parseScript, pduName } from "./script.ts";

Deno.test("parseScript() puts the expectation of a step before its sending", () => {
  const actions = parseScript([{ expect: "P-DATA-TF", send: "04 00" }]);
  assert.deepEqual(actions, [
    { do: "expect-pdu", type: "P-DATA-TF", optional: false },
    { do: "send", bytes: new Uint8Array([4, 0]), chunk: 2, gapMs: 0 },
  ]);
});

Deno.test("parseScript() knows every way to wait, to read and to end", () => {
  const steps = [
    { expect: "PDU", optional: true },
    { expect: "bytes 12" },
    { expect: "close" },
    { expect: "eof" },
    { send: "wait 300" },
    { send: "close" },
    { send: "shutdown" },
    { send: "rst" },
    { send: "0102", chunk: 1, gapMs: 50 },
  ];
  assert.deepEqual(parseScript(steps), [
    { do: "expect-pdu", type: undefined, optional: true },
    { do: "expect-bytes", count: 12, optional: false },
    { do: "expect-end", silent: true },
    { do: "expect-end", silent: false },
    { do: "wait", ms: 300 },
    { do: "close" },
    { do: "shutdown" },
    { do: "reset" },
    { do: "send", bytes: new Uint8Array([1, 2]), chunk: 1, gapMs: 50 },
  ]);
});

Deno.test("parseScript() rejects what it does not know, so that a misspelt case never passes", () => {
  assert.throws(
    () => parseScript([{ expect: "A-ASSOCIATE-XX" }]),
    /Cannot expect "A-ASSOCIATE-XX"/,
  );
  assert.throws(() => parseScript([{ send: "colse" }]), /Not a hex text/);
  assert.throws(() => parseScript([{ send: "010" }]), /Not a hex text/);
  assert.throws(() => parseScript([{ comment: "nothing" }]), /Step 1 neither expects nor sends/);
});

Deno.test("pduName() gives the standard's names, and the code of an unknown type", () => {
  assert.equal(pduName(0x01), "A-ASSOCIATE-RQ");
  assert.equal(pduName(0x07), "A-ABORT");
  assert.equal(pduName(0x08), "0x08");
});
