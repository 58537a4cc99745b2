import assert from "node:assert/strict";
import { FakeClock, settled } from "../../tests/support/fake_clock.ts";
import type { NoticeEvent } from "../report/mod.ts";
import { Courier, MOST_EVENTS, type SendOutcome } from "./courier.ts";
import { happened } from "./testing.ts";

/** A target that answers as told, with what it got and what was said of it. */
function target(answers: (count: number) => SendOutcome | "never") {
  const clock = new FakeClock();
  const got: (readonly NoticeEvent[])[] = [];
  const said: string[] = [];
  const courier = new Courier({
    shown: "https://a",
    clock,
    say: (_kind, text) => void said.push(text),
    send(events, signal) {
      got.push(events);
      const answer = answers(got.length);
      if (answer !== "never") return Promise.resolve(answer);
      const { promise, resolve } = Promise.withResolvers<SendOutcome>();
      signal.addEventListener("abort", () => resolve({ failure: "the end came first" }));
      return promise;
    },
  });
  const words = () =>
    got.map((events) =>
      events.map(({ name, event, changes }) => `${name} ${event}${changes ? ` ${changes}` : ""}`)
        .join(", ")
    );
  return { courier, clock, got, said, words };
}

Deno.test("what happens in one run is one message", async () => {
  const { courier, words, said } = target(() => "sent");
  courier.add(["A", "B"].map((name) => happened(name, "down")));
  courier.add([happened("C", "down")]);
  await settled();
  assert.deepEqual(words(), ["A down, B down, C down"]);
  await courier.close();
  assert.deepEqual(said, []);
});

Deno.test("more than six messages a minute become one", async () => {
  const { courier, clock, words } = target(() => "sent");
  for (let count = 0; count < 20; count++) {
    courier.add([happened("A", count % 2 === 0 ? "down" : "up"), happened(`B${count}`, "down")]);
    await clock.advance(1000);
  }
  assert.equal(words().length, 6);
  await clock.advance(60_000);
  assert.equal(words().length, 7);
  const last = Array.from({ length: 14 }, (_, at) => `B${at + 6} down`);
  assert.equal(words().at(-1), ["A up 14", ...last].join(", "));
});

Deno.test("what fails is tried again with growing pauses and with what came since, and each reason is said once", async () => {
  const { courier, clock, words, said } = target((count) =>
    count < 5 ? { failure: count === 2 ? "status 503" : "Connection refused" } : "sent"
  );
  courier.add([happened("A", "down")]);
  const times: number[] = [];
  for (let second = 0; second < 20; second++) {
    const before = words().length;
    await clock.advance(second === 0 ? 0 : 1000);
    if (words().length > before) times.push(second);
    if (second === 2) courier.add([happened("A", "still-down"), happened("B", "down")]);
    if (second === 4) courier.add([happened("B", "up")]);
  }
  assert.deepEqual(times, [0, 1, 3, 7, 15]);
  assert.equal(words().at(-1), "A down, B up 2");
  assert.deepEqual(said, [
    "cannot notify https://a: Connection refused",
    "cannot notify https://a: status 503",
    "https://a takes notices again, after 15 s",
  ]);
});

Deno.test("what is refused is not sent again, and the loss is said", async () => {
  const { courier, clock, words, said } = target((count) =>
    count === 1 ? { failure: "it answers with status 400", isRefused: true } : "sent"
  );
  courier.add([happened("A", "down"), happened("B", "down")]);
  await clock.advance(0);
  courier.add([happened("C", "down")]);
  await clock.advance(2000);
  assert.deepEqual(words(), ["A down, B down", "C down"]);
  assert.deepEqual(said, [
    "cannot notify https://a: it answers with status 400; 2 events lost",
    "https://a takes notices again, after 1 s",
  ]);
});

Deno.test("a server may ask for a longer pause", async () => {
  const { courier, clock, words } = target((count) =>
    count === 1 ? { failure: "it answers with status 429", pauseMs: 30_000 } : "sent"
  );
  courier.add([happened("A", "down")]);
  await clock.advance(29_000);
  assert.equal(words().length, 1);
  await clock.advance(1000);
  assert.equal(words().length, 2);
});

Deno.test("a message holds so many events, the next one the others", async () => {
  const { courier, got } = target(() => "sent");
  courier.add(Array.from({ length: MOST_EVENTS + 3 }, (_, at) => happened(`P${at}`, "down")));
  await settled();
  assert.deepEqual(got.map((events) => events.length), [MOST_EVENTS, 3]);
});

Deno.test("at the end what waits is tried once more at once", async () => {
  const { courier, clock, words, said } = target((count) =>
    count === 2 ? "sent" : { failure: "Connection refused" }
  );
  courier.add([happened("A", "down")]);
  await clock.advance(0);
  await courier.close();
  assert.deepEqual(words(), ["A down", "A down"]);
  assert.equal(said.at(-1), "https://a takes notices again, after 0 s");
});

Deno.test("at the end a target that does not answer gets three seconds, and the loss is said", async () => {
  const { courier, clock, said } = target(() => "never");
  courier.add([happened("A", "down")]);
  await clock.advance(0);
  let isClosed = false;
  const closing = courier.close().then(() => void (isClosed = true));
  await clock.advance(2999);
  assert.equal(isClosed, false);
  await clock.advance(1);
  await closing;
  assert.deepEqual(said, ["1 event for https://a not delivered"]);
});
