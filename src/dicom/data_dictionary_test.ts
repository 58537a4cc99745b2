import assert from "node:assert/strict";
import { DataDictionary } from "./data_dictionary.ts";

function loaded(...lines: readonly string[]): DataDictionary {
  const dictionary = new DataDictionary();
  assert.deepEqual(dictionary.load(lines.join("\n")), []);
  return dictionary;
}

function found(dictionary: DataDictionary, tag: number, creator?: string): string {
  const at = { group: Math.floor(tag / 0x10000), element: tag % 0x10000 };
  const entry = dictionary.find(at, creator);
  return entry === undefined ? "nothing" : `${entry.vr} ${entry.keyword}`;
}

Deno.test("DataDictionary finds exact tags; a later line wins", () => {
  const dictionary = loaded("(0008,0060)\tCS\tFirst\t1\tDICOM", "(0008,0060)\tLO\tSecond");
  assert.equal(found(dictionary, 0x0008_0060), "LO Second");
  assert.equal(found(dictionary, 0x0008_0061), "nothing");
});

Deno.test("DataDictionary ignores comments, empty lines and white space", () => {
  const dictionary = loaded(
    "# (0008,0060)\tCS\tNo",
    "",
    "  \t ",
    " ( 0008 , 0060 )\tC S\tMod ality \t 1 - n\r",
  );
  assert.equal(found(dictionary, 0x0008_0060), "CS Modality");
});

Deno.test("DataDictionary finds ranges: even numbers, odd ones, all", () => {
  const dictionary = loaded(
    "(6000-60ff,0010)\tUS\tEven",
    "(0009-o-ffff,0010-u-00ff)\tLO\tCreator",
    "(0020,3100-31ff)\tCS\tElements",
    "(0030-u-0040,0001)\tUS\tAll",
  );
  assert.equal(found(dictionary, 0x6000_0010), "US Even");
  assert.equal(found(dictionary, 0x601e_0010), "US Even");
  assert.equal(found(dictionary, 0x6101_0010), "LO Creator");
  assert.equal(found(dictionary, 0x6100_0010), "nothing");
  assert.equal(found(dictionary, 0x0009_00ff), "LO Creator");
  assert.equal(found(dictionary, 0x0020_3100), "CS Elements");
  assert.equal(found(dictionary, 0x0020_3101), "nothing");
  assert.equal(found(dictionary, 0x0030_0001), "US All");
  assert.equal(found(dictionary, 0x0031_0001), "US All");
});

Deno.test("DataDictionary prefers exact tags to ranges and narrow ranges to wide ones", () => {
  const dictionary = loaded(
    "(0000-u-ffff,0000)\tUL\tWide",
    "(0008-u-0010,0000)\tUL\tNarrow",
    "(0008,0000)\tUL\tExact",
  );
  assert.equal(found(dictionary, 0x0008_0000), "UL Exact");
  assert.equal(found(dictionary, 0x0009_0000), "UL Narrow");
  assert.equal(found(dictionary, 0x0011_0000), "UL Wide");
  assert.equal(dictionary.load("(0008-u-0010,0000)\tUL\tAgain").length, 0);
  assert.equal(found(dictionary, 0x0009_0000), "UL Again");
});

Deno.test("DataDictionary finds private elements in any block of their creator", () => {
  const dictionary = loaded(
    '(0029,"SIEMENS CSA HEADER",08)\tCS\tType',
    '(0029, "X" ,1008)\tLO\tFixed',
  );
  assert.equal(found(dictionary, 0x0029_1008, "SIEMENS CSA HEADER"), "CS Type");
  assert.equal(found(dictionary, 0x0029_7708, "SIEMENS CSA HEADER"), "CS Type");
  assert.equal(found(dictionary, 0x0029_1008, "X"), "LO Fixed");
  assert.equal(found(dictionary, 0x0029_1108, "X"), "nothing");
  assert.equal(found(dictionary, 0x0029_1008), "nothing");
});

/* Which lines are faults, and what the field is: from runs of the reference's echoscu 3.6.7. */
Deno.test("DataDictionary reports faults by line and keeps the other lines", () => {
  const lines = [
    "(0000,0902)\tLO",
    "(0000,0902)\tLO\tX\t1\tDICOM\tmore",
    "(0000,0902)\tLO\tX\tab c\tDICOM",
    "(0000,0902\tLO\tX\t1",
    "0000,0902\tLO\tX\t1",
    "(0000-z-0010,0902)\tLO\tX\t1",
    "(xx,0902)\tLO\tX\t1",
    "(0000,0902)\tZZ\tX\t1",
    "(0000,0902) LO X 1",
    '(0009,"A,10)\tLO\tX\t1',
    '(0009,"A" 10)\tLO\tX\t1',
    "(0000,0902)x\tLO\tX",
    "(0000,0904)\tLO\tKept\t1",
  ];
  const dictionary = new DataDictionary();
  const told = dictionary.load(lines.join("\n")).map(({ line, kind, field }) =>
    `${line} ${kind}: ${field}`
  );
  assert.deepEqual(told, [
    "1 too few fields: ",
    "2 too many fields: ",
    "3 bad VM field: abc",
    "4 bad Tag field: (0000,0902",
    "5 bad Tag field: 0000,0902",
    "6 unknown range restrictor: z",
    "6 bad Tag field: (0000-z-0010,0902)",
    "7 bad Tag field: (xx,0902)",
    "8 bad VR field: ZZ",
    "9 too few fields: ",
    '10 bad Tag field: (0009,"A,10)',
    '11 bad Tag field: (0009,"A"10)',
    "12 bad Tag field: (0000,0902)x",
  ]);
  assert.equal(found(dictionary, 0x0000_0904), "LO Kept");
});

Deno.test("DataDictionary takes every form of a value multiplicity, and every code of two letters", () => {
  for (const vm of ["1", "1-3", "1-n", "2-2n", "3n", "n", "n1", "-1"]) {
    assert.deepEqual(new DataDictionary().load(`(0008,0060)\tCS\tX\t${vm}`), [], vm);
  }
  for (const vm of ["1x", "1-2x", "1-2-3", "1-x", ""]) {
    const [fault] = new DataDictionary().load(`(0008,0060)\tCS\tX\t${vm}\tDICOM`);
    assert.equal(fault?.kind, "bad VM field", vm);
  }
  const rows = { USX: "US", up: "up", ox: "ox", lo: "??", "??": "??", it: "??" };
  for (const [code, vr] of Object.entries(rows)) {
    assert.equal(found(loaded(`(0008,0060)\t${code}\tX`), 0x0008_0060), `${vr} X`);
  }
});
