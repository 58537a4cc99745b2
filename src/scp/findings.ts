/**
 * What is odd about an association request, whether or not it was accepted: a pure function of request and answer.
 *
 * The standard wants unique odd context IDs (PS3.8 7.1.1.13, 9.3.2.2), and of a requestor that verifies us to be SCU
 * (PS3.7 D.3.3.4, PS3.4 A.2). DCMTK's storescp takes even IDs, the first of two items with one ID, and a requestor that
 * offers to be SCP only; others do not. Here such requestors are refused or answered item by item, and told why, since
 * it is better to find out from us than from an archive.
 */

import { lastItem } from "../association/mod.ts";
import { VERIFICATION_SOP_CLASS } from "../dicom/mod.ts";
import type { AssociateAc, AssociateRq } from "../pdu/types.ts";
import { uidOf } from "./acceptor.ts";

/** One thing that is odd. */
export type RequestFinding =
  /** Context IDs that are even. */
  | { readonly kind: "even-context-id"; readonly ids: readonly number[] }
  /** Context IDs that are there more than once. */
  | { readonly kind: "doubled-context-id"; readonly ids: readonly number[] }
  /** For Verification the requestor offers to be SCP, and not SCU. */
  | { readonly kind: "scp-role-only" }
  /** No context for Verification; so many others. */
  | { readonly kind: "no-verification"; readonly others: number }
  /** Verification is proposed, in none of the transfer syntaxes that we take. */
  | { readonly kind: "no-uncompressed-syntax" }
  /** A user identity that wants to be answered, which nobody here does. */
  | { readonly kind: "identity-answer-wanted"; readonly identityType: number };

/** Everything that is odd about `request`, in the order it should be put right. */
export function findingsOf(
  request: AssociateRq,
  answer: AssociateAc | undefined,
): readonly RequestFinding[] {
  const { presentationContexts: contexts, userInformation } = request;
  const ids = contexts.map(({ id }) => id);
  const even = unique(ids.filter((id) => id % 2 === 0));
  const doubled = unique(ids.filter((id, at) => ids.indexOf(id) !== at));
  const role = userInformation.findLast((item) =>
    item.type === "role-selection" && uidOf(item.sopClassUid) === VERIFICATION_SOP_CLASS
  );
  const verifying = contexts.filter(({ abstractSyntax }) =>
    uidOf(abstractSyntax ?? "") === VERIFICATION_SOP_CLASS
  );
  const isSyntaxRefused = answer?.presentationContexts.some(({ result }) =>
    result === "transfer-syntaxes-not-supported"
  );
  const identity = lastItem(userInformation, "user-identity-rq");
  const findings: (RequestFinding | false | undefined)[] = [
    even.length > 0 && { kind: "even-context-id", ids: even },
    doubled.length > 0 && { kind: "doubled-context-id", ids: doubled },
    role?.type === "role-selection" && role.scuRole === 0 && { kind: "scp-role-only" },
    contexts.length > 0 && verifying.length === 0 &&
    { kind: "no-verification", others: contexts.length },
    isSyntaxRefused && !isAnyAccepted(answer) && { kind: "no-uncompressed-syntax" },
    identity?.positiveResponseRequested &&
    { kind: "identity-answer-wanted", identityType: identity.userIdentityType },
  ];
  return findings.filter((finding) => finding !== false && finding !== undefined);
}

function isAnyAccepted(answer: AssociateAc | undefined): boolean {
  return answer?.presentationContexts.some(({ result }) => result === "acceptance") ?? false;
}

function unique(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)];
}
