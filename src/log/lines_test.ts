import assert from "node:assert/strict";
import {
  AssociationRejected,
  type CheckEvent,
  ConnectionLost,
  InvalidParameter,
  NoAcceptedContext,
  ProtocolViolation,
} from "../check/mod.ts";
import { commandElement, nameOfWellKnownUid, type Names } from "../dicom/mod.ts";
import { checkWith } from "../../tests/support/memory_peer.ts";
import { messagesOf } from "./lines.ts";

const NAMES: Names = { uids: nameOfWellKnownUid, elements: commandElement, hasDictionary: false };

/** The messages as logger (its last word), level and text. */
function lines(event: CheckEvent): string[] {
  return messagesOf(event, NAMES).map(({ logger, level, text }) =>
    `${logger.replace(/.*\./, "")} ${level} ${text()}`
  );
}

const REMOTE = { host: "127.0.0.1", port: 104 };
const LOST = "0006:0317 Peer aborted Association (or never connected)";

const ROWS: readonly (readonly [CheckEvent, readonly string[]])[] = [
  [
    { type: "maximum-length-odd", asked: 4097, used: 4096 },
    ["dcmnet warn ASSOC: PDV receive length 4097 is odd (using 4096)"],
  ],
  [{ type: "requesting-association", check: checkWith() }, [
    "echoscu info Requesting Association",
  ]],
  [{ type: "constructing-request", check: checkWith() }, [
    "dcmnet debug Constructing Associate RQ PDU",
  ]],
  [
    { type: "max-send-pdv-warning", warning: { kind: "odd", length: 4095, used: 4094 } },
    ["dcmnet warn ASSOC: PDV send length 4095 is odd (using 4094)"],
  ],
  [
    { type: "max-send-pdv-warning", warning: { kind: "default", length: -10 } },
    ["dcmnet warn ASSOC: PDV send length -10 (using default)"],
  ],
  [
    { type: "max-send-pdv-warning", warning: { kind: "small", length: 2 } },
    ["dcmnet warn ASSOC: PDV send length too small, using DUL to split larger PDVs."],
  ],
  [
    { type: "association-accepted", maxSendPdv: 16_372 },
    ["echoscu info Association Accepted (Max Send PDV: 16372)"],
  ],
  [{ type: "sending-echo", messageId: 7 }, ["echoscu info Sending Echo Request (MsgID 7)"]],
  [
    { type: "reading-command" },
    ['dcmdata debug DcmDataset::read() TransferSyntax="Little Endian Implicit"'],
  ],
  [
    { type: "echo-received", messageId: 1, status: 0, elapsedMs: 1, details: [] },
    ["echoscu info Received Echo Response (Success)"],
  ],
  [
    { type: "echo-received", messageId: 1, status: 0x0122, elapsedMs: 1, details: [] },
    ["echoscu info Received Echo Response (Unknown Status: 0x122)"],
  ],
  [
    {
      type: "echo-failed",
      error: new ConnectionLost("echo", { how: "closed", within: "idle" }),
      details: [],
    },
    [`echoscu error Echo Failed: ${LOST}`],
  ],
  [{ type: "peer-aborted" }, ["echoscu info Peer Aborted Association"]],
  [
    { type: "peer-requested-release" },
    ["echoscu fatal Protocol Error: Peer requested release (Aborting)"],
  ],
  [
    {
      type: "echo-scu-failed",
      error: new ProtocolViolation("echo", { kind: "context-contradicted", id: 1 }),
    },
    ["echoscu error Echo SCU Failed: 0006:0101 ASC Bad presentation context ID"],
  ],
  [{ type: "releasing-association" }, ["echoscu info Releasing Association"]],
  [{ type: "aborting-association" }, ["echoscu info Aborting Association"]],
  [
    {
      type: "association-release-failed",
      error: new ConnectionLost("release", { how: "closed", within: "idle" }),
    },
    [`echoscu fatal Association Release Failed: ${LOST}`],
  ],
  [
    {
      type: "association-abort-failed",
      error: new ProtocolViolation("abort", { kind: "already-aborted" }),
    },
    [
      "echoscu fatal Association Abort Failed: 0006:0303 DUL Finite State Machine Error: " +
      "No action defined, state 13 event 14",
    ],
  ],
  [{ type: "pdu-warning", warning: { kind: "maximum-length-size", length: 5 } }, [
    "dcmnet warn Invalid length (5) for maximum length item, must be 4",
  ]],
  [{ type: "pdu-warning", warning: { kind: "role-uid-too-long", length: 70, maximum: 64 } }, [
    "dcmnet warn Provided role SOP Class UID length 70 is larger than maximum allowed UID length 64 " +
    "(will use 64 bytes max)",
  ]],
  [{ type: "pdu-sent", bytes: new Uint8Array(10) }, []],
];

for (const [event, expected] of ROWS) {
  Deno.test(`messagesOf() words ${event.type}: ${expected[0]?.slice(0, 60) ?? "nothing"}`, () => {
    assert.deepEqual(lines(event), expected);
  });
}

Deno.test("messagesOf() reports the socket's limits", () => {
  const connected = (socketTimeoutSeconds: number | undefined) =>
    lines({ type: "connected", check: checkWith({ socketTimeoutSeconds }), remote: REMOTE });
  assert.deepEqual(connected(60), [
    "dcmnet debug setting network send timeout to 60 seconds",
    "dcmnet debug setting network receive timeout to 60 seconds",
  ]);
  assert.deepEqual(connected(0), [
    "dcmnet debug setting network send timeout to 0 (infinite)",
    "dcmnet debug setting network receive timeout to 0 (infinite)",
  ]);
  assert.deepEqual(connected(undefined), []);
});

Deno.test("messagesOf() says what the environment says about sockets", () => {
  const told = (bufferLength: string | undefined, noDelay: string | undefined) =>
    lines({ type: "socket-variables", variables: { bufferLength, noDelay } });
  const nagle = (value: string) =>
    "dcmnet debug DULFSM: disabling Nagle algorithm as requested at runtime " +
    `(TCP_NODELAY=${value})`;
  const buffer = (value: string) =>
    "dcmnet debug DULFSM: leaving TCP buffer length to the system " +
    `(TCP_BUFFER_LENGTH=${value} has no effect)`;
  const unparsable = "dcmnet warn DULFSM: cannot parse environment variable ";
  assert.deepEqual(told(undefined, undefined), []);
  assert.deepEqual(told("0", "0"), [buffer("0")]);
  assert.deepEqual(told(" 12k", "\t-1x"), [buffer(" 12k"), nagle("\t-1x")]);
  assert.deepEqual(told("", "abc"), [
    `${unparsable}TCP_BUFFER_LENGTH=`,
    `${unparsable}TCP_NODELAY=abc`,
  ]);
});

Deno.test("messagesOf() words why a request failed", () => {
  const told = (error: Parameters<typeof requestFailed>[0]) => lines(requestFailed(error));
  assert.deepEqual(told(new NoAcceptedContext([])), [
    "echoscu fatal No Acceptable Presentation Contexts",
  ]);
  const unexpected = { kind: "unexpected-pdu", header: { typeCode: 5, length: 4 } } as const;
  assert.deepEqual(told(new ProtocolViolation("associate", unexpected)), [
    "echoscu fatal No Acceptable Presentation Contexts",
  ]);
  const defect = { kind: "too-long", typeCode: 2, length: 1_048_577, maximum: 1_048_576 } as const;
  assert.deepEqual(told(new ProtocolViolation("associate", { kind: "pdu", defect })), [
    "dcmnet error A-ASSOCIATE PDU too large: 1048577 bytes, refusing.",
    "echoscu fatal Association Request Failed: 0006:0437 A-ASSOCIATE PDU too large",
  ]);
  assert.deepEqual(told(new InvalidParameter("called AE title", "")), [
    "dcmnet error Illegal service parameter: Called AP Title",
    "echoscu fatal Association Request Failed: 0006:030c Illegal service parameter: " +
    "Called AP Title",
  ]);
  assert.deepEqual(told(new InvalidParameter("peer", ":104")), [
    "echoscu fatal Association Request Failed: 0006:030c Illegal service parameter: :104",
  ]);
  assert.deepEqual(told(new AssociationRejected({ result: 1, source: 1, reason: 9 })), [
    "dcmnet error Received invalid A-ASSOCIATE-RJ reject reason 0x0109, using default.",
    "echoscu fatal Association Rejected:\nResult: Rejected Permanent, Source: Service User\n" +
    "Reason: No Reason",
  ]);
});

function requestFailed(
  error: Extract<CheckEvent, { type: "association-request-failed" }>["error"],
): CheckEvent {
  return { type: "association-request-failed", error };
}

Deno.test("messagesOf() dumps an A-ASSOCIATE-AC, and says when it is parsed at all", () => {
  const told = (typeCode: number, bytes: Uint8Array) =>
    lines({ type: "pdu-received", header: { typeCode, length: bytes.length - 6 }, bytes })
      .map((line) => line.split("\n")[0]);
  const body = new Uint8Array(74);
  body[7] = 1;
  const dump = "dcmnet debug PDU Type: Associate Accept, PDU Length: 68 + 6 bytes PDU header";
  assert.deepEqual(told(2, body), [dump, "dcmnet debug Parsing an A-ASSOCIATE PDU"]);
  assert.deepEqual(told(2, new Uint8Array(74)), [dump]);
  assert.deepEqual(told(3, body), []);
});
