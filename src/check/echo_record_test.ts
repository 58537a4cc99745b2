import assert from "node:assert/strict";
import { ECHOES_LISTED, type EchoRecord, keepEcho } from "./echo_record.ts";

Deno.test("keepEcho() lists so many, counts the others, and misses no failing status", () => {
  const record: EchoRecord = { echoes: [] };
  const last = ECHOES_LISTED + 3;
  for (let messageId = 1; messageId <= last; messageId++) {
    keepEcho({ messageId, status: messageId > last - 2 ? 0x0110 : 0, elapsedMs: 1 }, record);
  }
  assert.equal(record.echoes.length, ECHOES_LISTED);
  assert.equal(record.echoes.at(-1)?.messageId, ECHOES_LISTED);
  assert.equal(record.unlistedEchoes, 3);
  assert.equal(record.failedEcho?.messageId, last - 1);
});

Deno.test("keepEcho() keeps the first failing status", () => {
  const record: EchoRecord = { echoes: [] };
  for (const status of [0, 0x0122, 0x0110]) {
    keepEcho({ messageId: 1, status, elapsedMs: 1 }, record);
  }
  assert.equal(record.failedEcho?.status, 0x0122);
  assert.equal(record.unlistedEchoes, undefined);
});
