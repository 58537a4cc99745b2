import assert from "node:assert/strict";
import { type DictionaryEvent, dictionaryMessage } from "./dictionary_lines.ts";

const FILE = "/a/b.dic";

Deno.test("dictionaryMessage() uses the reference's words", () => {
  const rows: readonly (readonly [DictionaryEvent, string])[] = [
    [{ type: "loading", file: FILE }, "debug DcmDataDictionary: Loading file: /a/b.dic"],
    [{ type: "cannot-open", file: FILE }, "error DcmDataDictionary: Cannot open file: /a/b.dic"],
    [
      { type: "not-loaded" },
      "warn no data dictionary loaded, check environment variable: DCMDICTPATH",
    ],
    [
      { type: "fault", file: FILE, fault: { line: 7, kind: "too few fields", field: "" } },
      "error DcmDataDictionary: /a/b.dic: too few fields (line 7)",
    ],
    [
      { type: "fault", file: FILE, fault: { line: 7, kind: "too many fields", field: "" } },
      "error DcmDataDictionary: /a/b.dic: too many fields (line 7): ",
    ],
    [
      { type: "fault", file: FILE, fault: { line: 7, kind: "bad VM field", field: "1x" } },
      "error DcmDataDictionary: /a/b.dic: bad VM field (line 7): 1x",
    ],
    [
      {
        type: "fault",
        file: FILE,
        fault: { line: 7, kind: "unknown range restrictor", field: "z" },
      },
      "error DcmDataDictionary: Unknown range restrictor: z",
    ],
  ];
  for (const [event, text] of rows) {
    const message = dictionaryMessage(event);
    assert.equal(`${message.level} ${message.text()}`, text);
  }
});
