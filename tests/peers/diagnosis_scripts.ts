// data table
/** Scripted peers and the situation that the diagnosis must find with each. */

import type { Listen } from "../support/scripted_peer.ts";
import type { Step } from "../support/script.ts";

/** One scripted peer. */
export interface DiagnosisCase {
  /** Name of the situation. */
  readonly situation: string;
  /** Options of the run. */
  readonly options?: readonly string[];
  /** What the peer does. */
  readonly steps: readonly Step[];
  /** How it listens. */
  readonly listen?: Listen;
  /** What the hint must hold. */
  readonly says: readonly (string | RegExp)[];
}

const CONTEXT = "210000190100000040000011312e322e3834302e31303030382e312e32";
const RELEASED = "06000000000400000000";
const ABORT = "070000000004000000";

function text(words: string): string {
  return new TextEncoder().encode(words).toHex();
}

/** An A-ASSOCIATE-AC with these items after its fixed fields. */
function accept(items: string = CONTEXT): string {
  const body = "00010000" + "20".repeat(32) + "00".repeat(32) + items;
  return `0200${(body.length / 2).toString(16).padStart(8, "0")}${body}`;
}

/** A context item with this result. */
function refusal(result: string): string {
  return `21000019` + `0100${result}00` + CONTEXT.slice(16);
}

function maximumLength(length: string): string {
  return `50000008` + `51000004${length}`;
}

/** A C-ECHO-RSP as one P-DATA-TF. */
function response(
  fields: { status?: string; command?: string; message?: string; dataSet?: string } = {},
): string {
  const { status = "0000", command = "3080", message = "0100", dataSet = "0101" } = fields;
  return "04000000005400000050" + "0103" + "000000000400000042000000" +
    "000002001200000031" + "2e322e3834302e31303030382e312e3100" +
    `0000000102000000${command}` + `0000200102000000${message}` +
    `0000000802000000${dataSet}` + `0000000902000000${status}`;
}

function rejection(codes: string): string {
  return `030000000004` + `00${codes}`;
}

/** The peer answers the association request so. */
function toRequest(...sends: readonly string[]): Step[] {
  return [{ expect: "A-ASSOCIATE-RQ" }, ...sends.map((send) => ({ send }))];
}

/** The peer answers the association request so that nothing but an abort can follow. */
function toAbort(send: string): Step[] {
  return [...toRequest(send), { expect: "A-ABORT", send: "close" }];
}

/** The peer accepts and answers the echo so. */
function toEcho(...sends: readonly string[]): Step[] {
  return [
    ...toRequest(accept()),
    { expect: "P-DATA-TF" },
    ...sends.map((send) => ({ send })),
  ];
}

/** The peer answers the echo well and the release request so. */
function toRelease(...sends: readonly string[]): Step[] {
  return [
    ...toEcho(response()),
    { expect: "A-RELEASE-RQ" },
    ...sends.map((send) => ({ send })),
  ];
}

function status(code: string): Step[] {
  const [low, high] = [code.slice(2), code.slice(0, 2)];
  return toRelease().slice(0, -2).concat([
    { send: response({ status: low + high }) },
    { expect: "A-RELEASE-RQ", send: RELEASED },
  ]);
}

/** All of them. */
export const DIAGNOSIS_CASES: readonly DiagnosisCase[] = [
  {
    situation: "port-refused",
    steps: [],
    listen: { mode: "refuse" },
    says: [/^127\.0\.0\.1 answers, but nothing listens on port \d+: /],
  },
  {
    situation: "connect-timeout",
    options: ["-to", "1"],
    steps: [],
    listen: { mode: "full-backlog" },
    says: ["within 1 s (-to)"],
  },
  { situation: "called-title-empty", options: ["-aec", ""], steps: [], says: ["-aec"] },
  { situation: "calling-title-empty", options: ["-aet", ""], steps: [], says: ["-aet"] },
  { situation: "closed-without-answer", steps: toRequest("close"), says: ["TLS", '"ECHOSCU"'] },
  { situation: "reset-without-answer", steps: toRequest("rst"), says: ["TLS", "firewall"] },
  {
    situation: "association-silent",
    options: ["-ta", "1"],
    steps: toRequest(),
    says: ["within 1 s (-ta)", "busy", "TLS"],
  },
  {
    situation: "association-answer-slow",
    options: ["-ta", "1"],
    steps: toRequest("0200"),
    says: ["1 s (-ta)"],
  },
  {
    situation: "association-answer-stalled",
    options: ["-ts", "1"],
    steps: toRequest("020000000086"),
    says: ["1 s (-ts)"],
  },
  {
    situation: "association-answer-closed",
    steps: toRequest("0200000000860001", "close"),
    says: ["in the middle of its answer"],
  },

  {
    situation: "called-title-default",
    steps: toRequest(rejection("010107"), "close"),
    says: ['"ANY-SCP"', "-aec"],
  },
  {
    situation: "called-title-unknown",
    options: ["-aec", "STOREDESK"],
    steps: toRequest(rejection("010107"), "close"),
    says: ['"STOREDESK"', "-aec", "administrator"],
  },
  {
    situation: "called-title-full",
    options: ["-aec", "A-TITLE-THAT-IS-TOO-LONG"],
    steps: toRequest(rejection("010107"), "close"),
    says: ['"A-TITLE-THAT-IS-"', "16 bytes"],
  },
  {
    situation: "calling-title-default",
    steps: toRequest(rejection("010103"), "close"),
    says: ['"ECHOSCU"', "-aet"],
  },
  {
    situation: "calling-title-unknown",
    options: ["-aet", "CT\x1b[2J"],
    steps: toRequest(rejection("010103"), "close"),
    says: ['"CT\\x1b[2J"', "-aet"],
  },
  {
    situation: "rejected-for-now",
    steps: toRequest(rejection("020101"), "close"),
    says: ["try again"],
  },
  {
    situation: "rejected-by-application",
    steps: toRequest(rejection("010101"), "close"),
    says: ['"ECHOSCU"', "this machine's address"],
  },
  {
    situation: "application-context-unsupported",
    steps: toRequest(rejection("010102"), "close"),
    says: ["1.2.840.10008.3.1.1.1"],
  },
  {
    situation: "protocol-version-unsupported",
    steps: toRequest(rejection("010202"), "close"),
    says: ["version 1"],
  },
  {
    situation: "temporary-congestion",
    steps: toRequest(rejection("020301"), "close"),
    says: ["try again"],
  },
  {
    situation: "local-limit-exceeded",
    steps: toRequest(rejection("010302"), "close"),
    says: ["try again", "limit"],
  },
  {
    situation: "rejected-reason-reserved",
    steps: toRequest(rejection("020305"), "close"),
    says: ["reason 5 of source 3", "reserved value"],
  },
  {
    situation: "rejected-reason-undefined",
    steps: toRequest(rejection("020308"), "close"),
    says: ["reason 8 of source 3", "not in PS3.8 Table 9-21"],
  },
  {
    situation: "rejected-source-undefined",
    steps: toRequest(rejection("010907"), "close"),
    says: ["source 9"],
  },
  {
    situation: "association-aborted-by-application",
    steps: toRequest(`${ABORT}00`, "close"),
    says: ["source 0", '"ANY-SCP"', '"ECHOSCU"'],
  },
  {
    situation: "association-aborted-by-provider",
    steps: toRequest("07000000000400000206", "close"),
    says: ["invalid PDU parameter value (source 2, reason 6)"],
  },

  {
    situation: "foreign-http",
    steps: toRequest(text("HTTP/1.0 400 Bad request\r\n\r\n"), "close"),
    says: ["web server"],
  },
  { situation: "foreign-tls", steps: toRequest("15030300020246", "close"), says: ["+tla", "+cf"] },
  {
    situation: "foreign-ssh",
    steps: [{ send: text("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n") }, { expect: "A-ASSOCIATE-RQ" }],
    says: ["SSH server"],
  },
  {
    situation: "foreign-hl7",
    steps: toRequest(`0b${text("MSH|^~\\&|||||||ACK^A01|1|P|2.3\rMSA|AR|1\r")}1c0d`),
    says: ["HL7 (MLLP)"],
  },
  {
    situation: "foreign-smtp",
    steps: [{ send: text("220 mx.example.org ESMTP\r\n") }, { expect: "A-ASSOCIATE-RQ" }],
    says: ["mail server"],
  },
  {
    situation: "foreign-ftp",
    steps: [{ send: text("220 (vsFTPd 3.0.3)\r\n") }, {
      expect: "A-ASSOCIATE-RQ",
    }],
    says: [/FTP/],
  },
  {
    situation: "foreign-service",
    steps: [{ send: text("RFB 003.008\n") }, { expect: "A-ASSOCIATE-RQ" }],
    says: ["VNC"],
  },
  {
    situation: "foreign-text",
    steps: toRequest(text("who goes there?\r\nF: forged line\r\n"), "close"),
    says: ['"who goes there?"'],
  },
  {
    situation: "foreign-bytes",
    steps: toRequest("991b5d303b6f776e656407" + "ff".repeat(30), "close"),
    says: ["99 1b 5d 30"],
  },

  {
    situation: "association-answer-ill-formed",
    steps: toRequest(accept("2100004001000000")),
    says: ["presentation context at byte 74", "PS3.8 9.3.3.2"],
  },
  {
    situation: "association-answer-name-too-long",
    steps: toRequest(accept(`10000041${"31".repeat(65)}`)),
    says: ["application context at byte 74", "65 bytes"],
  },
  {
    situation: "association-answer-version",
    steps: toRequest(accept().replace("00010000", "00020000")),
    says: ["protocol version 2"],
  },
  {
    situation: "association-answer-transfer-syntaxes",
    steps: toRequest(accept("2100000401000000")),
    says: ["0 transfer syntaxes"],
  },
  {
    situation: "association-answer-too-long",
    steps: toRequest("0200ffffffff"),
    says: ["4294967295"],
  },
  {
    situation: "association-answer-length",
    steps: toRequest("0300000b06d0"),
    says: ["A-ASSOCIATE-RJ", "03 00 00 0b"],
  },
  {
    situation: "association-request-mirrored",
    steps: toRequest("010000000044" + "00".repeat(68)),
    says: ["association request of its own"],
  },
  {
    situation: "association-answer-unexpected",
    steps: toRequest(RELEASED),
    says: ["A-RELEASE-RP"],
  },
  { situation: "no-context-answered", steps: toRequest(accept("")), says: ["Verification"] },
  {
    situation: "verification-unsupported",
    steps: toRequest(accept(refusal("03"))),
    says: ["echo"],
  },
  {
    situation: "transfer-syntaxes-unsupported",
    steps: toRequest(accept(refusal("04"))),
    says: ["-pts 3"],
  },
  {
    situation: "many-transfer-syntaxes-unsupported",
    options: ["-pts", "3"],
    steps: toRequest(accept(refusal("04"))),
    says: ["3 transfer syntaxes"],
  },
  { situation: "context-refused-by-user", steps: toRequest(accept(refusal("01"))), says: ["user"] },
  {
    situation: "context-refused-without-reason",
    steps: toRequest(accept(refusal("02"))),
    says: ["provider rejection"],
  },
  {
    situation: "context-result-undefined",
    steps: toRequest(accept(refusal("09"))),
    says: ["Table 9-18"],
  },

  {
    situation: "context-not-proposed",
    steps: toAbort(accept(CONTEXT.replace("2100001901", "2100001907"))),
    says: ["1.2.840.10008.1.1"],
  },
  {
    situation: "transfer-syntax-unusable",
    steps: toAbort(accept("2100000d" + "01000000" + "40000005" + text("1.2\n3"))),
    says: ['"1.2\\x0a3"'],
  },
  {
    situation: "maximum-length-too-small",
    steps: toAbort(accept(CONTEXT + maximumLength("0000000c"))),
    says: ["at most 12 bytes"],
  },
  { situation: "echo-aborted", steps: toEcho(`${ABORT}00`, "close"), says: ['"ECHOSCU"'] },
  {
    situation: "echo-aborted-by-provider",
    steps: toEcho("07000000000400000201", "close"),
    says: ["unrecognized PDU (source 2, reason 1)"],
  },
  {
    situation: "echo-aborted-later",
    options: ["--repeat", "3"],
    steps: [...toEcho(response()), { expect: "P-DATA-TF", send: `${ABORT}00` }],
    says: ["1 echo answered, then"],
  },
  { situation: "echo-closed", steps: toEcho("close"), says: ["instead of an echo response"] },
  { situation: "echo-reset", steps: toEcho("rst"), says: ["broke off"] },
  {
    situation: "echo-silent",
    options: ["-td", "1", "-ta", "1"],
    steps: toEcho(),
    says: ["within 1 s (-td)"],
  },
  {
    situation: "echo-silent-socket",
    options: ["-ts", "1"],
    steps: toEcho(),
    says: ["silent for 1 s (-ts)", "no abort came"],
  },
  {
    situation: "echo-response-slow",
    options: ["-td", "1", "-ta", "1"],
    steps: toEcho("0400"),
    says: ["within 1 s (-td)"],
  },
  {
    situation: "echo-response-stalled",
    options: ["-ts", "1", "-ta", "1"],
    steps: toEcho("0400000000540000"),
    says: ["1 s (-ts)"],
  },
  {
    situation: "echo-release-requested",
    steps: toEcho("05000000000400000000", "close"),
    says: ["end the association"],
  },
  { situation: "echo-answer-unexpected", steps: toEcho(RELEASED), says: ["A-RELEASE-RP"] },
  {
    situation: "echo-response-no-pdu",
    steps: toEcho("080000000004", "close"),
    says: ["PDU type 08H"],
  },
  {
    situation: "echo-response-too-long",
    steps: toEcho("040000004001", "close"),
    says: ["16385 bytes", "16384", "-pdu"],
  },
  { situation: "echo-response-pdvs", steps: toEcho("040000000000", "close"), says: ["PS3.8"] },
  {
    situation: "response-encoding",
    steps: toEcho(
      "040000000016" + "00000012" + "0103" + "00000000" + "554c0400" + "46000000" + "00000200",
      "close",
    ),
    says: ["CommandGroupLength (0000,0000)", "Implicit VR Little Endian"],
  },
  {
    situation: "response-without-command",
    steps: toEcho("040000000006" + "00000002" + "0103", "close"),
    says: ["(0000,0100)"],
  },
  {
    situation: "response-command-undefined",
    steps: toEcho(response({ command: "3412" }), "close"),
    says: ["1234H"],
  },
  {
    situation: "response-with-data-set",
    steps: toEcho(response({ dataSet: "0000" }), "close"),
    says: ["0000H"],
  },
  {
    situation: "response-to-other-message",
    steps: toEcho(response({ message: "0700" }), "close"),
    says: ["message 7", "message 1 was sent"],
  },
  {
    situation: "response-on-other-context",
    steps: toEcho(response().replace("500103", "500303"), "close"),
    says: ["context 3"],
  },
  {
    situation: "response-is-data",
    steps: toEcho(response().replace("500103", "500102"), "close"),
    says: ["data set on context 1"],
  },

  { situation: "status-sop-class-unsupported", steps: status("0122"), says: ['"ECHOSCU"'] },
  { situation: "status-duplicate-invocation", steps: status("0210"), says: ["message ID"] },
  { situation: "status-unrecognized-operation", steps: status("0211"), says: ["echo command"] },
  { situation: "status-mistyped-argument", steps: status("0212"), says: ["element"] },
  { situation: "status-not-authorized", steps: status("0124"), says: ['"ECHOSCU"', "-aet"] },
  { situation: "status-out-of-resources", steps: status("a700"), says: ["A700H", "disk space"] },
  { situation: "status-cannot-process", steps: status("c001"), says: ["C001H"] },
  { situation: "status-warning", steps: status("b000"), says: ["B000H", "warning"] },
  { situation: "status-cancelled", steps: status("fe00"), says: ["canceled"] },
  { situation: "status-pending", steps: status("ff01"), says: ["FF01H"] },
  { situation: "status-failure", steps: status("0105"), says: ["0105H"] },
  { situation: "status-undefined", steps: status("1234"), says: ["1234H"] },

  {
    situation: "release-silent",
    options: ["-ta", "1"],
    steps: toRelease(),
    says: ["every echo was answered with Success", "1 s (-ta)", "--abort"],
  },
  { situation: "release-closed", steps: toRelease("close"), says: ["every echo was answered"] },
  { situation: "release-reset", steps: toRelease("rst"), says: ["every echo was answered"] },
  {
    situation: "release-aborted",
    steps: toRelease(`${ABORT}00`, "close"),
    says: ["source 0, reason 0"],
  },
  {
    situation: "release-answer-unexpected",
    steps: toRelease(accept(), "close"),
    says: ["A-ASSOCIATE-AC", "--abort"],
  },
  { situation: "release-late-data", steps: toRelease(response(), "close"), says: ["more data"] },
  {
    situation: "release-answer-illegal",
    steps: toRelease("480000000004", "close"),
    says: ["PDU type"],
  },
];
