/** Reading a request and its answer together (PS3.8 9.3.2, 9.3.3). */

import type { AssociateAc, ContextResult, UserItem } from "./types.ts";

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
