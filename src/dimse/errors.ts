import type { CommandElement, CommandTag, DimseDefect, DimseWarning } from "./types.ts";

/** A command that cannot be read, is not the one that is due, or cannot be sent. */
export class DimseError extends Error {
  /** Stable name. */
  override readonly name = "DimseError";
  /** What is wrong. */
  readonly defect: DimseDefect;
  /** What was tolerated before. */
  readonly warnings: readonly DimseWarning[];
  /** What is tolerated in the element that cannot be read, and told after the defect. */
  readonly laterWarnings: readonly DimseWarning[];
  /** For a well-formed command that is not the one that is due: elements it does not have, tags ascending. */
  readonly leftover: readonly CommandElement[];

  /** Says what is wrong. */
  constructor(defect: DimseDefect, more: DimseErrorDetails = {}) {
    super(describe(defect));
    this.defect = defect;
    this.warnings = more.warnings ?? [];
    this.laterWarnings = more.laterWarnings ?? [];
    this.leftover = more.leftover ?? [];
  }
}

/** What else is known when a command is refused. */
export interface DimseErrorDetails {
  /** What was tolerated before. */
  readonly warnings?: readonly DimseWarning[];
  /** What is tolerated in the element that cannot be read. */
  readonly laterWarnings?: readonly DimseWarning[];
  /** Elements that the command does not have. */
  readonly leftover?: readonly CommandElement[];
}

function describe(defect: DimseDefect): string {
  switch (defect.kind) {
    case "element-too-long":
      return `Element ${
        tagText(defect)
      } claims ${defect.length} bytes, ${defect.remaining} are left`;
    case "undefined-length":
      return `Element ${tagText(defect)} has undefined length and is not a sequence`;
    case "sequence":
      return `Sequence ${tagText(defect)} is not made of items with an end`;
    case "unexpected-tag":
      return `Delimiter ${tagText(defect)} is where an element is due`;
    case "missing-command-field":
      return "Command set has no command field";
    case "unknown-command":
      return `Command ${hex(defect.commandField)} does not exist`;
    case "missing-element":
      return `Element ${tagText(defect)} ${defect.keyword} is missing`;
    case "data-set-type":
      return `${defect.command} with data set type ${
        hex(defect.dataSetType)
      }, expected ${defect.expected}`;
    case "unexpected-command":
      return `Command ${hex(defect.commandField)} is not the one that is due`;
    case "unexpected-message-id":
      return `Response to message ${defect.messageId}, expected ${defect.expected}`;
    case "different-contexts":
      return `Command on context ${defect.first} goes on with context ${defect.other}`;
    case "context-not-accepted":
      return `Command on context ${defect.contextId}, which is not accepted`;
    case "command-pdv-expected":
      return `Data set on context ${defect.contextId} where a command is due`;
    case "command-too-long":
      return `Command longer than ${defect.maximum} bytes`;
    case "too-many-fragments":
      return `Command in ${defect.maximum} fragments without a last one`;
    case "maximum-length-too-small":
      return `Maximum length ${defect.maximumLength} leaves no room for data`;
  }
}

function tagText(tag: CommandTag): string {
  return `(${digits(tag.group)},${digits(tag.element)})`;
}

function hex(code: number): string {
  return `${digits(code).toUpperCase()}H`;
}

function digits(number: number): string {
  return number.toString(16).padStart(4, "0");
}
