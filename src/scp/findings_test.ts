import assert from "node:assert/strict";
import type { AssociateRq, ProposedContext, UserItem } from "../pdu/types.ts";
import { answerRequest } from "./acceptor.ts";
import { findingsOf, type RequestFinding } from "./findings.ts";

const VERIFICATION = "1.2.840.10008.1.1";

function context(id: number, changes: Partial<ProposedContext> = {}): ProposedContext {
  return { id, abstractSyntax: VERIFICATION, transferSyntaxes: ["1.2.840.10008.1.2"], ...changes };
}

function found(
  contexts: readonly ProposedContext[],
  userInformation: readonly UserItem[] = [],
): readonly RequestFinding[] {
  const request: AssociateRq = {
    type: "A-ASSOCIATE-RQ",
    protocolVersion: 1,
    calledAeTitle: "YOU",
    callingAeTitle: "ME",
    applicationContextName: "1.2.840.10008.3.1.1.1",
    presentationContexts: contexts,
    userInformation,
    unrecognizedItems: [],
  };
  const answer = answerRequest(request, { maximumLength: 16_384, isFull: false });
  return findingsOf(request, answer.type === "A-ASSOCIATE-AC" ? answer : undefined);
}

function role(scuRole: number, scpRole: number): UserItem {
  return { type: "role-selection", sopClassUid: VERIFICATION, scuRole, scpRole };
}

Deno.test("findingsOf() finds nothing odd about usual requests", () => {
  assert.deepEqual(found([context(1)]), []);
  assert.deepEqual(found([context(1), context(3, { abstractSyntax: "1.2.3" })]), []);
  assert.deepEqual(found([context(1)], [role(1, 0)]), []);
  assert.deepEqual(found([context(1)], [role(1, 1)]), []);
  assert.deepEqual(found([context(1), context(3, { transferSyntaxes: ["1.2.3"] })]), []);
});

Deno.test("findingsOf() finds even and doubled context IDs, once each", () => {
  assert.deepEqual(found([context(2), context(2), context(0), context(1), context(1)]), [
    { kind: "even-context-id", ids: [2, 0] },
    { kind: "doubled-context-id", ids: [2, 1] },
  ]);
});

Deno.test("findingsOf() finds a requestor that does not want to be SCU", () => {
  for (const [scu, scp] of [[0, 1], [0, 0]] as const) {
    assert.deepEqual(found([context(1)], [role(scu, scp)]), [{ kind: "scp-role-only" }]);
  }
});

Deno.test("findingsOf() finds that Verification is missing, or cannot be spoken", () => {
  assert.deepEqual(found([context(1, { abstractSyntax: "1.2.3" })]), [
    { kind: "no-verification", others: 1 },
  ]);
  assert.deepEqual(found([context(1, { transferSyntaxes: ["1.2.840.10008.1.2.4.70"] })]), [
    { kind: "no-uncompressed-syntax" },
  ]);
  assert.deepEqual(found([]), []);
});

Deno.test("findingsOf() finds a user identity that wants an answer", () => {
  const identity = (positiveResponseRequested: boolean): UserItem => ({
    type: "user-identity-rq",
    userIdentityType: 5,
    positiveResponseRequested,
    primaryField: new Uint8Array(3),
    secondaryField: new Uint8Array(0),
  });
  assert.deepEqual(found([context(1)], [identity(false)]), []);
  assert.deepEqual(found([context(1)], [identity(true)]), [
    { kind: "identity-answer-wanted", identityType: 5 },
  ]);
});
