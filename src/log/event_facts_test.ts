import assert from "node:assert/strict";
import { DialError } from "../transport/mod.ts";
import { type Check, type CheckEvent, runCheck } from "../check/mod.ts";
import { fieldsOf, stageAfter } from "./event_facts.ts";

const CHECK = {
  target: { host: "pacs.example.org", port: 104 },
  callingAeTitle: "ECHOSCU",
  calledAeTitle: "ANY-SCP",
} as Check;

Deno.test("stageAfter() follows a check from connect to release", () => {
  const events: readonly (readonly [CheckEvent, string | undefined])[] = [
    [{ type: "requesting-association", check: CHECK }, "connect"],
    [{ type: "connected", check: CHECK, remote: { host: "192.0.2.1", port: 104 } }, "associate"],
    [{ type: "constructing-request", check: CHECK }, undefined],
    [{ type: "association-accepted", maxSendPdv: 16_372 }, undefined],
    [{ type: "sending-echo", messageId: 1 }, "echo"],
    [{ type: "releasing-association" }, "release"],
    [{ type: "aborting-association" }, "abort"],
  ];
  for (const [event, stage] of events) assert.equal(stageAfter(event), stage, event.type);
});

Deno.test("fieldsOf() gives figures where an event has some, and nothing elsewhere", () => {
  const remote = { host: "192.0.2.1", port: 104 };
  assert.deepEqual(fieldsOf({ type: "connected", check: CHECK, remote }), { remote });
  assert.deepEqual(fieldsOf({ type: "sending-echo", messageId: 7 }), { messageId: 7 });
  const received = { messageId: 7, status: 0x122, elapsedMs: 1.5 };
  assert.deepEqual(fieldsOf({ type: "echo-received", ...received, details: [] }), received);
  assert.equal(fieldsOf({ type: "releasing-association" }), undefined);
});

Deno.test("stageAfter() and fieldsOf() tell stage, name and fault of a failure", async () => {
  const events: CheckEvent[] = [];
  await runCheck({ ...CHECK, contexts: 1, transferSyntaxes: [], maximumLength: 16_384 }, {
    dial: () => Promise.reject(new DialError("refused", new Error("Connection refused"))),
    clock: { now: () => 0, after: () => () => {} },
    trace: (event) => void events.push(event),
  });
  const failed = events.at(-1);
  assert.equal(failed?.type, "association-request-failed");
  if (failed?.type !== "association-request-failed") return;
  assert.equal(stageAfter(failed), failed.error.stage);
  const { error, fault, message } = fieldsOf(failed) ?? {};
  assert.deepEqual([error, fault, message], [
    failed.error.name,
    failed.error.fault,
    failed.error.message,
  ]);
});
