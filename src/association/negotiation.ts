/** What both sides agreed on: reading a request and its answer together (PS3.8 7.1, 9.3.3). */

import type { AssociateAc, AssociateRq, ContextResult, UserItem } from "../pdu/types.ts";

/** The last user item of a type; the reference lets later values win. */
export function lastItem<T extends UserItem["type"]>(
  items: readonly UserItem[],
  type: T,
): Extract<UserItem, { type: T }> | undefined {
  return items.findLast((item): item is Extract<UserItem, { type: T }> => item.type === type);
}

/** The peer's maximum length received (PS3.8 D.1); 0 = unlimited, also when it sent none. */
export function peerMaximumLength(answer: AssociateAc): number {
  return lastItem(answer.userInformation, "maximum-length")?.maximumLength ?? 0;
}

/** What became of one proposed context: the last answer counts, `undefined` when there was none. */
export function answerFor(answer: AssociateAc | undefined, id: number): ContextResult | undefined {
  return answer?.presentationContexts.findLast((context) => context.id === id);
}

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
    return { type: "usable", id: context.id, transferSyntax: last.transferSyntax };
  }
  return { type: "not-proposed" };
}
