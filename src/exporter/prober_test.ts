import assert from "node:assert/strict";
import { settle } from "../../tests/tools/jumping_clock.ts";
import { endless, exporter, peer } from "../../tests/tools/memory_exporter.ts";
import { MemoryClient } from "../../tests/tools/memory_http.ts";

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

Deno.test("the time of a probe is told in whole milliseconds", async () => {
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
