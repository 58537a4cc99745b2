import assert from "node:assert/strict";
import { join, number, vector } from "../tls_engine/mod.ts";
import { type Answer, AnswerReader } from "./answer.ts";

function record(type: number, ...content: readonly Uint8Array[]): Uint8Array {
  return join(Uint8Array.of(type, 3, 3), vector(2, ...content));
}

function message(type: number, ...body: readonly Uint8Array[]): Uint8Array {
  return join(Uint8Array.of(type), vector(3, ...body));
}

function extension(type: number, contents: Uint8Array): Uint8Array {
  return join(number(type, 2), vector(2, contents));
}

function serverHello(suite: number, ...extensions: readonly Uint8Array[]): Uint8Array {
  const random = new Uint8Array(32);
  const list = vector(2, ...extensions);
  return message(2, number(0x0303, 2), random, vector(1), number(suite, 2), number(0, 1), list);
}

const RENEGOTIATION = extension(0xff01, Uint8Array.of(0));
const CERTIFICATE = Uint8Array.of(0x30, 3, 2, 1, 1);
const DH_PARAMETERS = join(
  vector(2, Uint8Array.of(0, 0x1f, 0xff)),
  vector(2, Uint8Array.of(2)),
  vector(2, Uint8Array.of(5)),
);
const NAME = Uint8Array.of(0x30, 0);

/** A flight of TLS 1.2 with DHE and a request for a certificate, in records that do not care about messages. */
const FLIGHT = (() => {
  const messages = join(
    serverHello(0x009e, RENEGOTIATION),
    message(11, vector(3, vector(3, CERTIFICATE))),
    message(12, DH_PARAMETERS, number(0x0804, 2), vector(2, Uint8Array.of(1))),
    message(
      13,
      vector(1, Uint8Array.of(1)),
      vector(2, number(0x0401, 2)),
      vector(2, vector(2, NAME)),
    ),
    message(14),
  );
  return join(record(22, messages.subarray(0, 9)), record(22, messages.subarray(9)));
})();

const READ: Answer = {
  kind: "hello",
  version: 0x0303,
  suite: 0x009e,
  compresses: false,
  extensions: new Set([0xff01]),
  group: undefined,
  dhBits: 13,
  scheme: 0x0804,
  certificates: [CERTIFICATE],
  authorities: [NAME],
};

function read(bytes: Uint8Array, cut = bytes.length): Answer {
  const reader = new AnswerReader();
  return reader.receive(bytes.subarray(0, cut)) ?? reader.receive(bytes.subarray(cut)) ??
    reader.end("closed");
}

Deno.test("AnswerReader reads a flight, cut anywhere", () => {
  for (let cut = 0; cut <= FLIGHT.length; cut++) {
    assert.deepEqual(read(FLIGHT, cut), READ, `${cut}`);
  }
});

Deno.test("AnswerReader needs no more than the hello of TLS 1.3, and takes a request for another", () => {
  const versions = extension(43, number(0x0304, 2));
  const hello = serverHello(0x1301, versions, extension(51, number(0x1d, 2)));
  const answer = read(record(22, hello));
  assert.ok(answer.kind === "hello");
  assert.deepEqual([answer.version, answer.suite, answer.group], [0x0304, 0x1301, 0x1d]);
});

Deno.test("AnswerReader tells alerts, warnings, other protocols and broken TLS apart", () => {
  const fatal = record(21, Uint8Array.of(2, 70));
  const warning = record(21, Uint8Array.of(1, 112));
  assert.deepEqual(read(fatal), { kind: "alert", alert: 70 });
  assert.deepEqual(read(join(warning, FLIGHT)), READ);
  assert.deepEqual(read(join(...Array.from({ length: 6 }, () => warning))), { kind: "broken" });
  const head = new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n");
  assert.deepEqual(read(head), { kind: "foreign", head });
  assert.deepEqual(read(head.subarray(0, 3)), { kind: "foreign", head: head.subarray(0, 3) });
  assert.deepEqual(read(record(22, message(1))), { kind: "broken" });
  assert.deepEqual(read(join(record(22, serverHello(0x002f)), record(23, NAME))), {
    kind: "broken",
  });
  assert.deepEqual(read(new Uint8Array()), { kind: "closed" });
  assert.deepEqual(read(FLIGHT.subarray(0, 8)), { kind: "closed" });
});

Deno.test("AnswerReader counts what came before the end, and has enough of what never ends", () => {
  assert.equal(read(record(22, serverHello(0x002f))).kind, "hello");
  const reader = new AnswerReader();
  const part = record(22, new Uint8Array(16_000).fill(2));
  let answer: Answer | undefined;
  for (let at = 0; at < 20 && answer === undefined; at++) answer = reader.receive(part);
  assert.deepEqual(answer, { kind: "broken" });
});

Deno.test("AnswerReader throws at nothing", () => {
  let seed = 1;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(seed / 2_147_483_648 * below);
  };
  const kinds = new Set<string>();
  for (let round = 0; round < 3000; round++) {
    const bytes = FLIGHT.slice();
    for (let change = 0; change <= next(3); change++) bytes[next(bytes.length)] = next(256);
    kinds.add(read(bytes, next(bytes.length)).kind);
  }
  assert.ok(kinds.has("hello") && kinds.has("broken"));
});
