/**
 * The command line differences from the reference as transformations: each turns a command line (or its result)
 * into what the reference would have seen (or shown). A difference excuses a case only when the transformed case
 * agrees exactly; the rows of `docs/differences.md` carry the same names.
 */

import { splitTarget } from "../../src/common/target.ts";
import {
  type CommandLine,
  expandArguments,
  HEADER,
  type IntegerValue,
  type Occurrence,
  OPTION_ROWS,
  type OptionRow,
  type OptionsHost,
  parseWithRows,
  tokenize,
  type ValueOutcome,
} from "../../src/options/mod.ts";

/** What the reference showed for a command line. */
export interface ReferenceResult {
  /** Exit code. */
  readonly exit: number;
  /** All of standard error. */
  readonly stderr: string;
}

/** How a command line compares. */
export interface Comparison {
  /** `equal`, or excused by the differences named, or neither. */
  readonly verdict: "equal" | "excused" | "different";
  /** Names of the differences used. */
  readonly excuses: readonly string[];
  /** What we make of the words as typed. */
  readonly ours: CommandLine;
  /** What is compared with the reference's standard error, for a report. */
  readonly shown: string;
}

/** A command line on its way to what the reference saw. */
interface Case {
  /** As typed, with command files expanded. */
  readonly typed: readonly string[];
  /** As the reference would have to see them. */
  readonly words: readonly string[];
  readonly rows: readonly OptionRow[];
  readonly isSilenced: boolean;
  readonly isLoose: boolean;
  readonly isOlder: boolean;
  readonly isTelling: boolean;
}

const REFERENCE_HEADER = "$dcmtk: echoscu v3.6.7 2022-04-22 $\n\n" +
  "echoscu: DICOM verification (C-ECHO) SCU\n";

/** Options of the table that the reference does not know. */
const NEWER = new Set([
  ...["--ipv4", "--ipv6", "--ip-auto", "--list-profiles", "--profile-8996", "--profile-8996-mod"],
  ...["--profile-basic", "--no-sni", "--request-sni"],
]);

/** Whether the option is one of the reference's. */
export function isKnownToReference(row: OptionRow): boolean {
  return !NEWER.has(row.long) && row.group !== "additional options:";
}

/** The table as the reference has it. */
export const REFERENCE_ROWS: readonly OptionRow[] = OPTION_ROWS
  .filter(isKnownToReference)
  .map((row) => row.long === "--propose-ts" ? withMaximum(row, 38) : row);

/** Compares what we make of `words` with what the reference made of them. */
export async function compare(
  words: readonly string[],
  { reference, host }: { reference: ReferenceResult; host: OptionsHost },
): Promise<Comparison> {
  let current: Case = {
    typed: await expandQuietly(words, host),
    words,
    rows: OPTION_ROWS,
    isSilenced: false,
    isLoose: false,
    isOlder: false,
    isTelling: false,
  };
  const excuses: string[] = [];
  const ours = await parseWithRows(words, { host, rows: OPTION_ROWS });
  for (let result = ours;;) {
    if (agrees(result, { reference, current })) {
      return {
        verdict: excuses.length === 0 ? "equal" : "excused",
        excuses,
        ours,
        shown: show(result, current),
      };
    }
    const step = await nextStep(current, { result, reference, host });
    if (step === undefined) {
      return { verdict: "different", excuses, ours, shown: show(result, current) };
    }
    excuses.push(step.name);
    current = step.next;
    result = await parseWithRows(current.words, { host, rows: current.rows });
  }
}

/** What the built-in logger prints before everything else: the message of `--arguments`, of the words as typed. */
function preceding(result: CommandLine, { typed, rows }: Case): string {
  if (result.kind !== "error" && result.kind !== "run") return "";
  const logging = result.kind === "run" ? result.options.logging : result.logging;
  if (result.argumentsMessage === undefined || logging?.config !== undefined) return "";
  const raw = tokenize(typed, rows);
  const list = raw.items.flatMap((item) =>
    typeof item === "string" ? [item] : [item.row.long, ...shownValues(item)]
  ).filter((word) => word !== "").map((word) => `'${word}' `).join("");
  const message = `calling 'echoscu' with ${typed.length} arguments: ${list}\n`;
  return message.split("\n").map((line) => `I: ${line}\n`).join("");
}

/** Values as `--arguments` shows them: secret ones only where the table calls them so (D10). */
function shownValues({ row, words }: Occurrence): readonly string[] {
  return words.map((word, at) => {
    const value = row.values[at];
    return value?.isSecret && word !== "" ? "***" : word;
  });
}

/** Standard error as far as the command line decides it. */
function show(result: CommandLine, current: Case): string {
  return result.kind === "error"
    ? preceding(result, current) + withoutHint(result.stderr).replace(HEADER, REFERENCE_HEADER)
    : `(${result.kind})\n`;
}

/** D14: a hint is after the error where --explain asks for it. */
function withoutHint(stderr: string): string {
  return stderr.replace(/^(error: .*\n)hint: .*\n$/ms, "$1");
}

function agrees(
  result: CommandLine,
  { reference, current }: { reference: ReferenceResult; current: Case },
): boolean {
  const isError = reference.stderr.includes(`${REFERENCE_HEADER}error: `);
  switch (result.kind) {
    case "error": {
      const stderr = current.isSilenced ? preceding(result, current) : show(result, current);
      return reference.exit === 1 && stderr === reference.stderr;
    }
    case "run":
      return !isError && reference.stderr.startsWith(preceding(result, current));
    default:
      return reference.exit === 0 && reference.stderr === "";
  }
}

type Step = { readonly name: string; readonly next: Case } | undefined;

async function nextStep(
  current: Case,
  given: { result: CommandLine; reference: ReferenceResult; host: OptionsHost },
): Promise<Step> {
  const { result, reference, host } = given;
  const words = await expandQuietly(current.words, host);
  if (!current.isOlder && usesNewer(words)) {
    return {
      name: usesAdditional(words) ? "D12" : "D11",
      next: { ...current, isOlder: true, rows: REFERENCE_ROWS },
    };
  }
  if (
    result.kind === "error" && !current.isSilenced &&
    reference.stderr === preceding(result, current)
  ) {
    return { name: "D3", next: { ...current, isSilenced: true } };
  }
  if (result.kind === "error" && result.problem.kind === "no-command-file") {
    return { name: "D17", next: { ...current, words } };
  }
  if (!current.isTelling && words.some(mayHoldSecret)) {
    return { name: "D10", next: { ...current, isTelling: true, rows: tellingRows(current.rows) } };
  }
  if (!current.isLoose && usesLooseNumber(words)) {
    return { name: "D2", next: { ...current, isLoose: true, rows: looseRows(current.rows) } };
  }
  const plainer = withoutTarget(words, reference) ?? withoutLoosePort(words, result) ??
    withoutPeerColon(words, result) ??
    withoutLateAnonymous(words);
  return plainer && { name: plainer.name, next: { ...current, words: plainer.words } };
}

type Plainer = { readonly name: string; readonly words: readonly string[] } | undefined;

/** D2: a port that is refused for its form only is replaced by one that is allowed. */
function withoutLoosePort(words: readonly string[], result: CommandLine): Plainer {
  if (result.kind !== "error" || result.problem.kind !== "invalid-port") return undefined;
  const { word } = result.problem;
  if (/^-?[0-9]{1,9}$/.test(word)) return undefined;
  return { name: "D2", words: withParameter(words, { number: 2, word: "1" }) };
}

/** D18: to the reference peer and port in one word are a peer. */
function withoutTarget(words: readonly string[], reference: ReferenceResult): Plainer {
  if (!reference.stderr.includes("error: Missing parameter port")) return undefined;
  return splitTarget(parametersOf(words)[0] ?? "") === undefined
    ? undefined
    : { name: "D18", words: withParameter(words, { number: 1, word: "localhost" }) };
}

function parametersOf(words: readonly string[]): readonly string[] {
  return tokenize(words, OPTION_ROWS).parameters;
}

/** The words with one parameter, counted from 1, replaced. */
function withParameter(
  words: readonly string[],
  { number, word }: { number: number; word: string },
): readonly string[] {
  let seen = 0;
  return tokenize(words, OPTION_ROWS).items.flatMap((item) => {
    if (typeof item !== "string") return [item.row.long, ...item.words];
    seen += 1;
    return [seen === number ? word : item];
  });
}

/** D2: whether a number is there that the two programs may read differently. */
function usesLooseNumber(words: readonly string[]): boolean {
  const names = namesOf(OPTION_ROWS.filter((row: OptionRow) => row.values[0]?.kind === "integer"));
  return words.some((word, at) =>
    names.has(words[at - 1] ?? "") && !/^(0|-?[1-9][0-9]{0,8})$/.test(word)
  );
}

/** Every spelling of the options in `rows`. */
function namesOf(rows: readonly OptionRow[]): ReadonlySet<string> {
  return new Set(rows.flatMap(({ long, short }) => short === undefined ? [long] : [long, short]));
}

/** D2: the table with numbers read like C's `scanf` does, and checked in 64 bits. */
function looseRows(rows: readonly OptionRow[]): readonly OptionRow[] {
  return rows.map((row) => {
    const [value] = row.values;
    if (value?.kind !== "integer") return row;
    const parse = (word: string): ValueOutcome => scan(word, value);
    return { ...row, values: [{ kind: "parsed", label: value.label, parse }] };
  });
}

function scan(word: string, value: IntegerValue): ValueOutcome {
  const [, sign, digits = ""] = /^[ \t\n\v\f\r]*([-+]?)(.*)$/s.exec(word) ?? [];
  const isUnsigned = value.reading === "unsigned";
  if (!/^[0-9]/.test(digits)) return { reason: "invalid" };
  // The reference looks for the minus after blanks only; unseen, it makes the number huge.
  if (isUnsigned && /^ *-/.test(word)) return { reason: "invalid" };
  const magnitude = isUnsigned ? parseInt(digits, 10) : scanC(digits);
  const number = sign !== "-" ? magnitude : isUnsigned ? 2 ** 64 - magnitude : -magnitude;
  if (number < value.minimum) return { reason: "underflow" };
  // No upper limit in the reference: --repeat, timeouts.
  const isLimited = value.shows === "range";
  return isLimited && number > value.maximum ? { reason: "overflow" } : { value: value.minimum };
}

/** Prefix rules of C. */
function scanC(digits: string): number {
  if (/^0x/i.test(digits)) return parseInt(digits, 16) || 0;
  return digits.startsWith("0") ? parseInt(digits, 8) : parseInt(digits, 10);
}

/** D5: the reference takes any peer here. */
function withoutPeerColon(words: readonly string[], result: CommandLine): Plainer {
  if (result.kind !== "error" || result.problem.kind !== "invalid-peer") return undefined;
  return { name: "D5", words: withParameter(words, { number: 1, word: "127.0.0.1" }) };
}

/** D6: to the reference `+tla` right of `+tls KEY CERT` means nothing. */
function withoutLateAnonymous(words: readonly string[]): Plainer {
  const authenticated = words.findLastIndex((word) => word === "+tls" || word === "--enable-tls");
  const anonymous = words.findLastIndex((word) => word === "+tla" || word === "--anonymous-tls");
  if (authenticated < 0 || anonymous < authenticated) return undefined;
  return { name: "D6", words: words.toSpliced(anonymous, 1) };
}

/** D10: whether a word is an option for a password, or may be one with the password glued to it. */
function mayHoldSecret(word: string): boolean {
  return /^[-+](pw|-use-passwd|[^=]*(pass|pw|secret)[^=]*=)/i.test(word);
}

/** D10: the table with nothing secret in it. */
function tellingRows(rows: readonly OptionRow[]): readonly OptionRow[] {
  return rows.map((row) => ({
    ...row,
    values: row.values.map((value) =>
      value.kind === "text" ? { kind: value.kind, label: value.label } : value
    ),
  }));
}

function usesNewer(words: readonly string[]): boolean {
  const known = namesOf(REFERENCE_ROWS);
  const ours = namesOf(OPTION_ROWS);
  return words.some((word, at) =>
    (ours.has(word) && !known.has(word)) ||
    (["-pts", "--propose-ts"].includes(words[at - 1] ?? "") && Number(word) > 38)
  );
}

function usesAdditional(words: readonly string[]): boolean {
  const names = namesOf(OPTION_ROWS.filter((row) => row.group === "additional options:"));
  return words.some((word) => names.has(word));
}

async function expandQuietly(
  words: readonly string[],
  host: OptionsHost,
): Promise<readonly string[]> {
  try {
    return await expandArguments(words, { host, rows: OPTION_ROWS });
  } catch {
    return words;
  }
}

function withMaximum(row: OptionRow, maximum: number): OptionRow {
  const values = row.values.map((value) =>
    value.kind === "integer" ? { ...value, maximum } : value
  );
  return { ...row, values };
}
