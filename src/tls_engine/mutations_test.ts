/** Handshakes cut everywhere, split everywhere and changed anywhere: own errors only; tests/fuzz/tls.ts does it at length. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { SERVERS } from "../../tests/support/changed_servers.ts";
import { TlsClient } from "./client.ts";
import { TestServer } from "./testing.ts";
import type { ServerSettings } from "./testing_types.ts";
import type { ClientSettings } from "./types.ts";

/** The same random bytes in every run, so that what was recorded fits again. */
function fixed(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (37 * at + 11) % 256);
}

const SETTINGS: ClientSettings = {
  offer: {
    versions: [0x0304, 0x0303, 0x0302, 0x0301],
    suites: [0x1301, 0xc02b, 0xc009],
    groups: [0x17],
    shares: [0x17],
    schemes: [0x0403, 0x0804],
  },
  serverName: undefined,
  identity: undefined,
  random: fixed,
  judge: () => undefined,
};

/** What a server sends in a whole handshake with one record of data, and after which bytes of ours. */
function record(settings: ServerSettings): readonly Uint8Array[] {
  const server = new TestServer(settings, {
    after: (send) => send({ type: 23, bytes: new Uint8Array(30) }),
  });
  const client = new TlsClient(SETTINGS);
  const flights: Uint8Array[] = [];
  let { send } = client.start();
  while (send.length > 0) {
    const back = server.receive(send);
    flights.push(back);
    send = client.receive(back).send;
  }
  return flights;
}

/** Plays recorded bytes to a new client in pieces of these sizes; returns what happened. */
function replay(flights: readonly Uint8Array[], sizes: readonly number[]): readonly string[] {
  const client = new TlsClient(SETTINGS);
  client.start();
  const happened: string[] = [];
  let turn = 0;
  for (const flight of flights) {
    for (let at = 0; at < flight.length;) {
      const size = sizes[turn++ % sizes.length] ?? 1;
      const { events } = client.receive(flight.subarray(at, at + size));
      happened.push(
        ...events.map((event) =>
          event.type === "violation" ? `violation ${event.violation}` : event.type
        ),
      );
      at += size;
    }
  }
  return happened;
}

for (const settings of SERVERS) {
  const flights = record(settings);
  const version = settings.version.toString(16);

  Deno.test(`a recorded handshake of version ${version} comes to the same however it is split`, () => {
    assert.deepEqual(replay(flights, [1e6]), ["established", "data"]);
    for (const sizes of [[1], [2, 3], [5, 1, 700], [64]]) {
      assert.deepEqual(replay(flights, sizes), ["established", "data"]);
    }
  });

  Deno.test(`a handshake of version ${version} that is cut anywhere comes to no end`, () => {
    const whole = flights.reduce((sum, { length }) => sum + length, 0);
    for (let end = 0; end < whole; end += 13) {
      let left = end;
      const cut = flights.map((flight) => {
        const part = flight.subarray(0, left);
        left -= part.length;
        return part;
      });
      const happened = replay(cut, [1e6]);
      assert.ok(!happened.includes("data") && happened.length <= 1, happened.join());
    }
  });

  Deno.test(`a handshake of version ${version} that is changed anywhere ends in an error of ours`, () => {
    const sizes = flights.map(({ length }) => length);
    const place = fc.integer({ min: 0, max: sizes.reduce((sum, size) => sum + size, 0) - 1 });
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), (at, bits) => {
        let before = 0;
        const changed = flights.map((flight) => {
          const own = at - before;
          before += flight.length;
          return flight.map((byte, here) => here === own ? byte ^ bits : byte);
        });
        const happened = replay(changed, [1e6]);
        // The minor version of a record does not count before a version is agreed on, nor in TLS 1.3.
        const ends = happened.filter((one) => one !== "established" && one !== "data");
        assert.ok(ends.length <= 1);
        if (happened.join() === "established,data") assert.ok(isFree(flights, at), String(at));
      }),
      { numRuns: 300, seed: 15 },
    );
  });
}

/** Whether a byte means nothing: the version of a record, as the standard says (RFC 8446 5.1). */
function isFree(flights: readonly Uint8Array[], at: number): boolean {
  let before = 0;
  for (const flight of flights) {
    for (let record = 0; record < flight.length;) {
      const end = record + 5 + 256 * (flight[record + 3] ?? 0) + (flight[record + 4] ?? 0);
      if (before + record + 2 === at) return true;
      record = end;
    }
    before += flight.length;
  }
  return false;
}

Deno.test("random bytes never throw and never hang", () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 80 })), (chunks) => {
    const client = new TlsClient(SETTINGS);
    client.start();
    for (const chunk of chunks) client.receive(chunk);
  }));
});
