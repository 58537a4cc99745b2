/** What the upper layer reports while it works; readers of these events cannot change the outcome. */

import type { PduHeader, PduWarning } from "../pdu/types.ts";
import type { ActionName, EventName, StateName } from "./transitions.ts";

/** One cell of PS3.8 Table 9-10. */
export interface TransitionCell {
  /** The column. */
  readonly state: StateName;
  /** The row. */
  readonly event: EventName;
  /** What is there. */
  readonly action: ActionName;
}

/** A typed event of the upper layer. */
export type AssociationEvent =
  /** A transition of PS3.8 Table 9-10 was taken. */
  | ({ readonly type: "transition" } & TransitionCell)
  /** The six bytes of a PDU header arrived. */
  | {
    readonly type: "pdu-header";
    readonly header: PduHeader;
    /** The header as it came. */
    readonly bytes: Uint8Array;
    /** The transition that the PDU makes unless it turns out to be invalid; `undefined` when its header is. */
    readonly cell: TransitionCell | undefined;
  }
  /** A whole PDU arrived; its bytes are not decoded yet. */
  | { readonly type: "pdu-received"; readonly header: PduHeader; readonly bytes: Uint8Array }
  /** Something in a PDU was tolerated. */
  | { readonly type: "pdu-warning"; readonly warning: PduWarning }
  /** A PDU is about to be written. */
  | { readonly type: "pdu-sent"; readonly bytes: Uint8Array };

/** Takes the events of the upper layer. */
export type AssociationTrace = (event: AssociationEvent) => void;
