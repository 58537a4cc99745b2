/**
 * Random log configurations: the same number gives the same configuration.
 *
 * They keep to what has one right outcome: no root level that ends the reference, no variables in circles, files of
 * their own for appenders that write at their own time. What depends on the moment is in marked places, so that
 * `normalise` can take it out by name.
 */

/** A random configuration. */
export interface RandomConfig {
  readonly text: string;
  /** Files that exist before the run, by name, with their size. */
  readonly files: ReadonlyMap<string, number>;
}

/** Draws from a seeded sequence (mulberry32). */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 <= value < 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let value = this.#state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** True in `share` of all draws. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  /** One of several. */
  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.next() * choices.length)] ?? choices[0];
  }

  /** So many picks, from `min` to `max`. */
  several<T>(choices: readonly [T, ...T[]], span: readonly [min: number, max: number]): T[] {
    const count = span[0] + Math.floor(this.next() * (span[1] - span[0] + 1));
    return Array.from({ length: count }, () => this.pick(choices));
  }
}

const LEVELS = ["TRACE", "debug", "INFO", "Warn", "ERROR", "FATAL", "OFF", "ALL"] as const;
const ODD_LEVELS = ["INHERITED", "WARNING", "", "42", "notset"] as const;
const BOOLEANS = ["true", "FALSE", "1", "0", "-1", "yes", "", "true x"] as const;
const LOGGERS = [
  "dcmtk",
  "dcmtk.apps",
  "dcmtk.apps.echoscu",
  "dcmtk.dcmnet",
  "dcmtk.dcmdata",
  "dcm",
  "root",
] as const;

/** Pieces of patterns; those that depend on the moment stand between a name and a closing mark. */
const PIECES = [
  "%m",
  "%m",
  "%p",
  "%P",
  "%-5p",
  "%7p",
  "%.3p",
  "%6.2p",
  "%05p",
  "%c",
  "%c{1}",
  "%-12c{2}",
  "%c{9}",
  "%c{x}",
  "%L",
  "%l",
  "%b",
  "%.9F",
  "%M",
  "%.20m",
  "%-40.30m",
  "%n",
  "%%",
  "%x",
  "%X{a}",
  "%h",
  "%H",
  "|",
  " - ",
  "\\t",
  "{1}",
  "${word}",
  "${pair}",
  "${NOT_SET_ANYWHERE}",
  "${appname}",
  "pid=%i;",
  "tid=%t;",
  "pid=%T;",
  "ms=%r;",
  "at(%D)",
  "at(%d{%H:%M:%S.%q})",
  "at(%D{%Y-%m-%d %H:%M:%S.%Q})",
  "at(%25D{%c})",
  "at(%-30d{%a %e %b %k:%M:%S %Z %z})",
  "at(%D{%s})",
  "at(${date} ${time})",
] as const;
const ODD_PIECES = ["%k", "%5-p", "%.x", "%5%", "%", "%c{1", "%q", "%-", "%3"] as const;

const FILTERS: readonly [readonly [string, ...string[]], ...(readonly [string, ...string[]])[]] = [
  ["log4cplus::spi::DenyAllFilter"],
  ["log4cplus::spi::LogLevelMatchFilter", "LogLevelToMatch"],
  ["log4cplus::spi::LogLevelRangeFilter", "LogLevelMin", "LogLevelMax"],
  ["log4cplus::spi::StringMatchFilter", "StringToMatch"],
  ["log4cplus::DenyAllFilter"],
];

/** Makes the configuration of a seed. */
export function randomLogConfig(seed: number): RandomConfig {
  const dice = new Dice(seed);
  const files = new Map<string, number>();
  const lines = ["# seed " + seed, "word = random", "pair = ${word}/${word}"];
  if (dice.chance(0.2)) lines.push(`log4cplus.configDebug = ${dice.pick(BOOLEANS)}`);
  if (dice.chance(0.1)) lines.push(`log4cplus.quietMode = ${dice.pick(BOOLEANS)}`);
  const names = ["a", "b", "c", "d"].slice(0, 1 + Math.floor(dice.next() * 4));
  const root = [dice.pick(LEVELS), ...dice.several(["a", "b", "c", "d", "A"], [0, 3])];
  lines.push(
    `log4cplus.rootLogger =${
      dice.chance(0.05) ? "" : ` ${root.join(dice.pick([",", ", ", " ,,"]))}`
    }`,
  );
  for (const name of names) lines.push(...appender(name, { dice, files }));
  for (const name of dice.several(LOGGERS, [0, 2])) {
    const level = dice.chance(0.3) ? dice.pick(ODD_LEVELS) : dice.pick(LEVELS);
    lines.push(
      `log4cplus.logger.${name} = ${[level, ...dice.several(["a", "b"], [0, 1])].join(", ")}`,
    );
  }
  if (dice.chance(0.3)) {
    lines.push(`log4cplus.additivity.${dice.pick(LOGGERS)} = ${dice.pick(BOOLEANS)}`);
  }
  if (dice.chance(0.1)) lines.push("log4cplus.appender.word = ${open", "no equals sign here");
  return { text: disfigure(lines, dice).join("\n") + (dice.chance(0.8) ? "\n" : ""), files };
}

/** Takes out what depends on the moment: ids, milliseconds, and the digits of times. */
export function normalise(text: string): string {
  return text
    .replace(/x{100,}/g, (filling) => `<${filling.length} x>`)
    .replace(/pid=[0-9]+/g, "pid=<PID>")
    .replace(/tid=[0-9]+/g, "tid=<TID>")
    .replace(/ms=[0-9]+/g, "ms=<MS>")
    .replace(/at\([^)]*\)/g, (time) => time.replace(/[0-9]/g, "9"))
    // The first field of TTCCLayout, with and without DateFormat, and its thread.
    .replace(/[0-9:]+(?:\.[0-9]+)? \[[0-9]{10,}\] /g, "<TIME> [<TID>] ");
}

interface Deps {
  readonly dice: Dice;
  readonly files: Map<string, number>;
}

function appender(name: string, { dice, files }: Deps): string[] {
  const at = `log4cplus.appender.${name}`;
  const kind = dice.pick([
    "Console",
    "Console",
    "File",
    "RollingFile",
    "DailyRollingFile",
    "Null",
    "Async",
    "Odd",
  ]);
  const lines = [`${at} = log4cplus::${kind}Appender`];
  if (kind === "Async") {
    lines.push(`${at}.Appender = log4cplus::${dice.pick(["File", "File", "Nothing"])}Appender`);
    lines.push(...fileProperties(`${at}.Appender`, { dice, files }));
    lines.push(...common(`${at}.Appender`, dice), `${at}.Threshold = OFF`);
    return lines;
  }
  if (kind === "Console") {
    if (dice.chance(0.5)) {
      lines.push(`${at}.${dice.pick(["logToStdErr", "logToStderr"])} = ${dice.pick(BOOLEANS)}`);
    }
    if (dice.chance(0.3)) lines.push(`${at}.ImmediateFlush = true`);
  } else if (kind.endsWith("File")) {
    lines.push(...fileProperties(at, { dice, files }));
    if (kind === "RollingFile") lines.push(...rollingProperties(at, dice));
    if (kind === "DailyRollingFile" && dice.chance(0.8)) {
      lines.push(
        `${at}.Schedule = ${dice.pick(["daily", "MONTHLY", "Weekly", "twice_daily", "sometimes"])}`,
      );
    }
  }
  return [...lines, ...common(at, dice)];
}

/**
 * What the reference does not get right is left out: inside an AsyncAppender it loses what was not flushed, and without
 * the lock file that it wants, a daily rolling file ends the program.
 */
function fileProperties(at: string, { dice, files }: Deps): string[] {
  const isInside = at.endsWith(".Appender");
  const name = `${at.replace(/^log4cplus\.appender\.|\.Appender$/g, "")}.log`;
  const path = dice.pick([undefined, `missing/${name}`, ...Array<string>(16).fill(name)]);
  const lines = path === undefined ? [] : [`${at}.File = ${path}`];
  if (dice.chance(0.3)) files.set(name, dice.pick([5, 300_000]));
  if (dice.chance(0.4)) lines.push(`${at}.Append = ${dice.pick(BOOLEANS)}`);
  if (dice.chance(0.2) && !isInside) lines.push(`${at}.ImmediateFlush = false`);
  if (dice.chance(0.15) && path === name) lines.push(`${at}.UseLockFile = true`);
  return lines;
}

function rollingProperties(at: string, dice: Dice): string[] {
  const lines: string[] = [];
  if (dice.chance(0.8)) {
    const size = dice.pick([
      "1KB",
      "200KB",
      "250 kb",
      "1MB",
      "0",
      "text",
      "299990",
      "310000",
      "-5",
    ]);
    lines.push(`${at}.MaxFileSize = ${size}`);
  }
  if (dice.chance(0.5)) {
    lines.push(`${at}.MaxBackupIndex = ${dice.pick(["0", "1", "3", "+2", "0x2"])}`);
  }
  return lines;
}

function common(at: string, dice: Dice): string[] {
  const lines: string[] = [];
  if (dice.chance(0.85)) lines.push(...layout(at, dice));
  if (dice.chance(0.3)) {
    lines.push(`${at}.Threshold = ${dice.chance(0.2) ? dice.pick(ODD_LEVELS) : dice.pick(LEVELS)}`);
  }
  if (dice.chance(0.4)) {
    const count = 1 + Math.floor(dice.next() * 2);
    for (let number = 1; number <= count; number++) {
      lines.push(...filter(`${at}.filters.${number}`, dice));
    }
  }
  return lines;
}

function layout(at: string, dice: Dice): string[] {
  const kind = dice.pick(["Pattern", "Pattern", "Pattern", "Pattern", "Simple", "TTCC", "Odd"]);
  const lines = [`${at}.layout = log4cplus::${kind}Layout`];
  if (kind === "TTCC" && dice.chance(0.5)) {
    lines.push(
      `${at}.layout.DateFormat = %H:%M:%S`,
      `${at}.layout.Use_gmtime = ${dice.pick(BOOLEANS)}`,
    );
  }
  if (kind !== "Pattern" || dice.chance(0.05)) return lines;
  const pieces: string[] = dice.several(PIECES, [1, 7]);
  if (dice.chance(0.2)) {
    pieces.splice(Math.floor(dice.next() * pieces.length), 0, dice.pick(ODD_PIECES) + "|");
  }
  const name = dice.chance(0.05) ? "Pattern" : "ConversionPattern";
  lines.push(`${at}.layout.${name} = ${pieces.join("")}${dice.chance(0.9) ? "%n" : ""}`);
  if (dice.chance(0.3)) lines.push(`${at}.layout.FormatEachLine = ${dice.pick(BOOLEANS)}`);
  return lines;
}

function filter(at: string, dice: Dice): string[] {
  const [name, ...properties] = dice.pick(FILTERS);
  const lines = [`${at} = ${name}`];
  for (const property of properties) {
    const text = dice.pick(["Assoc", "DUL", "e", "nowhere"]);
    const value = property === "StringToMatch" ? text : dice.pick([...LEVELS, "nonsense"]);
    if (!dice.chance(0.15)) lines.push(`${at}.${property} = ${value}`);
  }
  if (dice.chance(0.6)) lines.push(`${at}.AcceptOnMatch = ${dice.pick(BOOLEANS)}`);
  return lines;
}

/** Blanks, tabs, comments and carriage returns where they do not matter. */
function disfigure(lines: readonly string[], dice: Dice): string[] {
  const carriageReturn = dice.chance(0.1) ? "\r" : "";
  return lines.flatMap((line) => {
    const before = dice.chance(0.1) ? dice.pick(["  ", "\t", " \t "]) : "";
    const spread = dice.chance(0.2) ? line.replace(" = ", dice.pick(["=", "   =\t", " ="])) : line;
    const comment = dice.chance(0.1) ? [`${before}# ${line}`] : [];
    return [...comment, before + spread + carriageReturn];
  });
}
