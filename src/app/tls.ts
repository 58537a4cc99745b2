/**
 * Prepares TLS for the modes, says what cannot be prepared, and does for a check what only TLS brings. Nothing of it is
 * loaded without TLS options.
 */

import type { CheckResult, Secure } from "../check/mod.ts";
import { escapeControls } from "../common/visible.ts";
import { loadTlsLines } from "../log/mod.ts";
import { hasReportOnStdout, type Options, type TlsOptions } from "../options/mod.ts";
import { loadTlsReport } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import type { SecureServer } from "../scp/mod.ts";
import { FILE_FAULTS, type FileContent, type FileFault } from "../system/mod.ts";
import type { FileReader, PreparedTls, Throwaway } from "../tls/mod.ts";
import type { KeyPassword, TlsSetupProblem } from "../tls/types.ts";
import { loadTlsTransport, type TlsTransport } from "../transport/mod.ts";
import type { LogTo, ModeContext, SpecialLines, World } from "./context.ts";
import { logMessage, logMessages } from "./logging.ts";
import { explainSetup } from "./explanation.ts";
import { type CannotBegin, isObstacle } from "./outcome.ts";

/** TLS that is asked for. */
export type WantedTls = Exclude<TlsOptions, { mode: "off" }>;

/** TLS, ready for connections. */
export interface ReadyTls extends PreparedTls {
  /** Makes handshakes. */
  readonly transport: TlsTransport;
}

/** Loads the room that decides on certificates. */
export async function loadTls() {
  return await import("../tls/mod.ts");
}

/** Prepares what `wanted` asks for, for one side; or logs what is wrong. */
export async function makeTlsReady(
  wanted: WantedTls,
  context: LogTo & {
    readonly options: Options;
    readonly side: "client" | "server";
    readonly throwaway?: Throwaway;
    /** The peer of a plan that it is for. */
    readonly peer?: string;
  },
): Promise<ReadyTls | CannotBegin> {
  const { world, side, throwaway, peer } = context;
  const [tls, transport, lines] = await Promise.all([
    loadTls(),
    loadTlsTransport(),
    loadTlsLines(),
  ]);
  try {
    const prepared = await tls.prepareTls(wanted, {
      reader: await tlsFileReader(wanted, context),
      listFolder: world.listFolder,
      now: world.wallTime,
      password: (source) => findPassword(source, { world, Unreadable: tls.TlsSetupError }),
      report: (event) => logMessages(context, lines.tlsSetupMessages(event)),
      side,
      ...(throwaway === undefined ? {} : { throwaway }),
    });
    return { ...prepared, transport };
  } catch (error) {
    if (!(error instanceof tls.TlsSetupError)) throw error;
    const { problem } = error;
    const messages = lines.tlsProblemMessages(problem, (profile) => tls.profileOf(profile).name);
    logMessages(context, messages);
    const hint = await explainSetup(problem, context);
    const said = messages.filter(({ level }) => level === "fatal").map(({ text }) => text())
      .join("; ");
    const whom = peer === undefined ? "" : ` for peer ${peer}`;
    const reason = `TLS cannot be set up${whom}, nobody was contacted: ${said}`;
    return { kind: "cannot-begin", obstacle: "tls", reason, hint };
  }
}

/** How an answering side puts TLS over its connections. */
export function secureServerBy({ transport, settings }: ReadyTls): SecureServer {
  return (stream, { idleSeconds, signal }) =>
    transport.secureServer(stream, {
      settings,
      host: stream.remote.host,
      idleSeconds,
      totalSeconds: idleSeconds,
      signal,
    });
}

/** How a check puts TLS over its connections. */
export function secureBy({ transport, settings }: ReadyTls): Secure {
  return (stream, about) => transport.secureClient(stream, { settings, ...about });
}

/** As the system numbers them: the reference prints the numbers. */
const ERROR_NUMBERS: Readonly<Record<FileFault, number>> = {
  missing: 2,
  directory: 21,
  unreadable: 13,
  "not-allowed": 13,
  kept: 13,
  "too-large": 27,
  "not-regular": 22,
  "too-slow": 110,
};

/**
 * The world's files as the tls room reads them: those that `wanted` or `more` name are read now, from pipes too; those
 * of hashed directories when they are looked for, and only where they are regular files.
 */
export async function tlsFileReader(
  wanted: WantedTls | undefined,
  { more = [], ...to }: LogTo & { readonly more?: readonly string[] },
): Promise<FileReader> {
  const { world } = to;
  const named = new Map<string, FileContent>();
  for (const path of [...namedFiles(wanted), ...more]) {
    if (!named.has(path)) named.set(path, await world.readFile(path, "bytes"));
  }
  const readRegularFile = await world.loadRegularFiles();
  const told = new Set<string>();
  return {
    read(path) {
      const contents = named.get(path) ?? readRegularFile(path, "bytes");
      if (contents instanceof Uint8Array) return { ok: true, bytes: contents };
      const words = OWN_WORDS[contents.error];
      // Of a hashed directory that is locked, many files are asked for.
      const place = contents.error === "not-allowed" && !named.has(path) ? folderOf(path) : path;
      if (words !== undefined && !told.has(place)) {
        told.add(place);
        logMessage(to, { level: "warn", text: `'${place}' ${words}` });
      }
      return { ok: false, errno: ERROR_NUMBERS[contents.error] };
    },
  };
}

/** For what the reference has no line of its own. */
const OWN_WORDS: Partial<Readonly<Record<FileFault, string>>> = {
  "not-allowed": FILE_FAULTS["not-allowed"],
  kept: FILE_FAULTS.kept,
  "too-large": "is larger than 64 MiB, the most that is read",
  "not-regular": FILE_FAULTS["not-regular"],
  "too-slow": FILE_FAULTS["too-slow"],
};

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"))) || "/";
}

function namedFiles(wanted: WantedTls | undefined): readonly string[] {
  if (wanted === undefined) return [];
  const own = wanted.mode === "authenticated" ? [wanted.keyFile, wanted.certificateFile] : [];
  return [...wanted.certificateFiles, ...wanted.crlFiles, ...own];
}

/** The variable that may hold it. */
const PASSWORD_VARIABLE = "ECHOSCU_KEY_PASSWORD";

/** The reference's prompt. */
const PROMPT = "Enter PEM pass phrase:";

/** Where passwords come from, and the error for a file that cannot be read. */
interface PasswordDeps {
  readonly world: World;
  readonly Unreadable: new (problem: TlsSetupProblem) => Error;
}

/** The password from where `source` says; `undefined` when there is none to be had. Throws an `Unreadable`. */
async function findPassword(
  source: KeyPassword,
  deps: PasswordDeps,
): Promise<string | undefined> {
  const { world } = deps;
  switch (source.kind) {
    case "given":
      return source.password;
    case "file":
      return await firstLine(source.path, deps);
    case "unset":
      return world.env(PASSWORD_VARIABLE) ?? await ask(world);
    case "prompt":
      return await ask(world);
    case "none":
      return undefined;
  }
}

/** Where nothing answers, the reference asks a second time before it gives up. */
async function ask({ askPassword }: World): Promise<string | undefined> {
  return await askPassword(PROMPT) ?? await askPassword(PROMPT);
}

async function firstLine(path: string, { world, Unreadable }: PasswordDeps): Promise<string> {
  const contents = await world.readFile(path);
  if (!(contents instanceof Uint8Array)) {
    throw new Unreadable({ kind: "password-file", path, why: FILE_FAULTS[contents.error] });
  }
  return new TextDecoder().decode(contents).split(/\r?\n/, 1)[0] ?? "";
}

/** Checks over TLS. */
export interface SecuredChecks {
  /** Puts TLS over a connection. */
  readonly secure: Secure;
  /** Words the events of TLS. */
  readonly special: SpecialLines;
}

/** Prepares checks over TLS; or says why that cannot be, which has been logged then. */
export async function secureChecks(
  tls: WantedTls,
  context: ModeContext,
): Promise<SecuredChecks | CannotBegin> {
  const prepared = await makeTlsReady(tls, { ...context, side: "client" });
  if (isObstacle(prepared)) return prepared;
  await warnOfEnds([prepared], context);
  return { secure: secureBy(prepared), special: await tlsLines(context) };
}

/** Warns of own certificates and lists that end within the days of `--expiry-warn`. */
export async function warnOfEnds(
  prepared: readonly Pick<ReadyTls, "ends">[],
  context: ModeContext,
): Promise<void> {
  const { expiryWarnDays: days } = context.options;
  if (days === undefined) return;
  const { endWarnings } = await loadTlsReport();
  const ends = prepared.flatMap((one) => one.ends);
  for (const text of endWarnings(ends, { days, nowMs: context.world.wallTime() })) {
    logMessage(context, { level: "warn", text });
  }
}

/** The words for the events of TLS; what the reference does not do is told to people only. */
export async function tlsLines(context: ModeContext): Promise<SpecialLines> {
  const { tlsMessagesOf } = await loadTlsLines();
  const tellsAll = isForPeople(context);
  return (event) => event.type === "securing-again" && !tellsAll ? [] : tlsMessagesOf(event);
}

function isForPeople({ options, world }: ModeContext): boolean {
  return world.stderrIsTerminal || options.explain;
}

/** What is left to do after a check over TLS. */
export async function finishSecured(result: CheckResult, context: ModeContext): Promise<void> {
  const { tls } = context.options;
  await reportTls(result, context);
  if (tls.mode === "off" || tls.writeSeedFile === undefined) return;
  if (result.association === undefined) return;
  const seed = crypto.getRandomValues(new Uint8Array(SEED_LENGTH));
  // The reference says nothing of a seed that cannot be written.
  await context.world.writeSeed(tls.writeSeedFile, seed);
}

async function reportTls(result: CheckResult, context: ModeContext): Promise<void> {
  const { tlsReport, expiryWarnDays } = context.options;
  const isWeak = isForPeople(context) && result.tls !== undefined &&
    result.tls.facts.weaknesses.length > 0;
  if (!tlsReport && expiryWarnDays === undefined && !isWeak) return;
  const { expiryWarnings, tlsReportLines, weaknessWarning } = await loadTlsReport();
  const weakness = isWeak ? weaknessWarning(result) : undefined;
  if (weakness !== undefined) logMessage(context, { level: "warn", text: weakness });
  const warnings = expiryWarnDays === undefined ? [] : expiryWarnings(result, expiryWarnDays);
  for (const text of warnings) logMessage(context, { level: "warn", text });
  if (tlsReport) printTls(tlsReportLines(result), context);
}

/** Prints what the peers of a plan show, one after the other in its order: those whose check came to TLS. */
export async function reportTlsOfPeers(
  { entries }: RunReport,
  context: ModeContext,
): Promise<void> {
  const { tlsReportLines } = await loadTlsReport();
  for (const { name, result } of entries) {
    if (result?.tls === undefined) continue;
    const [first = "", ...lines] = tlsReportLines(result);
    const isNamed = first.endsWith(` ${name}`);
    printTls([isNamed ? first : `${first} (${escapeControls(name)})`, ...lines], context);
  }
}

function printTls(lines: readonly string[], { options, world }: ModeContext): void {
  const write = hasReportOnStdout(options) ? world.writeErr : world.writeOut;
  write(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
}

/** As long as the reference's. Nothing reads it here: randomness always comes from the system. */
const SEED_LENGTH = 1024;
