/** Which A-ABORT reason answers which violation. */

import { unreachable } from "../errors.ts";
import type { Abort, PduDefect } from "../pdu/types.ts";
import type { StateName } from "./transitions.ts";

/**
 * The A-ABORT that meets a violation in `state`: before a request came it is the service user's, without a reason
 * (AA-1, PS3.8 Table 9-9); later the service provider's (AA-8).
 */
export function abortIn(state: StateName, reason: number): Abort {
  return state === "Sta2"
    ? { type: "A-ABORT", source: 0, reason: 0 }
    : { type: "A-ABORT", source: 2, reason };
}

/** Reason/Diag. of an A-ABORT with source 2, service provider (PS3.8 9.3.8, Table 9-26). */
export function abortReason(defect: PduDefect): number {
  switch (defect.kind) {
    case "unrecognized-type":
      return 1;
    case "ill-formed":
    case "subitem-too-long":
    case "user-identity-too-short":
    case "user-identity-mismatch":
    case "protocol-version":
    case "transfer-syntax-count":
    case "too-long":
    case "too-many-items":
    case "no-pdv":
    case "pdv-length":
    case "pdv-sum":
    case "truncated":
      return 6;
    default:
      return unreachable(defect);
  }
}
