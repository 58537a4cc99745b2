/** What a check reports of the user identity that it sends (PS3.7 D.3.3.7). */

import { lastItem, loadUserIdentityMask } from "../association/mod.ts";
import type { AssociateAc } from "../pdu/types.ts";
import type { CheckEnvironment } from "./environment.ts";
import type { CheckTrace } from "./events.ts";
import type { Session } from "./session.ts";
import type { Check } from "./types.ts";

/** The trace of the upper layer, with the secrets of an identity masked in the bytes of PDUs: they are for the peer only. */
export async function upperLayerTrace(
  { userIdentity }: Check,
  { trace }: Pick<CheckEnvironment, "trace">,
): Promise<CheckTrace> {
  if (userIdentity === undefined) return trace;
  const { maskUserIdentity } = await loadUserIdentityMask();
  return (event) =>
    trace(
      event.type === "pdu-sent" || event.type === "pdu-received"
        ? { ...event, bytes: maskUserIdentity(event.bytes) }
        : event,
    );
}

/** Reports what came of the identity, if one was sent. */
export function announceIdentity({ check, environment }: Session, answer: AssociateAc): void {
  if (check.userIdentity === undefined) return;
  const { userIdentityType, positiveResponseRequested } = check.userIdentity;
  environment.trace({
    type: "user-identity-taken",
    userIdentityType,
    positiveResponseRequested,
    answerBytes: lastItem(answer.userInformation, "user-identity-ac")?.serverResponse.length,
  });
}
