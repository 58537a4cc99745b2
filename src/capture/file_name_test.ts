import assert from "node:assert/strict";
import fc from "fast-check";
import { FileNames, safeName } from "./file_name.ts";

Deno.test("each peer has a file of its own, also where case and signs do not count", () => {
  const names = new FileNames("d/{name}.pcapng");
  const peers = ["CT 1", "CT_1", "ct_1", "CT 1-2", "..", "", "con", "a/b\\c:d", "Käfer"];
  assert.deepEqual(peers.map((name) => names.of(name)), [
    "d/CT_1.pcapng",
    "d/CT_1-2.pcapng",
    "d/ct_1-3.pcapng",
    "d/CT_1-2-2.pcapng",
    "d/__.pcapng",
    "d/_.pcapng",
    "d/_con.pcapng",
    "d/a_b_c_d.pcapng",
    "d/Käfer.pcapng",
  ]);
  assert.equal(names.of("CT_1"), "d/CT_1-2.pcapng");
});

Deno.test("whatever a peer is called, its files are apart and where they should be", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ maxLength: 5 }), { maxLength: 20 }), (peers) => {
      const names = new FileNames("{name}");
      const files = peers.map((name) => names.of(name));
      assert.equal(new Set(files.map((file) => file.toLowerCase())).size, peers.length);
      for (const file of files) assert.match(file, /^[\p{L}\p{N}_-][\p{L}\p{N}._-]*$/u);
    }),
  );
});

Deno.test("a name stays short, and without {name} there is one file", () => {
  assert.equal(safeName("x".repeat(300)).length, 100);
  assert.equal(new FileNames("f").of("any"), "f");
});
