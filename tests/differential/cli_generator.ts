/** Makes random command lines from the rows of the option table, and the files they name. */

import { OPTION_ROWS, type OptionRow, type ValueSpec } from "../../src/options/mod.ts";
import { isKnownToReference } from "./cli_differences.ts";
import type { Random } from "./random.ts";

/** A command line with the command file it names. */
export interface GeneratedCase {
  /** The arguments. */
  readonly words: readonly string[];
  /** Name of the command file and its content, when one is named. */
  readonly commandFile?: { readonly name: string; readonly content: Uint8Array };
}

/** Files that are next to every case. */
export const FIXED_FILES: Readonly<Record<string, string>> = {
  "empty": "",
  "foo.cfg": "foo = bar\n",
  "noroot.cfg": "log4cplus.appender.c = log4cplus::ConsoleAppender\n",
  "warn.cfg": "# comment\r\n log4cplus.rootLogger = WARN, c\r\n" +
    "log4cplus.appender.c=log4cplus::ConsoleAppender\n",
  "fatal.cfg": "log4cplus.rootLogger = FATAL, c\nlog4cplus.appender.c=log4cplus::ConsoleAppender\n",
};

const ROWS: readonly OptionRow[] = OPTION_ROWS;
const EVERYDAY = ROWS.filter((row) => !row.prints && row.parameters === undefined);
const KNOWN = EVERYDAY.filter(isKnownToReference);
const PLAIN = KNOWN.filter((row) => row.needs === undefined);
const TEXTS = [
  "",
  "x",
  "-v",
  "--help",
  "A B",
  "nofile",
  "empty",
  "Grüße",
  "a\nb",
  "@",
  "-1",
  "'",
  "127.0.0.1",
];
const FILES = ["nofile", "", ".", ...Object.keys(FIXED_FILES)];
const NUMBERS = [
  ...[
    "0",
    "1",
    "2",
    "5",
    "-1",
    "-2",
    "-0",
    "00",
    "007",
    "010",
    "08",
    "0x10",
    "0x",
    "0b1",
    "+1",
    " 1",
  ],
  ...[
    "\t2",
    "1 ",
    "1x",
    "1.5",
    "1e3",
    "",
    " ",
    "x",
    "--5",
    "- 5",
    ".5",
    "+",
    "-",
    "\u00a01",
    "\t-5",
    " -1",
  ],
  ...["4294967295", "4294967297", "2147483648", "18446744073709551617", "-18446744073709551615"],
  ...["99999999999999999999", "-99999999999999999999", "9223372036854775808", "1,000", "1_0"],
];
/** Words for the port, most of them for one that refuses at once; the reference looks at 16 bits. */
function portWords(closed: number): readonly string[] {
  const right = `${closed}`;
  return [
    ...Array<string>(6).fill(right),
    ...["0", "65536", "-1", "x", "", `${right}x`, "0x1", ` ${right}`, `0${right}`],
    `-${65_536 - closed}`,
  ];
}

const PEERS = [
  "127.0.0.1",
  "127.0.0.1",
  "127.0.0.1",
  "127.0.0.1",
  "",
  "::1",
  "[::1]",
  "127.0.0.1:{PORT}",
  "a:b",
  "-",
];
const ODD_WORDS = [
  ...[
    "--foo",
    "-V",
    "--",
    "-.5",
    "--verb",
    "+v",
    "-vd",
    "--aetitle=X",
    "-aetX",
    "++help",
    "+-1",
    "-?",
  ],
  ...[
    "-9x",
    "+5",
    "@nofile",
    "@empty",
    "@.",
    "@",
    "-",
    "+",
    " -v",
    "-é",
    "+dp",
    "-i4",
    "+pb",
    "--no-sni",
  ],
  ...["---", "-\t", "--HELP", "-LL"],
];

/** One random command line; what it contacts is a port that is closed. */
export function generateCase(random: Random, closed: number): GeneratedCase {
  const isTls = random.chance(0.5);
  const rows = random.chance(0.04) ? EVERYDAY : isTls || random.chance(0.1) ? KNOWN : PLAIN;
  const options = Array.from({ length: random.below(6) }, () => wordsOf(random.pick(rows), random));
  if (isTls && random.chance(0.6)) options.push(["+tla"]);
  if (isTls && random.chance(0.6)) options.push(["+tls", "nokey", "nocert"]);
  if (random.chance(0.1)) options.push(specialWords(random));
  if (random.chance(0.08)) options.push([random.pick(ODD_WORDS)]);
  const count = random.chance(0.9) ? 2 : random.below(4);
  const peer = random.pick(PEERS).replace("{PORT}", `${closed}`);
  const parameters = [peer, random.pick(portWords(closed)), "x"].slice(0, count);
  const words = interleave({ options, parameters }, random);
  if (random.chance(0.03)) words.pop();
  return random.chance(0.12) ? intoFile(words, random) : { words };
}

/** An option that changes what the whole command line is for. */
function specialWords(random: Random): string[] {
  const rows = ROWS.filter((row) => row.prints || row.parameters !== undefined);
  return wordsOf(random.pick(rows), random);
}

function wordsOf(row: OptionRow, random: Random): string[] {
  const name = row.short !== undefined && random.chance(0.5) ? row.short : row.long;
  return [name, ...row.values.map((value) => valueWord(value, random))];
}

function valueWord(value: ValueSpec, random: Random): string {
  switch (value.kind) {
    case "integer":
      if (random.chance(0.6)) return String(value.minimum + random.below(20));
      return random.chance(0.5)
        ? String(random.pick([value.minimum - 1, value.minimum, value.maximum, value.maximum + 1]))
        : random.pick(NUMBERS);
    case "choice": {
      const word = random.pick([...value.choices, ...value.unlisted ?? [], "bad", ""]);
      return random.chance(0.2) ? word.toUpperCase() : word;
    }
    case "text":
      return random.pick(value.completes === undefined ? TEXTS : FILES);
    case "parsed":
      return random.pick(["1", "127.0.0.1:1", "x"]);
  }
}

/** Options in any order, the parameters between them in theirs. */
function interleave(
  { options, parameters }: { options: readonly string[][]; parameters: readonly string[] },
  random: Random,
): string[] {
  const places = random.shuffle([
    ...options.map(() => "option"),
    ...parameters.map(() => "parameter"),
  ]);
  const rest = { option: random.shuffle(options).values(), parameter: parameters.values() };
  return places.flatMap((place) =>
    place === "option" ? rest.option.next().value ?? [] : [rest.parameter.next().value ?? ""]
  );
}

/** Moves a stretch of the words into a command file, in some notation. */
function intoFile(words: readonly string[], random: Random): GeneratedCase {
  const from = random.below(words.length + 1);
  const to = from + random.below(words.length + 1 - from);
  const separators = [" ", "\n", "\r\n", "\t", "  "];
  const text = words.slice(from, to)
    .map((word) => quoted(word, random) + random.pick(separators)).join("");
  const noise = random.chance(0.3) ? random.pick(["'", '"', "# c", '""', "\ufeff", 'a"b c"d']) : "";
  const bytes = new TextEncoder().encode(random.chance(0.5) ? text + noise : noise + text);
  const content = random.chance(0.1) ? Uint8Array.of(...bytes, 0xfc, 0x41) : bytes;
  const name = random.pick(["args", "a b", "-"]);
  return {
    words: [...words.slice(0, from), `@${name}`, ...words.slice(to)],
    commandFile: { name, content },
  };
}

function quoted(word: string, random: Random): string {
  const quote = random.pick(['"', "'", ""]);
  return word === "" && quote === "" ? '""' : quote + word + quote;
}
