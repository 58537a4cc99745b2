/** Whatever bytes come, a check ends, leaves nothing open, keeps little, and reports what it found. */

import assert from "node:assert/strict";
import { mutatedPeer } from "../../tests/differential/mutations.ts";
import { checkWith, worldWith } from "../../tests/support/memory_peer.ts";
import { runCheck } from "./check.ts";

const PEERS = 500;

Deno.test(`a check ends against ${PEERS} peers with changed bytes, and leaves nothing open`, async () => {
  const outcomes = new Map<string, number>();
  for (let seed = 0; seed < PEERS; seed++) {
    const { answers, pieceLength } = mutatedPeer(seed);
    const world = worldWith(answers.map((answer, at) => (wire) => {
      wire.send(answer.toHex(), pieceLength);
      if (at === answers.length - 1) wire.end();
    }));
    const result = runCheck(checkWith({ repeat: 1 + seed % 2 }), world);
    let done = false;
    result.finally(() => done = true);
    for (let minute = 0; minute < 5 && !done; minute++) await world.clock.advance(60_000);
    assert.ok(done, `seed ${seed} hangs`);
    const { outcome, ...rest } = await result;
    const name = outcome === "verified" ? outcome : "error" in rest ? rest.error.name : "";
    outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
    assert.ok(world.wire.closed > 0, `seed ${seed} leaves its wire open`);
    assert.equal(world.clock.pending, 0, `seed ${seed} leaves a timer`);
  }
  assert.ok((outcomes.get("verified") ?? 0) > PEERS / 20, "hardly any peer is verified");
  assert.ok(outcomes.size > 4, "hardly any kind of failure was met");
});
