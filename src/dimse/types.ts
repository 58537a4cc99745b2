/** DIMSE command sets (PS3.7 section 6.3 and 9.3) as values. */

/** One element of a command set: group 0000 by the standard, but others are kept when a peer sends them. */
export interface CommandElement {
  readonly group: number;
  readonly element: number;
  readonly value: Uint8Array;
}

/** A command set as it stands on the wire: elements in their order (Implicit VR Little Endian). */
export interface CommandSet {
  readonly elements: readonly CommandElement[];
}

/** C-ECHO-RQ (PS3.7 9.3.5.1, Table 9.3-12). */
export interface CEchoRq {
  readonly type: "C-ECHO-RQ";
  readonly affectedSopClassUid: string;
  /** 0..65535. */
  readonly messageId: number;
}

/** C-ECHO-RSP (PS3.7 9.3.5.2, Table 9.3-13). */
export interface CEchoRsp {
  readonly type: "C-ECHO-RSP";
  /** `undefined` when the peer left it out. */
  readonly affectedSopClassUid: string | undefined;
  readonly messageIdBeingRespondedTo: number;
  /** 0000H is Success; others: PS3.7 Annex C. */
  readonly status: number;
}
