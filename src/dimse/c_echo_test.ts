import assert from "node:assert/strict";
import { COMMANDS, DimseError, parseCEchoRq, parseCEchoRsp } from "./mod.ts";
import type { CommandElement, DimseDefect } from "./mod.ts";

function unsignedShort(number: number, value: number): CommandElement {
  return { group: 0, element: number, value: Uint8Array.of(value & 255, value >> 8) };
}

function text(number: number, value: string): CommandElement {
  return { group: 0, element: number, value: new TextEncoder().encode(value) };
}

const UID = text(0x0002, "1.2.840.10008.1.1\0");
const RSP = [
  UID,
  unsignedShort(0x0100, 0x8030),
  unsignedShort(0x0120, 7),
  unsignedShort(0x0800, 0x0101),
  unsignedShort(0x0900, 0x0122),
];
const RQ = [
  UID,
  unsignedShort(0x0100, 0x0030),
  unsignedShort(0x0110, 7),
  unsignedShort(0x0800, 0x0101),
];

/** `elements` with these in place of those with the same tag. */
function changed(elements: readonly CommandElement[], ...by: CommandElement[]): CommandElement[] {
  return elements.map((one) => by.find(({ element }) => element === one.element) ?? one);
}

function without(elements: readonly CommandElement[], number: number): CommandElement[] {
  return elements.filter(({ element }) => element !== number);
}

function failure(elements: readonly CommandElement[], expectedMessageId = 7): DimseError {
  try {
    parseCEchoRsp({ elements }, { expectedMessageId });
  } catch (error) {
    assert.ok(error instanceof DimseError, String(error));
    return error;
  }
  assert.fail("nothing was thrown");
}

function defectOf(elements: readonly CommandElement[]): DimseDefect {
  return failure(elements).defect;
}

Deno.test("parseCEchoRsp() gives the response", () => {
  assert.deepEqual(parseCEchoRsp({ elements: RSP }, { expectedMessageId: 7 }), {
    response: {
      type: "C-ECHO-RSP",
      affectedSopClassUid: "1.2.840.10008.1.1",
      messageIdBeingRespondedTo: 7,
      status: 0x0122,
    },
    leftover: [],
    warnings: [],
  });
});

Deno.test("parseCEchoRsp() does not ask for the SOP class", () => {
  const parsed = parseCEchoRsp({ elements: without(RSP, 0x0002) }, { expectedMessageId: 7 });
  assert.equal(parsed.response.affectedSopClassUid, undefined);
});

Deno.test("parseCEchoRsp() rejects a set without command field", () => {
  const missing = { kind: "missing-command-field" };
  assert.deepEqual(defectOf([]), missing);
  assert.deepEqual(defectOf(without(RSP, 0x0100)), missing);
  assert.deepEqual(defectOf(changed(RSP, text(0x0100, ""))), missing);
});

Deno.test("parseCEchoRsp() rejects a command that does not exist", () => {
  for (const commandField of [0, 0x1234, 0x8fff, 0x0160]) {
    const set = changed(RSP, unsignedShort(0x0100, commandField));
    assert.deepEqual(defectOf(set), { kind: "unknown-command", commandField });
  }
});

Deno.test("parseCEchoRsp() looks for mandatory elements in the reference's order", () => {
  const names = { 0x0120: "MessageIDBeingRespondedTo", 0x0800: "CommandDataSetType" };
  let set = without(without(without(RSP, 0x0120), 0x0800), 0x0900);
  for (const [number, keyword] of [...Object.entries(names), ["2304", "Status"]]) {
    const element = Number(number);
    assert.deepEqual(defectOf(set), { kind: "missing-element", group: 0, element, keyword });
    set = [...set, ...RSP.filter((one) => one.element === element)];
  }
});

Deno.test("parseCEchoRsp() counts an empty element as missing and one odd byte as padded", () => {
  assert.equal(defectOf(changed(RSP, text(0x0900, ""))).kind, "missing-element");
  const odd = { group: 0, element: 0x0900, value: Uint8Array.of(0x22) };
  const parsed = parseCEchoRsp({ elements: changed(RSP, odd) }, { expectedMessageId: 7 });
  assert.equal(parsed.response.status, 0x22);
  assert.deepEqual(parsed.warnings, [{ kind: "odd-length", group: 0, element: 0x0900 }]);
});

Deno.test("parseCEchoRsp() takes the first number of several", () => {
  const four = { group: 0, element: 0x0900, value: Uint8Array.of(0, 0, 1, 0) };
  const parsed = parseCEchoRsp({ elements: changed(RSP, four) }, { expectedMessageId: 7 });
  assert.equal(parsed.response.status, 0);
});

Deno.test("parseCEchoRsp() rejects an announced data set before it looks at the message id", () => {
  for (const dataSetType of [0, 1, 0x0102]) {
    const set = changed(RSP, unsignedShort(0x0800, dataSetType), unsignedShort(0x0120, 9));
    assert.deepEqual(defectOf(set), {
      kind: "data-set-type",
      command: "C-Echo RSP",
      expected: "absent",
      dataSetType,
    });
  }
});

Deno.test("parseCEchoRsp() checks other commands by their own rules before it rejects them", () => {
  const command = (field: number) => changed(RSP, unsignedShort(0x0100, field));
  for (const commandField of [0x8001, 0x8020, 0x0fff]) {
    assert.deepEqual(defectOf(command(commandField)), { kind: "unexpected-command", commandField });
  }
  assert.deepEqual(defectOf(command(0x0030)), {
    kind: "missing-element",
    group: 0,
    element: 0x0110,
    keyword: "MessageID",
  });
  const request = changed(RQ, unsignedShort(0x0100, 0x0010));
  assert.equal(defectOf([...request, unsignedShort(0x0700, 0)]).kind, "data-set-type");
});

Deno.test("parseCEchoRsp() rejects the answer to another message", () => {
  const failed = failure([...RSP, text(0x0902, "why")], 8);
  assert.deepEqual(failed.defect, { kind: "unexpected-message-id", messageId: 7, expected: 8 });
  assert.deepEqual(failed.leftover, [text(0x0902, "why")]);
  assert.deepEqual(failed.warnings, [{ kind: "odd-length", group: 0, element: 0x0902 }]);
});

Deno.test("parseCEchoRsp() gives what is left over, tags ascending, without duplicates", () => {
  const foreign = { ...text(0x0060, "CT"), group: 8 };
  const elements = [
    foreign,
    ...RSP,
    unsignedShort(0x0903, 1),
    text(0x0902, "aa"),
    text(0x0902, "bb"),
    unsignedShort(0x0900, 5),
    text(0x0000, "1234"),
  ];
  const parsed = parseCEchoRsp({ elements }, { expectedMessageId: 7 });
  assert.equal(parsed.response.status, 0x0122);
  assert.deepEqual(parsed.leftover, [text(0x0902, "aa"), unsignedShort(0x0903, 1), foreign]);
});

Deno.test("parseCEchoRsp() leaves over a SOP class UID of more than 64 bytes", () => {
  const long = text(0x0002, "1.".padEnd(66, "2"));
  const parsed = parseCEchoRsp({ elements: changed(RSP, long) }, { expectedMessageId: 7 });
  assert.deepEqual(parsed.leftover, [long]);
});

Deno.test("parseCEchoRsp() leaves over what a cancel request does not have", () => {
  const failed = failure(changed(RSP, unsignedShort(0x0100, 0x0fff)));
  assert.deepEqual(failed.leftover.map(({ element }) => element), [0x0002, 0x0900]);
});

Deno.test("parseCEchoRq() gives the request", () => {
  assert.deepEqual(parseCEchoRq({ elements: [...RQ, text(0x5555, "aa")] }), {
    request: { type: "C-ECHO-RQ", affectedSopClassUid: "1.2.840.10008.1.1", messageId: 7 },
    leftover: [text(0x5555, "aa")],
    warnings: [],
  });
});

Deno.test("parseCEchoRq() rejects what is not a C-ECHO-RQ", () => {
  const kindOf = (elements: readonly CommandElement[]): string => {
    try {
      parseCEchoRq({ elements });
    } catch (error) {
      assert.ok(error instanceof DimseError, String(error));
      return error.defect.kind;
    }
    assert.fail("nothing was thrown");
  };
  assert.equal(kindOf(RSP), "unexpected-command");
  assert.equal(kindOf(without(RQ, 0x0110)), "missing-element");
  assert.equal(kindOf(without(RQ, 0x0002)), "missing-element");
  assert.equal(kindOf(changed(RQ, text(0x0002, "1".repeat(66)))), "missing-element");
  assert.equal(kindOf(changed(RQ, unsignedShort(0x0800, 1))), "data-set-type");
});

Deno.test("COMMANDS pair each request with a response, but for the cancel request", () => {
  const fields = Object.keys(COMMANDS).map(Number);
  assert.equal(fields.length, 23);
  for (const field of fields.filter((one) => one < 0x8000 && one !== 0x0fff)) {
    assert.equal(COMMANDS[field]?.name.replace(" RQ", " RSP"), COMMANDS[field | 0x8000]?.name);
  }
});
