import assert from "node:assert/strict";
import fc from "fast-check";
import { decodePdu, encodePdu } from "../pdu/mod.ts";
import type { AssociateRq, ProposedContext, UserItem } from "../pdu/types.ts";
import { answerRequest } from "./acceptor.ts";

const VERIFICATION = "1.2.840.10008.1.1";
const ILE = "1.2.840.10008.1.2";
const ELE = "1.2.840.10008.1.2.1";
const EBE = "1.2.840.10008.1.2.2";
const DEFLATED = "1.2.840.10008.1.2.1.99";
const JPEG = "1.2.840.10008.1.2.4.50";
const POLICY = { maximumLength: 16_384, isFull: false };

function requestWith(changes: Partial<AssociateRq>): AssociateRq {
  return {
    type: "A-ASSOCIATE-RQ",
    protocolVersion: 1,
    calledAeTitle: "ANY-SCP",
    callingAeTitle: "ECHOSCU",
    applicationContextName: "1.2.840.10008.3.1.1.1",
    presentationContexts: [{ id: 1, abstractSyntax: VERIFICATION, transferSyntaxes: [ILE] }],
    userInformation: [{ type: "maximum-length", maximumLength: 16_384 }],
    unrecognizedItems: [],
    ...changes,
  };
}

function accepted(changes: Partial<AssociateRq>) {
  const answer = answerRequest(requestWith(changes), POLICY);
  if (answer.type !== "A-ASSOCIATE-AC") throw new Error("rejected");
  return answer;
}

function answerTo(context: Partial<ProposedContext>, items: readonly UserItem[] = []) {
  const proposed = { id: 1, abstractSyntax: VERIFICATION, transferSyntaxes: [ILE], ...context };
  const { presentationContexts } = accepted({
    presentationContexts: [proposed],
    userInformation: items,
  });
  return presentationContexts[0];
}

Deno.test("answerRequest() answers a plain request with its titles, one transfer syntax and who we are", () => {
  assert.deepEqual(accepted({}), {
    type: "A-ASSOCIATE-AC",
    protocolVersion: 1,
    calledAeTitle: "ANY-SCP",
    callingAeTitle: "ECHOSCU",
    applicationContextName: "1.2.840.10008.3.1.1.1",
    presentationContexts: [{ id: 1, result: "acceptance", transferSyntax: ILE }],
    userInformation: [
      { type: "maximum-length", maximumLength: 16_384 },
      {
        type: "implementation-class-uid",
        implementationClassUid: "2.25.116550273587022557653465431291351828164",
      },
      { type: "implementation-version-name", implementationVersionName: "ECHOSCU_0_1_0" },
    ],
    unrecognizedItems: [],
  });
});

Deno.test("answerRequest() accepts the first uncompressed transfer syntax in the order proposed", () => {
  const chosen = [[ILE], [ELE], [EBE], [EBE, ELE, ILE], [DEFLATED, JPEG, ELE, ILE]].map(
    (transferSyntaxes) => answerTo({ transferSyntaxes }),
  );
  assert.deepEqual(
    chosen.map((context) => context?.result === "acceptance" && context.transferSyntax),
    [ILE, ELE, EBE, EBE, ELE],
  );
});

Deno.test("answerRequest() refuses a context for the reason that PS3.8 Table 9-18 has for it", () => {
  const results = [
    answerTo({ transferSyntaxes: [JPEG] }),
    answerTo({ transferSyntaxes: [DEFLATED] }),
    answerTo({ transferSyntaxes: [] }),
    answerTo({ abstractSyntax: "1.2.840.10008.5.1.4.1.1.2" }),
    answerTo({ abstractSyntax: undefined }),
    answerTo({ abstractSyntax: "1.2.840.10008.1.10" }),
    answerTo({ id: 2 }),
    answerTo({ id: 0 }),
  ].map((context) => context?.result);
  assert.deepEqual(results, [
    "transfer-syntaxes-not-supported",
    "transfer-syntaxes-not-supported",
    "transfer-syntaxes-not-supported",
    "abstract-syntax-not-supported",
    "abstract-syntax-not-supported",
    "abstract-syntax-not-supported",
    "no-reason",
    "no-reason",
  ]);
});

Deno.test("answerRequest() takes UIDs that are padded as in a data set", () => {
  assert.deepEqual(
    answerTo({ abstractSyntax: `${VERIFICATION}\0`, transferSyntaxes: [`${ILE} `] }),
    { id: 1, result: "acceptance", transferSyntax: ILE },
  );
  assert.equal(accepted({ applicationContextName: "1.2.840.10008.3.1.1.1\0" }).protocolVersion, 1);
});

Deno.test("answerRequest() gives titles back as they came, blank ones too", () => {
  for (const title of ["", " X", "a\\b", "\x1b[31m", "16 characters ok"]) {
    const answer = accepted({ calledAeTitle: title, callingAeTitle: title });
    assert.deepEqual([answer.calledAeTitle, answer.callingAeTitle], [title, title]);
  }
});

Deno.test("answerRequest() rejects what cannot be accepted, with the codes of PS3.8 Table 9-21", () => {
  const codes = (changes: Partial<AssociateRq>, isFull = false) => {
    const answer = answerRequest(requestWith(changes), { ...POLICY, isFull });
    return answer.type === "A-ASSOCIATE-RJ" && [answer.result, answer.source, answer.reason];
  };
  assert.deepEqual(codes({ protocolVersion: 2 }), [1, 2, 2]);
  assert.deepEqual(codes({ protocolVersion: 0 }), [1, 2, 2]);
  assert.deepEqual(codes({ applicationContextName: "1.2.3" }), [1, 1, 2]);
  assert.deepEqual(codes({ applicationContextName: undefined }), [1, 1, 2]);
  assert.deepEqual(codes({ presentationContexts: [] }), [1, 1, 1]);
  assert.deepEqual(codes({}, true), [2, 3, 2]);
  assert.deepEqual(codes({ protocolVersion: 2, applicationContextName: "1" }, true), [1, 2, 2]);
});

Deno.test("answerRequest() looks only at bit 0 of the protocol version", () => {
  for (const protocolVersion of [1, 3, 0xffff]) {
    assert.equal(accepted({ protocolVersion }).protocolVersion, 1);
  }
});

Deno.test("answerRequest() lets a requestor be SCU if it asks, never SCP", () => {
  const role = (scuRole: number, scpRole: number): readonly UserItem[] => [
    { type: "role-selection", sopClassUid: VERIFICATION, scuRole, scpRole },
  ];
  const answered = [[1, 0], [1, 1], [0, 1], [0, 0]].map(([scu = 0, scp = 0]) => {
    const { userInformation } = accepted({ userInformation: role(scu, scp) });
    const item = userInformation.find(({ type }) => type === "role-selection");
    return item?.type === "role-selection" && [item.scuRole, item.scpRole];
  });
  assert.deepEqual(answered, [[1, 0], [1, 0], [0, 0], [0, 0]]);
  assert.equal(answerTo({}, role(1, 1))?.result, "acceptance");
  assert.equal(answerTo({}, role(0, 1))?.result, "user-rejection");
});

Deno.test("answerRequest() answers no other item than the role for Verification", () => {
  const { userInformation } = accepted({
    userInformation: [
      { type: "maximum-length", maximumLength: 1 },
      { type: "role-selection", sopClassUid: "1.2.3", scuRole: 1, scpRole: 1 },
      {
        type: "asynchronous-operations-window",
        maximumOperationsInvoked: 5,
        maximumOperationsPerformed: 5,
      },
      {
        type: "extended-negotiation",
        sopClassUid: VERIFICATION,
        serviceClassApplicationInformation: Uint8Array.of(1),
      },
      {
        type: "user-identity-rq",
        userIdentityType: 1,
        positiveResponseRequested: true,
        primaryField: Uint8Array.of(0x75),
        secondaryField: new Uint8Array(0),
      },
    ],
  });
  assert.deepEqual(userInformation.map(({ type }) => type), [
    "maximum-length",
    "implementation-class-uid",
    "implementation-version-name",
  ]);
});

Deno.test("answerRequest() answers every context of any request by its ID, in order, as bytes", () => {
  const uid = fc.constantFrom(VERIFICATION, ILE, ELE, JPEG, "", "1.2", "\xff\0");
  const context = fc.record({
    id: fc.integer({ min: 0, max: 255 }),
    abstractSyntax: fc.option(uid, { nil: undefined }),
    transferSyntaxes: fc.array(uid, { maxLength: 5 }),
  });
  const contexts = fc.array(context, { minLength: 1, maxLength: 200 });
  fc.assert(fc.property(contexts, (presentationContexts) => {
    const answer = accepted({ presentationContexts });
    assert.deepEqual(
      answer.presentationContexts.map(({ id }) => id),
      presentationContexts.map(({ id }) => id),
    );
    assert.deepEqual(decodePdu(encodePdu(answer)), answer);
  }));
});
