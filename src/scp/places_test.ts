import assert from "node:assert/strict";
import { connectInMemory, type MemoryConnection } from "../../tests/support/memory_stream.ts";
import { Places } from "./places.ts";

function admitted(places: Places, count: number) {
  return Array.from({ length: count }, () => {
    const connection = connectInMemory();
    return { connection, place: places.admit(connection.near) };
  });
}

function isClosed({ far }: MemoryConnection): boolean {
  return far.isClosedByOther;
}

Deno.test("Places counts only running associations against the limit", () => {
  const places = new Places(2);
  const [first, second, third] = admitted(places, 3).map(({ place }) => place);
  first?.run();
  assert.equal(places.isFull, false);
  second?.run();
  assert.equal(third?.isFull, true);
  first?.end();
  assert.equal(third?.isFull, false);
  assert.equal(places.size, 3);
});

Deno.test("Places lets the connection go that has waited longest when all are taken", () => {
  const places = new Places(1);
  const first = admitted(places, 151);
  assert.equal(first.some(({ connection }) => isClosed(connection)), false);
  const [running, waiting] = first;
  running?.place.run();
  const [last] = admitted(places, 1);
  assert.equal(places.size, 151);
  assert.deepEqual(
    [running, waiting, last].map((each) => each && isClosed(each.connection)),
    [false, true, false],
  );
  assert.equal(waiting?.place.dismissal, "crowded");
});

Deno.test("Places lets the flood of one address drive out its own connections only", () => {
  const places = new Places(1);
  const honest = connectInMemory({ host: "192.0.2.77", port: 1 });
  const place = places.admit(honest.near);
  admitted(places, 1000);
  assert.equal(place.dismissal, undefined);
  assert.equal(isClosed(honest), false);
  assert.equal(places.size, 151);
});

Deno.test("Places prefers to close what is over to what has not begun", () => {
  const places = new Places(1);
  const [waiting, over] = admitted(places, 151);
  over?.place.end();
  admitted(places, 1);
  assert.equal(over?.place.dismissal, "crowded");
  assert.equal(waiting?.place.dismissal, undefined);
});

Deno.test("Places closes idle connections and leaves running ones, or closes all", () => {
  const places = new Places(5);
  const [running, waiting] = admitted(places, 2);
  running?.place.run();
  places.dismiss("idle");
  assert.deepEqual([running?.place.dismissal, waiting?.place.dismissal], [undefined, "stopping"]);
  places.dismiss("all");
  assert.equal(running?.place.dismissal, "stopping");
  assert.equal(places.size, 0);
});

Deno.test("Places reports when none runs, also when none ever did", async () => {
  const places = new Places(5);
  await places.whenNoneRuns();
  const [running] = admitted(places, 1);
  running?.place.run();
  const none = places.whenNoneRuns();
  running?.place.end();
  await none;
  assert.equal(places.running, 0);
});

Deno.test("Place stays closed once it was left", () => {
  const places = new Places(5);
  const [only] = admitted(places, 1);
  only?.place.leave();
  only?.place.run();
  only?.place.end();
  assert.equal(places.size, 0);
});

Deno.test("Places sends away whoever has sent most of a request that does not end, not the others", () => {
  const places = new Places(50);
  const [greedy, modest, running, late] = admitted(places, 4);
  running?.place.came(new Uint8Array(1_000_000));
  running?.place.run();
  greedy?.place.came(new Uint8Array(7_000_000));
  modest?.place.came(new Uint8Array(1_000_000));
  assert.equal(greedy?.place.dismissal, undefined);
  modest?.place.came(new Uint8Array(400_000));
  assert.deepEqual(
    [greedy, modest, running].map((each) => each?.place.dismissal),
    ["crowded", undefined, undefined],
  );
  late?.place.came(new Uint8Array(6_900_000));
  assert.equal(late?.place.dismissal, undefined, "what has gone no longer counts");
});
