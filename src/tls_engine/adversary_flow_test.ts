/** Servers that send what may not come there, or without end: each is refused by its rule and alert. */

import assert from "node:assert/strict";
import { versionName } from "../tls/mod.ts";
import { RECORD } from "./codes.ts";
import {
  CBC,
  DHE,
  ECDHE,
  flooding,
  meet,
  testAttacks,
  TLS13,
} from "../../tests/support/tls_attacks.ts";
Deno.test("a server that keeps to the rules gets data in every version and kind of suite", () => {
  const suites = [
    TLS13,
    ECDHE,
    DHE,
    CBC,
    { ...CBC, encryptThenMac: true },
    ...[0x0301, 0x0302, 0x0303].flatMap((version) =>
      [0x002f, 0x000a, 0x0002, 0x0041].map((suite) => ({ ...CBC, version, suite }))
    ),
    { ...TLS13, asksForCertificate: true },
    { ...ECDHE, asksForCertificate: true },
  ];
  for (const settings of suites) {
    const { events, server, client } = meet(settings);
    const [established] = events;
    assert.ok(established?.type === "established", JSON.stringify([settings.suite, events]));
    assert.ok(server.isDone);
    server.receive(client.write(Uint8Array.of(1, 2, 3)).send);
    assert.deepEqual(server.data, Uint8Array.of(1, 2, 3), versionName(settings.version));
    server.receive(client.close().send);
    assert.deepEqual(server.alert, [1, 0]);
  }
});

const CHANGE = { type: RECORD.change, bytes: Uint8Array.of(1) };

/** A message that claims the longest length there may be, and bytes of it one by one. */
const LONG_MESSAGE = { type: RECORD.handshake, bytes: Uint8Array.of(14, 1, 255, 255) };
const FRAGMENTS = Array.from({ length: 50_000 }, () => ({
  type: RECORD.handshake,
  bytes: Uint8Array.of(0),
}));

testAttacks([
  {
    what: "keys that change early",
    settings: ECDHE,
    tricks: {
      before: (type) => type === 14 ? [{ type: RECORD.change, bytes: Uint8Array.of(1) }] : [],
    },
    violation: "change-cipher-spec",
    alert: 10,
  },
  {
    what: "a Finished before keys change",
    settings: ECDHE,
    tricks: {
      before: (type) =>
        type === 14 ? [{ type: RECORD.handshake, bytes: Uint8Array.of(20, 0, 0, 0) }] : [],
    },
    violation: "message",
    alert: 10,
  },
  {
    what: "data in the middle of the handshake",
    settings: ECDHE,
    tricks: {
      before: (type) => type === 14 ? [{ type: RECORD.data, bytes: Uint8Array.of(1) }] : [],
    },
    violation: "record-type",
    alert: 10,
  },
  {
    what: "data in the middle of the handshake of TLS 1.3",
    settings: TLS13,
    tricks: {
      before: (type) => type === 20 ? [{ type: RECORD.data, bytes: Uint8Array.of(1) }] : [],
    },
    violation: "record-type",
    alert: 10,
  },
  {
    what: "data inside a message",
    settings: ECDHE,
    tricks: {
      before: (type) =>
        type === 14
          ? [{ type: RECORD.handshake, bytes: Uint8Array.of(14, 0) }, {
            type: RECORD.alert,
            bytes: Uint8Array.of(1, 90),
          }]
          : [],
    },
    violation: "message",
    alert: 10,
  },
  {
    what: "a message cut by the change of keys",
    settings: TLS13,
    tricks: { tail: (type) => type === 2 ? Uint8Array.of(8, 0) : undefined },
    violation: "key-change",
    alert: 10,
  },
  {
    what: "a part of the handshake without bytes",
    settings: TLS13,
    tricks: {
      before: (type) => type === 20 ? [{ type: RECORD.handshake, bytes: new Uint8Array() }] : [],
    },
    violation: "length",
    alert: 50,
  },
  {
    what: "empty records for ever",
    settings: TLS13,
    tricks: flooding({ type: RECORD.data, bytes: new Uint8Array() }, 40),
    violation: "empty-records",
    alert: 10,
  },
  {
    what: "fragments for ever",
    settings: ECDHE,
    tricks: {
      before: (type) => type === 14 ? [LONG_MESSAGE, ...FRAGMENTS] : [],
    },
    violation: "message-length",
    alert: 47,
  },
  {
    what: "signs for middleboxes for ever",
    settings: TLS13,
    tricks: {
      before: (type) => type === 2 ? Array.from({ length: 40 }, () => CHANGE) : [],
    },
    violation: "change-cipher-spec",
    alert: 10,
  },
  {
    what: "new keys for ever",
    settings: TLS13,
    tricks: flooding({ type: RECORD.handshake, bytes: Uint8Array.of(24, 0, 0, 1, 0) }, 40),
    violation: "message-count",
    alert: 10,
  },
  {
    what: "a new handshake in TLS 1.2",
    settings: ECDHE,
    tricks: flooding({ type: RECORD.handshake, bytes: Uint8Array.of(2, 0, 0, 0) }, 1),
    violation: "message",
    alert: 10,
  },
  {
    what: "warnings for ever",
    settings: ECDHE,
    tricks: flooding({ type: RECORD.alert, bytes: Uint8Array.of(1, 90) }, 10),
    violation: "warnings",
    alert: 10,
  },
  {
    what: "requests to begin anew for ever",
    settings: ECDHE,
    tricks: flooding({ type: RECORD.handshake, bytes: Uint8Array.of(0, 0, 0, 0) }, 10),
    violation: "message-count",
    alert: 10,
  },
  {
    what: "tickets for ever",
    settings: TLS13,
    tricks: flooding({ type: RECORD.handshake, bytes: Uint8Array.of(4, 0, 0, 1, 0) }, 70),
    violation: "message-count",
    alert: 10,
  },
  {
    what: "a new handshake in TLS 1.3",
    settings: TLS13,
    tricks: flooding({ type: RECORD.handshake, bytes: Uint8Array.of(2, 0, 0, 0) }, 1),
    violation: "message",
    alert: 10,
  },
  {
    what: "a request for a certificate after the handshake",
    settings: TLS13,
    tricks: flooding({ type: RECORD.handshake, bytes: Uint8Array.of(13, 0, 0, 0) }, 1),
    violation: "message",
    alert: 10,
  },
  {
    what: "keys that change after the handshake",
    settings: ECDHE,
    tricks: flooding({ type: RECORD.change, bytes: Uint8Array.of(1) }, 1),
    violation: "change-cipher-spec",
    alert: 10,
  },
  {
    what: "a message of 16 MB",
    settings: ECDHE,
    tricks: {
      before: (type) =>
        type === 14 ? [{ type: RECORD.handshake, bytes: Uint8Array.of(14, 255, 255, 255) }] : [],
    },
    violation: "message-length",
    alert: 47,
  },
  {
    what: "an exchange for RSA key transport",
    settings: CBC,
    tricks: {
      before: (type) =>
        type === 14 ? [{ type: RECORD.handshake, bytes: Uint8Array.of(12, 0, 0, 0) }] : [],
    },
    violation: "message",
    alert: 10,
  },
]);

Deno.test("new keys are taken as often as the server may ask, in both directions", () => {
  const { events, server, client } = meet(TLS13, {
    tricks: {
      after: (send) => send({ type: RECORD.handshake, bytes: Uint8Array.of(24, 0, 0, 1, 0) }),
    },
  });
  assert.equal(events[0]?.type, "established");
  server.receive(client.write(Uint8Array.of(5)).send);
  assert.deepEqual(server.data, Uint8Array.of(5));
});

Deno.test("a peer that is refused by judge gets its alert, and nothing of ours", () => {
  for (const settings of [TLS13, ECDHE, CBC]) {
    const { events, server } = meet(
      { ...settings, asksForCertificate: true },
      { client: { judge: () => 48 } },
    );
    assert.deepEqual(events, [{ type: "refused" }]);
    assert.deepEqual(server.alert, [2, 48]);
    assert.ok(!server.isDone);
  }
});
