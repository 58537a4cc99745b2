import assert from "node:assert/strict";
import { createPrivateKey, type KeyObject } from "node:crypto";
import {
  buildCertificate,
  makeKey,
  simpleName,
  type TestKey,
  time,
} from "../../tests/tools/cert_builder.ts";
import { type TlsViolation, versionName } from "../tls/mod.ts";
import { TlsClient } from "./client.ts";
import { RECORD } from "./codes.ts";
import type { TypedBytes } from "./protection.ts";
import { TestServer } from "./testing.ts";
import type { HelloFields, ServerSettings, Tricks } from "./testing_types.ts";
import type { ClientSettings, EngineEvent } from "./types.ts";
import { join, number, vector } from "./wire.ts";

function certificateOf(key: TestKey): Uint8Array {
  return buildCertificate({
    version: 2,
    serial: Uint8Array.of(1),
    issuer: simpleName("server"),
    subject: simpleName("server"),
    notBefore: time(1e9),
    notAfter: time(3e9),
    spki: key.spki,
    extensions: [],
    signing: { key, hash: "sha256" },
  });
}

const RSA = makeKey("rsa");
const EC = makeKey("p256");
const OTHER = makeKey("p256");
const CERTIFICATES = { rsa: certificateOf(RSA), ec: certificateOf(EC) } as const;

function own(key: TestKey): KeyObject {
  return createPrivateKey(key.privateKey.export({ type: "pkcs8", format: "pem" }) as string);
}

const WITH_RSA = { certificate: CERTIFICATES.rsa, key: own(RSA), scheme: 0x0401, hash: "sha256" };
const WITH_EC = { certificate: CERTIFICATES.ec, key: own(EC), scheme: 0x0403, hash: "sha256" };
const TLS13: ServerSettings = { version: 0x0304, suite: 0x1301, ...WITH_EC };
const ECDHE: ServerSettings = { version: 0x0303, suite: 0xc02b, ...WITH_EC };
const DHE: ServerSettings = { version: 0x0303, suite: 0x009e, ...WITH_RSA };
const CBC: ServerSettings = { version: 0x0303, suite: 0x002f, ...WITH_RSA };

const SETTINGS: ClientSettings = {
  offer: {
    versions: [0x0304, 0x0303, 0x0302, 0x0301],
    suites: [0x1302, 0x1301, 0xc02b, 0x009e, 0x002f, 0x000a, 0x0002, 0x0041],
    groups: [0x17, 0x18, 0x1d],
    shares: [0x17],
    schemes: [0x0403, 0x0804, 0x0401, 0x0203, 0x0201],
  },
  serverName: undefined,
  identity: undefined,
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  judge: () => undefined,
};

interface Meeting {
  readonly events: readonly EngineEvent[];
  readonly server: TestServer;
  readonly client: TlsClient;
}

/** Lets both talk until nobody has anything to say. */
function meet(
  settings: ServerSettings,
  { tricks = {}, client: changes = {} }: {
    readonly tricks?: Tricks;
    readonly client?: Partial<ClientSettings>;
  } = {},
): Meeting {
  const server = new TestServer(settings, tricks);
  const client = new TlsClient({ ...SETTINGS, ...changes });
  const events: EngineEvent[] = [];
  let { send } = client.start();
  for (let rounds = 0; send.length > 0 && rounds < 20; rounds++) {
    const back = server.receive(send);
    const step = client.receive(back);
    events.push(...step.events);
    send = step.send;
  }
  return { events, server, client };
}

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

interface Attack {
  readonly what: string;
  readonly settings: ServerSettings;
  readonly tricks?: Tricks;
  readonly client?: Partial<ClientSettings>;
  readonly violation: TlsViolation;
  readonly alert: number;
}

function changing(type: number, change: (body: Uint8Array) => Uint8Array): Tricks {
  return { change: (sent, body) => sent === type ? change(body) : undefined };
}

function flipLast(body: Uint8Array): Uint8Array {
  return body.map((byte, at) => at === body.length - 1 ? byte ^ 1 : byte);
}

function saying(change: (fields: HelloFields) => Partial<HelloFields>): Tricks {
  return { hello: change };
}

function adding(type: number, contents: Uint8Array): Tricks {
  return saying(({ extensions }) => ({ extensions: [...extensions, [type, contents]] }));
}

/** Sends `content` so many times when the handshake is done. */
function flooding(content: TypedBytes, times: number): Tricks {
  return {
    after(send) {
      for (let i = 0; i < times; i++) send(content);
    },
  };
}

const MARK_12 = join(new Uint8Array(24), Uint8Array.fromHex("444f574e47524401"));
const MARK_11 = join(new Uint8Array(24), Uint8Array.fromHex("444f574e47524400"));
const SHARE_OF_ZEROS = join(number(0x1d, 2), vector(2, new Uint8Array(32)));
const ONLY_12 = { offer: { ...SETTINGS.offer, versions: [0x0303] } };
const PRIME_AT = 2;

/** The DH parameters with another value in place of one of the three. */
function dhWith(at: 0 | 1 | 2, value: (prime: Uint8Array) => Uint8Array): Tricks {
  return {
    parameters(parameters) {
      const prime = parameters.subarray(PRIME_AT, PRIME_AT + 256);
      const values = [prime, Uint8Array.of(2), parameters.slice(-256)];
      values[at] = value(prime);
      return join(...values.map((one) => vector(2, one)));
    },
  };
}

function minusOne(prime: Uint8Array): Uint8Array {
  return prime.map((byte, at) => at === prime.length - 1 ? byte - 1 : byte);
}

const ATTACKS: readonly Attack[] = [
  {
    what: "a wrong Finished in TLS 1.3",
    settings: TLS13,
    tricks: changing(20, flipLast),
    violation: "finished",
    alert: 51,
  },
  {
    what: "a wrong Finished in TLS 1.2",
    settings: ECDHE,
    tricks: changing(20, flipLast),
    violation: "finished",
    alert: 51,
  },
  {
    what: "a wrong signature in TLS 1.3",
    settings: TLS13,
    tricks: changing(15, flipLast),
    violation: "signature",
    alert: 51,
  },
  {
    what: "a wrong signature in TLS 1.2",
    settings: ECDHE,
    tricks: changing(12, flipLast),
    violation: "signature",
    alert: 51,
  },
  {
    what: "a certificate of somebody else",
    settings: { ...TLS13, key: own(OTHER) },
    violation: "signature",
    alert: 51,
  },
  {
    what: "a certificate of somebody else in TLS 1.2",
    settings: { ...ECDHE, key: own(OTHER) },
    violation: "signature",
    alert: 51,
  },
  {
    what: "a signature over other parameters",
    settings: ECDHE,
    tricks: changing(12, (body) => body.map((byte, at) => at === 40 ? byte ^ 1 : byte)),
    violation: "signature",
    alert: 51,
  },
  {
    what: "a DH prime of 512 bits",
    settings: DHE,
    tricks: dhWith(0, (prime) => prime.subarray(0, 64)),
    violation: "dh-size",
    alert: 40,
  },
  {
    what: "a composite DH prime",
    settings: DHE,
    tricks: dhWith(0, (prime) => prime.map((byte, at) => at === 255 ? byte - 2 : byte)),
    violation: "dh-value",
    alert: 47,
  },
  {
    what: "an even DH prime",
    settings: DHE,
    tricks: dhWith(0, minusOne),
    violation: "dh-value",
    alert: 47,
  },
  {
    what: "a DH generator of 1",
    settings: DHE,
    tricks: dhWith(1, () => Uint8Array.of(1)),
    violation: "dh-value",
    alert: 47,
  },
  ...[0, 1].map((value): Attack => ({
    what: `a DH value of ${value}`,
    settings: DHE,
    tricks: dhWith(2, () => Uint8Array.of(value)),
    violation: "dh-value",
    alert: 47,
  })),
  {
    what: "a DH value of p - 1",
    settings: DHE,
    tricks: dhWith(2, minusOne),
    violation: "dh-value",
    alert: 47,
  },
  {
    what: "a DH value of p",
    settings: DHE,
    tricks: dhWith(2, (prime) => prime),
    violation: "dh-value",
    alert: 47,
  },
  {
    what: "a point that is not on the curve",
    settings: ECDHE,
    tricks: { parameters: (parameters) => flipLast(parameters) },
    violation: "point",
    alert: 47,
  },
  {
    what: "a point that is not on the curve in TLS 1.3",
    settings: TLS13,
    tricks: saying(({ extensions }) => ({
      extensions: extensions.map(([type, contents]) =>
        [type, type === 51 ? flipLast(contents) : contents] as const
      ),
    })),
    violation: "point",
    alert: 47,
  },
  {
    what: "an X25519 value of zeros",
    settings: TLS13,
    client: { offer: { ...SETTINGS.offer, shares: [0x17, 0x1d] } },
    tricks: saying(({ extensions }) => ({
      extensions: extensions.map(([type, contents]) =>
        [type, type === 51 ? SHARE_OF_ZEROS : contents] as const
      ),
    })),
    violation: "point",
    alert: 47,
  },
  {
    what: "a group that was not offered",
    settings: { ...ECDHE, group: 0x19 },
    violation: "group",
    alert: 47,
  },
  {
    what: "a share in a group without one of ours",
    settings: TLS13,
    tricks: saying(({ extensions }) => ({
      extensions: extensions.map(([type, contents]) =>
        [type, type === 51 ? SHARE_OF_ZEROS : contents] as const
      ),
    })),
    violation: "group",
    alert: 47,
  },
  {
    what: "a suite that was not offered",
    settings: ECDHE,
    tricks: saying(() => ({ suite: 0xc030 })),
    violation: "suite",
    alert: 47,
  },
  {
    what: "a suite of TLS 1.3 in TLS 1.2",
    settings: ECDHE,
    tricks: saying(() => ({ suite: 0x1301 })),
    violation: "suite",
    alert: 47,
  },
  {
    what: "a suite of TLS 1.2 in TLS 1.0",
    settings: ECDHE,
    tricks: saying(() => ({ version: 0x0301 })),
    violation: "suite",
    alert: 47,
  },
  {
    what: "a version that was not offered",
    settings: CBC,
    client: ONLY_12,
    tricks: saying(() => ({ version: 0x0301 })),
    violation: "version",
    alert: 70,
  },
  {
    what: "SSL 3.0",
    settings: CBC,
    tricks: saying(() => ({ version: 0x0300 })),
    violation: "version",
    alert: 70,
  },
  {
    what: "TLS 1.2 though it can do better",
    settings: ECDHE,
    tricks: saying(() => ({ random: MARK_12 })),
    violation: "downgrade",
    alert: 47,
  },
  {
    what: "TLS 1.1 though it can do better",
    settings: { ...CBC, version: 0x0302 },
    client: { offer: { ...SETTINGS.offer, versions: [0x0303, 0x0302] } },
    tricks: saying(() => ({ random: MARK_11 })),
    violation: "downgrade",
    alert: 47,
  },
  {
    what: "compression",
    settings: ECDHE,
    tricks: saying(() => ({ compression: 1 })),
    violation: "compression",
    alert: 47,
  },
  {
    what: "another session in TLS 1.3",
    settings: TLS13,
    tricks: saying(() => ({ sessionId: new Uint8Array(32) })),
    violation: "session",
    alert: 47,
  },
  {
    what: "an extension nobody asked for",
    settings: ECDHE,
    tricks: adding(16, new Uint8Array()),
    violation: "extension",
    alert: 110,
  },
  {
    what: "an extension nobody asked for in TLS 1.3",
    settings: TLS13,
    tricks: changing(8, () => vector(2, number(16, 2), vector(2))),
    violation: "extension",
    alert: 110,
  },
  {
    what: "an extension twice",
    settings: ECDHE,
    tricks: adding(23, new Uint8Array()),
    violation: "extension-twice",
    alert: 47,
  },
  {
    what: "a certificate with an extension nobody asked for",
    settings: TLS13,
    tricks: changing(
      11,
      () =>
        join(vector(1), vector(3, vector(3, CERTIFICATES.ec), vector(2, number(5, 2), vector(2)))),
    ),
    violation: "extension",
    alert: 110,
  },
  {
    what: "no share in TLS 1.3",
    settings: TLS13,
    tricks: saying(({ extensions }) => ({
      extensions: extensions.filter(([type]) => type !== 51),
    })),
    violation: "extension-missing",
    alert: 109,
  },
  {
    what: "a first handshake that claims to be a later one",
    settings: ECDHE,
    tricks: saying(({ extensions }) => ({
      extensions: extensions.map(([type, contents]) =>
        [type, type === 0xff01 ? vector(1, Uint8Array.of(1)) : contents] as const
      ),
    })),
    violation: "renegotiation",
    alert: 40,
  },
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
  {
    what: "an EC certificate for an RSA suite",
    settings: { ...CBC, certificate: CERTIFICATES.ec },
    violation: "certificate-key",
    alert: 47,
  },
  {
    what: "no certificate",
    settings: ECDHE,
    tricks: changing(11, () => vector(3)),
    violation: "certificate-list",
    alert: 50,
  },
  {
    what: "no certificate in TLS 1.3",
    settings: TLS13,
    tricks: changing(11, () => join(vector(1), vector(3))),
    violation: "certificate-list",
    alert: 50,
  },
  {
    what: "a certificate that is none",
    settings: TLS13,
    tricks: changing(11, () => join(vector(1), vector(3, vector(3, Uint8Array.of(1)), vector(2)))),
    violation: "certificate-list",
    alert: 50,
  },
  {
    what: "a scheme that was not offered",
    settings: { ...TLS13, scheme: 0x0503 },
    violation: "signature-scheme",
    alert: 47,
  },
  {
    what: "PKCS #1 in TLS 1.3",
    settings: { ...TLS13, ...WITH_RSA },
    violation: "signature-scheme",
    alert: 47,
  },
];

for (const { what, violation, alert, settings, ...attack } of ATTACKS) {
  Deno.test(`refused: ${what}`, () => {
    const { events, server } = meet(settings, attack);
    const last = events.at(-1);
    assert.ok(last?.type === "violation", JSON.stringify(events));
    assert.equal(last.violation, violation);
    assert.deepEqual(server.alert, [2, alert]);
  });
}

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
