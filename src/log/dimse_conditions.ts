/** The reference's conditions for commands that are not what is due. */

import { unreachable } from "../errors.ts";
import type { DimseDefect } from "../dimse/mod.ts";
import { tagText } from "./command_dump.ts";

/** Is in front of what went wrong while receiving. */
export const FAILED_TO_RECEIVE = "0006:020d DIMSE Failed to receive message\n";

/** Is in front of what went wrong while sending. */
export const FAILED_TO_SEND = "0006:020e DIMSE Failed to send message\n";
const FAILED_TO_READ = "0006:020d DIMSE: receiveCommand: cmdSet->read() Failed\n";

/** What is in front of each condition of a command. */
export const DIMSE_FRAMES: Readonly<Record<DimseDefect["kind"], string>> = {
  "element-too-long": FAILED_TO_READ,
  "undefined-length": FAILED_TO_READ,
  "sequence": FAILED_TO_READ,
  "unexpected-tag": FAILED_TO_READ,
  "missing-command-field": "",
  "unknown-command": "",
  "missing-element": "",
  "data-set-type": "",
  "unexpected-command": "",
  "unexpected-message-id": "",
  "different-contexts": FAILED_TO_RECEIVE,
  "context-not-accepted": FAILED_TO_RECEIVE,
  "command-pdv-expected": FAILED_TO_RECEIVE,
  "command-too-long": FAILED_TO_RECEIVE,
  "too-many-fragments": FAILED_TO_RECEIVE,
  "maximum-length-too-small": FAILED_TO_SEND,
};

/** Element number of (FFFE,E000). */
const ITEM = 0xe000;
const BADLY_FORMED = "0006:0203 DIMSE Badly formed message";
const INVALID_TAG = "0001:0001 Invalid tag";
const ITEM_END_MISSING = "0001:0026 Item Delimitation Item missing";

/** The condition for `defect`, without what is in front of it. */
export function dimseCondition(defect: DimseDefect): string {
  switch (defect.kind) {
    case "element-too-long":
      return "0001:0004 Invalid stream";
    case "undefined-length":
      return "0001:0006 Corrupted data";
    case "sequence":
      return "0001:0022 Sequence Delimitation Item missing";
    case "unexpected-tag":
      return defect.element === ITEM ? INVALID_TAG : ITEM_END_MISSING;
    case "missing-command-field":
      return "0006:020b DIMSE_parseCmdObject: Missing CommandField";
    case "unknown-command":
      return `0006:0201 DIMSE_parseCmdObject: Invalid Command Message: ${hex(defect)}`;
    case "missing-element":
      return "0006:020b DIMSE: Command Parse Failed: Element: " +
        `${tagText(defect)} ${defect.keyword}`;
    case "data-set-type":
      return BADLY_FORMED;
    case "unexpected-command":
      return `0006:0211 DIMSE: Unexpected Response Command Field: ${hex(defect)}`;
    case "unexpected-message-id":
      return `0006:0211 DIMSE: Unexpected Response MsgId: ${defect.messageId} (expected: ${defect.expected})`;
    case "different-contexts":
      return `0006:0206 DIMSE: Different PresIDs inside Command Set: ${defect.first} != ${defect.other}`;
    case "context-not-accepted":
      return "0006:0101 ASC Bad presentation context ID";
    case "command-pdv-expected":
      return "0006:020f DIMSE: Command PDV Expected";
    case "command-too-long":
      return `${BADLY_FORMED}: longer than ${defect.maximum} bytes`;
    case "too-many-fragments":
      return `${BADLY_FORMED}: more than ${defect.maximum} fragments`;
    case "maximum-length-too-small":
      return "0006:0308 DUL Cannot send P-DATA PDU because receiver's max PDU size of " +
        `${defect.maximumLength} is illegal (must be > 12)`;
    default:
      return unreachable(defect);
  }
}

function hex({ commandField }: { readonly commandField: number }): string {
  return `0x${commandField.toString(16)}`;
}
