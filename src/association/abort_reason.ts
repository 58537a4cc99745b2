/** Which A-ABORT reason answers which violation. */

import { unreachable } from "../errors.ts";
import type { PduDefect } from "../pdu/types.ts";

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
