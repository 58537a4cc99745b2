/** Finds out which TLS a peer speaks: `--tls-scan`. Loaded when it is given. */

import { hex4 } from "../common/hex.ts";
import { bareHost, hostAndPort } from "../common/host.ts";
import { escapeControls } from "../common/visible.ts";
import { loadWords, type Options, type TlsScanMode } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { loadScanReport, type ScanCommand } from "../report/mod.ts";
import { pause } from "../runner/mod.ts";
import type { Answer, Choice, EarlyEnd, Probe, Scan, ScanResult } from "../tls_scan/mod.ts";
import { checkPeer } from "./check_mode.ts";
import type { ModeContext } from "./context.ts";
import { isJsonLog, isQuiet, logMessage } from "./logging.ts";
import { optionsForPlain, optionsOfChoice, trustBy } from "./scan_options.ts";
import { type CannotBegin, isObstacle, type Outcome } from "./outcome.ts";
import { askByTls, type Asking } from "./scan_talk.ts";
import { makeTlsReady, type ReadyTls } from "./tls.ts";

/** After one that gave no answer, of a peer that spoke TLS before: it may limit how fast they may come. */
const LONG_PAUSE_SECONDS = 1;
/** Limits of one connection; `-to` and `-ts` may make the first two shorter. */
const CONNECT_SECONDS = 10;
const IDLE_SECONDS = 5;
const TALK_SECONDS = 10;
/** All of it, where `--peer-deadline` says nothing. */
const TOTAL_SECONDS = 300;

/** Scans the peer of `mode` and prints what was found, also when it is interrupted. */
export async function runScanMode(mode: TlsScanMode, context: ModeContext): Promise<Outcome> {
  const { options, world } = context;
  const prepared = await preparedTls(context);
  if (prepared !== undefined && isObstacle(prepared)) return prepared;
  const room = await import("../tls_scan/mod.ts");
  const totalSeconds = options.peerDeadlineSeconds ?? TOTAL_SECONDS;
  if (!isQuiet(options)) {
    const limits = { connections: room.MOST_CONNECTIONS, totalSeconds };
    const text = openingLine(mode, limits);
    if (isJsonLog(context)) logMessage(context, { level: "info", text });
    else world.writeErr(new TextEncoder().encode(`${text}\n`));
  }
  const startedAt = world.wallTime();
  const began = world.clock.now();
  const scan = new room.Scan({
    host: bareHost(mode.peer),
    port: mode.port,
    nowMs: startedAt,
    serverName: options.tls.serverName,
    trust: prepared && await trustBy(prepared, mode.peer),
  });
  const ask = askerOf(mode, { context, talkOf: room.talkOf });
  const endedBy = await run(scan, { mode, ask, endMs: began + totalSeconds * 1000, context });
  const result = scan.result(endedBy);
  const unwritten = await tell(result, {
    context,
    startedAt,
    elapsedMs: world.clock.now() - began,
  });
  return { kind: "scanned", result, unwritten };
}

/** What carries out probes. */
function askerOf(
  mode: TlsScanMode,
  { context, talkOf }: {
    readonly context: ModeContext;
    readonly talkOf: Asking["talkOf"];
  },
): (probe: Probe) => Promise<Answer> {
  const { options, world } = context;
  const { connectTimeoutSeconds = CONNECT_SECONDS } = options;
  const asking: Asking = {
    world,
    target: {
      host: mode.peer,
      port: mode.port,
      family: options.family,
      connectTimeoutSeconds: Math.min(connectTimeoutSeconds, CONNECT_SECONDS),
    },
    limits: { idleSeconds: idleSeconds(options), totalSeconds: TALK_SECONDS },
    talkOf,
  };
  return (probe) => probe.kind === "plain" ? askPlain(mode, context) : askByTls(probe, asking);
}

async function preparedTls(
  { options, ...context }: ModeContext,
): Promise<ReadyTls | CannotBegin | undefined> {
  if (options.tls.mode === "off") return undefined;
  return await makeTlsReady(options.tls, { ...context, options, side: "client" });
}

function idleSeconds({ socketTimeoutSeconds }: Options): number {
  return socketTimeoutSeconds > 0 ? Math.min(socketTimeoutSeconds, IDLE_SECONDS) : IDLE_SECONDS;
}

/** Said before anybody is contacted. */
function openingLine(
  { peer, port }: TlsScanMode,
  limits: { readonly connections: number; readonly totalSeconds: number },
): string {
  return `TLS scan of ${escapeControls(hostAndPort({ host: peer, port }))}: at most ` +
    `${limits.connections} connections, one after another, in at most ${limits.totalSeconds} s`;
}

/** Asks until there is nothing to ask; gives why it ended before. */
async function run(
  scan: Scan,
  { mode: { pauseSeconds }, ask, endMs, context }: {
    readonly mode: TlsScanMode;
    readonly ask: (probe: Probe) => Promise<Answer>;
    readonly endMs: number;
    readonly context: ModeContext;
  },
): Promise<EarlyEnd | undefined> {
  const { clock, signal } = context.world;
  let seconds = 0;
  try {
    for (let probe = scan.next(); probe !== undefined;) {
      await pause(seconds, { clock, signal });
      signal.throwIfAborted();
      if (clock.now() >= endMs) return "time";
      const answer = await ask(probe);
      logMessage(context, { level: "debug", text: stepText(probe, answer) });
      const isLost = answer.kind === "silent" || answer.kind === "unreachable";
      const isTired = isLost && scan.hasTls;
      seconds = isTired ? Math.max(pauseSeconds, LONG_PAUSE_SECONDS) : pauseSeconds;
      probe = scan.next(answer);
    }
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return "interrupted";
  }
  return undefined;
}

/** What was asked and what came of it, for whoever watches. */
function stepText(probe: Probe, answer: Answer): string {
  if (probe.kind === "plain") return "TLS scan: C-ECHO without TLS";
  const { kind, version, suites, groups, serverName } = probe;
  const name = serverName === undefined ? "" : `, for ${escapeControls(serverName)}`;
  const asked = `${kind} 0x${
    hex4(version)
  }, ${suites.length} suites, ${groups.length} groups${name}`;
  return `TLS scan: ${asked}: ${answerText(answer)}`;
}

function answerText(answer: Answer): string {
  if (answer.kind === "alert") return `alert ${answer.alert}`;
  if (answer.kind !== "hello") return "end" in answer ? answer.end : answer.kind;
  return `hello 0x${hex4(answer.version)}, suite 0x${hex4(answer.suite)}`;
}

/** An association in plain, with short limits. */
async function askPlain(
  { peer, port }: TlsScanMode,
  { options, world }: ModeContext,
): Promise<Answer> {
  const check = checkOf(
    { kind: "check", peer, port },
    optionsForPlain(options, idleSeconds(options)),
  );
  const result = await checkPeer(check, { world, trace: () => {}, deadlineSeconds: TALK_SECONDS });
  const isDicom = result.outcome === "verified" || DICOM_FAILURES.includes(result.error.name);
  world.signal.throwIfAborted();
  return { kind: "plain", isDicom };
}

/** Failures that only DICOM can cause. */
const DICOM_FAILURES: readonly string[] = [
  "AssociationRejected",
  "NoAcceptedContext",
  "PeerAborted",
  "EchoFailed",
];

/** Prints the result and writes its reports; whether one of them could not be written. */
async function tell(
  result: ScanResult,
  { context, ...when }: {
    readonly context: ModeContext;
    readonly startedAt: number;
    readonly elapsedMs: number;
  },
): Promise<boolean> {
  const { options, world } = context;
  const { scanDocument, renderScan } = await loadScanReport();
  const { deliverTexts, settingsOf } = await import("./reports.ts");
  const { shellWords } = await loadWords();
  const { origin, program } = settingsOf(context);
  const document = scanDocument(result, {
    ...when,
    program,
    origin,
    commands: await commandsOf(result, options),
    lineOf: (words) => shellWords(words, world.target.includes("windows") ? "windows" : "posix"),
  });
  const hasStdout = options.reports.some(({ file }) => file === undefined);
  const requests = hasStdout
    ? options.reports
    : [{ format: "text" as const, file: undefined }, ...options.reports];
  return await deliverTexts(requests, {
    ...context,
    render: (format) => renderScan(format, document),
  });
}

/** The command lines of the choices. */
async function commandsOf(result: ScanResult, options: Options): Promise<readonly ScanCommand[]> {
  const { wordsOfCheck } = await loadWords();
  const { host, port, choices } = result;
  return (["echoscu", "dcmtk"] as const).flatMap((client) => {
    const choice: Choice | undefined = choices[client];
    if (choice === undefined) return [];
    const chosen = optionsOfChoice(choice, { client, options, result });
    const words = wordsOfCheck(chosen.options, { peer: host, port });
    // Versions of the reference differ in what they take where no profile is named.
    const isDefault = client === "dcmtk" && choice.profile === "bcp195-nd";
    const named = isDefault ? words.toSpliced(-2, 0, "+py") : words;
    return [{ client, words: ["echoscu", ...named], needs: chosen.needs }];
  });
}
