import assert from "node:assert/strict";
import { JumpingClock, settle } from "../../tests/support/jumping_clock.ts";
import { MemoryClient } from "../../tests/support/memory_http.ts";
import { listenInMemory } from "../../tests/support/memory_stream.ts";
import { type HttpDeps, serveHttp, type StreamWriter, textResponse } from "./server.ts";

function server(changes: Partial<HttpDeps> = {}) {
  const clock = new JumpingClock();
  const listening = listenInMemory();
  const stop = new AbortController();
  const answers: number[] = [];
  const defects: unknown[] = [];
  const dropped = { count: 0 };
  const done = serveHttp(listening, {
    answer: ({ path }) => Promise.resolve(textResponse(200, `you asked for ${path}`)),
    maxConnections: 3,
    clock,
    signal: stop.signal,
    answered: (status) => answers.push(status),
    dropped: () => void (dropped.count += 1),
    failed: (error) => defects.push(error),
    ...changes,
  });
  const connect = () => new MemoryClient(listening);
  const end = () => {
    stop.abort("SIGINT");
    return clock.until(done);
  };
  return { clock, listening, connect, answers, defects, dropped, stop, done, end };
}

/** Waits in real time, which is what the limits of `node:http` are in, and does something meanwhile. */
async function settleWithin(
  promise: Promise<unknown>,
  meanwhile: (turn: number) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  let isSettled = false;
  promise.finally(() => isSettled = true);
  for (let turn = 0; !isSettled; turn++) {
    await meanwhile(turn);
    await new Promise((done) => setTimeout(done, 10));
  }
}

Deno.test("serveHttp() answers a request and closes", async () => {
  const { connect, answers, end } = server();
  const client = connect();
  await client.get("/a");
  const { status, head, body } = await client.answer();
  assert.equal(status, 200);
  assert.equal(body, "you asked for /a\n");
  assert.match(head, /\r\nContent-Length: 17\r\n/);
  assert.match(head, /\r\nConnection: close\r\n/);
  assert.match(head, /\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/);
  assert.match(head, /\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'/);
  assert.match(head, /\r\nX-Content-Type-Options: nosniff\r\n/);
  assert.deepEqual(answers, [200]);
  await end();
});

Deno.test("serveHttp() answers HEAD without a body", async () => {
  const { connect, end } = server();
  const client = connect();
  await client.send("HEAD /a HTTP/1.0\r\n\r\n");
  const { status, head, body } = await client.answer();
  assert.deepEqual([status, body], [200, ""]);
  assert.match(head, /\r\nContent-Length: 17\r\n/);
  await end();
});

Deno.test("serveHttp() reads a request that comes byte by byte", async () => {
  const { connect, end } = server();
  const client = connect();
  for (const character of "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n") await client.send(character);
  assert.equal((await client.answer()).body, "you asked for /slow\n");
  await end();
});

Deno.test("serveHttp() gives a client so long for its request, however it dribbles", async () => {
  const { connect, end } = server({ requestSeconds: 0.2 });
  const client = connect();
  await client.send("GET / HTTP/1.1\r\n");
  const answer = client.answer();
  await settleWithin(answer, (turn) => client.send(`X-${turn}: y\r\n`));
  const { status, body } = await answer;
  assert.deepEqual([status, body], [408, "the request came too slowly\n"]);
  await end();
});

Deno.test("serveHttp() does not wait for ever for a client that says nothing", async () => {
  const { connect, answers, end } = server({ requestSeconds: 0.2 });
  const answer = connect().answer();
  await settleWithin(answer);
  assert.equal((await answer).status, 408);
  assert.deepEqual(answers, [408]);
  await end();
});

Deno.test("serveHttp() refuses a head that is too long without keeping it", async () => {
  const { clock, connect, end } = server();
  const client = connect();
  await client.send("GET / HTTP/1.1\r\nHost: a\r\n");
  const answer = client.answer();
  for (let times = 0; times < 9; times++) await client.send(`X: ${"y".repeat(1000)}\r\n`);
  await clock.pass(1500);
  const { status, body } = await answer;
  assert.deepEqual([status, body], [431, "a request may have 8192 bytes\n"]);
  await end();
});

Deno.test("serveHttp() sends away at once what does not speak HTTP", async () => {
  const { clock, connect, end } = server();
  for (
    const hello of [
      "\u0016\u0003\u0001\u0002\u0000",
      "\u0001\u0000\u0000\u0000",
      "get",
      "SSH-2.0-x\r\n",
    ]
  ) {
    const client = connect();
    const began = clock.now();
    await client.send(hello);
    const { status, body } = await clock.until(client.answer());
    assert.deepEqual([hello, status, body], [hello, 400, "this is not an HTTP request\n"]);
    assert.ok(clock.now() - began <= 1000, "only what it still sends is read");
  }
  await end();
});

Deno.test("serveHttp() says what is wrong with a request, and which methods there are", async () => {
  const { clock, connect, answers, end } = server();
  const client = connect();
  await client.send("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n");
  const answer = client.answer();
  await clock.pass(1500);
  const { status, head } = await answer;
  assert.equal(status, 405);
  assert.match(head, /\r\nAllow: GET, HEAD\r?/);
  assert.deepEqual(answers, [405]);
  await end();
});

Deno.test("serveHttp() lets silent clients go first when there are too many", async () => {
  const { connect, dropped, end } = server();
  const silent = [connect(), connect(), connect()];
  await settle();
  const client = connect();
  await client.get("/x");
  assert.equal((await client.answer()).status, 200);
  assert.ok(Number.isNaN((await (silent[0] ?? assert.fail()).answer()).status));
  assert.equal(dropped.count, 1);
  for (const one of silent) one.close();
  await end();
});

Deno.test("serveHttp() lets the silent clients of one address drive out their own only", async () => {
  const { connect, listening, end } = server();
  const honest = new MemoryClient(listening, "192.0.2.77");
  const flood = Array.from({ length: 20 }, connect);
  await settle();
  await honest.get("/x");
  assert.equal((await honest.answer()).status, 200);
  for (const one of flood) one.close();
  await end();
});

Deno.test("serveHttp() makes room for a newcomer where one is silent next to others at work", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { connect, dropped, end } = server({
    answer: async () => {
      await promise;
      return textResponse(200, "at last");
    },
  });
  const busy = [connect(), connect()];
  for (const one of busy) await one.get("/");
  const silent = connect();
  await settle();
  const late = connect();
  await late.get("/");
  await settle();
  assert.ok(Number.isNaN((await silent.answer()).status));
  assert.equal(dropped.count, 1);
  resolve();
  for (const one of [...busy, late]) assert.equal((await one.answer()).status, 200);
  await end();
});

Deno.test("serveHttp() takes no more connections than it may while all are at work", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { connect, dropped, end } = server({
    answer: async () => {
      await promise;
      return textResponse(200, "at last");
    },
  });
  const busy = [connect(), connect(), connect()];
  for (const one of busy) await one.get("/");
  await settle();
  const late = connect();
  await late.get("/");
  assert.ok(Number.isNaN((await late.answer()).status));
  assert.equal(dropped.count, 1);
  resolve();
  for (const one of busy) assert.equal((await one.answer()).status, 200);
  await end();
});

Deno.test("serveHttp() ends the work of a client that leaves", async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const { connect, end } = server({
    answer: (_request, { gone }) => {
      gone.addEventListener("abort", () => resolve(gone.reason));
      return promise.then(() => textResponse(200, "for nobody"));
    },
  });
  const client = connect();
  await client.get("/");
  await settle();
  client.close();
  assert.equal(await promise, "the client has gone");
  await end();
});

Deno.test("serveHttp() answers 500 and reports about it when our own code fails", async () => {
  const defect = new Error("oh");
  const { connect, defects, end } = server({ answer: () => Promise.reject(defect) });
  const client = connect();
  await client.get("/");
  assert.equal((await client.answer()).status, 500);
  assert.deepEqual(defects, [defect]);
  await end();
});

Deno.test("serveHttp() ends at a signal: silent clients at once, answers within two seconds", async () => {
  const { clock, connect, stop, done } = server({
    answer: async () => {
      await new Promise<void>((resolve) => clock.after(1500, resolve));
      return textResponse(200, "in time");
    },
  });
  const silent = connect();
  const busy = connect();
  await busy.get("/");
  await settle();
  stop.abort("SIGTERM");
  const answer = busy.answer();
  await clock.until(done);
  assert.equal((await answer).status, 200);
  assert.ok(Number.isNaN((await silent.answer()).status));
  assert.equal(clock.now(), 1500);
});

Deno.test("serveHttp() does not wait for answers that take for ever", async () => {
  const { clock, connect, stop, done } = server({ answer: () => new Promise(() => {}) });
  const client = connect();
  await client.get("/");
  await settle();
  stop.abort("SIGTERM");
  await clock.until(done);
  assert.equal(clock.now(), 2000);
  assert.ok(Number.isNaN((await client.answer()).status));
});

/** A body that goes on, and what writes it. */
function goingOn() {
  const begun = Promise.withResolvers<StreamWriter>();
  const response = { status: 200, type: "text/event-stream", body: begun.resolve };
  return { begun: begun.promise, answer: () => Promise.resolve(response) };
}

Deno.test("serveHttp() writes a body that goes on for as long as both want, and ends it at a signal", async () => {
  const { begun, answer } = goingOn();
  const { clock, connect, stop, done } = server({ answer });
  const client = connect();
  await client.get("/events");
  const out = await begun;
  out.write("one\n");
  // Nobody is waited for between what is written.
  await clock.pass(60_000);
  out.write("two\n");
  await settle();
  stop.abort("SIGTERM");
  await clock.until(done);
  const { head, body } = await client.answer();
  assert.doesNotMatch(head, /Content-Length/);
  assert.match(body, /one\n[^]*two\n/);
  assert.ok(out.gone.aborted);
  out.write("three\n");
});

Deno.test("serveHttp() says when nobody listens any more to a body that goes on", async () => {
  const { begun, answer } = goingOn();
  const { connect, end } = server({ answer });
  const client = connect();
  await client.get("/events");
  const { gone } = await begun;
  const left = new Promise((resolve) => gone.addEventListener("abort", resolve));
  client.close();
  await left;
  await end();
});

Deno.test("serveHttp() answers HEAD for a body that goes on without beginning it", async () => {
  const { connect, end } = server({
    answer: () =>
      Promise.resolve({
        status: 200,
        type: "text/plain",
        body: () => assert.fail("not asked for"),
      }),
  });
  const client = connect();
  await client.send("HEAD /events HTTP/1.1\r\nHost: a\r\n\r\n");
  assert.equal((await client.answer()).status, 200);
  await end();
});

Deno.test("serveHttp() takes a POST where it was told to, and fields in place of the usual ones", async () => {
  const { clock, connect, end } = server({
    posts: ["/do"],
    headers: { "Referrer-Policy": "no-referrer" },
    answer: ({ method }) =>
      Promise.resolve({ ...textResponse(200, method), headers: { "Cache-Control": "private" } }),
  });
  const post = connect();
  await post.send("POST /do HTTP/1.1\r\nHost: a\r\n\r\n");
  const { body, head } = await post.answer();
  assert.equal(body, "POST\n");
  assert.match(head, /\r\nReferrer-Policy: no-referrer\r\n/);
  assert.match(head, /\r\nCache-Control: private\r\n/);
  const other = connect();
  await other.send("POST /other HTTP/1.1\r\nHost: a\r\n\r\n");
  assert.equal((await clock.until(other.answer())).status, 405);
  await end();
});
