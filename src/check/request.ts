/** The A-ASSOCIATE-RQ of a check (PS3.8 9.3.2, PS3.7 Annex D). */

import {
  APPLICATION_CONTEXT_NAME,
  contextIdAt,
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
  VERIFICATION_SOP_CLASS,
} from "../dicom/mod.ts";
import type { AssociateRq } from "../pdu/types.ts";
import type { Check, ProposedContents } from "./types.ts";

/** The request that `check` asks for: Verification in every context, always the same transfer syntaxes. */
export function associateRequest(check: Check): AssociateRq {
  return {
    type: "A-ASSOCIATE-RQ",
    protocolVersion: 1,
    calledAeTitle: check.calledAeTitle,
    callingAeTitle: check.callingAeTitle,
    applicationContextName: APPLICATION_CONTEXT_NAME,
    presentationContexts: (check.proposals ?? verification(check)).map((contents, index) => ({
      id: contextIdAt(index),
      ...contents,
    })),
    userInformation: [
      { type: "maximum-length", maximumLength: check.maximumLength },
      {
        type: "implementation-class-uid",
        implementationClassUid: IMPLEMENTATION_CLASS_UID,
      },
      {
        type: "implementation-version-name",
        implementationVersionName: IMPLEMENTATION_VERSION_NAME,
      },
      ...(check.roles ?? []).map((role) => ({ type: "role-selection", ...role } as const)),
      ...(check.userIdentity === undefined
        ? []
        : [{ type: "user-identity-rq", ...check.userIdentity } as const]),
    ],
    unrecognizedItems: [],
  };
}

function verification({ contexts, transferSyntaxes }: Check): readonly ProposedContents[] {
  return Array.from({ length: contexts }, () => ({
    abstractSyntax: VERIFICATION_SOP_CLASS,
    transferSyntaxes,
  }));
}
