/** Which of the accepted contexts may be used (PS3.8 7.1, 9.3.3). */

import { beforeNul } from "../dicom/mod.ts";
import { answerFor, type AssociateAc, type AssociateRq } from "../pdu/mod.ts";

/** A context that may be used, or why none may. */
export type UsableContext =
  | { readonly type: "usable"; readonly id: number; readonly transferSyntax: string }
  /** Nothing was accepted at all. */
  | { readonly type: "none-accepted" }
  /** Something was accepted, but nothing that we proposed. */
  | { readonly type: "not-proposed" }
  /** The first one accepted was refused by a later answer for the same ID. */
  | { readonly type: "contradicted"; readonly id: number };

/**
 * Chooses the context for `abstractSyntax`: the first one in the order of the acceptor's list that is accepted and
 * was proposed (the reference's rule; PS3.8 leaves the choice open).
 */
export function usableContext(
  request: AssociateRq,
  answer: AssociateAc,
): UsableContext {
  const accepted = answer.presentationContexts.filter((c) => c.result === "acceptance");
  if (accepted.length === 0) return { type: "none-accepted" };
  for (const context of accepted) {
    if (!request.presentationContexts.some((proposed) => proposed.id === context.id)) continue;
    const last = answerFor(answer, context.id);
    if (last?.result !== "acceptance") return { type: "contradicted", id: context.id };
    return { type: "usable", id: context.id, transferSyntax: beforeNul(last.transferSyntax) };
  }
  return { type: "not-proposed" };
}
