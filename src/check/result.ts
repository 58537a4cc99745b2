/** What is known of a check while it runs, and the result that it becomes. */

import { lastItem, peerMaximumLength } from "../association/mod.ts";
import type { AssociateAc } from "../pdu/types.ts";
import type { ByteStream } from "../transport/types.ts";
import type { EchoRecord } from "./echo_record.ts";
import type { CheckFailure, EndingFailure } from "./errors.ts";
import type { Stopwatch } from "./stopwatch.ts";
import type { AcceptedAssociation, Check, CheckedTls, CheckResult } from "./types.ts";

/** Everything known so far; becomes the result. */
export interface Facts extends EchoRecord {
  remote?: ByteStream["remote"];
  tls?: CheckedTls;
  association?: AcceptedAssociation;
  error?: CheckFailure;
  endingError?: EndingFailure;
}

/** What the acceptor said of itself and of the contexts. */
export function acceptedAssociation(answer: AssociateAc): AcceptedAssociation {
  const items = answer.userInformation;
  return {
    implementationClassUid: lastItem(items, "implementation-class-uid")?.implementationClassUid,
    implementationVersionName: lastItem(items, "implementation-version-name")
      ?.implementationVersionName,
    peerMaximumLength: peerMaximumLength(answer),
    contexts: answer.presentationContexts,
  };
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
