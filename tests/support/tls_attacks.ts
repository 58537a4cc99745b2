// deno-lint-ignore-file rooms/room-imports -- what is made for tests, and what they look into, the room does not export
/** What tests with servers that break the rules share: both sides, and how they meet. */

import assert from "node:assert/strict";
import { createPrivateKey, type KeyObject } from "node:crypto";
import { buildCertificate, makeKey, simpleName, type TestKey, time } from "./cert_builder.ts";
import type { TlsViolation } from "../../src/tls/mod.ts";
import { TlsClient } from "../../src/tls_engine/client.ts";
import type { TypedBytes } from "../../src/tls_engine/protection.ts";
import { TestServer } from "../../src/tls_engine/testing.ts";
import type { HelloFields, ServerSettings, Tricks } from "../../src/tls_engine/testing_types.ts";
import type { ClientSettings, EngineEvent } from "../../src/tls_engine/types.ts";
import { join, number, vector } from "../../src/tls_engine/wire.ts";

/** A self-signed certificate of a key. */
export function certificateOf(key: TestKey): Uint8Array {
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

/** The key of `WITH_RSA`. */
export const RSA = makeKey("rsa");
/** The key of `WITH_EC`. */
export const EC = makeKey("p256");
/** A key of somebody else. */
export const OTHER = makeKey("p256");
/** Their certificates. */
export const CERTIFICATES = { rsa: certificateOf(RSA), ec: certificateOf(EC) } as const;

/** A key as the engine takes it. */
export function own(key: TestKey): KeyObject {
  return createPrivateKey(key.privateKey.export({ type: "pkcs8", format: "pem" }) as string);
}

/** A server with an RSA key. */
export const WITH_RSA = {
  certificate: CERTIFICATES.rsa,
  key: own(RSA),
  scheme: 0x0401,
  hash: "sha256",
};
/** A server with a key on P-256. */
export const WITH_EC = {
  certificate: CERTIFICATES.ec,
  key: own(EC),
  scheme: 0x0403,
  hash: "sha256",
};
/** TLS 1.3. */
export const TLS13: ServerSettings = { version: 0x0304, suite: 0x1301, ...WITH_EC };
/** TLS 1.2 with ECDHE. */
export const ECDHE: ServerSettings = { version: 0x0303, suite: 0xc02b, ...WITH_EC };
/** TLS 1.2 with DHE. */
export const DHE: ServerSettings = { version: 0x0303, suite: 0x009e, ...WITH_RSA };
/** TLS 1.2 with RSA key transport and CBC. */
export const CBC: ServerSettings = { version: 0x0303, suite: 0x002f, ...WITH_RSA };

/** A client that offers all of these. */
export const SETTINGS: ClientSettings = {
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

/** What comes of two that meet. */
export interface Meeting {
  /** What the client reports. */
  readonly events: readonly EngineEvent[];
  /** The server. */
  readonly server: TestServer;
  /** The client. */
  readonly client: TlsClient;
}

/** Lets both talk until nobody has anything to say. */
export function meet(
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

/** One rule that a server breaks, and what becomes of it. */
export interface Attack {
  /** What it does. */
  readonly what: string;
  /** What it is otherwise. */
  readonly settings: ServerSettings;
  /** How it does that. */
  readonly tricks?: Tricks;
  /** How the client differs from `SETTINGS`. */
  readonly client?: Partial<ClientSettings>;
  /** The rule that the client finds broken. */
  readonly violation: TlsViolation;
  /** The alert that it sends. */
  readonly alert: number;
}

/** Changes a message of one type. */
export function changing(type: number, change: (body: Uint8Array) => Uint8Array): Tricks {
  return { change: (sent, body) => sent === type ? change(body) : undefined };
}

/** Changes the last bit. */
export function flipLast(body: Uint8Array): Uint8Array {
  return body.map((byte, at) => at === body.length - 1 ? byte ^ 1 : byte);
}

/** Says something else in the ServerHello. */
export function saying(change: (fields: HelloFields) => Partial<HelloFields>): Tricks {
  return { hello: change };
}

/** Sends `content` so many times when the handshake is done. */
export function flooding(content: TypedBytes, times: number): Tricks {
  return {
    after(send) {
      for (let i = 0; i < times; i++) send(content);
    },
  };
}

/** A KeyShare of X25519 with zeros. */
export const SHARE_OF_ZEROS = join(number(0x1d, 2), vector(2, new Uint8Array(32)));

/** Tests that each is refused by its rule and alert. */
export function testAttacks(attacks: readonly Attack[]): void {
  for (const { what, violation, alert, settings, ...attack } of attacks) {
    Deno.test(`refused: ${what}`, () => {
      const { events, server } = meet(settings, attack);
      const last = events.at(-1);
      assert.ok(last?.type === "violation", JSON.stringify(events));
      assert.equal(last.violation, violation);
      assert.deepEqual(server.alert, [2, alert]);
    });
  }
}
