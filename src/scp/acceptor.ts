/**
 * How an A-ASSOCIATE-RQ is answered: a pure function of the request and of our policy.
 *
 * Only Verification is served. Of what may be negotiated next to the contexts we answer the roles, since a requestor
 * that asks for its own default role may wait for an answer (PS3.7 D.3.3.4). We leave out, as PS3.7 D.3.3.3, D.3.3.5
 * and D.3.3.7 allow: asynchronous operations (the default of one at a time stays), extended negotiation, and the
 * answer to a user identity. That answer would say that we know the user, but nobody is authenticated here; a
 * requestor that insists on it can see that it is missing.
 */

import { lastItem } from "../association/mod.ts";
import {
  APPLICATION_CONTEXT_NAME,
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
  IMPLICIT_VR_LITTLE_ENDIAN,
  VERIFICATION_SOP_CLASS,
} from "../dicom/mod.ts";
import type {
  AssociateAc,
  AssociateRj,
  AssociateRq,
  ContextResult,
  ProposedContext,
  RoleSelectionItem,
  UserItem,
} from "../pdu/types.ts";
import { trimEndOf } from "../common/trim.ts";

/** What an answer depends on besides the request. */
export interface AcceptorPolicy {
  /** Maximum length to announce, in bytes (PS3.8 D.1). */
  readonly maximumLength: number;
  /** Whether as many associations are established as may be. */
  readonly isFull: boolean;
}

/**
 * The uncompressed transfer syntaxes (PS3.5 10.1, A.1 to A.3). A C-ECHO has no data set, so that none of them has to
 * be understood; deflated is left out because it is a compression, and nobody offers it alone.
 */
const UNCOMPRESSED: ReadonlySet<string> = new Set([
  IMPLICIT_VR_LITTLE_ENDIAN,
  "1.2.840.10008.1.2.1",
  "1.2.840.10008.1.2.2",
]);

/** Our rejections (PS3.8 9.3.4, Table 9-21). */
const REJECTIONS = {
  /** Service user: no reason given. */
  "no-contexts": { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 1 },
  /** Service user: application context name not supported. */
  "application-context": { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 2 },
  /** Service provider (ACSE): protocol version not supported. */
  "protocol-version": { type: "A-ASSOCIATE-RJ", result: 1, source: 2, reason: 2 },
  /** Transient; service provider (presentation): local limit exceeded. */
  "local-limit": { type: "A-ASSOCIATE-RJ", result: 2, source: 3, reason: 2 },
} as const satisfies Record<string, AssociateRj>;

/** Accepts or rejects `request`. AE titles are not judged: everybody may ask, and blank ones are taken. */
export function answerRequest(
  request: AssociateRq,
  policy: AcceptorPolicy,
): AssociateAc | AssociateRj {
  if ((request.protocolVersion & 1) === 0) return REJECTIONS["protocol-version"];
  if (uidOf(request.applicationContextName ?? "") !== APPLICATION_CONTEXT_NAME) {
    return REJECTIONS["application-context"];
  }
  if (request.presentationContexts.length === 0) return REJECTIONS["no-contexts"];
  if (policy.isFull) return REJECTIONS["local-limit"];
  return accept(request, policy.maximumLength);
}

function accept(request: AssociateRq, maximumLength: number): AssociateAc {
  const role = answeredRole(request.userInformation);
  return {
    type: "A-ASSOCIATE-AC",
    protocolVersion: 1,
    calledAeTitle: request.calledAeTitle,
    callingAeTitle: request.callingAeTitle,
    applicationContextName: APPLICATION_CONTEXT_NAME,
    presentationContexts: request.presentationContexts.map((context) =>
      answerContext(context, { isScuRefused: role?.scuRole === 0 })
    ),
    userInformation: [
      { type: "maximum-length", maximumLength },
      { type: "implementation-class-uid", implementationClassUid: IMPLEMENTATION_CLASS_UID },
      ...(role === undefined ? [] : [role]),
      {
        type: "implementation-version-name",
        implementationVersionName: IMPLEMENTATION_VERSION_NAME,
      },
    ],
    unrecognizedItems: [],
  };
}

/**
 * The answer for one context (PS3.8 9.3.3.2, Table 9-18): the first transfer syntax proposed that we support.
 *
 * Each item is answered by itself, also where a faulty requestor uses an ID twice. An even ID cannot be used (7.1.1.13).
 */
function answerContext(
  context: ProposedContext,
  { isScuRefused }: { readonly isScuRefused: boolean },
): ContextResult {
  const { id } = context;
  if (id % 2 === 0) return { id, result: "no-reason" };
  if (uidOf(context.abstractSyntax ?? "") !== VERIFICATION_SOP_CLASS) {
    return { id, result: "abstract-syntax-not-supported" };
  }
  if (isScuRefused) return { id, result: "user-rejection" };
  const transferSyntax = context.transferSyntaxes.map(uidOf).find((uid) => UNCOMPRESSED.has(uid));
  return transferSyntax === undefined
    ? { id, result: "transfer-syntaxes-not-supported" }
    : { id, result: "acceptance", transferSyntax };
}

/**
 * The roles for Verification, when the requestor asked (PS3.7 D.3.3.4): it may be SCU if it proposed to, never SCP.
 *
 * A requestor that does not want to be SCU has no role left; its contexts are refused.
 */
function answeredRole(items: readonly UserItem[]): RoleSelectionItem | undefined {
  const proposed = items.filter((item): item is RoleSelectionItem =>
    item.type === "role-selection" && uidOf(item.sopClassUid) === VERIFICATION_SOP_CLASS
  );
  const role = lastItem(proposed, "role-selection");
  if (role === undefined) return undefined;
  return {
    type: "role-selection",
    sopClassUid: VERIFICATION_SOP_CLASS,
    scuRole: role.scuRole === 0 ? 0 : 1,
    scpRole: 0,
  };
}

/** A UID without the padding that some requestors add as if it stood in a data set. */
export function uidOf(uid: string): string {
  return trimEndOf(uid, "\0 ");
}
