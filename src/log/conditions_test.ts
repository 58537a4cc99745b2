import assert from "node:assert/strict";
import {
  AssociationRejected,
  type CheckFailure,
  ConnectionLost,
  DialFailed,
  EchoFailed,
  Interrupted,
  InvalidParameter,
  NoAcceptedContext,
  PeerAborted,
  ProtocolViolation,
  SendFailed,
  TimedOut,
  type Violation,
} from "../check/mod.ts";
import type { DimseDefect } from "../dimse/mod.ts";
import { Bug } from "../errors.ts";
import type { PduDefect } from "../pdu/mod.ts";
import type { DialReason } from "../transport/mod.ts";
import { conditionOf, inEcho } from "./conditions.ts";

const LOST = "0006:0317 Peer aborted Association (or never connected)";
const CLOSED = "0006:0310 DUL network closed";
const READ_TIMEOUT = "0006:031a DUL network read timeout";
const RECEIVE = "0006:020d DIMSE Failed to receive message\n";
const NOT_READ = `${RECEIVE}0006:020c DIMSE Read PDV failed\n`;
const SEND = "0006:020e DIMSE Failed to send message\n";
const READ = "0006:020d DIMSE: receiveCommand: cmdSet->read() Failed\n";
const ILLEGAL = "0006:0307 DUL Illegal or ill-formed PDU\n";

function dialFailed(reason: DialReason, systemText: string): DialFailed {
  return new DialFailed(reason, { host: "pacs", port: 104, systemText, cause: undefined });
}

function violation(kind: Violation): ProtocolViolation {
  return new ProtocolViolation("echo", kind);
}

Deno.test("conditionOf() words what keeps a connection from coming about", () => {
  const tcp = "0006:031c TCP Initialization Error: ";
  const unknown = "0006:0320 Attempt to connect to unknown host: pacs";
  const rows: readonly (readonly [CheckFailure, string])[] = [
    [new InvalidParameter("peer", ":104"), "0006:030c Illegal service parameter: :104"],
    [
      new InvalidParameter("called AE title", ""),
      "0006:030c Illegal service parameter: Called AP Title",
    ],
    [
      new InvalidParameter("calling AE title", ""),
      "0006:030c Illegal service parameter: Calling AP Title",
    ],
    [dialFailed("unknown-host", "x"), unknown],
    [dialFailed("lookup-failed", "x"), unknown],
    [dialFailed("invalid-host", "x"), unknown],
    [dialFailed("refused", "Connection refused"), `${tcp}Connection refused`],
    [dialFailed("host-unreachable", "No route to host"), `${tcp}No route to host`],
    [dialFailed("network-unreachable", "Network is unreachable"), `${tcp}Network is unreachable`],
    [dialFailed("not-permitted", "Permission denied"), `${tcp}Permission denied`],
    [dialFailed("timed-out-by-system", "Connection timed out"), `${tcp}Connection timed out`],
    [
      dialFailed("timed-out", "Operation now in progress"),
      `${tcp}Operation now in progress (Timeout)`,
    ],
    [dialFailed("no-descriptors", "Too many open files"), `${tcp}Too many open files`],
    [dialFailed("reset", "Connection reset by peer"), LOST],
  ];
  for (const [error, text] of rows) assert.equal(conditionOf(error), text);
});

Deno.test("conditionOf() words how an association was lost", () => {
  assert.equal(conditionOf(new PeerAborted("release", { source: 2, reason: 6 })), LOST);
  for (const how of ["closed", "reset"] as const) {
    for (const within of ["idle", "header", "body"] as const) {
      const text = within === "body" ? CLOSED : LOST;
      const error = new ConnectionLost("associate", { how, within });
      assert.equal(conditionOf(error), text);
      assert.equal(inEcho(error), within === "body" ? NOT_READ + CLOSED : LOST);
    }
  }
});

Deno.test("conditionOf() and inEcho() word which limit ran out, and where", () => {
  const rows = [
    ["acse", "idle", READ_TIMEOUT, NOT_READ + READ_TIMEOUT],
    ["acse", "header", READ_TIMEOUT, NOT_READ + READ_TIMEOUT],
    ["dimse", "header", READ_TIMEOUT, NOT_READ + READ_TIMEOUT],
    ["socket", "idle", LOST, LOST],
    ["socket", "header", LOST, LOST],
    ["socket", "body", CLOSED, NOT_READ + CLOSED],
  ] as const;
  for (const [timer, within, outside, inside] of rows) {
    const error = new TimedOut("echo", { timer, within, seconds: 2 });
    assert.equal(conditionOf(error), outside);
    assert.equal(inEcho(error), inside);
  }
  assert.equal(
    inEcho(new TimedOut("echo", { timer: "dimse", within: "idle", seconds: 2 })),
    "0006:0207 DIMSE No data available (timeout in non-blocking mode)",
  );
});

Deno.test("conditionOf() names the routine that failed to send", () => {
  const routines = {
    "A-ASSOCIATE-RQ": "sendAssociationRQTCP",
    "P-DATA-TF": "writeDataPDU",
    "A-RELEASE-RQ": "sendReleaseRQTCP",
    "A-ABORT": "sendAbortTCP",
  } as const;
  for (const pdu of Object.keys(routines) as (keyof typeof routines)[]) {
    const error = new SendFailed("echo", { pdu, systemText: "Broken pipe", cause: undefined });
    const text = `0006:031d TCP I/O Error (Broken pipe) occurred in routine: ${routines[pdu]}`;
    assert.equal(conditionOf(error), text);
    // An A-ABORT that fails here answers a PDU: the reference was receiving.
    assert.equal(inEcho(error), (pdu === "A-ABORT" ? NOT_READ : SEND) + text);
  }
});

const PDU_CONDITIONS: readonly (readonly [PduDefect, string])[] = [
  [
    { kind: "ill-formed", item: "associate PDU", got: 67, minimum: 68 },
    `${ILLEGAL}0006:0308 DUL Illegal associate PDU. Got 67 bytes of data. The minimum allowed size is 68.`,
  ],
  [
    { kind: "ill-formed", item: "subitem", got: 20, length: 21 },
    `${ILLEGAL}0006:0308 DUL Illegal subitem. Got 20 bytes of data with a length field of 21 ` +
    "(data before length field is not included in length field).",
  ],
  [
    { kind: "ill-formed", item: "presentation context", got: 9, length: 3, minimum: 4 },
    `${ILLEGAL}0006:0308 DUL Illegal presentation context. Got 9 bytes of data with a length field ` +
    "of 3 (data before length field is not included in length field). " +
    "The minimum allowed size is 4.",
  ],
  [
    { kind: "subitem-too-long", length: 65, maximum: 64 },
    `${ILLEGAL}0006:0308 DUL illegal subitem length 65. Maximum allowed size is 64.`,
  ],
  [
    { kind: "user-identity-too-short", length: 5, minimum: 6 },
    `${ILLEGAL}0006:0308 DUL illegal user identify ac length 5. ` +
    "Need at least 6 bytes for user identify ac",
  ],
  [
    { kind: "user-identity-mismatch", length: 8, info: 4, response: 50 },
    `${ILLEGAL}0006:0308 DUL illegal user identify ac length 8. Info claims to be 4 bytes. ` +
    "Response claims to be 50 bytes.",
  ],
  [
    { kind: "user-identity-mismatch", length: 8, info: 0xffff, response: 0x8000 },
    `${ILLEGAL}0006:0308 DUL illegal user identify ac length 8. Info claims to be -1 bytes. ` +
    "Response claims to be -32768 bytes.",
  ],
  [
    { kind: "protocol-version", version: 2 },
    `${ILLEGAL}0006:0322 DUL Unsupported peer protocol 0002; expected 0001 in parseAssociate`,
  ],
  [
    { kind: "transfer-syntax-count", count: 2 },
    "0006:0318 DUL Peer supplied illegal number of transfer syntaxes (2)",
  ],
  [{ kind: "unrecognized-type", typeCode: 0x48 }, "0006:0321 Unrecognized PDU type: 48"],
  [{ kind: "unrecognized-type", typeCode: 8 }, "0006:0321 Unrecognized PDU type:  8"],
  [
    { kind: "too-long", typeCode: 2, length: 1_048_577, maximum: 1_048_576 },
    "0006:0437 A-ASSOCIATE PDU too large",
  ],
  [
    { kind: "too-long", typeCode: 4, length: 16_385, maximum: 16_384 },
    "0006:0308 DUL Illegal PDU Length 16385.  Max expected 16384",
  ],
  [
    { kind: "too-long", typeCode: 7, length: 129, maximum: 128 },
    "0006:0308 DUL Illegal PDU Length",
  ],
  [
    { kind: "no-pdv" },
    "0006:0307 PDU without any PDVs encountered. In DT_2_IndicatePData.  " +
    "This probably indicates a  malformed P DATA PDU.",
  ],
  [
    { kind: "pdv-length", length: 1 },
    "0006:0308 PDV with invalid length 1 encountered. " +
    "This probably indicates a malformed P DATA PDU.",
  ],
  [
    { kind: "pdv-sum", pdvs: 1 },
    "0006:0307 PDV lengths don't add up correctly: 1 PDVs. " +
    "This probably indicates a malformed P-DATA PDU. PDU type is 04.",
  ],
  [{ kind: "truncated", within: "header", got: 3, expected: 6 }, LOST],
  [{ kind: "truncated", within: "body", got: 3, expected: 6 }, CLOSED],
];

Deno.test("conditionOf() and inEcho() word bytes that are no PDU", () => {
  for (const [defect, text] of PDU_CONDITIONS) {
    assert.equal(conditionOf(violation({ kind: "pdu", defect })), text);
    assert.equal(inEcho(violation({ kind: "pdu", defect })), NOT_READ + text);
  }
});

const TAG = { group: 0, element: 0x0902 };

const DIMSE_CONDITIONS: readonly (readonly [DimseDefect, string])[] = [
  [
    { kind: "element-too-long", ...TAG, length: 100, remaining: 2 },
    `${READ}0001:0004 Invalid stream`,
  ],
  [{ kind: "undefined-length", ...TAG }, `${READ}0001:0006 Corrupted data`],
  [{ kind: "sequence", ...TAG }, `${READ}0001:0022 Sequence Delimitation Item missing`],
  [
    { kind: "unexpected-tag", group: 0xfffe, element: 0xe000 },
    `${READ}0001:0001 Invalid tag`,
  ],
  [
    { kind: "unexpected-tag", group: 0xfffe, element: 0xe0dd },
    `${READ}0001:0026 Item Delimitation Item missing`,
  ],
  [
    { kind: "missing-command-field" },
    "0006:020b DIMSE_parseCmdObject: Missing CommandField",
  ],
  [
    { kind: "unknown-command", commandField: 0x1234 },
    "0006:0201 DIMSE_parseCmdObject: Invalid Command Message: 0x1234",
  ],
  [
    { kind: "missing-element", group: 0, element: 0x0900, keyword: "Status" },
    "0006:020b DIMSE: Command Parse Failed: Element: (0000,0900) Status",
  ],
  [
    { kind: "data-set-type", command: "C-Echo RSP", expected: "absent", dataSetType: 0 },
    "0006:0203 DIMSE Badly formed message",
  ],
  [
    { kind: "unexpected-command", commandField: 0x8001 },
    "0006:0211 DIMSE: Unexpected Response Command Field: 0x8001",
  ],
  [
    { kind: "unexpected-message-id", messageId: 2, expected: 1 },
    "0006:0211 DIMSE: Unexpected Response MsgId: 2 (expected: 1)",
  ],
  [
    { kind: "different-contexts", first: 1, other: 3 },
    `${RECEIVE}0006:0206 DIMSE: Different PresIDs inside Command Set: 1 != 3`,
  ],
  [
    { kind: "context-not-accepted", contextId: 3 },
    `${RECEIVE}0006:0101 ASC Bad presentation context ID`,
  ],
  [
    { kind: "command-pdv-expected", contextId: 1 },
    `${RECEIVE}0006:020f DIMSE: Command PDV Expected`,
  ],
  [
    { kind: "maximum-length-too-small", maximumLength: 12 },
    `${SEND}0006:0308 DUL Cannot send P-DATA PDU because receiver's max PDU size of 12 is illegal ` +
    "(must be > 12)",
  ],
];

Deno.test("inEcho() words commands that are not the response that is due", () => {
  for (const [defect, text] of DIMSE_CONDITIONS) {
    assert.equal(inEcho(violation({ kind: "dimse", defect })), text);
  }
});

Deno.test("conditionOf() and inEcho() word what a peer may not do", () => {
  const rows: readonly (readonly [Violation, string, string?])[] = [
    [
      { kind: "unexpected-pdu", header: { typeCode: 6, length: 4 } },
      "0000:0000 Normal",
      `${NOT_READ}0000:0000 Normal`,
    ],
    [{ kind: "release-requested" }, "0006:0319 DUL Peer Requested Release"],
    [{ kind: "late-data" }, "0006:0316 DUL P-Data PDU arrived"],
    [
      { kind: "context-not-proposed", abstractSyntax: "1.2.840.10008.1.1" },
      "0006:0208 DIMSE: No Presentation Context for: 1.2.840.10008.1.1",
    ],
    [{ kind: "context-contradicted", id: 1 }, "0006:0101 ASC Bad presentation context ID"],
    [
      { kind: "transfer-syntax", uid: "1.2\n3\0x" },
      "0006:0212 DIMSE Unsupported transfer syntax: 1.2\\x0a3",
      `${RECEIVE}0006:0212 DIMSE Unsupported transfer syntax: 1.2\\x0a3`,
    ],
    [
      { kind: "already-aborted" },
      "0006:0303 DUL Finite State Machine Error: No action defined, state 13 event 14",
    ],
  ];
  for (const [kind, outside, inside = outside] of rows) {
    assert.equal(conditionOf(violation(kind)), outside);
    assert.equal(inEcho(violation(kind)), inside);
  }
});

Deno.test("conditionOf() has no words for what the reference reports in other ways", () => {
  const others: readonly CheckFailure[] = [
    new NoAcceptedContext([]),
    new EchoFailed({ status: 1, messageId: 1 }),
    new Interrupted("echo", "SIGINT"),
  ];
  for (const error of others) assert.throws(() => conditionOf(error), Bug);
  const rejected = new AssociationRejected({ result: 1, source: 1, reason: 1 });
  assert.equal(conditionOf(rejected), "0006:0301 DUL Association Rejected");
});
