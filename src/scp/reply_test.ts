import assert from "node:assert/strict";
import { type CommandElement, COMMANDS, decodeCommandSet, DimseError } from "../dimse/mod.ts";
import { replyTo } from "./reply.ts";

/** C-ECHO-RQ with message ID 1, as DCMTK 3.6.7's echoscu sends it. */
const ECHO_RQ = bytes(`
  0000 0000 04000000 38000000
  0000 0200 12000000 312e322e3834302e31303030382e312e3100
  0000 0001 02000000 3000
  0000 1001 02000000 0100
  0000 0008 02000000 0101`);

/** The answer of DCMTK 3.6.7's storescp to it. */
const ECHO_RSP = bytes(`
  0000 0000 04000000 42000000
  0000 0200 12000000 312e322e3834302e31303030382e312e3100
  0000 0001 02000000 3080
  0000 2001 02000000 0100
  0000 0008 02000000 0101
  0000 0009 02000000 0000`);

function bytes(hex: string): Uint8Array {
  const digits = hex.replaceAll(/\s/g, "").match(/../g) ?? [];
  return Uint8Array.from(digits, (pair) => parseInt(pair, 16));
}

function command(elements: Readonly<Record<number, Uint8Array>>) {
  const sorted = Object.entries(elements).map(([element, value]): CommandElement => ({
    group: 0,
    element: Number(element),
    value,
  }));
  return { elements: sorted };
}

function short(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >> 8);
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function answered(response: Uint8Array): Record<string, string> {
  return Object.fromEntries(
    decodeCommandSet(response).elements.map(({ element, value }) => [
      element.toString(16).padStart(4, "0"),
      Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join(""),
    ]),
  );
}

function defectOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof DimseError) return error.defect.kind;
    throw error;
  }
  return "none";
}

Deno.test("replyTo() answers the reference's C-ECHO-RQ with the bytes of storescp", () => {
  const reply = replyTo(decodeCommandSet(ECHO_RQ));
  assert.deepEqual(reply, {
    type: "echo",
    messageId: 1,
    status: 0,
    hasDataSet: false,
    response: ECHO_RSP,
  });
});

Deno.test("replyTo() echoes the SOP class of a C-ECHO for another one and says 0122H", () => {
  const reply = replyTo(command({
    0x0002: text("1.2.840.10008.5.1.4.1.1.2\0"),
    0x0100: short(0x0030),
    0x0110: short(0xffff),
    0x0800: short(0x0101),
  }));
  assert.equal(reply.type, "echo");
  const { response } = reply as Extract<typeof reply, { type: "echo" }>;
  const { "0002": sopClass, "0120": messageId, "0900": status } = answered(response);
  assert.equal(sopClass, "312e322e3834302e31303030382e352e312e342e312e312e3200");
  assert.deepEqual([messageId, status], ["ffff", "2201"]);
});

Deno.test("replyTo() answers a C-ECHO-RQ that announces a data set, and says so", () => {
  const elements = decodeCommandSet(ECHO_RQ).elements.map((element) =>
    element.element === 0x0800 ? { ...element, value: short(0x0000) } : element
  );
  const reply = replyTo({ elements });
  assert.equal(reply.type === "echo" && reply.hasDataSet, true);
  assert.deepEqual(reply.type === "echo" && reply.response, ECHO_RSP);
});

Deno.test("replyTo() refuses every other request of PS3.7 with 0211H in its own response", () => {
  const requests = Object.keys(COMMANDS).map(Number)
    .filter((field) => field < 0x8000 && field !== 0x0030 && field !== 0x0fff);
  assert.equal(requests.length, 10);
  for (const field of requests) {
    const reply = replyTo(command({
      0x0003: text("1.2.3\0"),
      0x0100: short(field),
      0x0110: short(7),
      0x0800: short(0x0001),
    }));
    assert.equal(reply.type, "refusal");
    const { response } = reply as Extract<typeof reply, { type: "refusal" }>;
    const { "0000": _, ...elements } = answered(response);
    const low = (field & 0xff).toString(16).padStart(2, "0");
    const high = (field >> 8 | 0x80).toString(16);
    assert.deepEqual(elements, {
      "0002": "312e322e3300",
      "0100": `${low}${high}`,
      "0120": "0700",
      "0800": "0101",
      "0900": "1102",
    });
  }
});

Deno.test("replyTo() has no response to C-CANCEL-RQ", () => {
  const cancel = { 0x0100: short(0x0fff), 0x0120: short(1), 0x0800: short(0x0101) };
  assert.deepEqual(replyTo(command(cancel)), { type: "cancel" });
});

Deno.test("replyTo() throws for what is not a request or cannot be read", () => {
  const defects = [
    {},
    { 0x0100: short(0x0666), 0x0110: short(1) },
    { 0x0100: short(0x8030), 0x0120: short(1), 0x0800: short(0x0101), 0x0900: short(0) },
    { 0x0100: short(0x0001), 0x0800: short(0) },
    { 0x0100: short(0x0030), 0x0002: text("1.2.840.10008.1.1\0"), 0x0800: short(0x0101) },
  ].map((elements) => defectOf(() => replyTo(command(elements))));
  assert.deepEqual(defects, [
    "missing-command-field",
    "unknown-command",
    "unexpected-command",
    "missing-element",
    "missing-element",
  ]);
});
