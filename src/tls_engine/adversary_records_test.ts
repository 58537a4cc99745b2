/** Records that are changed, in the clear or too long, and ends of a connection. */

import assert from "node:assert/strict";
import { TlsClient } from "./client.ts";
import { RECORD } from "./codes.ts";
import { TestServer } from "./testing.ts";
import { CBC, ECDHE, meet, SETTINGS, TLS13 } from "../../tests/support/tls_attacks.ts";
import type { ServerSettings } from "./testing_types.ts";
/** The client after a handshake, and a record of data from the server. */
function dataRecord(settings: ServerSettings): {
  readonly client: TlsClient;
  readonly record: Uint8Array;
  readonly server: TestServer;
} {
  const server = new TestServer(settings, {
    after: (send) => send({ type: RECORD.data, bytes: new Uint8Array(20).fill(9) }),
  });
  const client = new TlsClient(SETTINGS);
  let { send } = client.start();
  while (true) {
    const back = server.receive(send);
    if (server.isDone) {
      const at = lastRecordOf(back);
      client.receive(back.subarray(0, at));
      return { client, server, record: back.slice(at) };
    }
    send = client.receive(back).send;
  }
}

function lastRecordOf(bytes: Uint8Array): number {
  let at = 0;
  while (true) {
    const end = at + 5 + 256 * (bytes[at + 3] ?? 0) + (bytes[at + 4] ?? 0);
    if (end >= bytes.length) return at;
    at = end;
  }
}

Deno.test("whatever is changed in a record, the alert and the words are the same", () => {
  const suites = [{ ...CBC, encryptThenMac: true }, CBC, { ...CBC, suite: 0x0002 }, ECDHE, TLS13];
  for (const settings of suites) {
    const { record } = dataRecord(settings);
    for (let at = 5; at < record.length; at += settings === CBC ? 1 : 7) {
      const again = dataRecord(settings);
      const changed = again.record.map((byte, place) => place === at ? byte ^ 0x41 : byte);
      const { events, send } = again.client.receive(changed);
      assert.deepEqual(events, [
        { type: "violation", violation: "record-authentication", isFirstRecord: false },
      ], `${settings.suite} ${at}`);
      again.server.receive(send);
      assert.deepEqual(again.server.alert, [2, 20]);
    }
  }
});

Deno.test("records in the clear are refused when keys are in use", () => {
  for (const settings of [ECDHE, TLS13, CBC]) {
    const { client } = dataRecord(settings);
    const { events } = client.receive(Uint8Array.of(23, 3, 3, 0, 3, 1, 2, 3));
    assert.equal(events[0]?.type, "violation");
  }
});

Deno.test("a record is refused by its header when it is too long, before its bytes come", () => {
  for (const settings of [ECDHE, TLS13]) {
    const { client } = dataRecord(settings);
    const { events } = client.receive(Uint8Array.of(23, 3, 3, 0x48, 1));
    assert.deepEqual(events, [
      { type: "violation", violation: "record-length", isFirstRecord: false },
    ]);
  }
});

Deno.test("content that is too long is refused, though its record may be as long", () => {
  for (const settings of [ECDHE, TLS13, CBC]) {
    const { events, server } = meet(settings, {
      tricks: {
        after: (send) => send({ type: RECORD.data, bytes: new Uint8Array(16_385) }),
      },
    });
    assert.deepEqual(events.at(-1), {
      type: "violation",
      violation: "record-length",
      isFirstRecord: false,
    });
    assert.deepEqual(server.alert, [2, 22]);
  }
});

Deno.test("a goodbye is reported from an end without one, and nothing comes after it", () => {
  const { client, server } = dataRecord(TLS13);
  assert.deepEqual(client.receive(new Uint8Array()).events, []);
  const after = new TestServer(TLS13, {
    after(send) {
      send({ type: RECORD.alert, bytes: Uint8Array.of(1, 0) });
      send({ type: RECORD.data, bytes: Uint8Array.of(1) });
    },
  });
  const other = new TlsClient(SETTINGS);
  const flight = other.receive(after.receive(other.start().send));
  assert.deepEqual(other.receive(after.receive(flight.send)).events, [{ type: "goodbye" }]);
  assert.ok(server.isDone);
});
