import assert from "node:assert/strict";
import fc from "fast-check";
import { commandSetWarnings, decodeCommandSet, DimseError, encodeCommandSet } from "./mod.ts";
import type { CommandElement, DimseDefect } from "./mod.ts";

/** Bytes of hexadecimal text; blanks do not count. */
function bytes(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/[0-9a-f]{2}/g) ?? [], (digits) => parseInt(digits, 16));
}

function element(number: number, value: string, group = 0): CommandElement {
  return { group, element: number, value: bytes(value) };
}

function failure(input: string, isCut = false): DimseError {
  try {
    decodeCommandSet(bytes(input), { isCut });
  } catch (error) {
    assert.ok(error instanceof DimseError, String(error));
    return error;
  }
  assert.fail("nothing was thrown");
}

function defectOf(input: string): DimseDefect {
  return failure(input).defect;
}

// C-ECHO-RQ as DCMTK 3.6.7 echoscu sends it.
const ECHO_RQ = bytes(`
  0000 0000 04000000 38000000
  0000 0200 12000000 312e322e3834302e31303030382e312e3100
  0000 0001 02000000 3000
  0000 1001 02000000 0100
  0000 0008 02000000 0101
`);

// C-ECHO-RSP as DCMTK 3.6.7 storescp, odil 0.12.2 and pynetdicom 2.1 send it.
const ECHO_RSP = bytes(`
  0000 0000 04000000 42000000
  0000 0200 12000000 312e322e3834302e31303030382e312e3100
  0000 0001 02000000 3080
  0000 2001 02000000 0100
  0000 0008 02000000 0101
  0000 0009 02000000 0000
`);

Deno.test("encodeCommandSet() writes the 68 bytes of the reference's C-ECHO-RQ", () => {
  const written = encodeCommandSet({
    type: "C-ECHO-RQ",
    affectedSopClassUid: "1.2.840.10008.1.1",
    messageId: 1,
  });
  assert.equal(written.length, 68);
  assert.deepEqual(written, ECHO_RQ);
});

Deno.test("encodeCommandSet() writes the C-ECHO-RSP that real acceptors send", () => {
  const written = encodeCommandSet({
    type: "C-ECHO-RSP",
    affectedSopClassUid: "1.2.840.10008.1.1",
    messageIdBeingRespondedTo: 1,
    status: 0,
  });
  assert.deepEqual(written, ECHO_RSP);
});

Deno.test("encodeCommandSet() leaves out a UID that is not there and pads odd ones", () => {
  const rsp = { type: "C-ECHO-RSP", messageIdBeingRespondedTo: 0xffff, status: 0xa700 } as const;
  const without = encodeCommandSet({ ...rsp, affectedSopClassUid: undefined });
  assert.deepEqual(decodeCommandSet(without).elements.map((one) => one.element), [
    0x0000,
    0x0100,
    0x0120,
    0x0800,
    0x0900,
  ]);
  const [, uid] =
    decodeCommandSet(encodeCommandSet({ ...rsp, affectedSopClassUid: "1.2" })).elements;
  assert.deepEqual(uid, element(0x0002, "312e3200"));
});

Deno.test("encodeCommandSet() refuses numbers that do not fit", () => {
  const rq = { type: "C-ECHO-RQ", affectedSopClassUid: "1.2" } as const;
  for (const messageId of [-1, 0x10000, 1.5]) {
    assert.throws(() => encodeCommandSet({ ...rq, messageId }), RangeError);
  }
});

Deno.test("encodeCommandSet() computes the group length and keeps all else of a command set", () => {
  const set = {
    elements: [element(0x0100, "3080"), element(0x0000, "ffffffff"), element(0x60, "4354", 8)],
  };
  assert.deepEqual(
    encodeCommandSet(set),
    bytes("00000000 04000000 0a000000  00000001 02000000 3080  08006000 02000000 4354"),
  );
});

Deno.test("decodeCommandSet() gives the elements in their order", () => {
  assert.deepEqual(decodeCommandSet(ECHO_RQ).elements, [
    element(0x0000, "38000000"),
    element(0x0002, "312e322e3834302e31303030382e312e3100"),
    element(0x0100, "3000"),
    element(0x0110, "0100"),
    element(0x0800, "0101"),
  ]);
  assert.deepEqual(decodeCommandSet(new Uint8Array(0)).elements, []);
});

Deno.test("decodeCommandSet() leaves an unfinished element header at the end", () => {
  for (const stray of ["00", "0000", "00000209", "0000020904000000".slice(0, 14)]) {
    const input = Uint8Array.of(...ECHO_RSP, ...bytes(stray));
    assert.deepEqual(decodeCommandSet(input), decodeCommandSet(ECHO_RSP));
  }
});

Deno.test("decodeCommandSet() rejects an element longer than the data", () => {
  assert.deepEqual(defectOf("00000209 64000000 61626364"), {
    kind: "element-too-long",
    group: 0,
    element: 0x0902,
    length: 100,
    remaining: 4,
  });
});

Deno.test("decodeCommandSet() takes a last element whose value did not come, as the reference does", () => {
  for (const [length, missingLength] of [["64000000", 100], ["ffffffff", 0xffff_ffff]] as const) {
    const set = decodeCommandSet(bytes(`00000008 02000000 0101  00000209 ${length}`));
    const { elements } = set;
    assert.deepEqual(elements.at(-1), { ...element(0x0902, ""), missingLength });
    assert.deepEqual(commandSetWarnings(set), [
      { kind: "value-missing", group: 0, element: 0x0902, length: missingLength },
    ]);
    assert.deepEqual(decodeCommandSet(encodeCommandSet(set)).elements.slice(1), elements);
  }
  const cut = decodeCommandSet(bytes("00000008 02000000 0101  00000209 64000000"), { isCut: true });
  assert.equal(cut.elements.length, 1);
});

Deno.test("decodeCommandSet() leaves out a cut element when told that it is cut", () => {
  const input = bytes("00000001 02000000 3080 00000209 64000000 61626364");
  assert.deepEqual(decodeCommandSet(input, { isCut: true }).elements, [element(0x0100, "3080")]);
});

Deno.test("decodeCommandSet() says what was odd before it failed, and in the failing element", () => {
  const failed = failure("00000008 01000000 01  00000001 02000000 3080  00000209 65000000 61");
  assert.deepEqual(failed.warnings, [
    { kind: "odd-length", group: 0, element: 0x0800 },
    { kind: "not-ascending", group: 0, element: 0x0100 },
    { kind: "odd-length", group: 0, element: 0x0902 },
  ]);
});

Deno.test("decodeCommandSet() reports the place of a failing element after its defect", () => {
  const wrongPlace = failure("00000008 02000000 0101  00000001 64000000 61");
  assert.deepEqual(wrongPlace.warnings, []);
  assert.deepEqual(wrongPlace.laterWarnings, [
    { kind: "not-ascending", group: 0, element: 0x0100 },
  ]);
  const wrongGroup = failure("03001000 64000000 61");
  assert.deepEqual(wrongGroup.laterWarnings, [{ kind: "invalid-group", group: 3, element: 0x10 }]);
  assert.deepEqual(failure("00000008 02000000 0101  feff00e0 00000000").laterWarnings, []);
});

Deno.test("decodeCommandSet() rejects undefined length of a command element", () => {
  const rows = [["00000010", 0, 0x1000], ["00000009", 0, 0x0900], ["08000000", 8, 0]] as const;
  for (const [tag, group, number] of rows) {
    assert.deepEqual(defectOf(`${tag} ffffffff 31320000`), {
      kind: "undefined-length",
      group,
      element: number,
    });
  }
});

Deno.test("decodeCommandSet() takes sequences of undefined length, nested ones too", () => {
  const item = "feff00e0 0a000000 08006000 02000000 4354";
  const inner = `08001111 ffffffff ${item} feffdde0 00000000`;
  const open = `feff00e0 ffffffff ${inner} feff0de0 00000000`;
  const input = `08004011 ffffffff ${item} ${open} feffdde0 00000000 00000009 02000000 0000`;
  const { elements } = decodeCommandSet(bytes(input));
  assert.deepEqual(elements, [
    { ...element(0x1140, `${item} ${open}`, 8), hasUndefinedLength: true },
    element(0x0900, "0000"),
  ]);
  const again = decodeCommandSet(encodeCommandSet({ elements }));
  assert.deepEqual(again.elements.slice(1), elements);
});

Deno.test("decodeCommandSet() rejects sequences that are none", () => {
  const sequence = { kind: "sequence", group: 0, element: 0x5555 } as const;
  const start = "00005555 ffffffff";
  assert.deepEqual(defectOf(`${start} feff00e0 00000000`), sequence);
  assert.deepEqual(defectOf(`${start} feff00e0 10000000 0102`), sequence);
  assert.deepEqual(defectOf(`${start} 61626364 65666768`), {
    ...sequence,
    found: { group: 0x6261, element: 0x6463 },
  });
  assert.deepEqual(defectOf(`${start} feff0de0 00000000`), {
    ...sequence,
    found: { group: 0xfffe, element: 0xe00d },
  });
  assert.deepEqual(defectOf(`${start} feff00e0 ffffffff feffdde0 00000000`), {
    ...sequence,
    found: { group: 0xfffe, element: 0xe0dd },
  });
});

Deno.test("decodeCommandSet() takes a sequence as empty whose first item has no whole header", () => {
  for (const stray of ["", "feff", "feff00e0 000000"]) {
    const { elements } = decodeCommandSet(bytes(`00005555 ffffffff ${stray}`));
    assert.deepEqual(elements, [{ ...element(0x5555, ""), hasUndefinedLength: true }]);
  }
});

Deno.test("decodeCommandSet() survives sequences nested without end", () => {
  const input = new Uint8Array(8 + 16 * 50_000);
  const open = bytes("00005555 ffffffff feff00e0 ffffffff");
  for (let at = 0; at + open.length <= input.length; at += open.length) input.set(open, at);
  assert.throws(() => decodeCommandSet(input), DimseError);
});

Deno.test("decodeCommandSet() takes other tags of group FFFE as elements", () => {
  const { elements } = decodeCommandSet(bytes("feff3412 02000000 4142"));
  assert.deepEqual(elements, [element(0x1234, "4142", 0xfffe)]);
});

Deno.test("decodeCommandSet() ends at an item delimiter and rejects other delimiters", () => {
  const { elements } = decodeCommandSet(bytes("00000009 02000000 0000 feff0de0 00000000 0000"));
  assert.equal(elements.length, 1);
  for (const [tag, number] of [["feff00e0", 0xe000], ["feffdde0", 0xe0dd]] as const) {
    assert.deepEqual(defectOf(`${tag} 00000000`), {
      kind: "unexpected-tag",
      group: 0xfffe,
      element: number,
    });
  }
});

Deno.test("commandSetWarnings() reports odd lengths, order and duplicates as the reference does", () => {
  const elements = [
    element(0x0900, "0000"),
    element(0x0902, "616263"),
    element(0x0100, "3080"),
    element(0x0800, "0101"),
    element(0x0902, "6162"),
    element(0x0060, "4354", 8),
    element(0x0120, "0100"),
  ];
  assert.deepEqual(commandSetWarnings({ elements }), [
    { kind: "odd-length", group: 0, element: 0x0902 },
    { kind: "not-ascending", group: 0, element: 0x0100 },
    { kind: "not-ascending", group: 0, element: 0x0800 },
    { kind: "duplicate", group: 0, element: 0x0902 },
    { kind: "not-ascending", group: 0, element: 0x0120 },
  ]);
  assert.deepEqual(commandSetWarnings(decodeCommandSet(ECHO_RSP)), []);
});

Deno.test("commandSetWarnings() reports groups that no data set has", () => {
  const groups = [0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0007, 0x0008, 0xfffe, 0xffff];
  const elements = groups.map((group) => element(0x1234, "", group));
  const told = commandSetWarnings({ elements }).map(({ kind, group }) => [kind, group]);
  assert.deepEqual(told, [1, 2, 3, 5, 7, 0xffff].map((group) => ["invalid-group", group]));
  const twice = [element(0x10, "31", 3), element(0x10, "31", 3)];
  assert.deepEqual(commandSetWarnings({ elements: twice }).map(({ kind }) => kind), [
    "odd-length",
    "invalid-group",
    "odd-length",
    "duplicate",
    "invalid-group",
  ]);
});

Deno.test("commandSetWarnings() says what was read as a sequence", () => {
  const set = decodeCommandSet(bytes("00005555 ffffffff feffdde0 00000000"));
  assert.deepEqual(commandSetWarnings(set), [
    { kind: "assumed-sequence", group: 0, element: 0x5555 },
  ]);
  const failed = failure("00005555 ffffffff feff00e0 00000000");
  assert.deepEqual(failed.warnings, [{ kind: "assumed-sequence", group: 0, element: 0x5555 }]);
});

Deno.test("decodeCommandSet() throws nothing but DimseError over changed bytes", () => {
  const change = fc.tuple(fc.nat(77), fc.constantFrom(0, 1, 8, 0xe0, 0xfe, 0xff, 0x20));
  let kept = 0;
  fc.assert(
    fc.property(fc.array(change, { maxLength: 5 }), fc.boolean(), (changes, isCut) => {
      const input = ECHO_RSP.slice();
      for (const [at, value] of changes) input[at] = value;
      try {
        const set = decodeCommandSet(input, { isCut });
        const again = decodeCommandSet(encodeCommandSet(set));
        const rest = set.elements.filter((one) => one.group !== 0 || one.element !== 0);
        assert.deepEqual(again.elements.slice(1), rest);
        kept++;
      } catch (error) {
        assert.ok(error instanceof DimseError, String(error));
      }
    }),
    { numRuns: 2000 },
  );
  assert.ok(kept > 200, `only ${kept} inputs were command sets`);
});
