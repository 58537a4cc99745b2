import assert from "node:assert/strict";
import { commandElement, type ElementName, nameOfWellKnownUid, type Names } from "../dicom/mod.ts";
import type { CommandElement } from "../dimse/mod.ts";
import { commandDump } from "./command_dump.ts";

/** Names as dictionary files would give them. */
const FILE: Readonly<Record<string, ElementName>> = {
  "8,60": { vr: "CS", keyword: "Modality" },
  "8,1140": { vr: "SQ", keyword: "ReferencedImageSequence" },
};

const NAMES: Names = {
  uids: nameOfWellKnownUid,
  elements: (tag, creator) => {
    if (tag.group === 0x29 && creator === "MAKER") return { vr: "OB", keyword: "HisData" };
    return FILE[`${tag.group},${tag.element.toString(16)}`] ?? commandElement(tag);
  },
  hasDictionary: true,
};

function element(tag: number, hex: string, more: Partial<CommandElement> = {}): CommandElement {
  const value = Uint8Array.fromHex(hex.replaceAll(" ", ""));
  return { group: Math.floor(tag / 0x10000), element: tag % 0x10000, value, ...more };
}

function dumped(...elements: readonly CommandElement[]): string[] {
  const [empty, title, syntax, ...rest] = commandDump(elements, NAMES).split("\n");
  assert.deepEqual([empty, title, syntax, rest.pop()], [
    "",
    "# Dicom-Data-Set",
    "# Used TransferSyntax: Little Endian Implicit",
    "",
  ]);
  return rest;
}

/* The lines are the reference's own, from runs of its echoscu 3.6.7. */

Deno.test("commandDump() shows command elements as the reference does", () => {
  assert.deepEqual(
    dumped(
      element(0x0901, "00000200 08001800 feff00e0"),
      element(0x0902, "6f6e65 5c 74776f20"),
      element(0x0903, "0100 0200"),
      element(0x1000, "312e322e332e342e3500"),
      element(0x5555, "000102"),
    ),
    [
      "(0000,0901) AT (0000,0002)\\(0008,0018)\\(fffe,e000)      #  12, 3 OffendingElement",
      "(0000,0902) LO [one\\two]                                #   8, 2 ErrorComment",
      "(0000,0903) US 1\\2                                      #   4, 2 ErrorID",
      "(0000,1000) UI [1.2.3.4.5]                              #  10, 1 AffectedSOPInstanceUID",
      "(0000,5555) ?? 00\\01\\02\\00                              #   4, 1 Unknown Tag & Data",
    ],
  );
});

Deno.test("commandDump() shows elements without a value as the reference does", () => {
  assert.deepEqual(
    dumped(element(0x0901, ""), element(0x4000, ""), element(0x5555, "")),
    [
      "(0000,0901) AT (no value available)                     #   0, 0 OffendingElement",
      "(0000,4000) LT (no value available)                     #   0, 0 RETIRED_DialogReceiver",
      "(0000,5555) ?? (no value available)                     #   0, 1 Unknown Tag & Data",
    ],
  );
});

Deno.test("commandDump() shows a value that did not come", () => {
  assert.deepEqual(dumped(element(0x0903, "", { missingLength: 2 })), [
    "(0000,0903) US (not loaded)                             #   2, 1 ErrorID",
  ]);
});

Deno.test("commandDump() leaves out group lengths", () => {
  assert.deepEqual(dumped(element(0x0008_0000, "04000000")), []);
});

Deno.test("commandDump() does not cut long values", () => {
  const [line = ""] = dumped(element(0x0902, "61".repeat(200)));
  assert.equal(line, `(0000,0902) LO [${"a".repeat(200)}] # 200, 1 ErrorComment`);
});

Deno.test("commandDump() shows the items of a sequence of undefined length", () => {
  const item = "feff00e0 0a000000 08006000 02000000 4354";
  assert.deepEqual(dumped(element(0x0008_1140, item, { hasUndefinedLength: true })), [
    "(0008,1140) SQ (Sequence with undefined length #=1)     # u/l, 1 ReferencedImageSequence",
    "  (fffe,e000) na (Item with explicit length #=1)          #  10, 1 Item",
    "    (0008,0060) CS [CT]                                     #   2, 1 Modality",
    "  (fffe,e00d) na (ItemDelimitationItem for re-encoding)   #   0, 0 ItemDelimitationItem",
    "(fffe,e0dd) na (SequenceDelimitationItem)               #   0, 0 SequenceDelimitationItem",
  ]);
});

Deno.test("commandDump() shows nested sequences of explicit length", () => {
  const inner = "feff00e0 00000000";
  const item = `feff00e0 10000000 08004011 08000000 ${inner}`;
  assert.deepEqual(dumped(element(0x0008_1140, item)), [
    "(0008,1140) SQ (Sequence with explicit length #=1)      #  24, 1 ReferencedImageSequence",
    "  (fffe,e000) na (Item with explicit length #=1)          #  16, 1 Item",
    "    (0008,1140) SQ (Sequence with explicit length #=1)      #   8, 1 ReferencedImageSequence",
    "      (fffe,e000) na (Item with explicit length #=0)          #   0, 1 Item",
    "      (fffe,e00d) na (ItemDelimitationItem for re-encoding)   #   0, 0 ItemDelimitationItem",
    "    (fffe,e0dd) na (SequenceDelimitationItem for re-encod.) #   0, 0 SequenceDelimitationItem",
    "  (fffe,e00d) na (ItemDelimitationItem for re-encoding)   #   0, 0 ItemDelimitationItem",
    "(fffe,e0dd) na (SequenceDelimitationItem for re-encod.) #   0, 0 SequenceDelimitationItem",
  ]);
});

Deno.test("commandDump() shows a sequence that is none as empty", () => {
  assert.deepEqual(dumped(element(0x0008_1140, "01020304")), [
    "(0008,1140) SQ (Sequence with explicit length #=0)      #   4, 1 ReferencedImageSequence",
    "(fffe,e0dd) na (SequenceDelimitationItem for re-encod.) #   0, 0 SequenceDelimitationItem",
  ]);
});

Deno.test("commandDump() bounds what deep nesting can make it print", () => {
  const open = "feff00e0 ffffffff 09001011 ffffffff".repeat(5_000);
  const lines = dumped(element(0x0009_1010, open, { hasUndefinedLength: true }));
  assert.ok(lines.length < 200, `${lines.length} lines`);
  assert.ok(lines.some((line) => line.includes(" ?? fe\\ff\\00\\e0")));
});

Deno.test("commandDump() names private elements by who reserved their block", () => {
  const creator = element(0x0029_0010, "4d414b455220");
  assert.deepEqual(dumped(creator, element(0x0029_1008, "0102"), element(0x0029_1108, "0102")), [
    "(0029,0010) ?? 4d\\41\\4b\\45\\52\\20                        #   6, 1 Unknown Tag & Data",
    "(0029,1008) OB 01\\02                                    #   2, 1 HisData",
    "(0029,1108) ?? 01\\02                                    #   2, 1 Unknown Tag & Data",
  ]);
});

Deno.test("commandDump() lets no value forge a line", () => {
  const [line = ""] = dumped(element(0x0902, "610a463a201b5b31"));
  assert.match(line, /\[a\\x0aF: \\x1b\[1\]/);
});
