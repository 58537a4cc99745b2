import assert from "node:assert/strict";
import { toBytes, toByteText } from "./config/byte_text.ts";
import { configureLogging } from "./config/mod.ts";
import { createTestingHost, testEvent } from "./config/testing_host.ts";
import { loadSampleLogConfig } from "./mod.ts";

Deno.test("the sample configuration works as it is, without a complaint", async () => {
  const host = createTestingHost();
  const setup = configureLogging(toBytes(toByteText(await loadSampleLogConfig())), host);
  assert.equal(setup.kind, "ready");
  if (setup.kind !== "ready") return;
  setup.sink.log(testEvent(host, "details", "debug"));
  setup.sink.log(testEvent(host, "Requesting Association"));
  assert.equal(host.err, "I: Requesting Association\n");
  assert.equal(host.out, "");
  assert.deepEqual(host.files.contents(), {
    "echoscu.log": "2026-11-23 02:54:00.000 4242 DEBUG echoscu - details\n" +
      "2026-11-23 02:54:00.000 4242 INFO  echoscu - Requesting Association\n",
  });
});

Deno.test("everything the sample configuration offers in comments works when it is uncommented", async () => {
  const text = (await loadSampleLogConfig()).replace(/^# (?=log4cplus\.)/gm, "");
  const host = createTestingHost();
  const setup = configureLogging(toBytes(toByteText(text)), host);
  assert.equal(setup.kind, "ready");
  if (setup.kind !== "ready") return;
  setup.sink.log(testEvent(host, "trouble", "warn"));
  await setup.sink.close();
  assert.equal(host.err, "W: trouble\n");
  assert.match(host.sent[0] ?? "", /^loghost\.example\.org:514 <132>1 .* echoscu: trouble$/);
  assert.ok("echoscu.log.2026-11-23" in host.files.contents());
});

Deno.test("the sample configuration has lines that fit a terminal", async () => {
  for (const line of (await loadSampleLogConfig()).split("\n")) assert.ok(line.length <= 110, line);
});
