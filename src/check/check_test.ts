import assert from "node:assert/strict";
import type { MemoryWire } from "../../tests/support/memory_wire.ts";
import {
  checkWith,
  GOOD_PEER,
  type MemoryWorld,
  type Reaction,
  worldWith,
} from "../../tests/support/memory_peer.ts";
import {
  ACCEPT,
  acceptedContext,
  ascii,
  associateAc,
  commandPdu,
  echoResponse,
  element,
  item,
  number,
  pdu,
  RELEASE_RP,
  userInformation,
} from "../../tests/support/wire_bytes.ts";
import { DialError } from "../transport/mod.ts";
import { runCheck } from "./check.ts";
import { messageIdOf } from "./echo.ts";
import type { Check, CheckResult, FailedCheck } from "./types.ts";

const ECHO = commandPdu(echoResponse());
const ABORT_BY_USER = "A-ABORT 0/0";

/** Runs a check to its end, however much time that takes. */
async function finish(world: MemoryWorld, check: Partial<Check> = {}): Promise<CheckResult> {
  const result = runCheck(checkWith(check), world);
  let done = false;
  result.finally(() => done = true);
  for (let minute = 0; minute < 10 && !done; minute++) await world.clock.advance(60_000);
  return await result;
}

async function failure(
  reactions: readonly Reaction[],
  check: Partial<Check> = {},
): Promise<{ failed: FailedCheck; sent: readonly string[]; types: readonly string[] }> {
  const world = worldWith(reactions);
  const result = await finish(world, check);
  if (result.outcome !== "failed") assert.fail("was verified");
  return { failed: result, sent: world.sent(), types: world.events.map(({ type }) => type) };
}

/** The stable facts of a failure. */
function facts({ error, endingError }: FailedCheck): unknown {
  const named = { name: error.name, stage: error.stage };
  return endingError === undefined ? named : { ...named, ending: endingError.name };
}

Deno.test("runCheck() verifies a peer, and reports each stage with its time", async () => {
  const world = worldWith(GOOD_PEER);
  const result = await finish(world);
  assert.equal(result.outcome, "verified");
  assert.deepEqual(world.sent(), ["A-ASSOCIATE-RQ", "P-DATA-TF", "A-RELEASE-RQ"]);
  assert.deepEqual(result.timings.map(({ stage }) => stage), [
    "connect",
    "associate",
    "echo",
    "release",
  ]);
  assert.deepEqual(result.echoes, [{ messageId: 1, status: 0, elapsedMs: 0 }]);
  assert.equal(result.association?.peerMaximumLength, 16_384);
  assert.equal(world.clock.pending, 0);
});

Deno.test("runCheck() measures what each stage takes", async () => {
  const world = worldWith([]);
  const { wire, clock } = world;
  const dial = () =>
    new Promise<typeof wire>((resolve) => void clock.after(100, () => resolve(wire)));
  const result = runCheck(checkWith(), { ...world, dial });
  await clock.advance(100);
  for (const [ms, hex] of [[20, ACCEPT], [3_000, ECHO], [400, RELEASE_RP]] as const) {
    await clock.advance(ms);
    wire.send(hex);
    await clock.advance(0);
  }
  const { timings, echoes, elapsedMs } = await result;
  assert.deepEqual(timings, [
    { stage: "connect", startedMs: 0, elapsedMs: 100 },
    { stage: "associate", startedMs: 100, elapsedMs: 20 },
    { stage: "echo", startedMs: 120, elapsedMs: 3_000 },
    { stage: "release", startedMs: 3_120, elapsedMs: 400 },
  ]);
  assert.equal(echoes[0]?.elapsedMs, 3_000);
  assert.equal(elapsedMs, 3_520);
});

Deno.test("runCheck() counts message IDs from 1, and few timers do for many echoes", async () => {
  const answers = Array.from({ length: 500 }, (_, at) => echoResponse([], { messageId: at + 1 }));
  const world = worldWith([ACCEPT, ...answers.map((answer) => commandPdu(answer)), RELEASE_RP]);
  const result = await runCheck(checkWith({ repeat: 500 }), world);
  assert.equal(result.outcome, "verified");
  assert.deepEqual(result.echoes.map(({ messageId }) => messageId), answers.map((_, at) => at + 1));
  assert.ok(world.clock.started < 10, `${world.clock.started} timers`);
});

Deno.test("runCheck() keeps what the peer says of a failing status: up to its first NUL, without padding", async () => {
  const comments: readonly (readonly [string, string | undefined])[] = [
    ["disk full\0", "disk full"],
    ["disk full ", "disk full"],
    ["\0ignored", undefined],
    ["", undefined],
    ["x".repeat(200), "x".repeat(64)],
  ];
  for (const [sent, kept] of comments) {
    const answer = echoResponse([element(0x0902, ascii(sent))], { status: 0x0110 });
    const { failed } = await failure([ACCEPT, commandPdu(answer), RELEASE_RP]);
    if (failed.error.name !== "EchoFailed") return assert.fail(failed.error.name);
    assert.equal(failed.error.details.comment, kept);
  }
  const fine = echoResponse([element(0x0902, ascii("why "))]);
  const { echoes } = await finish(worldWith([ACCEPT, commandPdu(fine), RELEASE_RP]));
  assert.deepEqual(echoes, [{ messageId: 1, status: 0, elapsedMs: 0 }]);
});

Deno.test("runCheck() ends what the peer says of itself at the first NUL, and leaves padding out", async () => {
  const accept = associateAc([
    item(0x21, "01000000" + item(0x40, ascii("1.2.840.10008.1.2\0"))),
    userInformation([
      item(0x51, number(16_384, 4)),
      item(0x52, ascii("1.2.124.113532.3320\0")),
      item(0x55, ascii("BROKER992.0 \0x")),
    ]),
  ]);
  const { association } = await finish(worldWith([accept, ECHO, RELEASE_RP]));
  assert.deepEqual(association, {
    implementationClassUid: "1.2.124.113532.3320",
    implementationVersionName: "BROKER992.0",
    peerMaximumLength: 16_384,
    contexts: [{ id: 1, result: "acceptance", transferSyntax: "1.2.840.10008.1.2" }],
  });
});

Deno.test("messageIdOf() goes from 65535 to 0", () => {
  assert.deepEqual([1, 65_535, 65_536, 65_537, 131_072].map(messageIdOf), [1, 65_535, 0, 1, 0]);
});

Deno.test("runCheck() aborts instead of releasing when asked to", async () => {
  const world = worldWith([ACCEPT, ECHO, (wire) => wire.end()]);
  const result = await finish(world, { ending: "abort" });
  assert.equal(result.outcome, "verified");
  assert.deepEqual(world.sent().at(-1), ABORT_BY_USER);
  assert.equal(result.timings.at(-1)?.stage, "abort");
});

Deno.test("runCheck() goes on after a failing status and fails with the first one", async () => {
  const answers = [0, 0x0110, 0x0122].map((status, at) =>
    commandPdu(echoResponse([], { status, messageId: at + 1 }))
  );
  const { failed, sent } = await failure([ACCEPT, ...answers, RELEASE_RP], { repeat: 3 });
  assert.deepEqual(facts(failed), { name: "EchoFailed", stage: "echo" });
  if (failed.error.name !== "EchoFailed") return;
  assert.deepEqual(failed.error.details.status, 0x0110);
  assert.deepEqual(failed.echoes.map(({ status }) => status), [0, 0x0110, 0x0122]);
  assert.equal(sent.at(-1), "A-RELEASE-RQ");
});

Deno.test("runCheck() fails before it dials when there is no peer", async () => {
  const world = worldWith([]);
  const dial = () => assert.fail("dialled");
  const target = { ...checkWith().target, host: "" };
  const result = await runCheck(checkWith({ target }), { ...world, dial });
  assert.equal(result.outcome === "failed" && result.error.name, "InvalidParameter");
});

Deno.test("runCheck() sends nothing when a title is empty, called first", async () => {
  for (const titles of [{ calledAeTitle: "", callingAeTitle: "" }, { callingAeTitle: "" }]) {
    const { failed, sent } = await failure([], titles);
    assert.deepEqual(facts(failed), { name: "InvalidParameter", stage: "associate" });
    if (failed.error.name !== "InvalidParameter") return;
    const which = "calledAeTitle" in titles ? "called" : "calling";
    assert.equal(failed.error.parameter, `${which} AE title`);
    assert.deepEqual(sent, []);
  }
});

Deno.test("runCheck() distinguishes resolving from connecting", async () => {
  const stages = {
    "unknown-host": "resolve",
    "lookup-failed": "resolve",
    "invalid-host": "resolve",
    "refused": "connect",
    "host-unreachable": "connect",
    "host-unreachable-macos": "connect",
    "network-unreachable": "connect",
    "timed-out": "connect",
    "no-descriptors": "connect",
  } as const;
  for (const reason of Object.keys(stages) as (keyof typeof stages)[]) {
    const world = worldWith([]);
    const dial = () => Promise.reject(new DialError(reason, new Error("the system's words")));
    const result = await runCheck(checkWith(), { ...world, dial });
    if (result.outcome !== "failed" || result.error.name !== "DialFailed") assert.fail(reason);
    assert.equal(result.error.reason, reason);
    assert.equal(result.error.stage, stages[reason]);
    assert.deepEqual(result.timings.map(({ stage }) => stage), ["connect"]);
    assert.equal(result.remote, undefined);
  }
});

Deno.test("runCheck() lets defects of its means through", async () => {
  const world = worldWith([]);
  const dial = () => Promise.reject(new RangeError("a defect"));
  await assert.rejects(runCheck(checkWith(), { ...world, dial }), RangeError);
});

/** A peer, what it makes of the check, and what we sent last. */
interface Row {
  readonly peer: readonly Reaction[];
  readonly fails: { readonly name: string; readonly stage: string; readonly ending?: string };
  readonly last: string;
  readonly check?: Partial<Check>;
}

const RELEASE_RQ = pdu(0x05, "00000000");
const PEER_ABORT = pdu(0x07, "00000202");

function end(wire: MemoryWire): void {
  wire.end();
}

function reset(wire: MemoryWire): void {
  wire.end("reset");
}

function sendAndEnd(hex: string): Reaction {
  return (wire) => {
    wire.send(hex);
    wire.end();
  };
}

function maximumLength(length: number): string {
  return associateAc([acceptedContext(1), userInformation([item(0x51, number(length, 4))])]);
}

const ROWS: Readonly<Record<string, Row>> = {
  "a peer that closes at once": {
    peer: [end],
    fails: { name: "ConnectionLost", stage: "associate" },
    last: "A-ASSOCIATE-RQ",
  },
  "a peer that resets inside its answer": {
    peer: [(wire) => (wire.send(ACCEPT.slice(0, 100)), wire.end("reset"))],
    fails: { name: "ConnectionLost", stage: "associate" },
    last: "A-ASSOCIATE-RQ",
  },
  "a peer that rejects": {
    peer: [sendAndEnd(pdu(0x03, "00010107"))],
    fails: { name: "AssociationRejected", stage: "associate" },
    last: "A-ASSOCIATE-RQ",
  },
  "a peer that aborts the request": {
    peer: [sendAndEnd(PEER_ABORT)],
    fails: { name: "PeerAborted", stage: "associate" },
    last: "A-ASSOCIATE-RQ",
  },
  "a peer that stays silent": {
    peer: [],
    fails: { name: "TimedOut", stage: "associate" },
    last: "A-ASSOCIATE-RQ",
  },
  "a peer that speaks HTTP": {
    peer: [Uint8Array.from("HTTP/1.1 400", (one) => one.charCodeAt(0)).toHex()],
    fails: { name: "ProtocolViolation", stage: "associate" },
    last: "A-ABORT 2/1",
  },
  "a peer that asks back": {
    peer: [pdu(0x01, "00".repeat(68))],
    fails: { name: "ProtocolViolation", stage: "associate" },
    last: "A-ABORT 2/2",
  },
  "a peer that accepts nothing": {
    peer: [associateAc([item(0x21, "01000300")])],
    fails: { name: "NoAcceptedContext", stage: "associate" },
    last: ABORT_BY_USER,
  },
  "a peer that accepts another context": {
    peer: [associateAc([acceptedContext(3)]), end],
    fails: { name: "ProtocolViolation", stage: "echo" },
    last: ABORT_BY_USER,
  },
  "a peer that accepts a context and refuses it": {
    peer: [associateAc([acceptedContext(1), item(0x21, "01000300")]), end],
    fails: { name: "ProtocolViolation", stage: "echo" },
    last: ABORT_BY_USER,
  },
  "a peer that accepts a transfer syntax nobody knows": {
    peer: [associateAc([acceptedContext(1, "1.2.3")]), end],
    fails: { name: "ProtocolViolation", stage: "echo" },
    last: ABORT_BY_USER,
  },
  "a peer that takes no data at all": {
    peer: [maximumLength(13), end],
    fails: { name: "ProtocolViolation", stage: "echo" },
    last: ABORT_BY_USER,
  },
  "a peer that closes during the echo": {
    peer: [ACCEPT, end],
    fails: { name: "ConnectionLost", stage: "echo" },
    last: "P-DATA-TF",
  },
  "a peer that resets inside its response": {
    peer: [ACCEPT, (wire) => (wire.send(ECHO.slice(0, 60)), wire.end("reset"))],
    fails: { name: "ConnectionLost", stage: "echo" },
    last: ABORT_BY_USER,
  },
  "a peer that aborts during the echo": {
    peer: [ACCEPT, sendAndEnd(PEER_ABORT)],
    fails: { name: "PeerAborted", stage: "echo" },
    last: "P-DATA-TF",
  },
  "a peer that falls silent during the echo": {
    peer: [ACCEPT],
    fails: { name: "TimedOut", stage: "echo" },
    last: "P-DATA-TF",
  },
  "a peer that falls silent, with a DIMSE timeout": {
    peer: [ACCEPT, "", end],
    fails: { name: "TimedOut", stage: "echo" },
    last: ABORT_BY_USER,
    check: { dimseTimeoutSeconds: 2 },
  },
  "a peer that wants to release during the echo": {
    peer: [ACCEPT, RELEASE_RQ, end],
    fails: { name: "ProtocolViolation", stage: "echo" },
    last: ABORT_BY_USER,
  },
  "a peer that confirms a release during the echo": {
    peer: [ACCEPT, RELEASE_RP],
    fails: { name: "ProtocolViolation", stage: "echo", ending: "ProtocolViolation" },
    last: "A-ABORT 2/2",
  },
  "a peer that answers with another command": {
    peer: [ACCEPT, commandPdu("00000001020000000180"), end],
    fails: { name: "ProtocolViolation", stage: "echo" },
    last: ABORT_BY_USER,
  },
  "a peer that answers another message": {
    peer: [ACCEPT, commandPdu(echoResponse([], { messageId: 9 })), end],
    fails: { name: "ProtocolViolation", stage: "echo" },
    last: ABORT_BY_USER,
  },
  "a peer that fails the echo and does not release": {
    peer: [ACCEPT, commandPdu(echoResponse([], { status: 0x0110 })), reset],
    fails: { name: "EchoFailed", stage: "echo", ending: "ConnectionLost" },
    last: "A-RELEASE-RQ",
  },
};

for (const [name, { peer, fails, last, check }] of Object.entries(ROWS)) {
  Deno.test(`runCheck() fails against ${name}, and leaves nothing open`, async () => {
    const world = worldWith(peer);
    const result = await finish(world, check);
    if (result.outcome !== "failed") assert.fail("was verified");
    assert.deepEqual(facts(result), fails);
    assert.equal(world.sent().at(-1), last);
    assert.ok(world.wire.closed > 0);
    assert.equal(world.clock.pending, 0);
  });
}

/** A peer that answers the echo and then does not end as it should. */
interface BadEnding {
  readonly peer: readonly Reaction[];
  /** Class of what went wrong; `undefined` when nothing did. */
  readonly ending: string | undefined;
  /** The last PDU that we sent. */
  readonly last: string;
  readonly check?: Partial<Check>;
  /** Whether the log says that the release or abort failed, as the reference's does. */
  readonly isTold?: boolean;
}

const ENDINGS: Readonly<Record<string, BadEnding>> = {
  "closes instead of releasing": {
    peer: [ACCEPT, ECHO, end],
    ending: "ConnectionLost",
    last: "A-RELEASE-RQ",
  },
  "resets instead of releasing": {
    peer: [ACCEPT, ECHO, reset],
    ending: "ConnectionLost",
    last: "A-RELEASE-RQ",
  },
  "does not release": { peer: [ACCEPT, ECHO], ending: "TimedOut", last: "A-RELEASE-RQ" },
  "aborts instead of releasing": {
    peer: [ACCEPT, ECHO, sendAndEnd(PEER_ABORT)],
    ending: "PeerAborted",
    last: "A-RELEASE-RQ",
  },
  "sends data after the echo": {
    peer: [ACCEPT, ECHO, ECHO],
    ending: "ProtocolViolation",
    last: "A-RELEASE-RQ",
  },
  "accepts the association again instead of releasing": {
    peer: [ACCEPT, ECHO, ACCEPT],
    ending: "ProtocolViolation",
    last: "A-ABORT 2/2",
    isTold: false,
  },
  "asks for the release as well, and answers ours": {
    peer: [ACCEPT, ECHO, RELEASE_RQ, RELEASE_RP],
    ending: undefined,
    last: "A-RELEASE-RP",
  },
  "asks for the release as well, and has its answer ready": {
    peer: [ACCEPT, ECHO, RELEASE_RQ + RELEASE_RP],
    ending: undefined,
    last: "A-RELEASE-RP",
  },
  "asks for the release first, and closes on our answer": {
    peer: [ACCEPT, ECHO + RELEASE_RQ, "", end],
    ending: undefined,
    last: "A-RELEASE-RP",
  },
  "asks for the release as well, and resets": {
    peer: [ACCEPT, ECHO, (wire) => (wire.send(RELEASE_RQ), reset(wire))],
    ending: undefined,
    last: "A-RELEASE-RP",
  },
  "asks for the release as well, and then says nothing": {
    peer: [ACCEPT, ECHO, RELEASE_RQ],
    ending: "TimedOut",
    last: "A-RELEASE-RP",
  },
  "asks for the release again and again": {
    peer: [ACCEPT, ECHO, RELEASE_RQ, RELEASE_RQ, RELEASE_RQ],
    ending: "ProtocolViolation",
    last: "A-ABORT 2/2",
    isTold: false,
  },
};

for (const [does, { peer, ending, last, check, isTold }] of Object.entries(ENDINGS)) {
  Deno.test(`runCheck() verifies a peer that ${does}, and says how it ended`, async () => {
    const world = worldWith(peer);
    const result = await finish(world, check);
    if (result.outcome !== "verified") return assert.fail(result.error.message);
    assert.equal(result.endingError?.name, ending);
    assert.equal(world.sent().at(-1), last);
    const told = world.events.filter(({ type }) => type === "association-release-failed");
    assert.equal(told.length, isTold ?? ending !== undefined ? 1 : 0);
    assert.ok(world.wire.closed > 0);
    assert.equal(world.clock.pending, 0);
  });
}

Deno.test("runCheck() reports a failed write with the PDU and the stage", async () => {
  const broken: Reaction = (wire) => {
    wire.send(ACCEPT);
    wire.writing = { fails: new Error("no socket") };
  };
  const { failed } = await failure([broken]);
  assert.deepEqual(facts(failed), { name: "SendFailed", stage: "echo", ending: "SendFailed" });
  if (failed.error.name !== "SendFailed") return;
  assert.equal(failed.error.details.pdu, "P-DATA-TF");
});
