/*
 * C-ECHO (PS3.7 9.3.5) out of a command set, with the checks of the reference in the reference's order: command
 * field, mandatory elements, data set type, and only then whether this is the message that is due.
 */
import { beforeNul, byteStringOf, commandElementName } from "../dicom/mod.ts";
import { trimEndOf } from "../common/trim.ts";
import { COMMAND_FIELDS, COMMANDS, NO_DATA_SET } from "./commands.ts";
import type { CommandRow } from "./commands.ts";
import { DimseError } from "./errors.ts";
import type {
  CEchoRq,
  CEchoRsp,
  CommandElement,
  CommandSet,
  DimseDefect,
  DimseWarning,
} from "./types.ts";
import { commandSetWarnings } from "./warnings.ts";

/** A C-ECHO-RSP and what else came with it. */
export interface ParsedCEchoRsp {
  /** The response. */
  readonly response: CEchoRsp;
  /** Elements that a C-ECHO-RSP does not have, tags ascending: the reference's "status detail". */
  readonly leftover: readonly CommandElement[];
  /** What was tolerated. */
  readonly warnings: readonly DimseWarning[];
}

/** A C-ECHO-RQ and what else came with it. */
export interface ParsedCEchoRq {
  /** The request. */
  readonly request: CEchoRq;
  /** Elements that a C-ECHO-RQ does not have, tags ascending. */
  readonly leftover: readonly CommandElement[];
  /** What was tolerated. */
  readonly warnings: readonly DimseWarning[];
}

/**
 * The response to message `expectedMessageId`. Throws `DimseError` when it is none.
 *
 * The affected SOP class and the status are not judged here.
 */
export function parseCEchoRsp(
  set: CommandSet,
  expected: { readonly expectedMessageId: number },
): ParsedCEchoRsp {
  const command = openCommand(set, COMMAND_FIELDS["C-ECHO-RSP"]);
  const { warnings, leftover } = command;
  const messageIdBeingRespondedTo = command.number(0x0120);
  if (messageIdBeingRespondedTo !== expected.expectedMessageId) {
    throw new DimseError({
      kind: "unexpected-message-id",
      messageId: messageIdBeingRespondedTo,
      expected: expected.expectedMessageId,
    }, { warnings, leftover });
  }
  const response: CEchoRsp = {
    type: "C-ECHO-RSP",
    affectedSopClassUid: command.uid(0x0002),
    messageIdBeingRespondedTo,
    status: command.number(0x0900),
  };
  return { response, leftover, warnings };
}

/** The request to be answered. Throws `DimseError` when it is not a C-ECHO-RQ. */
export function parseCEchoRq(set: CommandSet): ParsedCEchoRq {
  const command = openCommand(set, COMMAND_FIELDS["C-ECHO-RQ"]);
  const { warnings, leftover } = command;
  const request: CEchoRq = {
    type: "C-ECHO-RQ",
    affectedSopClassUid: command.uid(0x0002) ?? "",
    messageId: command.number(0x0110),
  };
  return { request, leftover, warnings };
}

/** Longest UID the reference takes from a command (PS3.5 9.1). */
const LONGEST_UID = 64;

/** A command that is due and whose mandatory elements are there. */
interface OpenCommand {
  readonly leftover: readonly CommandElement[];
  readonly warnings: readonly DimseWarning[];
  readonly number: (element: number) => number;
  readonly uid: (element: number) => string | undefined;
}

function openCommand(set: CommandSet, dueField: number): OpenCommand {
  const warnings = commandSetWarnings(set);
  const elements = firstOfEach(set);
  const valueOf = (element: number) => elements.get(element)?.value;
  const commandField = numberIn(valueOf(0x0100));
  const row = commandField === undefined ? undefined : COMMANDS[commandField];
  const defect = commandField === undefined
    ? { kind: "missing-command-field" } as const
    : row === undefined
    ? { kind: "unknown-command", commandField } as const
    : defectOf(row, valueOf);
  if (row !== undefined) warnings.push(...uidWarnings(row, { valueOf, defect }));
  if (defect !== undefined) throw new DimseError(defect, { warnings });
  const leftover = row === undefined ? [] : leftoverOf(row, elements);
  if (commandField !== undefined && commandField !== dueField) {
    throw new DimseError({ kind: "unexpected-command", commandField }, { warnings, leftover });
  }
  return {
    warnings,
    leftover,
    number: (element) => numberIn(valueOf(element)) ?? 0,
    uid: (element) => uidIn(valueOf(element)),
  };
}

/** What keeps a command from being what its row says: mandatory elements, then the data set type. */
function defectOf(
  row: CommandRow,
  valueOf: (element: number) => Uint8Array | undefined,
): DimseDefect | undefined {
  const missing = row.mandatory.find((element) => !isUsable(element, valueOf(element)));
  if (missing !== undefined) {
    const tag = { group: 0, element: missing };
    return { kind: "missing-element", ...tag, keyword: commandElementName(tag) };
  }
  const dataSetType = numberIn(valueOf(0x0800)) ?? NO_DATA_SET;
  const announced = dataSetType === NO_DATA_SET ? "absent" : "present";
  if (row.dataSet === "either" || row.dataSet === announced) return undefined;
  return { kind: "data-set-type", command: row.name, expected: row.dataSet, dataSetType };
}

/** White space in the UIDs that are looked at: all of the row, or those before a mandatory element that is missing. */
function uidWarnings(
  row: CommandRow,
  found: {
    readonly valueOf: (element: number) => Uint8Array | undefined;
    readonly defect: DimseDefect | undefined;
  },
): DimseWarning[] {
  const { defect, valueOf } = found;
  const looked = defect?.kind === "missing-element"
    ? row.mandatory.slice(0, row.mandatory.indexOf(defect.element))
    : [...row.mandatory, ...row.optional];
  return looked
    .filter((element) => UID_ELEMENTS.has(element))
    .filter((element) => /\s/.test(beforeNul(byteStringOf(valueOf(element) ?? NO_BYTES))))
    .map((element) => ({ kind: "uid-spaces", group: 0, element }));
}

const NO_BYTES = new Uint8Array(0);

/** The elements by tag; of duplicates the first. */
function firstOfEach(set: CommandSet): Map<number, CommandElement> {
  const elements = new Map<number, CommandElement>();
  for (const element of set.elements) {
    const tag = element.group * 0x10000 + element.element;
    if (!elements.has(tag)) elements.set(tag, element);
  }
  return elements;
}

/** UIDs may be empty but not too long; all other elements need a value. */
function isUsable(element: number, value: Uint8Array | undefined): boolean {
  if (value === undefined) return false;
  return UID_ELEMENTS.has(element) ? value.length <= LONGEST_UID : value.length > 0;
}

const UID_ELEMENTS: ReadonlySet<number> = new Set([0x0002, 0x0003, 0x1000, 0x1001]);

/** The first number of a US value; one odd byte counts as padded with 00. */
function numberIn(value: Uint8Array | undefined): number | undefined {
  if (value === undefined || value.length === 0) return undefined;
  const [low = 0, high = 0] = value;
  return low + 0x100 * high;
}

/** A UID without its padding. */
function uidIn(value: Uint8Array | undefined): string | undefined {
  return value === undefined ? undefined : trimEndOf(byteStringOf(value), "\0 ");
}

/** All elements but group length and those the command has; a UID that is too long is not one of them. */
function leftoverOf(
  row: CommandRow,
  elements: ReadonlyMap<number, CommandElement>,
): CommandElement[] {
  const known = new Set([0x0000, 0x0100, ...row.mandatory, ...row.optional]);
  return [...elements]
    .filter(([tag, { value }]) => {
      return !known.has(tag) || (UID_ELEMENTS.has(tag) && value.length > LONGEST_UID);
    })
    .sort(([a], [b]) => a - b)
    .map(([, element]) => element);
}
