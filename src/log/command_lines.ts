/** The reference's lines about commands: what was tolerated, what was not, what is left over. */

import { type Names, UNKNOWN_KEYWORD } from "../dicom/mod.ts";
import type { CheckEvent } from "../check/mod.ts";
import type { CommandElement, CommandTag, DimseDefect, DimseWarning } from "../dimse/mod.ts";
import { unreachable } from "../errors.ts";
import { commandDump, tagText } from "./command_dump.ts";
import { shown } from "./dump.ts";
import { LOGGERS, type LogMessage, messageTo } from "./message.ts";
import type { LogLevel } from "./types.ts";

/** A response came. */
export function echoReceived(
  event: Extract<CheckEvent, { type: "echo-received" }>,
  names: Names,
): readonly LogMessage[] {
  const status = event.status === 0 ? "Success" : `Unknown Status: 0x${event.status.toString(16)}`;
  const text = `Received Echo Response (${status})`;
  return [
    messageTo(LOGGERS.app, { level: "info", text }),
    ...statusDetail(event.details, names),
  ];
}

/** Elements that a command does not have. */
export function statusDetail(
  details: readonly CommandElement[],
  names: Names,
): readonly LogMessage[] {
  if (details.length === 0) return [];
  const text = () => `Status Detail (should never be any):\n${commandDump(details, names)}`;
  return [messageTo(LOGGERS.app, { level: "debug", text })];
}

/** Something in a command was tolerated. */
export function commandWarning(warning: DimseWarning, names: Names): readonly LogMessage[] {
  const tag = tagText(warning);
  switch (warning.kind) {
    case "odd-length":
      return [data("warn", `DcmItem: Length of element ${tag} is odd`)];
    case "not-ascending":
      return [data("warn", `DcmItem: Dataset not in ascending tag order, at element ${tag}`)];
    case "duplicate": {
      const text = `DcmItem: Element ${tag} found twice in one data set or item, ` +
        "ignoring second entry";
      return [data("warn", text)];
    }
    case "invalid-group":
      return [data("warn", `DcmItem: Invalid Element ${tag} found in data set`)];
    case "assumed-sequence":
      return isUnknown(warning, names) ? [assumedSequence(warning)] : [];
    case "value-missing": {
      const { length } = warning;
      const text = `DcmElement: ${elementText(warning, names)} larger (${length}) than remaining ` +
        "bytes in file";
      return [data("error", text)];
    }
    case "uid-spaces": {
      const text = `DcmUniqueIdentifier: Element ${elementText(warning, names)} contains one or ` +
        "more space characters, which were removed";
      return [data("warn", text)];
    }
    default:
      return unreachable(warning);
  }
}

/** Without dictionary files nobody can say of a public element that it is unknown. */
function isUnknown(tag: CommandTag, { elements, hasDictionary }: Names): boolean {
  const isJudged = hasDictionary || tag.group === 0 || tag.group % 2 === 1;
  return isJudged && elements(tag) === undefined;
}

function assumedSequence(tag: CommandTag): LogMessage {
  const text = `Found element ${tagText(tag)} with VR UN and undefined length, ` +
    "reading a sequence with transfer syntax LittleEndianImplicit (CP-246)";
  return data("warn", text);
}

/** What the reference says of a command that cannot be taken, before it gives back a condition. */
export function commandDefect(
  event: Extract<CheckEvent, { type: "command-defect" }>,
  names: Names,
): readonly LogMessage[] {
  const { defect } = event;
  switch (defect.kind) {
    case "data-set-type": {
      const titles = `${shown(event.callingAeTitle)},${shown(event.calledAeTitle)}`;
      const found = defect.expected === "absent" ? "!= NULL" : "== NULL";
      const text = `DIMSE Warning: (${titles}): ${defect.command}: DataSetType ${found}`;
      return [messageTo(LOGGERS.net, { level: "warn", text })];
    }
    case "element-too-long":
    case "undefined-length":
    case "unexpected-tag":
    case "sequence":
      return [unreadable(defect, names)];
    default:
      return [];
  }
}

type Unreadable = Extract<
  DimseDefect,
  { kind: "element-too-long" | "undefined-length" | "unexpected-tag" | "sequence" }
>;

function unreadable(defect: Unreadable, names: Names): LogMessage {
  switch (defect.kind) {
    case "element-too-long": {
      const { length, remaining } = defect;
      const text = `DcmElement: ${elementText(defect, names)} larger (${length}) than remaining ` +
        `bytes (${remaining}) in file, premature end of stream`;
      return data("error", text);
    }
    case "undefined-length":
      return undefinedLength(defect, names);
    case "unexpected-tag":
      return unexpectedTag(defect);
    case "sequence":
      return brokenSequence(defect, names);
    default:
      return unreachable(defect);
  }
}

/** Value representations that are not text; the reference reads them another way. */
const NUMERIC: readonly string[] = ["AT", "UL", "US"];

function undefinedLength(tag: CommandTag, names: Names): LogMessage {
  const rest = "has odd maximum length (4294967295) and therefore is not loaded";
  const element = elementText(tag, names);
  return NUMERIC.includes(names.elements(tag)?.vr ?? "")
    ? data("error", `DcmElement: ${element} ${rest}`)
    : data("warn", `DcmByteString: Element ${element} ${rest}`);
}

/** Element number of (FFFE,E000). */
const ITEM = 0xe000;

function unexpectedTag(tag: CommandTag): LogMessage {
  if (tag.element === ITEM) {
    return data("warn", `DcmItem: Parse error while parsing element ${tagText(tag)}`);
  }
  const text = `DcmItem: Parse error in sequence item, found ${tagText(tag)} instead of ` +
    "item delimiter (fffe,e00d)";
  return data("error", text);
}

function brokenSequence(
  defect: Extract<DimseDefect, { kind: "sequence" }>,
  names: Names,
): LogMessage {
  if (defect.found === undefined) {
    const text = "DcmSequenceOfItems: Reached end of stream before the end of sequence " +
      elementText(defect, names);
    return data("warn", text);
  }
  const text = `DcmSequenceOfItems: Parse error in sequence ${tagText(defect)}, found ` +
    `${tagText(defect.found)} instead of sequence delimiter (fffe,e0dd)`;
  return data("error", text);
}

/** An element as the reference names it in its complaints: keyword and tag. */
function elementText(tag: CommandTag, names: Names): string {
  return `${names.elements(tag)?.keyword ?? UNKNOWN_KEYWORD} ${tagText(tag)}`;
}

function data(level: LogLevel, text: string): LogMessage {
  return messageTo(LOGGERS.data, { level, text });
}
