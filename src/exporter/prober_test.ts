import assert from "node:assert/strict";
import { settle } from "../../tests/support/jumping_clock.ts";
import { endless, exporter, peer } from "../../tests/support/memory_exporter.ts";
import { MemoryClient } from "../../tests/support/memory_http.ts";
import { verified } from "../../tests/support/report_runs.ts";

Deno.test("/probe ends before the scraper gives up, as a failure of the peer", async () => {
  const { clock, ask, end } = await exporter(endless);
  const answer = ask("/probe?target=archive", "X-Prometheus-Scrape-Timeout-Seconds: 3");
  const { status, body } = await clock.until(answer);
  assert.equal(status, 200);
  assert.equal(clock.now(), 2500);
  assert.match(body, /\nechoscu_up 0\n/);
  assert.match(body, /\nechoscu_failure_info\{failure="TimedOut",stage="associate",/);
  await end();
});

Deno.test("/probe keeps to the configured limit when nothing else is said, and to the peer's own", async () => {
  const peers = [peer("slow", "a"), peer("quick", "b", { deadlineSeconds: 1 })];
  for (const [name, ms] of [["slow", 10_000], ["quick", 1000]] as const) {
    const { clock, ask, end } = await exporter(endless, { peers });
    assert.equal((await clock.until(ask(`/probe?target=${name}`))).status, 200);
    assert.equal(clock.now(), ms);
    await end();
  }
});

Deno.test("probes wait for a place, one at a time for each host, and give up in time", async () => {
  const { clock, ask, checked, end } = await exporter(endless);
  const header = "X-Prometheus-Scrape-Timeout-Seconds: 4";
  const first = ask("/probe?target=archive", header);
  await settle();
  const second = ask("/probe?target=archive", "X-Prometheus-Scrape-Timeout-Seconds: 2");
  const third = ask("/probe?target=gone", header);
  await settle();
  const { body } = await ask("/metrics");
  assert.match(body, /\nechoscu_exporter_probes_running 2\n/);
  assert.match(body, /\nechoscu_exporter_probes_waiting 1\n/);
  assert.deepEqual(checked.map(({ name }) => name), ["archive", "gone"]);
  const late = await clock.until(second);
  assert.equal(late.status, 503);
  assert.equal(late.body, "there was no time for this probe\n");
  assert.equal((await clock.until(first)).status, 200);
  assert.equal((await clock.until(third)).status, 200);
  const fourth = ask("/probe?target=archive", header);
  assert.equal((await clock.until(fourth)).status, 200);
  await end();
});

Deno.test("a probe that waited long has no result, since too little time is left to blame the peer", async () => {
  const { clock, ask, checked, end } = await exporter(endless);
  const first = ask("/probe?target=archive", "X-Prometheus-Scrape-Timeout-Seconds: 4");
  await settle();
  const second = ask("/probe?target=archive", "X-Prometheus-Scrape-Timeout-Seconds: 5");
  assert.equal((await clock.until(second)).status, 503);
  assert.equal(clock.now(), 2250);
  assert.equal((await clock.until(first)).status, 200);
  assert.equal(checked.length, 1);
  await end();
});

Deno.test("the time of a probe is reported in whole milliseconds", async () => {
  const { clock, ask, events, end } = await exporter(endless);
  await clock.until(ask("/probe?target=archive", "X-Prometheus-Scrape-Timeout-Seconds: 0.33333"));
  const [event] = events;
  assert.ok(event?.type === "probed");
  const { result } = event.report.entries[0] ?? {};
  assert.equal(
    result?.outcome === "failed" && result.error.message,
    "no answer within 0.167 seconds",
  );
  await end();
});

Deno.test("a probe ends when its client leaves, and its place is free again", async () => {
  let ended = 0;
  const { listening, ask, clock, end } = await exporter(async (peer, signal) => {
    const result = await endless(peer, signal);
    ended += 1;
    return result;
  });
  const client = new MemoryClient(listening);
  await client.get("/probe?target=archive");
  await settle();
  client.close();
  await settle();
  assert.equal(ended, 1);
  const { body } = await ask("/metrics");
  assert.match(body, /\nechoscu_exporter_probes_running 0\n/);
  assert.ok(clock.now() < 10_000);
  await end();
});

Deno.test("a signal ends probes on their way and sends away those who wait", async () => {
  const { clock, ask, stop, done } = await exporter(endless);
  const running = ask("/probe?target=archive");
  await settle();
  const waiting = ask("/probe?target=archive");
  await settle();
  stop.abort("SIGTERM");
  await clock.until(done);
  for (const { status, body } of [await running, await waiting]) {
    assert.deepEqual([status, body], [503, "the exporter is about to end\n"]);
  }
  assert.equal(clock.now(), 0);
});

Deno.test("a scraper cannot stretch the time of a probe beyond the explicit limit", async () => {
  const { clock, ask, end } = await exporter(endless, { deadlineSeconds: 2, ceilingSeconds: 2 });
  const header = "X-Prometheus-Scrape-Timeout-Seconds: 600";
  assert.equal((await clock.until(ask("/probe?target=archive", header))).status, 200);
  assert.equal(clock.now(), 2000);
  await end();
});

Deno.test("connections that ask for a long time keep nobody from a host", async () => {
  const { clock, ask, end } = await exporter(
    (peer, signal) =>
      peer.name === "archive" ? endless(peer, signal) : Promise.resolve(verified(peer.check)),
    { peers: [peer("archive", "a"), peer("other", "a")], jobs: 4, jobsPerHost: 2 },
  );
  const header = "X-Prometheus-Scrape-Timeout-Seconds: 600";
  const greedy = [ask("/probe?target=archive", header), ask("/probe?target=archive", header)];
  await clock.pass(8000);
  const { status } = await clock.until(ask("/probe?target=other"));
  assert.equal(status, 200);
  assert.ok(clock.now() <= 13_000, `${clock.now()}`);
  const [longest] = await clock.until(Promise.all(greedy));
  assert.deepEqual(
    [longest?.status, longest?.body],
    [503, "another probe was waiting for this host\n"],
  );
  await end();
});

Deno.test("a client with all places of a host leaves one to another client", async () => {
  const { clock, ask, askFrom, end } = await exporter(
    (peer, signal) =>
      peer.name === "archive" ? endless(peer, signal) : Promise.resolve(verified(peer.check)),
    { peers: [peer("archive", "a"), peer("other", "a")], jobs: 4, jobsPerHost: 2 },
  );
  const greedy = [ask("/probe?target=archive"), ask("/probe?target=archive")];
  await settle();
  const { status } = await clock.until(askFrom("192.0.2.99", "/probe?target=other"));
  assert.equal(status, 200);
  assert.ok(clock.now() < 5000, `${clock.now()}`);
  const codes = (await clock.until(Promise.all(greedy))).map((answer) => answer.status);
  assert.deepEqual(codes.sort(), [200, 503]);
  await end();
});
