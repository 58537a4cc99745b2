import assert from "node:assert/strict";
import { selectPeers } from "./select.ts";
import { peersOf } from "./testing.ts";

const PEERS = await peersOf(`peers:
  - { name: a, host: a, port: 1, tags: [ct, night] }
  - { name: b, host: b, port: 1, tags: [ct] }
  - { name: c, host: c, port: 1, tags: [mr, night] }
  - { name: d, host: d, port: 1 }
`);

function chosen(only: readonly string[], except: readonly string[] = []): string {
  const peers = selectPeers(PEERS, { only, except });
  return "error" in peers ? peers.error : peers.map(({ name }) => name).join("");
}

Deno.test("selectPeers() keeps the peers with one of the tags, without those with an excepted one", () => {
  assert.equal(chosen([]), "abcd");
  assert.equal(chosen(["ct"]), "ab");
  assert.equal(chosen(["ct", "mr"]), "abc");
  assert.equal(chosen([], ["night"]), "bd");
  assert.equal(chosen(["ct"], ["night"]), "b");
});

Deno.test("selectPeers() takes a tag that no peer has for a mistake", () => {
  assert.equal(
    chosen(["nigth"]),
    "no peer has the tag nigth (did you mean night? allowed: ct, night, mr)",
  );
  assert.equal(chosen([], ["x"]), "no peer has the tag x (allowed: ct, night, mr)");
});

Deno.test("selectPeers() takes a choice that leaves nobody for a mistake", () => {
  assert.equal(chosen(["ct"], ["ct"]), "the chosen tags leave no peer");
});
