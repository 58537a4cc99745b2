/** Value representations that occur in command sets (PS3.5 6.2). */
export type CommandVr = "AE" | "AT" | "CS" | "IS" | "LO" | "LT" | "SH" | "UI" | "UL" | "US";

/** What is known of one element of group 0000. */
export interface CommandDictionaryEntry {
  /** Value representation. */
  readonly vr: CommandVr;
  /** Keyword as the reference prints it: retired ones begin with `RETIRED_`. */
  readonly keyword: string;
}

/** What the reference calls an element that nobody knows. */
export const UNKNOWN_KEYWORD = "Unknown Tag & Data";

/** The elements of group 0000 by element number (PS3.7 Annex E), with the reference's keywords. */
export const COMMAND_DICTIONARY: Readonly<Record<number, CommandDictionaryEntry>> = {
  0x0000: { vr: "UL", keyword: "CommandGroupLength" },
  0x0001: { vr: "UL", keyword: "RETIRED_CommandLengthToEnd" },
  0x0002: { vr: "UI", keyword: "AffectedSOPClassUID" },
  0x0003: { vr: "UI", keyword: "RequestedSOPClassUID" },
  0x0010: { vr: "SH", keyword: "RETIRED_CommandRecognitionCode" },
  0x0100: { vr: "US", keyword: "CommandField" },
  0x0110: { vr: "US", keyword: "MessageID" },
  0x0120: { vr: "US", keyword: "MessageIDBeingRespondedTo" },
  0x0200: { vr: "AE", keyword: "RETIRED_Initiator" },
  0x0300: { vr: "AE", keyword: "RETIRED_Receiver" },
  0x0400: { vr: "AE", keyword: "RETIRED_FindLocation" },
  0x0600: { vr: "AE", keyword: "MoveDestination" },
  0x0700: { vr: "US", keyword: "Priority" },
  0x0800: { vr: "US", keyword: "CommandDataSetType" },
  0x0850: { vr: "US", keyword: "RETIRED_NumberOfMatches" },
  0x0860: { vr: "US", keyword: "RETIRED_ResponseSequenceNumber" },
  0x0900: { vr: "US", keyword: "Status" },
  0x0901: { vr: "AT", keyword: "OffendingElement" },
  0x0902: { vr: "LO", keyword: "ErrorComment" },
  0x0903: { vr: "US", keyword: "ErrorID" },
  0x1000: { vr: "UI", keyword: "AffectedSOPInstanceUID" },
  0x1001: { vr: "UI", keyword: "RequestedSOPInstanceUID" },
  0x1002: { vr: "US", keyword: "EventTypeID" },
  0x1005: { vr: "AT", keyword: "AttributeIdentifierList" },
  0x1008: { vr: "US", keyword: "ActionTypeID" },
  0x1020: { vr: "US", keyword: "NumberOfRemainingSuboperations" },
  0x1021: { vr: "US", keyword: "NumberOfCompletedSuboperations" },
  0x1022: { vr: "US", keyword: "NumberOfFailedSuboperations" },
  0x1023: { vr: "US", keyword: "NumberOfWarningSuboperations" },
  0x1030: { vr: "AE", keyword: "MoveOriginatorApplicationEntityTitle" },
  0x1031: { vr: "US", keyword: "MoveOriginatorMessageID" },
  0x4000: { vr: "LT", keyword: "RETIRED_DialogReceiver" },
  0x4010: { vr: "LT", keyword: "RETIRED_TerminalType" },
  0x5010: { vr: "SH", keyword: "RETIRED_MessageSetID" },
  0x5020: { vr: "SH", keyword: "RETIRED_EndMessageID" },
  0x5110: { vr: "LT", keyword: "RETIRED_DisplayFormat" },
  0x5120: { vr: "LT", keyword: "RETIRED_PagePositionID" },
  0x5130: { vr: "CS", keyword: "RETIRED_TextFormatID" },
  0x5140: { vr: "CS", keyword: "RETIRED_NormalReverse" },
  0x5150: { vr: "CS", keyword: "RETIRED_AddGrayScale" },
  0x5160: { vr: "CS", keyword: "RETIRED_Borders" },
  0x5170: { vr: "IS", keyword: "RETIRED_Copies" },
  0x5180: { vr: "CS", keyword: "RETIRED_CommandMagnificationType" },
  0x5190: { vr: "CS", keyword: "RETIRED_Erase" },
  0x51a0: { vr: "CS", keyword: "RETIRED_Print" },
  0x51b0: { vr: "US", keyword: "RETIRED_Overlays" },
};

/** The reference's name of a command element: its keyword, or `Unknown Tag & Data`. */
export function commandElementName(tag: { group: number; element: number }): string {
  const entry = tag.group === 0 ? COMMAND_DICTIONARY[tag.element] : undefined;
  return entry?.keyword ?? UNKNOWN_KEYWORD;
}
