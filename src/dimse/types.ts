/** DIMSE command sets (PS3.7 section 6.3 and 9.3) as values. */

/** One element of a command set: group 0000 by the standard, but others are kept when a peer sends them. */
export interface CommandElement {
  /** Group number, the first half of the tag. */
  readonly group: number;
  /** Element number, the second half of the tag. */
  readonly element: number;
  /** The value as it came; for a sequence of undefined length its items without the delimiter. */
  readonly value: Uint8Array;
  /** Set for a sequence that came with undefined length. */
  readonly hasUndefinedLength?: true;
  /** The length field of a last element whose value did not come at all. */
  readonly missingLength?: number;
}

/** A command set as it is on the wire: elements in their order (Implicit VR Little Endian). */
export interface CommandSet {
  /** The elements, duplicates and those of other groups included. */
  readonly elements: readonly CommandElement[];
}

/** C-ECHO-RQ (PS3.7 9.3.5.1, Table 9.3-12). */
export interface CEchoRq {
  /** The message in the standard's words. */
  readonly type: "C-ECHO-RQ";
  /** The SOP class to be verified: Verification. */
  readonly affectedSopClassUid: string;
  /** 0..65535. */
  readonly messageId: number;
}

/** C-ECHO-RSP (PS3.7 9.3.5.2, Table 9.3-13). */
export interface CEchoRsp {
  /** The message in the standard's words. */
  readonly type: "C-ECHO-RSP";
  /** `undefined` when the peer left it out. */
  readonly affectedSopClassUid: string | undefined;
  /** Message ID of the request, 0..65535. */
  readonly messageIdBeingRespondedTo: number;
  /** 0000H is Success; others: PS3.7 Annex C. */
  readonly status: number;
}

/** The tag of a command element. */
export interface CommandTag {
  /** Group number: 0000 by the standard. */
  readonly group: number;
  /** Element number. */
  readonly element: number;
}

/** What is wrong with a command set, or with the PDVs that carry it. */
export type DimseDefect =
  /** An element is longer than the data: `remaining` bytes are left for its value. */
  | (
    & { readonly kind: "element-too-long"; readonly length: number; readonly remaining: number }
    & CommandTag
  )
  /** A command element that is not a sequence has undefined length. */
  | ({ readonly kind: "undefined-length" } & CommandTag)
  /** A sequence of undefined length does not end, or holds something other than items (`found`). */
  | ({ readonly kind: "sequence"; readonly found?: CommandTag } & CommandTag)
  /** An item, or the delimiter of a sequence, where an element is due. */
  | ({ readonly kind: "unexpected-tag" } & CommandTag)
  /** No command field (0000,0100), or an empty one. */
  | { readonly kind: "missing-command-field" }
  /** A command field that PS3.7 Annex E does not define. */
  | { readonly kind: "unknown-command"; readonly commandField: number }
  /** A mandatory element of the command is missing, empty, or a UID longer than 64 bytes. */
  | ({ readonly kind: "missing-element"; readonly keyword: string } & CommandTag)
  /** The data set type says that a data set follows where none may, or the other way round. */
  | {
    readonly kind: "data-set-type";
    /** The command in the reference's words: `C-Echo RSP`. */
    readonly command: string;
    /** What the command must have. */
    readonly expected: "present" | "absent";
    readonly dataSetType: number;
  }
  /** A known command, but not the one that is due. */
  | { readonly kind: "unexpected-command"; readonly commandField: number }
  /** The response answers another request. */
  | {
    readonly kind: "unexpected-message-id";
    readonly messageId: number;
    readonly expected: number;
  }
  /** A later PDV of a command came on another context than the first. */
  | { readonly kind: "different-contexts"; readonly first: number; readonly other: number }
  /** The command came on a context that is not accepted. */
  | { readonly kind: "context-not-accepted"; readonly contextId: number }
  /** A data set PDV where a command PDV is due. */
  | { readonly kind: "command-pdv-expected"; readonly contextId: number }
  /** A command that grows beyond what we take. */
  | { readonly kind: "command-too-long"; readonly maximum: number }
  /** A command in more fragments than we take, none of them the last. */
  | { readonly kind: "too-many-fragments"; readonly maximum: number }
  /** The acceptor's maximum length leaves no room for data: 1 to 13. */
  | { readonly kind: "maximum-length-too-small"; readonly maximumLength: number };

/** What is wrong with a command set and taken all the same, as the reference does. */
export type DimseWarning =
  /** The length of an element is odd. */
  | ({ readonly kind: "odd-length" } & CommandTag)
  /** An element comes after one with a greater tag. */
  | ({ readonly kind: "not-ascending" } & CommandTag)
  /** An element comes a second time; the first one counts. */
  | ({ readonly kind: "duplicate" } & CommandTag)
  /** An element of a group that no data set has: 0001, 0002, 0003, 0005, 0007, FFFF (PS3.5 7.1). */
  | ({ readonly kind: "invalid-group" } & CommandTag)
  /** An element of undefined length that is not a command element: read as a sequence. */
  | ({ readonly kind: "assumed-sequence" } & CommandTag)
  /** The value of the last element, so many bytes, did not come at all. */
  | ({ readonly kind: "value-missing"; readonly length: number } & CommandTag)
  /** A UID holds white space, which is not part of it. */
  | ({ readonly kind: "uid-spaces" } & CommandTag);
