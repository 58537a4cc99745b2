import assert from "node:assert/strict";
import type { CheckEvent } from "../check/mod.ts";
import { commandElement, nameOfWellKnownUid, type Names } from "../dicom/mod.ts";
import type { DimseDefect, DimseWarning } from "../dimse/mod.ts";
import { commandDefect, commandWarning } from "./command_lines.ts";

const NAMES: Names = { uids: nameOfWellKnownUid, elements: commandElement, hasDictionary: false };
const WITH_FILES: Names = {
  ...NAMES,
  elements: (tag) => tag.group === 8 ? { vr: "SQ", keyword: "Named" } : commandElement(tag),
  hasDictionary: true,
};

function warning(what: DimseWarning, names = NAMES): string[] {
  return commandWarning(what, names).map(({ level, text }) => `${level} ${text()}`);
}

function defect(what: DimseDefect, names = NAMES): string[] {
  const event: Extract<CheckEvent, { type: "command-defect" }> = {
    type: "command-defect",
    defect: what,
    callingAeTitle: "ECHO\nSCU",
    calledAeTitle: "ANY-SCP",
  };
  return commandDefect(event, names).map(({ level, text }) => `${level} ${text()}`);
}

const COMMENT = { group: 0, element: 0x0902 };

Deno.test("commandWarning() words what is tolerated as the reference does", () => {
  assert.deepEqual(warning({ kind: "odd-length", ...COMMENT }), [
    "warn DcmItem: Length of element (0000,0902) is odd",
  ]);
  assert.deepEqual(warning({ kind: "not-ascending", ...COMMENT }), [
    "warn DcmItem: Dataset not in ascending tag order, at element (0000,0902)",
  ]);
  assert.deepEqual(warning({ kind: "duplicate", ...COMMENT }), [
    "warn DcmItem: Element (0000,0902) found twice in one data set or item, ignoring second entry",
  ]);
  assert.deepEqual(warning({ kind: "invalid-group", group: 3, element: 0x10 }), [
    "warn DcmItem: Invalid Element (0003,0010) found in data set",
  ]);
  assert.deepEqual(warning({ kind: "value-missing", length: 4, ...COMMENT }), [
    "error DcmElement: ErrorComment (0000,0902) larger (4) than remaining bytes in file",
  ]);
  assert.deepEqual(warning({ kind: "uid-spaces", group: 0, element: 2 }), [
    "warn DcmUniqueIdentifier: Element AffectedSOPClassUID (0000,0002) contains one or more space " +
    "characters, which were removed",
  ]);
});

Deno.test("commandWarning() reports a sequence that is surely unknown", () => {
  const assumed = (group: number) =>
    ({ kind: "assumed-sequence", group, element: 0x5555 }) as const;
  const text = (tag: string) => [
    `warn Found element (${tag},5555) with VR UN and undefined length, ` +
    "reading a sequence with transfer syntax LittleEndianImplicit (CP-246)",
  ];
  assert.deepEqual(warning(assumed(0)), text("0000"));
  assert.deepEqual(warning(assumed(9)), text("0009"));
  assert.deepEqual(warning(assumed(8)), []);
  assert.deepEqual(warning(assumed(8), WITH_FILES), []);
  assert.deepEqual(warning(assumed(0x10), WITH_FILES), text("0010"));
});

Deno.test("commandDefect() words commands that cannot be read", () => {
  assert.deepEqual(defect({ kind: "element-too-long", ...COMMENT, length: 100, remaining: 2 }), [
    "error DcmElement: ErrorComment (0000,0902) larger (100) than remaining bytes (2) in file, " +
    "premature end of stream",
  ]);
  const rest = "has odd maximum length (4294967295) and therefore is not loaded";
  assert.deepEqual(defect({ kind: "undefined-length", ...COMMENT }), [
    `warn DcmByteString: Element ErrorComment (0000,0902) ${rest}`,
  ]);
  for (const [element, name] of [[0, "CommandGroupLength"], [0x900, "Status"], [0x901, "Offe"]]) {
    const [line = ""] = defect({ kind: "undefined-length", group: 0, element: Number(element) });
    assert.ok(line.startsWith(`error DcmElement: ${name}`) && line.endsWith(rest), line);
  }
  assert.deepEqual(defect({ kind: "unexpected-tag", group: 0xfffe, element: 0xe000 }), [
    "warn DcmItem: Parse error while parsing element (fffe,e000)",
  ]);
  assert.deepEqual(defect({ kind: "unexpected-tag", group: 0xfffe, element: 0xe0dd }), [
    "error DcmItem: Parse error in sequence item, found (fffe,e0dd) instead of item delimiter " +
    "(fffe,e00d)",
  ]);
  assert.deepEqual(defect({ kind: "sequence", group: 9, element: 9 }), [
    "warn DcmSequenceOfItems: Reached end of stream before the end of sequence " +
    "Unknown Tag & Data (0009,0009)",
  ]);
  const found = { group: 8, element: 0x60 };
  assert.deepEqual(defect({ kind: "sequence", group: 9, element: 9, found }), [
    "error DcmSequenceOfItems: Parse error in sequence (0009,0009), found (0008,0060) instead of " +
    "sequence delimiter (fffe,e0dd)",
  ]);
});

Deno.test("commandDefect() names elements of dictionary files", () => {
  const what = { kind: "sequence", group: 8, element: 0x1140 } as const;
  assert.match(defect(what, WITH_FILES)[0] ?? "", /of sequence Named \(0008,1140\)$/);
  assert.match(defect(what)[0] ?? "", /of sequence Unknown Tag & Data \(0008,1140\)$/);
});

Deno.test("commandDefect() reports a data set type that contradicts the command", () => {
  const titles = "warn DIMSE Warning: (ECHO\\x0aSCU,ANY-SCP): ";
  const wrong = { kind: "data-set-type", dataSetType: 0 } as const;
  assert.deepEqual(defect({ ...wrong, command: "C-Echo RSP", expected: "absent" }), [
    `${titles}C-Echo RSP: DataSetType != NULL`,
  ]);
  assert.deepEqual(defect({ ...wrong, command: "C-Store RQ", expected: "present" }), [
    `${titles}C-Store RQ: DataSetType == NULL`,
  ]);
});

Deno.test("commandDefect() has nothing to add to other defects", () => {
  assert.deepEqual(defect({ kind: "missing-command-field" }), []);
  assert.deepEqual(defect({ kind: "command-pdv-expected", contextId: 1 }), []);
});
