import assert from "node:assert/strict";
import recorded from "../../tests/golden/log-events.json" with { type: "json" };
import { STATES, TRANSITIONS } from "../association/mod.ts";
import type { CheckEvent } from "../check/mod.ts";
import { commandElement, nameOfWellKnownUid } from "../dicom/mod.ts";
import { traceMessagesOf, upperLayerTraceOf } from "./trace_lines.ts";

const NAMES = { uids: nameOfWellKnownUid, elements: commandElement, hasDictionary: false };
const ROWS = recorded.accepting as unknown as readonly (readonly string[])[];

function texts(event: CheckEvent): readonly string[] {
  return traceMessagesOf(event, NAMES).map(({ level, text }) => `${level} ${text()}`);
}

/** The recorded messages at trace level that begin with `start`. */
function recordedTexts(start: string): readonly string[] {
  return ROWS.map((row) => row[5] ?? "").filter((text) => text.startsWith(start));
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.fromHex(hex.replaceAll(/\s/g, ""));
}

/** The recorded A-ASSOCIATE-AC. */
function recordedAnswer(): Uint8Array {
  const [dump = ""] = recordedTexts("PDU Type: Associate Accept");
  return bytesOf(dump.split("\n").slice(1).join(""));
}

Deno.test("traceMessagesOf() reports a step where the reference reports it, and each step once", () => {
  const cell = { state: "Sta6", event: "Evt10", action: "DT-2" } as const;
  const header = { typeCode: 4, length: 84 };
  const bytes = bytesOf("040000000054");
  const [, , step] = texts({ type: "pdu-header", header, bytes, cell });
  assert.equal(step, `trace ${recordedTexts("DUL  FSM Table: State: 6 Event: 9")[0]}`);
  assert.deepEqual(texts({ type: "transition", ...cell }), []);
  assert.equal(
    texts({ type: "transition", state: "Sta6", event: "Evt11", action: "AR-1" })[0],
    `trace ${recordedTexts("DUL  FSM Table: State: 6 Event: 10")[0]}`,
  );
});

Deno.test("traceMessagesOf() names the type of a PDU only when it is one", () => {
  const event = { type: "pdu-header", cell: undefined } as const;
  assert.deepEqual(
    texts({ ...event, header: { typeCode: 8, length: 4 }, bytes: bytesOf("08ff00000004") }),
    ["trace Read PDU HEAD TCP: 08 ff 00 00 00 04"],
  );
  assert.deepEqual(
    texts({ ...event, header: { typeCode: 4, length: 4096 }, bytes: bytesOf("040000001000") }),
    [
      "trace Read PDU HEAD TCP: 04 00 00 00 10 00",
      "trace Read PDU HEAD TCP: type: 04, length: 4096 (1000)",
    ],
  );
});

Deno.test("upperLayerTraceOf() words every cell of PS3.8 Table 9-10 in three lines", () => {
  const words = new Set<string>();
  for (const [event, row] of Object.entries(TRANSITIONS)) {
    for (const state of STATES) {
      const action = row[state];
      if (action === "-") continue;
      const cell = { state, event: event as keyof typeof TRANSITIONS, action };
      const header = { typeCode: 0, length: 0 };
      const [, step] = upperLayerTraceOf({
        type: "pdu-header",
        header,
        bytes: new Uint8Array(6),
        cell,
      }) ?? [];
      const lines = step?.text().split("\n") ?? [];
      assert.equal(lines.length, 3);
      assert.match(lines[0] ?? "", /^DUL {2}FSM Table: State: [0-9]+ Event: [0-9]+$/);
      assert.match(lines[2] ?? "", /^DUL {2}Action: (AE|DT|AR|AA) [0-9]+ [A-Z]/);
      words.add(lines[1] ?? "").add(lines[2] ?? "");
    }
  }
  assert.equal(words.size, 19 + 28, "events and actions have texts of their own");
});

Deno.test("traceMessagesOf() reports the items of an answer as they were recorded", () => {
  const bytes = recordedAnswer();
  const told = texts({ type: "pdu-received", header: { typeCode: 2, length: 184 }, bytes });
  const from = ROWS.findIndex((row) => row[5]?.startsWith("PDU type: 2 (A-ASSOCIATE AC)"));
  const to = ROWS.findIndex((row) => row[5] === "Successfully parsed User Information");
  const wanted = ROWS.slice(from, to + 1).map((row) => `trace ${row[5]}`);
  assert.ok(wanted.length > 15);
  assert.deepEqual(told.slice(2), wanted);
});

Deno.test("traceMessagesOf() stops quietly at any cut of an answer, and escapes what a peer sent", () => {
  const whole = recordedAnswer();
  for (let length = 74; length < whole.length; length++) {
    const bytes = whole.slice(0, length);
    assert.doesNotThrow(() =>
      texts({ type: "pdu-received", header: { typeCode: 2, length }, bytes })
    );
  }
  const forged = whole.slice();
  forged.set(bytesOf("1b5b324a"), 10);
  const told = texts({ type: "pdu-received", header: { typeCode: 2, length: 184 }, bytes: forged });
  assert.equal(told.join("").includes("\x1b"), false);
});

Deno.test("traceMessagesOf() dumps commands as they were recorded", () => {
  const sent = {
    contextId: 1,
    lengthBytes: 68,
    elements: [
      { group: 0, element: 0, value: bytesOf("38000000") },
      { group: 0, element: 2, value: new TextEncoder().encode("1.2.840.10008.1.1\0") },
      { group: 0, element: 0x100, value: bytesOf("3000") },
      { group: 0, element: 0x110, value: bytesOf("0100") },
      { group: 0, element: 0x800, value: bytesOf("0101") },
    ],
  };
  assert.deepEqual(
    texts({ type: "sending-command", ...sent }),
    [
      ...recordedTexts("DIMSE Command to be sent"),
      ...recordedTexts("DIMSE Command to send:"),
      ...recordedTexts("DIMSE sendDcmDataset:"),
    ].map((text) => `trace ${text}`),
  );
  const elements = [
    { group: 0, element: 0, value: bytesOf("42000000") },
    { group: 0, element: 2, value: new TextEncoder().encode("1.2.840.10008.1.1\0") },
    { group: 0, element: 0x100, value: bytesOf("3080") },
    { group: 0, element: 0x120, value: bytesOf("0100") },
    { group: 0, element: 0x800, value: bytesOf("0101") },
    { group: 0, element: 0x900, value: bytesOf("0000") },
  ];
  assert.deepEqual(
    texts({ type: "command-received", contextId: 1, pdvs: 1, lengthBytes: 78, elements }),
    [
      ...recordedTexts("DIMSE receiveCommand: "),
      ...recordedTexts("DIMSE Command Received:"),
    ].map((text) => `trace ${text}`),
  );
});

Deno.test("traceMessagesOf() says of socket variables that they were looked for", () => {
  const unset = texts({
    type: "socket-variables",
    variables: { bufferLength: undefined, noDelay: undefined },
  });
  assert.deepEqual(
    unset,
    [
      ...recordedTexts("checking whether environment variable TCP_BUFFER"),
      ...recordedTexts("  environment variable TCP_BUFFER"),
      ...recordedTexts("checking whether environment variable TCP_NODELAY"),
      ...recordedTexts("  environment variable TCP_NODELAY"),
    ].map((text) => `trace ${text}`),
  );
  const set = texts({ type: "socket-variables", variables: { bufferLength: "x", noDelay: "1" } });
  assert.deepEqual(set.map((text) => text.split(" ")[0]), ["trace", "warn", "trace", "debug"]);
});
