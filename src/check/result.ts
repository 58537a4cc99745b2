/** What is known of a check while it runs, and the result that it becomes. */

import { lastItem, peerMaximumLength } from "../association/mod.ts";
import { beforeNul } from "../dicom/mod.ts";
import type { AssociateAc } from "../pdu/types.ts";
import type { ByteStream } from "../transport/types.ts";
import { trimEndOf } from "../common/trim.ts";
import type { EchoRecord } from "./echo_record.ts";
import type { CheckFailure, EndingFailure } from "./errors.ts";
import type { Stopwatch } from "./stopwatch.ts";
import type { AcceptedAssociation, Check, CheckedTls, CheckResult } from "./types.ts";

/** Everything known so far; becomes the result. */
export interface Facts extends EchoRecord {
  local?: ByteStream["local"];
  remote?: ByteStream["remote"];
  tls?: CheckedTls;
  association?: AcceptedAssociation;
  error?: CheckFailure;
  endingError?: EndingFailure;
}

/** What the acceptor said of itself and of the contexts. */
export function acceptedAssociation(answer: AssociateAc): AcceptedAssociation {
  const items = answer.userInformation;
  const uid = lastItem(items, "implementation-class-uid")?.implementationClassUid;
  const version = lastItem(items, "implementation-version-name")?.implementationVersionName;
  const identity = lastItem(items, "user-identity-ac");
  return {
    implementationClassUid: uid === undefined ? undefined : textOf(uid),
    implementationVersionName: version === undefined ? undefined : textOf(version),
    peerMaximumLength: peerMaximumLength(answer),
    ...rolesOf(items),
    ...(identity === undefined
      ? {}
      : { userIdentityAnswer: { lengthBytes: identity.serverResponse.length } }),
    contexts: answer.presentationContexts.map((context) =>
      context.result === "acceptance"
        ? { ...context, transferSyntax: textOf(context.transferSyntax) }
        : context
    ),
  };
}

function rolesOf(items: AssociateAc["userInformation"]): Pick<AcceptedAssociation, "roles"> {
  const roles = items.flatMap((item) => {
    if (item.type !== "role-selection") return [];
    const { type: _, ...role } = item;
    return [{ ...role, sopClassUid: textOf(role.sopClassUid) }];
  });
  return roles.length === 0 ? {} : { roles };
}

/** What a peer's text says: it ends at its first NUL as in the reference, and blanks at its end are padding. */
function textOf(byteString: string): string {
  return trimEndOf(beforeNul(byteString), " ");
}

/** The result of a check that is over. */
export function resultOf(
  check: Check,
  state: { readonly facts: Facts; readonly stopwatch: Stopwatch },
): CheckResult {
  const { error, endingError, failedEcho: _, ...known } = state.facts;
  const { elapsedMs, timings } = state.stopwatch;
  const fields = { check, elapsedMs, timings, ...known };
  if (error === undefined) {
    return endingError === undefined
      ? { outcome: "verified", ...fields }
      : { outcome: "verified", endingError, ...fields };
  }
  if (endingError === undefined) return { outcome: "failed", error, ...fields };
  return { outcome: "failed", error, endingError, ...fields };
}
