import assert from "node:assert/strict";
import fc from "fast-check";
import { Redactor } from "./redactor.ts";

Deno.test("names are stable, apart by kind, and the same in any letter case", () => {
  const redactor = new Redactor();
  assert.equal(redactor.learn("host", "pacs.example.org"), "host-1");
  assert.equal(redactor.learn("host", "PACS.example.org"), "host-1");
  assert.equal(redactor.learn("title", "CT_ROOM_2 "), "title-1");
  assert.equal(redactor.learn("title", "ANY-SCP"), "ANY-SCP");
  assert.equal(redactor.learn("file", "/home/miller/site.yaml"), "file-1.yaml");
  assert.equal(
    redactor.text("ct_room_2 at Pacs.Example.Org:104 (10.1.2.3) by /home/miller/site.yaml"),
    "title-1 at host-1:104 (192.0.2.1) by file-1.yaml",
  );
});

Deno.test("addresses that nobody named are replaced too, and UIDs, versions and times stay", () => {
  const redactor = new Redactor();
  const rows = [
    [
      "10.9.9.9: refused, then [fd00::1]:104 and fe80::2:",
      "192.0.2.1: refused, then [2001:db8::1]:104 and 2001:db8::2:",
    ],
    ["::ffff:10.9.9.9.", "192.0.2.1."],
    ["1.2.840.10008.1.1 at 2026-11-28T21:36:36.394Z, Deno 2.9.6, 0.0.0.0 and ::", ""],
    ["00 1f 2e 0a:0b", ""],
  ] as const;
  for (const [text, expected] of rows) assert.equal(redactor.text(text), expected || text);
});

Deno.test("short texts and numbers are replaced as words only", () => {
  const redactor = new Redactor();
  redactor.learn("title", "A");
  redactor.learn("title", "10008");
  assert.equal(
    redactor.text("A at 1.2.840.10008.1.1, ABC and 10008."),
    "title-1 at 1.2.840.10008.1.1, ABC and title-2.",
  );
});

const WORD = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{4,14}[A-Za-z0-9]$/);

Deno.test("nothing that is known is left in bytes, which are as many as before", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(WORD, { minLength: 1, maxLength: 4 }),
      fc.array(fc.string()),
      (words, between) => {
        const redactor = new Redactor();
        for (const word of words) redactor.learn("text", word);
        const parts = words.flatMap((word, at) => [word.toUpperCase(), between[at] ?? " ", word]);
        const bytes = new TextEncoder().encode(parts.join("|"));
        const redacted = redactor.bytes(Uint8Array.of(0x09, ...bytes));
        assert.equal(redacted.length, bytes.length + 1);
        const text = new TextDecoder("latin1").decode(redacted).toLowerCase();
        for (const word of words) assert.ok(!text.includes(word.toLowerCase()), text);
      },
    ),
  );
});

Deno.test("after the documentation ranges come those for benchmarks", () => {
  const redactor = new Redactor();
  const made = Array.from(
    { length: 1000 },
    (_, at) => redactor.address(`10.0.${at >> 8}.${at & 255}`),
  );
  assert.equal(new Set(made).size, 1000);
  assert.deepEqual([made[0], made[253], made[254], made[761], made[762]], [
    "192.0.2.1",
    "192.0.2.254",
    "198.51.100.1",
    "203.0.113.254",
    "198.18.2.251",
  ]);
});
