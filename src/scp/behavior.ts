/** What an answering side does other than a good one, so that its callers can be tested. */

import type { AssociateRj } from "../pdu/types.ts";

/** Each is absent where it was not asked for. */
export interface Behavior {
  /** Called AE titles that are accepted, without blanks around them; others are rejected with 1/1/7. */
  readonly acceptTitles?: readonly string[];
  /** Every association is rejected so. */
  readonly reject?: Pick<AssociateRj, "result" | "source" | "reason">;
  /** Status of every answer to a C-ECHO: 0 to 65535. */
  readonly status?: number;
  /** Wait before each answer, to the request and to each echo, in seconds. */
  readonly delaySeconds?: number;
  /** Abort after so many echoes; 0: once the association is accepted. */
  readonly abortAfter?: number;
  /** Close the connection in place of answering the request. */
  readonly drop?: true;
}

/** Called AE title not recognized, by the service user (PS3.8 Table 9-21). */
const UNKNOWN_TITLE = { result: 1, source: 1, reason: 7 } as const;

/** The rejection that `behavior` asks for, and why; `undefined`: none. */
export function rejectionBy(
  { reject, acceptTitles }: Behavior,
  calledAeTitle: string,
): { readonly answer: AssociateRj; readonly why: "asked" | "title" } | undefined {
  if (reject !== undefined) return { answer: { type: "A-ASSOCIATE-RJ", ...reject }, why: "asked" };
  if (acceptTitles === undefined || acceptTitles.includes(calledAeTitle.trim())) return undefined;
  return { answer: { type: "A-ASSOCIATE-RJ", ...UNKNOWN_TITLE }, why: "title" };
}
