import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/2020";
import { diagnose } from "../diagnosis/mod.ts";
import { loadReports, loadStatusPages } from "../report/mod.ts";
import { Board, type RunReport } from "../runner/mod.ts";
import { JumpingClock, settle } from "../../tests/support/jumping_clock.ts";
import { MemoryClient, type RawAnswer } from "../../tests/support/memory_http.ts";
import { listenInMemory } from "../../tests/support/memory_stream.ts";
import {
  entryOf,
  failed,
  FAILURES,
  hospitalRun,
  runOf,
  verified,
} from "../../tests/support/report_runs.ts";
import type { Listening } from "../transport/mod.ts";
import { serveStatus } from "./server.ts";
import type { StatusEvent, StatusSettings } from "./types.ts";

const TOKEN = "correct-horse-battery-staple";
const NOW = Date.UTC(2026, 0, 31, 8, 1, 0);

/** The address of a client that takes nothing. */
const DEAF = "192.0.2.9";

/** `listening`, of whose clients one takes nothing of what it is sent. */
function deafened(listening: Listening): Listening {
  const takesNothing = () => new WritableStream({ write: () => new Promise(() => {}) });
  return {
    local: listening.local,
    close: () => listening.close(),
    connections: (async function* () {
      for await (const stream of listening.connections) {
        yield stream.remote.host === DEAF ? { ...stream, writable: takesNothing() } : stream;
      }
    })(),
  };
}

/** A status page over connections in memory. */
async function status(changes: Partial<StatusSettings> = {}) {
  const clock = new JumpingClock();
  const listening = listenInMemory();
  const stop = new AbortController();
  const events: StatusEvent[] = [];
  const board = new Board();
  const time = { now: NOW };
  const { changed, done } = await serveStatus(deafened(listening), {
    settings: {
      hosts: { names: ["exporter"], anyAddress: false },
      token: undefined,
      port: 8080,
      everySeconds: 60,
      maxConnections: 20,
      maxListeners: 2,
      ...changes,
    },
    board,
    pastOf: () => undefined,
    linesOf: ({ name }) => [`E: <b>line</b> of ${name}`, "D: more"],
    pages: await loadStatusPages(),
    reports: await loadReports(),
    reportSettings: { program: "echoscu 1.2.3", diagnose, offsetMinutes: () => 60 },
    clock,
    wallTime: () => time.now,
    signal: stop.signal,
    notice: (event) => events.push(event),
  });
  const ask = async (path: string, ...headers: readonly string[]): Promise<RawAnswer> => {
    const client = new MemoryClient(listening);
    await client.get(path, ...headers);
    return await client.answer();
  };
  const saw = (run: RunReport) => {
    board.add(run);
    changed();
  };
  const end = async () => {
    stop.abort("SIGINT");
    await clock.until(done);
  };
  return { clock, listening, stop, events, time, ask, saw, done, end };
}

Deno.test("the status page says what is down, and the same as JSON that its schema describes", async () => {
  const { ask, saw, end } = await status();
  assert.match((await ask("/")).body, /<h1>The first check is under way<\/h1>/);
  assert.equal((await ask("/metrics")).status, 503);
  saw(hospitalRun(40));
  const { body, head } = await ask("/");
  assert.match(body, /<h1>\d of 40 peers are down, \d (is|are) not as expected<\/h1>/);
  assert.match(head, /\r\nContent-Security-Policy: default-src 'none'; script-src 'self'/);
  assert.match(head, /\r\nReferrer-Policy: no-referrer\r\n/);
  assert.doesNotMatch(body, /\sstyle=|<style|\son[a-z]+=|<script>/);
  const { STATUS_SCHEMA } = await loadStatusPages();
  const ajv = new Ajv2020({ strictTypes: false, formats: { "date-time": true } });
  const isSound = ajv.compile(STATUS_SCHEMA);
  const all = JSON.parse((await ask("/api/v1/status")).body);
  assert.equal(isSound(all), true, JSON.stringify(isSound.errors));
  assert.equal(all.summary.total, 40);
  for (const { id } of all.peers) {
    const one = JSON.parse((await ask(`/api/v1/peers/${id}`)).body);
    assert.equal(isSound(one), true, JSON.stringify(isSound.errors));
    assert.equal((await ask(`/peers/${id}`)).status, 200);
  }
  assert.match((await ask("/metrics")).body, /\nechoscu_up\{peer="CT_4",/);
  await end();
});

Deno.test("search, filter and order are in the address", async () => {
  const { ask, saw, end } = await status();
  saw(hospitalRun(40));
  const rows = async (query: string) =>
    [...(await ask(`/${query}`)).body.matchAll(/<th scope="row"><a [^>]*>([^<]*)</g)]
      .map(([, name]) => name);
  assert.equal((await rows("")).length, 40);
  assert.deepEqual(await rows("?q=ULTRA+10.1.0.2%3A"), ["ULTRASOUND_1"]);
  const names = await rows("?sort=name");
  assert.deepEqual(names.slice(0, 3), ["ARCHIVE_2", "ARCHIVE_6", "ARCHIVE_10"]);
  assert.deepEqual(await rows("?sort=name&reverse=1"), names.toReversed());
  const down = await rows("?state=down");
  assert.ok(down.length > 0 && down.length < 10);
  assert.deepEqual((await rows("")).slice(0, down.length), down);
  assert.deepEqual(await rows("?state=nonsense&sort=__proto__&reverse=x"), await rows(""));
  assert.deepEqual(await rows("?q=nobody"), []);
  await end();
});

/** Names that want to run, to leave their place, or to be another address. */
const HOSTILE = [
  "<script>alert(1)</script>",
  `"onload="alert(1)`,
  "javascript:alert(1)",
  "\u202etxt.exe",
  "..",
  ".",
  "a/../../b",
  "%2e%2e",
  "peers/x?y#z",
  " ",
];

Deno.test("hostile names stay texts, and every peer has an address of its own", async () => {
  const { ask, saw, end } = await status();
  const failure = FAILURES[1] ?? assert.fail();
  const texts = (name: string) => ({ name, group: name, note: name, contact: name, tags: [name] });
  saw(
    runOf(HOSTILE.map((name) => entryOf(failed(failure), texts(name))), {
      title: HOSTILE[0] ?? "",
    }),
  );
  const { body } = await ask("/");
  assert.doesNotMatch(body, /<script>|"onload="|href="javascript|\u202e/);
  const all = JSON.parse((await ask("/api/v1/status")).body);
  const ids: string[] = all.peers.map(({ id }: { id: string }) => id);
  assert.equal(new Set(ids).size, HOSTILE.length);
  for (const [at, id] of ids.entries()) {
    assert.match(id, /^~[0-9a-f]{16}$|^[A-Za-z0-9_-]/);
    assert.equal(new URL(`/peers/${id}`, "http://exporter").pathname, `/peers/${id}`);
    assert.equal(JSON.parse((await ask(`/api/v1/peers/${id}`)).body).name, HOSTILE[at]);
    assert.doesNotMatch((await ask(`/peers/${id}`)).body, /<script>|"onload="|\u202e/);
  }
  for (const path of ["/peers/nobody", "/peers/", "/peers/%2e%2e", "/api/v1/peers/x/y", "/x"]) {
    assert.equal((await ask(path)).status, 404, path);
  }
  await end();
});

Deno.test("who does not know the token learns nothing of peers; a first visit lets a browser in", async () => {
  const { ask, saw, events, end } = await status({ token: TOKEN });
  saw(hospitalRun(40));
  const guarded = ["/", "/metrics", "/events", "/api/v1/status", "/peers/CT_4", "/nothing"];
  const wrong = [
    "Authorization: Bearer wrong",
    "Authorization: Basic " + btoa(`x:${TOKEN}`),
    `Cookie: echoscu_status_8080=${TOKEN}`,
    "X-Nothing: 1",
  ];
  for (const path of guarded) {
    for (const header of wrong) {
      const { status, body, head } = await ask(path, header);
      assert.equal(status, 401, path);
      assert.match(head, /\r\nWWW-Authenticate: Bearer/);
      assert.doesNotMatch(body, /CT_4|ARCHIVE/);
    }
  }
  assert.equal((await ask(`/?token=${TOKEN}x`)).status, 401);
  for (const path of ["/healthz", "/status.css", "/status.js", "/icon-good.svg"]) {
    assert.equal((await ask(path)).status, 200, path);
  }
  const bearer = `Authorization: Bearer ${TOKEN}`;
  assert.match((await ask("/metrics", bearer)).body, /\nechoscu_up\{/);
  const { status: code, head, body } = await ask(`/?token=${TOKEN}`);
  assert.equal(code, 200);
  assert.match(body, /http-equiv="refresh" content="0;url=\/"/);
  assert.doesNotMatch(body + head, new RegExp(TOKEN));
  const cookie = /\r\nSet-Cookie: ([^;]+); Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict\r\n/
    .exec(head)?.[1] ?? assert.fail(head);
  assert.match((await ask("/", `Cookie: other=1; ${cookie}`)).body, /<h1>\d of 40 peers/);
  const proxied = await ask(`/?token=${TOKEN}`, "X-Forwarded-Proto: https");
  assert.match(proxied.head, /SameSite=Strict; Secure\r\n/);
  assert.doesNotMatch(JSON.stringify(events), new RegExp(TOKEN));
  await end();
});

Deno.test("requests by other names and other methods are refused", async () => {
  const { listening, clock, events, end } = await status();
  const send = async (text: string) => {
    const client = new MemoryClient(listening);
    await client.send(text);
    return await clock.until(client.answer());
  };
  const { status: code, body } = await send("GET / HTTP/1.1\r\nHost: rebound.example\r\n\r\n");
  assert.equal(code, 421);
  assert.match(body, /^this status page is not known by .*--serve-host\n$/);
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    const { status } = await send(`${method} / HTTP/1.1\r\nHost: exporter\r\n\r\n`);
    assert.equal(status, 405, method);
  }
  assert.deepEqual(events.map((one) => one.type === "refused" && one.status), [421]);
  await end();
});

Deno.test("who waits hears of every run, so many at most, and is let go at the end", async () => {
  const { ask, saw, listening, clock, done, stop } = await status();
  const waiting = [new MemoryClient(listening), new MemoryClient(listening)];
  for (const one of waiting) await one.get("/events");
  await settle();
  assert.equal((await ask("/events")).status, 503);
  assert.equal((await ask("/events", "Sec-Fetch-Site: cross-site")).status, 403);
  saw(hospitalRun(3));
  // Long after the time in which an answer has to be taken.
  await clock.pass(65_000);
  saw(hospitalRun(3));
  await settle();
  stop.abort("SIGTERM");
  await clock.until(done);
  for (const one of waiting) {
    const { head, body } = await one.answer();
    assert.match(head, /\r\nContent-Type: text\/event-stream\r\n/);
    assert.equal(body.match(/event: run\n/g)?.length, 2);
    assert.equal(body.match(/\n:\n/g)?.length, 3);
  }
});

Deno.test("a client that takes nothing of its events is sent away, and makes room", async () => {
  const { saw, listening, clock, ask, end } = await status({ maxListeners: 1 });
  await new MemoryClient(listening, DEAF).get("/events");
  await settle();
  for (let runs = 0; runs < 5; runs++) saw(hospitalRun(2));
  await clock.pass(11_000);
  await settle();
  const next = new MemoryClient(listening);
  await next.get("/events");
  await settle();
  assert.equal((await ask("/events")).status, 503, "there is a listener again");
  await end();
});

Deno.test("healthz says whether runs end in time, not whether peers are up", async () => {
  const { ask, saw, time, end } = await status();
  assert.deepEqual((await ask("/healthz")).body, "healthy\n");
  time.now += 200_000;
  assert.equal((await ask("/healthz")).status, 200);
  time.now += 200_000;
  const { status: code, body } = await ask("/healthz");
  assert.deepEqual([code, body], [503, "no run has ended for 400 s\n"]);
  saw({ ...runOf([entryOf(verified())]), startedAt: time.now - 30_000 });
  assert.equal((await ask("/healthz")).status, 200);
  await end();
});
