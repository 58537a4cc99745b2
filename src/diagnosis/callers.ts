/**
 * Why the answering side refused or lost a caller, and what to try: a table of situations like that of checks.
 *
 * A caller's side is `peer`; what our own options decide is `user`.
 */

import type { ConnectionEnd, ConnectionRecord } from "../scp/mod.ts";
import { escapeControls, shortened } from "../common/visible.ts";
import { firstBytesOf, isText } from "./banner.ts";
import { type CallerDiagnosis, callerOf, type CallerWords } from "./caller_types.ts";
import { CALLER_SITUATIONS } from "./situations_callers.ts";

/** The situation in which a connection ended, and what to try; `undefined` when all went well. */
export function diagnoseCaller(record: ConnectionRecord): CallerDiagnosis | undefined {
  const situation = CALLER_SITUATIONS.find((row) => row.applies(record));
  if (situation === undefined) return undefined;
  const { id, title, fault, hint } = situation;
  return { situation: id, title, fault, hint: hint(wordsOf(record)) };
}

function wordsOf(record: ConnectionRecord): CallerWords {
  const { end, findings } = record;
  const ids = findings.flatMap((one) => "ids" in one ? one.ids : []);
  return {
    protocol: callerOf(end) ?? "",
    ids: ids.slice(0, 8).join(", "),
    limit: end.type === "timed-out" ? `${end.seconds} s` : "",
    finding: end.type === "violation" ? clauseOf(end.violation) : "",
  };
}

function clauseOf(violation: Extract<ConnectionEnd, { type: "violation" }>["violation"]): string {
  if (violation.kind === "pdu" && violation.defect.kind === "unrecognized-type") {
    const bytes = escapeControls(firstBytesOf(violation.head));
    return isText(violation.head) ? `"${bytes}"` : bytes;
  }
  if (violation.kind === "pdu" && violation.defect.kind === "too-long") {
    return `${violation.defect.length} bytes, at most ${violation.defect.maximum}`;
  }
  return "message" in violation ? shortened(escapeControls(violation.message), 250) : "";
}
