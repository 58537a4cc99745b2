/**
 * Recorded cases of `-lc`: reading them, running one, comparing what came out.
 *
 * What runs a case is an argument, so the same cases judge the log engine alone, the whole program, and the reference
 * itself. `tests/golden/log-cases/README.md` says how a case is written.
 */

/** Which peer a case talks to. */
export type CasePeer = "accepting" | "rejecting" | "closed";

/** Bytes that a case expects, with placeholders. */
export interface ExpectedText {
  /** Text with placeholders such as `<PID>`; only the last lines when `size` is given. */
  readonly text: string;
  /** Size of the whole in bytes, for large files. */
  readonly size?: number;
}

/** A recorded case. */
export interface LogCase {
  readonly name: string;
  readonly peer: CasePeer;
  /** Environment of the command. */
  readonly env: Readonly<Record<string, string>>;
  /** Shell lines that come before it. */
  readonly setup: readonly string[];
  /** Words of the command after the program's name. */
  readonly args: readonly string[];
  /** How often it is run. */
  readonly runs: number;
  readonly exit: number;
  readonly stdout: ExpectedText;
  readonly stderr: ExpectedText;
  /** By name, which may hold placeholders. */
  readonly files: ReadonlyMap<string, ExpectedText>;
  readonly datagrams: readonly string[];
}

/** One run that a runner is asked for. */
export interface CaseRun {
  readonly directory: string;
  readonly peer: CasePeer;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What came out of one run. */
export interface CaseOutcome {
  /** `undefined` when the runner has no exit code of its own. */
  readonly exit: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** The signal that ended it; `null` when none did. */
  readonly signal: string | null;
}

/** Runs a command line once. Texts are bytes as Latin-1. */
export type CaseRunner = (run: CaseRun) => Promise<CaseOutcome>;

/** Receives datagrams while a case runs. */
export interface DatagramReceiver {
  readonly port: number;
  /** Resolves with what came, as soon as `count` are there or no more come. */
  received(count: number): Promise<string[]>;
}

/** What each placeholder may mean. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  PORT: "[0-9]+",
  SYSLOG_PORT: "[0-9]+",
  PID: "[0-9]+",
  TID: "[0-9]{10,20}",
  HOST: "[A-Za-z0-9.-]+",
  TIME: "[0-9][0-9:. -]*",
  DATE: "[0-9]{4}-?[0-9]{2}-?[0-9]{2}",
  HOUR: "[0-9]{2}",
  MS: "[0-9]+",
  "UTC-TIME": "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z",
};

/** Reads all cases of a directory. */
export function readLogCases(directory: URL): LogCase[] {
  const names = [...Deno.readDirSync(directory)].map((entry) => entry.name)
    .filter((name) => name.endsWith(".expected")).sort();
  return names.map((name) =>
    parseLogCase(name.slice(0, -".expected".length), readLatin1(new URL(name, directory)))
  );
}

/** Runs a case in `directory` and lists what differs from the record; an empty list is agreement. */
export async function replayLogCase(
  logCase: LogCase,
  runner: CaseRunner,
  place: {
    readonly directory: string;
    readonly config: URL;
    readonly port: string;
    readonly receiver: DatagramReceiver;
  },
): Promise<string[]> {
  const { directory, receiver } = place;
  const configName = `${logCase.name}.cfg`;
  Deno.copyFileSync(place.config, `${directory}/${configName}`);
  for (const line of logCase.setup) await runShell(line, directory);
  const fill = (text: string) =>
    text.replace("<SYSLOG_PORT>", String(receiver.port)).replace("<PORT>", place.port);
  const env = Object.fromEntries(
    Object.entries(logCase.env).map(([name, value]) => [name, fill(value)]),
  );
  const outcome = { exit: undefined as number | undefined, stdout: "", stderr: "" };
  for (let run = 0; run < logCase.runs; run++) {
    const args = logCase.args.map(fill);
    const one = await runner({ directory, peer: logCase.peer, args, env });
    outcome.exit = one.exit;
    outcome.stdout += one.stdout;
    outcome.stderr += one.stderr;
  }
  const differences = compareOutcome(logCase, outcome);
  differences.push(...compareFiles(logCase, { directory, configName }));
  const datagrams = await receiver.received(logCase.datagrams.length);
  differences.push(
    ...compareText("datagrams", {
      expected: { text: logCase.datagrams.join("\n") },
      actual: datagrams.join("\n"),
    }),
  );
  return differences;
}

/** Two texts side by side. */
interface Compared {
  readonly expected: ExpectedText;
  readonly actual: string;
}

function compareOutcome(logCase: LogCase, outcome: Omit<CaseOutcome, "signal">): string[] {
  const differences = [
    ...compareText("stdout", { expected: logCase.stdout, actual: outcome.stdout }),
    ...compareText("stderr", { expected: logCase.stderr, actual: outcome.stderr }),
  ];
  if (outcome.exit !== undefined && outcome.exit !== logCase.exit) {
    differences.push(`exit code ${outcome.exit} instead of ${logCase.exit}`);
  }
  return differences;
}

function compareFiles(
  logCase: LogCase,
  { directory, configName }: { readonly directory: string; readonly configName: string },
): string[] {
  const differences: string[] = [];
  const missing = new Map(logCase.files);
  for (const { name } of Deno.readDirSync(directory)) {
    if (name === configName) continue;
    const match = [...missing.keys()].find((key) => toExpression(key).test(name));
    const expected = match === undefined ? undefined : missing.get(match);
    if (match === undefined || expected === undefined) {
      differences.push(`unexpected file ${name}`);
      continue;
    }
    missing.delete(match);
    differences.push(...compareText(`file ${name}`, {
      expected,
      actual: readLatin1(`${directory}/${name}`),
    }));
  }
  for (const name of missing.keys()) differences.push(`missing file ${name}`);
  return differences;
}

function compareText(what: string, { expected, actual }: Compared): string[] {
  const differences: string[] = [];
  let text = actual;
  if (expected.size !== undefined) {
    if (actual.length !== expected.size) {
      differences.push(`${what}: ${actual.length} bytes instead of ${expected.size}`);
    }
    text = actual.split("\n").slice(-3).join("\n");
  }
  if (!toExpression(expected.text).test(text)) {
    differences.push(`${what}:\n--- recorded\n${expected.text}\n--- here\n${text}\n---`);
  }
  return differences;
}

/** The expression that a text with placeholders means. */
function toExpression(text: string): RegExp {
  const source = text.split(/<([A-Z_-]+)>/).map((part, index) => {
    const pattern = index % 2 === 1 ? PLACEHOLDERS[part] : undefined;
    if (pattern !== undefined) return pattern;
    return (index % 2 === 1 ? `<${part}>` : part).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  }).join("");
  return new RegExp(`^${source}$`);
}

function parseLogCase(name: string, text: string): LogCase {
  const files = new Map<string, ExpectedText>();
  const sections = new Map<string, { readonly tail: string; readonly lines: string[] }>();
  let lines: string[] = [];
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const head = /^=== (peer|command|exit|stdout|stderr|file|datagrams|note) ?(.*)$/.exec(line);
    if (head === null) {
      lines.push(line);
      continue;
    }
    lines = [];
    const [, kind = "", tail = ""] = head;
    sections.set(kind === "file" ? `file ${tail}` : kind, { tail, lines });
  }
  for (const [key, section] of sections) {
    if (key.startsWith("file ")) {
      const fileName = key.slice(5).replace(/ \(.*\)$/, "");
      files.set(fileName, expectedText(section));
    }
  }
  const get = (key: string) => sections.get(key) ?? { tail: "", lines: [] };
  return {
    name,
    peer: toPeer(get("peer").lines[0]),
    ...parseCommand(get("command").lines),
    exit: Number(get("exit").tail),
    stdout: expectedText(get("stdout")),
    stderr: expectedText(get("stderr")),
    files,
    datagrams: get("datagrams").lines,
  };
}

function parseCommand(
  lines: readonly string[],
): Pick<LogCase, "setup" | "env" | "args" | "runs"> {
  const env: Record<string, string> = {};
  const setup: string[] = [];
  let args: string[] = [];
  let runs = 1;
  for (const line of lines) {
    const times = /^\(run ([0-9]+) times\)$/.exec(line);
    if (times !== null) runs = Number(times[1]);
    else if (line.startsWith("(setup) ")) setup.push(line.slice("(setup) ".length));
    else {
      const words = line.split(" ");
      const program = words.indexOf("echoscu");
      for (const word of words.slice(0, program)) {
        const [variable = "", ...value] = word.split("=");
        env[variable] = value.join("=");
      }
      args = words.slice(program + 1);
    }
  }
  return { env, setup, args, runs };
}

function expectedText(section: { readonly tail: string; readonly lines: string[] }): ExpectedText {
  const { tail, lines } = section;
  if (tail.endsWith("(empty)") || lines.length === 0) return { text: "" };
  const noEnd = tail.endsWith("(no line end after the last line)");
  const text = lines.join("\n") + (noEnd ? "" : "\n");
  const size = /\(([0-9]+) bytes, last 2 lines only\)$/.exec(tail);
  return size === null ? { text } : { text, size: Number(size[1]) };
}

function toPeer(text: string | undefined): CasePeer {
  if (text === "accepting" || text === "rejecting" || text === "closed") return text;
  throw new Error(`Cannot read case: unknown peer "${text}"`);
}

/** Bytes as Latin-1, so that nothing is lost. */
export function readLatin1(path: string | URL): string {
  return latin1(Deno.readFileSync(path));
}

/** Bytes as Latin-1, so that nothing is lost. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return text;
}

async function runShell(line: string, directory: string): Promise<void> {
  const { success } = await new Deno.Command("sh", { args: ["-c", line], cwd: directory }).output();
  if (!success) throw new Error(`Cannot prepare case: "${line}" failed`);
}
