import assert from "node:assert/strict";
import { JumpingClock, settle } from "../../tests/support/jumping_clock.ts";
import { type FarEnd, listenInMemory } from "../../tests/support/memory_stream.ts";
import { encodeCommandSet } from "../dimse/mod.ts";
import type { Pdu } from "../pdu/types.ts";
import type { ScpEvent } from "./events.ts";
import { serveAssociations } from "./server.ts";

const REQUEST: Pdu = {
  type: "A-ASSOCIATE-RQ",
  protocolVersion: 1,
  calledAeTitle: "ANY-SCP",
  callingAeTitle: "ECHOSCU",
  applicationContextName: "1.2.840.10008.3.1.1.1",
  presentationContexts: [{
    id: 1,
    abstractSyntax: "1.2.840.10008.1.1",
    transferSyntaxes: ["1.2.840.10008.1.2"],
  }],
  userInformation: [{ type: "maximum-length", maximumLength: 16_384 }],
  unrecognizedItems: [],
};
const ECHO_RQ: Pdu = {
  type: "P-DATA-TF",
  pdvs: [{
    contextId: 1,
    kind: "command",
    isLast: true,
    data: encodeCommandSet({
      type: "C-ECHO-RQ",
      affectedSopClassUid: "1.2.840.10008.1.1",
      messageId: 1,
    }),
  }],
};
const RELEASE_RQ: Pdu = { type: "A-RELEASE-RQ" };
const USER_ABORT: Pdu = { type: "A-ABORT", source: 0, reason: 0 };

function serving(maxAssociations: number) {
  const clock = new JumpingClock();
  const listening = listenInMemory();
  const stop = new AbortController();
  const events: ScpEvent[] = [];
  const totals = serveAssociations(listening, {
    maxAssociations,
    maximumLength: 16_384,
    limits: { artimSeconds: 30, idleSeconds: 60 },
    clock,
    signal: stop.signal,
    trace: (event) => void events.push(event),
  });
  return { clock, listening, stop, events, totals };
}

async function answerTo(far: FarEnd): Promise<string> {
  far.send(REQUEST);
  const answer = await far.receive();
  if (answer?.type !== "A-ASSOCIATE-RJ") return answer?.type ?? "closed";
  return `${answer.result}/${answer.source}/${answer.reason}`;
}

async function release(far: FarEnd): Promise<void> {
  far.send(ECHO_RQ, RELEASE_RQ);
  assert.equal((await far.receive())?.type, "P-DATA-TF");
  assert.equal((await far.receive())?.type, "A-RELEASE-RP");
  far.hangUp();
}

Deno.test("serveAssociations() serves many at once and rejects those beyond the limit", async () => {
  const { clock, listening, stop, totals } = serving(3);
  const callers = Array.from({ length: 5 }, () => listening.connect());
  const answers = await Promise.all(callers.map(answerTo));
  assert.deepEqual(answers.sort(), [
    "2/3/2",
    "2/3/2",
    "A-ASSOCIATE-AC",
    "A-ASSOCIATE-AC",
    "A-ASSOCIATE-AC",
  ]);
  for (const far of callers.slice(3)) far.hangUp();
  await Promise.all(callers.slice(0, 3).map(release));
  assert.equal(await answerTo(listening.connect()), "A-ASSOCIATE-AC");
  stop.abort();
  assert.deepEqual(await clock.until(totals), { associations: 4, echoes: 3 });
});

Deno.test("serveAssociations() answers a real peer among any number of silent ones", async () => {
  const { listening, stop, totals, events, clock } = serving(1);
  const silent = Array.from({ length: 1000 }, () => listening.connect());
  const caller = listening.connect();
  assert.equal(await answerTo(caller), "A-ASSOCIATE-AC");
  await release(caller);
  assert.equal(silent.filter((far) => !far.isClosedByOther).length, 150);
  const crowded = events.filter((event) =>
    event.type === "association-ended" && event.record.end.type === "dismissed" &&
    event.record.end.why === "crowded"
  );
  assert.equal(crowded.length, 850);
  stop.abort();
  assert.deepEqual(await clock.until(totals), { associations: 1, echoes: 1 });
});

Deno.test("serveAssociations() stops at once when no association runs", async () => {
  const { clock, listening, stop, events, totals } = serving(5);
  const silent = listening.connect();
  await settle();
  stop.abort("SIGTERM");
  await totals;
  assert.equal(clock.now(), 0);
  assert.ok(silent.isClosedByOther);
  assert.deepEqual(events.filter(({ type }) => type === "stopping" || type === "stopped"), [
    { type: "stopping", reason: "SIGTERM", running: 0, graceSeconds: 2 },
    { type: "stopped", associations: 0, echoes: 0 },
  ]);
});

Deno.test("serveAssociations() lets a running association end by itself when it stops", async () => {
  const { clock, listening, stop, totals } = serving(5);
  const caller = listening.connect();
  assert.equal(await answerTo(caller), "A-ASSOCIATE-AC");
  stop.abort();
  await clock.pass(1_900);
  await release(caller);
  assert.deepEqual(await clock.until(totals), { associations: 1, echoes: 1 });
  assert.equal(clock.now(), 1_900);
});

Deno.test("serveAssociations() aborts what still runs two seconds after it was told to stop", async () => {
  const { clock, listening, stop, totals } = serving(5);
  const caller = listening.connect();
  assert.equal(await answerTo(caller), "A-ASSOCIATE-AC");
  stop.abort();
  await clock.until(totals);
  assert.equal(clock.now(), 2_000);
  assert.deepEqual(await caller.receiveAll(), [USER_ABORT]);
});

Deno.test("serveAssociations() leaves no timer after", async () => {
  const { clock, listening, stop, totals } = serving(5);
  for (let round = 0; round < 20; round++) {
    const caller = listening.connect();
    assert.equal(await answerTo(caller), "A-ASSOCIATE-AC");
    await release(caller);
  }
  assert.ok(clock.pending <= 1, `${clock.pending} timers`);
  stop.abort();
  await totals;
  assert.equal(clock.pending, 0);
});

Deno.test("serveAssociations() ends at once when the signal was raised before", async () => {
  const listening = listenInMemory();
  const totals = await serveAssociations(listening, {
    maxAssociations: 1,
    maximumLength: 16_384,
    limits: { artimSeconds: 30, idleSeconds: 60 },
    clock: new JumpingClock(),
    signal: AbortSignal.abort(),
    trace: () => {},
  });
  assert.deepEqual(totals, { associations: 0, echoes: 0 });
});

Deno.test("serveAssociations() keeps no more than its budget of requests that do not end", async () => {
  const { clock, listening, events, stop, totals } = serving(50);
  const half = new Uint8Array(6 + 130_000);
  half.set([0x01, 0, 0, 1, 0xff, 0xff]);
  const greedy = Array.from({ length: 150 }, () => listening.connect());
  for (const far of greedy) far.send(half);
  await settle();
  const gone = greedy.filter((far) => far.isClosedByOther).length;
  assert.ok(gone >= 150 - 8_388_608 / half.length, `${gone} had to go`);
  assert.ok(gone < 150, "there is room for some");
  assert.equal(await answerTo(listening.connect()), "A-ASSOCIATE-AC");
  stop.abort("SIGINT");
  await clock.until(totals);
  const ends = events.flatMap((event) =>
    event.type === "association-ended" && event.record.end.type === "dismissed"
      ? [event.record.end.why]
      : []
  );
  assert.equal(ends.filter((why) => why === "crowded").length, gone);
});

Deno.test("serveAssociations() aborts a request that is longer than any it could answer", async () => {
  const { clock, listening, events, stop, totals } = serving(50);
  const far = listening.connect();
  far.send(Uint8Array.of(0x01, 0, 0, 2, 0, 1));
  assert.equal((await far.receive())?.type, "A-ABORT");
  far.hangUp();
  await settle();
  stop.abort("SIGINT");
  await clock.until(totals);
  const ended = events.find((event) => event.type === "association-ended");
  assert.ok(ended?.record.end.type === "violation");
  assert.match(
    JSON.stringify(ended.record.end),
    /"too-long","typeCode":1,"length":131073,"maximum":131072/,
  );
});
