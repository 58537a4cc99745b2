/**
 * Why the answering side refused or lost a caller, and what to try: a table of situations like that of checks.
 *
 * A caller's side is `peer`; what our own options decide is `user`.
 */

import type { ConnectionRecord } from "../scp/mod.ts";
import type { CallerDiagnosis } from "./caller_types.ts";
import { CALLER_SITUATIONS } from "./situations_callers.ts";

/** The situation in which a connection ended, and what to try; `undefined` when all went well. */
export function diagnoseCaller(record: ConnectionRecord): CallerDiagnosis | undefined {
  const situation = CALLER_SITUATIONS.find((row) => row.matches(record));
  if (situation === undefined) return undefined;
  const { id, title, fault, hint } = situation;
  return { situation: id, title, fault, hint: hint.said({ of: record, speech: "options" }) };
}
