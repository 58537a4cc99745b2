/** The ways in which a peer can break the protocol. */

import type { DimseDefect } from "../dimse/mod.ts";
import type { PduDefect, PduHeader } from "../pdu/types.ts";

/** What a peer did that the standard forbids, or that leaves no way on. */
export type Violation =
  /** Bytes that are no PDU. */
  | { readonly kind: "pdu"; readonly defect: PduDefect }
  /** A PDU that may not come now; our A-ABORT went out. */
  | { readonly kind: "unexpected-pdu"; readonly header: PduHeader }
  /** A release request while an answer is due. */
  | { readonly kind: "release-requested" }
  /** Data while the release is awaited. */
  | { readonly kind: "late-data" }
  /** A response that is not a C-ECHO-RSP for our request, or a maximum length that leaves no room for a request. */
  | { readonly kind: "dimse"; readonly defect: DimseDefect }
  /** The accepted contexts are none that we proposed. */
  | { readonly kind: "context-not-proposed"; readonly abstractSyntax: string }
  /** One context was accepted and refused. */
  | { readonly kind: "context-contradicted"; readonly id: number }
  /** An accepted context has a transfer syntax that nobody can use. */
  | { readonly kind: "transfer-syntax"; readonly uid: string }
  /** An association that was already aborted cannot be aborted. */
  | { readonly kind: "already-aborted" };
