import assert from "node:assert/strict";
import { titleNotes } from "./titles.ts";

Deno.test("titleNotes() says nothing of titles that DICOM allows, nor of what is not sent", () => {
  for (const title of ["", "PACS", "a b", " PACS ", "SIXTEEN_LETTERS_", `PACS${" ".repeat(20)}`]) {
    assert.deepEqual(titleNotes({ "-aet": title, "-aec": title }), [], title);
  }
});

Deno.test("titleNotes() says what is sent of a long title, and which option gave it", () => {
  assert.deepEqual(titleNotes({ "-aet": "OK", "-aec": "PACS_RADIOLOGY_01" }), [
    '-aec "PACS_RADIOLOGY_01" has 17 bytes, and an AE title at most 16: "PACS_RADIOLOGY_0" is sent',
  ]);
  assert.match(titleNotes({ "-aec": `      ${"A".repeat(16)}` })[0] ?? "", /has 22 bytes/);
  const [umlauts] = titleNotes({ "-aet": "\u00c4".repeat(9) });
  assert.match(umlauts ?? "", /^-aet "\u00c4{9}" has 18 bytes, .*: "\u00c4{8}" is sent$/);
});

Deno.test("titleNotes() reports blank titles and characters that are not allowed", () => {
  assert.deepEqual(titleNotes({ "-aet": "  ", "-aec": "A\\B" }), [
    '-aet "  " is blank, and DICOM wants at least one character',
    '-aec "A\\B" has characters that DICOM allows in no AE title (allowed: ASCII without backslash)',
  ]);
  assert.match(titleNotes({ "-aec": "A\x1b[1m" })[0] ?? "", /^-aec "A\\x1b\[1m" has characters/);
});
