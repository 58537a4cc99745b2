import assert from "node:assert/strict";
import type { AssociateRq } from "../pdu/types.ts";
import type { ConnectionRecord, ScpEvent } from "../scp/mod.ts";
import { scpFactsOf, scpFactsWithPeers } from "./scp_facts.ts";

const connection = { number: 7, remote: { host: "192.0.2.1", port: 40_000 } };
const caller = { connection: 7, remote: connection.remote };
const request = {
  callingAeTitle: "ME",
  calledAeTitle: "YOU",
  userInformation: [] as AssociateRq["userInformation"],
} as AssociateRq;
const titles = { callingAeTitle: "ME", calledAeTitle: "YOU" };
const record: ConnectionRecord = {
  connection,
  request,
  answer: undefined,
  findings: [],
  echoes: 2,
  refusals: 1,
  end: { type: "released" },
  elapsedMs: 12.5,
};

Deno.test("scpFactsOf() gives stage and figures of every event", () => {
  const local = { host: "::", port: 104 };
  const message = { connection, contextId: 1, messageId: 3 };
  const facts = { ...caller, contextId: 1, messageId: 3 };
  const events: readonly (readonly [ScpEvent, string | undefined, Record<string, unknown>])[] = [
    [{ type: "listening", local, maxAssociations: 5 }, "listen", { local, maxAssociations: 5 }],
    [{ type: "connection-accepted", connection }, "connect", caller],
    [{ type: "association-requested", connection, request }, "associate", { ...caller, ...titles }],
    [{ type: "echo-answered", ...message, status: 0 }, "echo", { ...facts, status: 0 }],
    [
      { type: "operation-refused", ...message, commandField: 1, status: 0x211 },
      "echo",
      { ...facts, status: 0x211 },
    ],
    [{ type: "data-set-ignored", connection, how: "sent" }, "echo", { ...caller, how: "sent" }],
    [
      { type: "association-ended", record },
      "end",
      { ...caller, ...titles, echoes: 2, refusals: 1, end: "released", elapsedMs: 12.5 },
    ],
    [
      { type: "stopping", reason: "SIGINT", running: 1, graceSeconds: 5 },
      "stop",
      { running: 1, graceSeconds: 5 },
    ],
    [{ type: "stopped", associations: 1, echoes: 2 }, "stop", { associations: 1, echoes: 2 }],
  ];
  for (const [event, stage, fields] of events) {
    assert.deepEqual(scpFactsOf(event), { stage, fields }, event.type);
  }
});

Deno.test("scpFactsWithPeers() names the caller in every event of a connection, and titles once known", () => {
  const factsOf = scpFactsWithPeers();
  const { host, port } = connection.remote;
  const whom = { peer: `${host}:${port}`, host, port };
  const message = { connection, contextId: 1, messageId: 3, status: 0 };
  assert.deepEqual(factsOf({ type: "connection-accepted", connection }).fields, {
    ...whom,
    ...caller,
  });
  factsOf({ type: "association-requested", connection, request });
  const { fields } = factsOf({ type: "echo-answered", ...message });
  assert.deepEqual(fields, {
    ...whom,
    ...titles,
    ...caller,
    contextId: 1,
    messageId: 3,
    status: 0,
  });
  factsOf({ type: "association-ended", record });
  assert.equal(factsOf({ type: "echo-answered", ...message }).fields?.callingAeTitle, undefined);
});

Deno.test("scpFactsOf() leaves titles out of the record of a connection without a request", () => {
  const { fields = {} } = scpFactsOf({
    type: "association-ended",
    record: { ...record, request: undefined, end: { type: "lost", how: "closed", within: "idle" } },
  });
  assert.equal("callingAeTitle" in fields, false);
  assert.equal(fields.end, "lost");
});

Deno.test("scpFactsOf() gives roles, asynchronous operations and user identity, without its secrets", () => {
  const proposing: AssociateRq = {
    ...request,
    userInformation: [
      { type: "role-selection", sopClassUid: "1.2.3", scuRole: 0, scpRole: 1 },
      {
        type: "asynchronous-operations-window",
        maximumOperationsInvoked: 0,
        maximumOperationsPerformed: 4,
      },
      {
        type: "user-identity-rq",
        userIdentityType: 2,
        positiveResponseRequested: true,
        primaryField: new TextEncoder().encode("user"),
        secondaryField: new TextEncoder().encode("secret"),
      },
    ],
  };
  const proposed = {
    roles: [{ sopClassUid: "1.2.3", scu: 0, scp: 1 }],
    asynchronousOperations: { invoked: 0, performed: 4 },
    userIdentity: { type: 2, positiveResponseRequested: true },
  };
  const findings = [{ kind: "scp-role-only" }] as const;
  assert.deepEqual(
    scpFactsOf({ type: "association-requested", connection, request: proposing }).fields,
    { ...caller, ...titles, ...proposed },
  );
  const ended = scpFactsOf({
    type: "association-ended",
    record: { ...record, request: proposing, findings },
  });
  assert.deepEqual(ended.fields, {
    ...caller,
    ...titles,
    ...{ echoes: 2, refusals: 1, end: "released", elapsedMs: 12.5 },
    ...proposed,
    findings,
  });
});
