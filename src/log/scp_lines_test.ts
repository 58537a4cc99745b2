import assert from "node:assert/strict";
import { nameOfWellKnownUid } from "../dicom/mod.ts";
import type { AssociateAc, AssociateRq, UserItem } from "../pdu/types.ts";
import type { ConnectionEnd, ConnectionRecord, ScpEvent } from "../scp/mod.ts";
import { cannotListenText, listeningLine, scpMessagesOf, selftestLine } from "./scp_lines.ts";

const connection = { number: 7, remote: { host: "192.0.2.1", port: 40_000 } };

const request: AssociateRq = {
  type: "A-ASSOCIATE-RQ",
  protocolVersion: 1,
  calledAeTitle: "\x1b[2J\nI: forged",
  callingAeTitle: " ME",
  applicationContextName: "1.2.840.10008.3.1.1.1",
  presentationContexts: [
    {
      id: 1,
      abstractSyntax: "1.2.840.10008.1.1",
      transferSyntaxes: ["1.2.840.10008.1.2", "1.2.3"],
    },
    { id: 3, abstractSyntax: "1.2.3\n", transferSyntaxes: [] },
  ],
  userInformation: [
    { type: "maximum-length", maximumLength: 0 },
    { type: "implementation-class-uid", implementationClassUid: "1.2.276" },
    { type: "implementation-version-name", implementationVersionName: "V\r1" },
    {
      type: "user-identity-rq",
      userIdentityType: 2,
      positiveResponseRequested: true,
      primaryField: new TextEncoder().encode("user"),
      secondaryField: new TextEncoder().encode("secret"),
    },
  ],
  unrecognizedItems: [],
};

const answer: AssociateAc = {
  ...request,
  type: "A-ASSOCIATE-AC",
  presentationContexts: [
    { id: 1, result: "acceptance", transferSyntax: "1.2.840.10008.1.2" },
    { id: 3, result: "abstract-syntax-not-supported" },
  ],
};

function lines(event: ScpEvent): readonly string[] {
  return scpMessagesOf(event, nameOfWellKnownUid).map(({ level, text }) => `${level} ${text()}`);
}

function ended(end: ConnectionEnd, changes: Partial<ConnectionRecord> = {}): string | undefined {
  const record = {
    connection,
    request: { ...request, calledAeTitle: "YOU" },
    answer,
    findings: [],
    echoes: 2,
    refusals: 0,
    end,
    elapsedMs: 1,
    ...changes,
  };
  return lines({ type: "association-ended", record })[0];
}

const ASSOCIATION = `Association of " ME" for "YOU" from 192.0.2.1 port 40000:`;
const CONNECTION = "Connection from 192.0.2.1 port 40000:";
const NOTHING = { request: undefined, answer: undefined, echoes: 0 };
const REJECTED = { answer: undefined, echoes: 0 };

Deno.test("scpMessagesOf() says at info how an association ended well", () => {
  assert.equal(ended({ type: "released" }), `info ${ASSOCIATION} 2 echoes answered, released`);
  assert.equal(
    ended({ type: "peer-aborted", source: 0, reason: 0 }, { echoes: 1 }),
    `info ${ASSOCIATION} 1 echo answered, aborted by the peer (source 0, reason 0)`,
  );
  assert.equal(
    ended({ type: "dismissed", why: "stopping" }, { echoes: 0 }),
    `info ${ASSOCIATION} 0 echoes answered, ended because we stop`,
  );
});

Deno.test("scpMessagesOf() warns of peers that did wrong", () => {
  const violation = {
    kind: "unexpected-pdu",
    header: { typeCode: 0x06, length: 4 },
  } as const;
  const refused = { ...answer, presentationContexts: answer.presentationContexts.slice(1) };
  assert.deepEqual([
    ended({ type: "lost", how: "closed", within: "idle" }),
    ended({ type: "lost", how: "reset", within: "body" }),
    ended({ type: "lost", how: "closed", within: "idle" }, { answer: refused }),
    ended({ type: "timed-out", seconds: 60, awaited: "message" }),
    ended({ type: "timed-out", seconds: 1, awaited: "rest" }),
    ended({ type: "violation", violation }),
    ended({ type: "violation", violation: { kind: "data-set", maximum: 1_048_576 } }),
    ended({ type: "not-sent", pdu: "P-DATA-TF", how: "timed-out" }),
    ended({ type: "released" }, { echoes: 0, refusals: 3 }),
    ended({ type: "dismissed", why: "crowded" }, NOTHING),
    ended({ type: "lost", how: "closed", within: "header" }, NOTHING),
    ended({ type: "timed-out", seconds: 30, awaited: "request" }, NOTHING),
  ], [
    `warn ${ASSOCIATION} 2 echoes answered, closed by the peer without a release`,
    `warn ${ASSOCIATION} 2 echoes answered, reset by the peer inside a PDU`,
    `warn ${ASSOCIATION} no presentation context accepted, closed by the peer without a release`,
    `warn ${ASSOCIATION} 2 echoes answered, no message within 60 seconds; aborted`,
    `warn ${ASSOCIATION} 2 echoes answered, message not complete within 1 second; aborted`,
    `warn ${ASSOCIATION} 2 echoes answered, PDU of type 06H may not come now; aborted`,
    `warn ${ASSOCIATION} 2 echoes answered, more than 1048576 bytes of data sets; aborted`,
    `warn ${ASSOCIATION} 2 echoes answered, P-DATA-TF not sent, the peer takes nothing`,
    `warn ${ASSOCIATION} 0 echoes answered, 3 operations refused, released`,
    `warn ${CONNECTION} closed to make room for others`,
    `warn ${CONNECTION} closed by the peer inside a PDU header`,
    `warn ${CONNECTION} no complete association request within 30 seconds`,
  ]);
});

Deno.test("scpMessagesOf() names why a request was rejected, with its codes", () => {
  const rejections = [[1, 1, 1], [1, 1, 2], [1, 2, 2], [2, 3, 2]].map(
    ([result = 0, source = 0, reason = 0]) =>
      ended({
        type: "rejected",
        answer: { type: "A-ASSOCIATE-RJ", result, source, reason },
      }, REJECTED),
  );
  assert.deepEqual(rejections, [
    `warn ${ASSOCIATION} rejected, no presentation context proposed (1/1/1)`,
    `warn ${ASSOCIATION} rejected, application context name not supported (1/1/2)`,
    `warn ${ASSOCIATION} rejected, protocol version not supported (1/2/2)`,
    `warn ${ASSOCIATION} rejected, local limit exceeded (2/3/2)`,
  ]);
});

Deno.test("scpMessagesOf() takes a bare connection for a monitor, not for a fault", () => {
  assert.equal(
    ended({ type: "lost", how: "closed", within: "idle" }, NOTHING),
    `info ${CONNECTION} closed by the peer without a request`,
  );
});

Deno.test("scpMessagesOf() reports a defect of our own at error", () => {
  assert.equal(
    ended({ type: "bug", error: new Error("oops") }),
    `error ${ASSOCIATION} 2 echoes answered, Error: oops; closed`,
  );
});

Deno.test("scpMessagesOf() shows a request at debug with every control character escaped", () => {
  assert.deepEqual(lines({ type: "association-requested", connection, request }), [
    [
      `debug Connection 7: Association requested by " ME" for "\\x1b[2J\\x0aI: forged"`,
      "  Context 1: =VerificationSOPClass in =LittleEndianImplicit, 1.2.3",
      "  Context 3: 1.2.3\\x0a in ",
      "  Maximum length: 0",
      "  Implementation class UID: 1.2.276",
      "  Implementation version name: V\\x0d1",
      "  User identity of type 2 (user name and passcode), answer wanted: not looked at",
    ].join("\n"),
    `info Proposed by " ME" for "\\x1b[2J\\x0aI: forged": User identity of type 2 (user name and passcode), answer wanted: not looked at`,
  ]);
  assert.deepEqual(lines({ type: "association-accepted", connection, request, answer }), [
    [
      "debug Connection 7: Association accepted",
      "  Context 1: accepted with =LittleEndianImplicit",
      "  Context 3: refused, abstract-syntax-not-supported",
    ].join("\n"),
  ]);
});

Deno.test("scpMessagesOf() shows at info what few requestors propose, and not by the hundred", () => {
  const role = (sopClassUid: string, scuRole: number, scpRole: number): UserItem => ({
    type: "role-selection",
    sopClassUid,
    scuRole,
    scpRole,
  });
  const proposing = (userInformation: readonly UserItem[]) =>
    lines({
      type: "association-requested",
      connection,
      request: { ...request, calledAeTitle: "YOU", userInformation },
    }).filter((line) => line.startsWith("info"));
  assert.deepEqual(proposing([]), []);
  assert.deepEqual(
    proposing([
      role("1.2.840.10008.1.1", 0, 1),
      role("1.2.3", 1, 1),
      {
        type: "asynchronous-operations-window",
        maximumOperationsInvoked: 0,
        maximumOperationsPerformed: 1,
      },
    ]),
    [
      `info Proposed by " ME" for "YOU": Roles for =VerificationSOPClass: SCP; Roles for 1.2.3: SCU and SCP; Asynchronous operations: any number invoked, 1 performed (one at a time is served)`,
    ],
  );
  const [many = ""] = proposing(Array.from({ length: 300 }, () => role("1.2.3", 1, 0)));
  assert.match(many, /Roles for 1\.2\.3: SCU; 292 more$/);
});

Deno.test("scpMessagesOf() names who does not speak DICOM, and what is odd about a request", () => {
  assert.equal(
    ended({ type: "violation", violation: { kind: "foreign", caller: "HTTP" } }, NOTHING),
    `warn ${CONNECTION} HTTP, not DICOM; aborted`,
  );
  assert.equal(
    ended({ type: "lost", how: "closed", within: "header", caller: "port scanner" }, NOTHING),
    `warn ${CONNECTION} a port scanner; closed by the peer`,
  );
  const none = { ...answer, presentationContexts: [{ id: 2, result: "no-reason" }] } as const;
  assert.equal(
    ended({ type: "released" }, {
      answer: none,
      echoes: 0,
      findings: [{ kind: "even-context-id", ids: [2, 4] }, { kind: "scp-role-only" }],
    }),
    `warn ${ASSOCIATION} no presentation context accepted (even context ID 2, 4, offers the SCP role only), released`,
  );
});

Deno.test("scpMessagesOf() warns of context IDs that others refuse, also where all went well", () => {
  assert.equal(
    ended({ type: "released" }, { findings: [{ kind: "doubled-context-id", ids: [1] }] }),
    `warn ${ASSOCIATION} 2 echoes answered (context ID 1 more than once), released`,
  );
  assert.equal(
    ended({ type: "released" }, { findings: [{ kind: "scp-role-only" }] }),
    `info ${ASSOCIATION} 2 echoes answered, released`,
  );
});

Deno.test("scpMessagesOf() shows each message at debug", () => {
  const asked = { connection, contextId: 3, messageId: 9 };
  assert.deepEqual([
    ...lines({ type: "connection-accepted", connection }),
    ...lines({ type: "echo-answered", ...asked, status: 0 }),
    ...lines({ type: "operation-refused", ...asked, commandField: 1, status: 0x0211 }),
    ...lines({ type: "data-set-ignored", connection, how: "sent" }),
  ], [
    "debug Connection 7: from 192.0.2.1 port 40000",
    "debug Connection 7: C-ECHO request 9 on context 3 answered with 0000H",
    "debug Connection 7: Operation 0001H, message 9 on context 3, refused with 0211H",
    "warn Data set sent from 192.0.2.1 port 40000, but C-ECHO has none: ignored",
  ]);
});

Deno.test("scpMessagesOf() reports at info when it starts and stops", () => {
  const local = { host: "::", port: 104 };
  assert.deepEqual([
    ...lines({ type: "listening", local, maxAssociations: 1 }),
    ...lines({ type: "stopping", reason: "SIGINT", running: 0, graceSeconds: 2 }),
    ...lines({ type: "stopping", reason: "SIGTERM", running: 2, graceSeconds: 2 }),
    ...lines({ type: "stopping", reason: undefined, running: 0, graceSeconds: 2 }),
    ...lines({ type: "stopped", associations: 2, echoes: 1 }),
  ], [
    "info Listening on :: port 104, at most 1 association at once",
    "info Stopping because of SIGINT",
    "info Stopping because of SIGTERM: 2 associations may end within 2 seconds",
    "info Stopping",
    "info Stopped after 2 associations, 1 echo",
  ]);
});

Deno.test("listeningLine(), cannotListenText() and selftestLine() are one line each", () => {
  const local = { host: "127.0.0.1", port: 11_112 };
  assert.deepEqual([
    listeningLine(local),
    cannotListenText({ address: undefined, port: 104 }, "Permission denied"),
    cannotListenText({ address: "a\nb", port: 104 }, "Name or service not known"),
    selftestLine({ local, echoes: 1, elapsedMs: 12.345 }),
    selftestLine({ failure: "the association was rejected" }),
  ], [
    "Listening on 127.0.0.1 port 11112",
    "Cannot listen on port 104: Permission denied",
    "Cannot listen on a\\x0ab port 104: Name or service not known",
    "Self-test passed: 1 echo verified over TCP at 127.0.0.1 port 11112 in 12.3 ms",
    "Self-test failed: the association was rejected",
  ]);
});
