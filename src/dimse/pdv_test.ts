import assert from "node:assert/strict";
import fc from "fast-check";
import {
  CommandAssembler,
  decodeCommandSet,
  DimseError,
  encodeCommandSet,
  fragmentCommand,
  maxSendPdv,
} from "./mod.ts";
import type { DimseDefect } from "./mod.ts";
import type { Pdv } from "../pdu/mod.ts";

const COMMAND = encodeCommandSet({
  type: "C-ECHO-RQ",
  affectedSopClassUid: "1.2.840.10008.1.1",
  messageId: 1,
});

function sizes(maximumLength: number): number[] {
  return fragmentCommand(COMMAND, { maximumLength, contextId: 1 })
    .map(([pdv]) => pdv?.data.length ?? -1);
}

function pdv(data: string, more: Partial<Pdv> = {}): Pdv {
  const bytes = new TextEncoder().encode(data);
  return { contextId: 1, kind: "command", isLast: false, data: bytes, ...more };
}

function defectOf(assembler: CommandAssembler): DimseDefect {
  try {
    assembler.next();
  } catch (error) {
    assert.ok(error instanceof DimseError, String(error));
    return error.defect;
  }
  assert.fail("nothing was thrown");
}

function bytesOf(assembler: CommandAssembler): string | undefined {
  const command = assembler.next();
  return command === undefined ? undefined : new TextDecoder().decode(command.bytes);
}

Deno.test("fragmentCommand() cuts where the reference cuts", () => {
  assert.deepEqual(sizes(24), [12, 12, 12, 12, 10, 10]);
  assert.deepEqual(sizes(25), [12, 12, 12, 12, 10, 10]);
  assert.deepEqual(sizes(30), [12, 18, 18, 18, 2]);
  assert.deepEqual(sizes(50), [38, 30]);
  assert.deepEqual(sizes(58), [46, 22]);
  assert.deepEqual(sizes(80), [68]);
  assert.deepEqual(sizes(0), [68]);
  assert.deepEqual(sizes(0xffff_ffff), [68]);
  assert.deepEqual(sizes(14), Array(34).fill(2));
  assert.deepEqual(sizes(15), [...Array(22).fill(3), 2]);
  assert.deepEqual(sizes(23), [...Array(6).fill(11), 2]);
});

Deno.test("fragmentCommand() refuses maximum lengths without room for data", () => {
  for (let maximumLength = 1; maximumLength <= 13; maximumLength++) {
    assert.throws(() => sizes(maximumLength), (error) => {
      assert.ok(error instanceof DimseError);
      assert.deepEqual(error.defect, { kind: "maximum-length-too-small", maximumLength });
      return true;
    });
  }
});

Deno.test("fragmentCommand() and CommandAssembler are each other's reverse", () => {
  const maximum = fc.oneof(fc.integer({ min: 14, max: 100 }), fc.constant(0));
  const value = fc.uint8Array({ maxLength: 60 }).map((bytes) =>
    bytes.subarray(0, bytes.length & ~1)
  );
  fc.assert(
    fc.property(maximum, fc.array(value, { maxLength: 8 }), (maximumLength, values) => {
      const elements = values.map((value, element) => ({ group: 0, element: element + 1, value }));
      const bytes = encodeCommandSet({ elements });
      const pdus = fragmentCommand(bytes, { maximumLength, contextId: 5 });
      assert.ok(pdus.every((pdvs) => pdvs.length === 1));
      const last = pdus.map(([one]) => one?.isLast);
      assert.deepEqual(last, [...Array(pdus.length - 1).fill(false), true]);
      const limit = maximumLength === 0 ? 131_060 : maximumLength - 12;
      assert.ok(pdus.every(([one]) => (one?.data.length ?? 0) <= limit));
      if (maximumLength % 2 === 1 && maximumLength < 24) return;
      const assembler = new CommandAssembler();
      for (const pdvs of pdus) assembler.add(pdvs);
      assert.deepEqual(assembler.next(), {
        contextId: 5,
        pdvs: pdus.length,
        bytes,
        isCut: false,
      });
    }),
  );
});

Deno.test("fragmentCommand() never divides an element header when there is room for one", () => {
  const starts = [0];
  for (const { value } of decodeCommandSet(COMMAND).elements) {
    starts.push((starts.at(-1) ?? 0) + 8 + value.length);
  }
  for (let maximumLength = 24; maximumLength <= 90; maximumLength++) {
    let at = 0;
    for (const size of sizes(maximumLength)) {
      assert.ok(starts.every((start) => at <= start || at >= start + 8), `${maximumLength} ${at}`);
      at += size;
    }
  }
});

Deno.test("maxSendPdv() computes and remarks what the reference does", () => {
  const default_ = (length: number) => ({
    value: 4084,
    warnings: [{ kind: "default", length } as const],
  });
  assert.deepEqual(maxSendPdv(0), { value: 131_060, warnings: [] });
  assert.deepEqual(maxSendPdv(16_384), { value: 16_372, warnings: [] });
  assert.deepEqual(maxSendPdv(131_073), { value: 131_060, warnings: [] });
  assert.deepEqual(maxSendPdv(0xffff_ffff), { value: 131_060, warnings: [] });
  assert.deepEqual(maxSendPdv(4095), {
    value: 4082,
    warnings: [{ kind: "odd", length: 4095, used: 4094 }],
  });
  assert.deepEqual(maxSendPdv(24), { value: 12, warnings: [] });
  assert.deepEqual(maxSendPdv(22), { value: 4084, warnings: [{ kind: "small", length: 10 }] });
  assert.deepEqual(maxSendPdv(14), { value: 4084, warnings: [{ kind: "small", length: 2 }] });
  assert.deepEqual(maxSendPdv(12), default_(0));
  assert.deepEqual(maxSendPdv(2), default_(-10));
  assert.deepEqual(maxSendPdv(1), {
    value: 4084,
    warnings: [{ kind: "odd", length: 1, used: 0 }, { kind: "default", length: -12 }],
  });
});

Deno.test("CommandAssembler waits for the last fragment, over any number of PDUs", () => {
  let begun = 0;
  const assembler = new CommandAssembler({ onFirstBytes: () => begun++ });
  assembler.add([pdv(""), pdv("ab")]);
  assert.equal(assembler.next(), undefined);
  assert.ok(assembler.isInside);
  assembler.add([pdv("cd")]);
  assert.equal(assembler.next(), undefined);
  assembler.add([pdv("", { isLast: true })]);
  assert.equal(bytesOf(assembler), "abcd");
  assert.ok(!assembler.isInside);
  assert.equal(begun, 1);
});

Deno.test("CommandAssembler keeps what follows a command for the next one", () => {
  const assembler = new CommandAssembler();
  assembler.add([pdv("ab", { isLast: true }), pdv("cd", { contextId: 3 })]);
  assert.equal(bytesOf(assembler), "ab");
  assert.equal(assembler.waiting, 1);
  assembler.add([pdv("ef", { contextId: 3, isLast: true })]);
  assert.equal(bytesOf(assembler), "cdef");
  assert.equal(assembler.waiting, 0);
});

Deno.test("CommandAssembler drops an odd fragment and ends the command there", () => {
  const assembler = new CommandAssembler();
  assembler.add([pdv("ab"), pdv("cde"), pdv("fg", { isLast: true })]);
  const command = assembler.next();
  assert.equal(command?.isCut, true);
  assert.equal(command?.pdvs, 2);
  assert.deepEqual(command?.bytes, new TextEncoder().encode("ab"));
  assert.equal(assembler.waiting, 1);
});

Deno.test("CommandAssembler rejects another context, before all else", () => {
  const assembler = new CommandAssembler({ isAccepted: () => false });
  assembler.add([pdv("ab"), pdv("c", { contextId: 3, kind: "data" })]);
  assert.deepEqual(defectOf(assembler), { kind: "different-contexts", first: 1, other: 3 });
  assert.ok(!assembler.isInside);
});

Deno.test("CommandAssembler rejects a data set where a command is due, but after an odd length", () => {
  const assembler = new CommandAssembler();
  assembler.add([pdv("ab", { kind: "data", isLast: true })]);
  assert.deepEqual(defectOf(assembler), { kind: "command-pdv-expected", contextId: 1 });
  assembler.add([pdv("ab"), pdv("cd", { kind: "data" })]);
  assert.deepEqual(defectOf(assembler), { kind: "command-pdv-expected", contextId: 1 });
  assembler.add([pdv("abc", { kind: "data" })]);
  assert.equal(assembler.next()?.isCut, true);
});

Deno.test("CommandAssembler rejects a context that is not accepted, at the end of the command", () => {
  const assembler = new CommandAssembler({ isAccepted: (contextId) => contextId === 1 });
  assembler.add([pdv("ab", { contextId: 3 })]);
  assert.equal(assembler.next(), undefined);
  assembler.add([pdv("cd", { contextId: 3, isLast: true })]);
  assert.deepEqual(defectOf(assembler), { kind: "context-not-accepted", contextId: 3 });
  for (const one of [pdv("ab", { contextId: 3, kind: "data" }), pdv("a", { contextId: 3 })]) {
    assembler.add([one]);
    assert.equal(defectOf(assembler).kind, "context-not-accepted");
  }
});

Deno.test("CommandAssembler reports broken elements before a wrong kind or context", () => {
  const broken = "\0\0\0\u0001\x7f\0\0\0ab";
  const assembler = new CommandAssembler({ isAccepted: () => false });
  assembler.add([pdv(broken, { isLast: true })]);
  assert.equal(defectOf(assembler).kind, "element-too-long");
  const accepting = new CommandAssembler();
  accepting.add([pdv(broken, { kind: "data", isLast: true })]);
  assert.equal(defectOf(accepting).kind, "element-too-long");
  accepting.add([pdv(broken, { kind: "data" })]);
  assert.equal(defectOf(accepting).kind, "command-pdv-expected");
});

Deno.test("CommandAssembler bounds a command that never ends", () => {
  const assembler = new CommandAssembler({ maximumLength: 6 });
  assembler.add([pdv("ab"), pdv("cd"), pdv("ef"), pdv("gh")]);
  assert.deepEqual(defectOf(assembler), { kind: "command-too-long", maximum: 6 });
});

Deno.test("CommandAssembler bounds the fragments of a command, whether they bring data or not", () => {
  for (const data of ["", "ab"]) {
    const assembler = new CommandAssembler({ maximumFragments: 3 });
    assembler.add([pdv(data), pdv(data)]);
    assert.equal(assembler.next(), undefined);
    assert.equal(assembler.fragments, 2);
    assembler.add([pdv(data)]);
    assert.deepEqual(defectOf(assembler), { kind: "too-many-fragments", maximum: 3 });
    assert.equal(assembler.fragments, 0);
    assembler.add([pdv(data), pdv(data), pdv("cd", { isLast: true })]);
    assert.equal(assembler.next()?.pdvs, 3);
  }
});
