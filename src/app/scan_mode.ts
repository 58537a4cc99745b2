/** Finds out which TLS a peer speaks: `--tls-scan`. Loaded when it is given. */

import { hex4 } from "../common/hex.ts";
import { bareHost, hostAndPort } from "../common/host.ts";
import { escapeControls } from "../common/visible.ts";
import { ANONYMOUS_TLS } from "../common/tls_request.ts";
import { loadWords, type Options, type TlsScanMode } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { loadScanReport, type ScanCommand } from "../report/mod.ts";
import { pause } from "../runner/mod.ts";
import type { TlsRefusal } from "../tls/mod.ts";
import type {
  Answer,
  AskDeps,
  ChainFinding,
  Choice,
  EarlyEnd,
  Probe,
  Scan,
  ScanResult,
} from "../tls_scan/mod.ts";
import { checkPeer } from "./check_mode.ts";
import type { ModeContext } from "./context.ts";
import { isJsonLog, isQuiet, logMessage } from "./logging.ts";
import { type CannotBegin, isObstacle, type Outcome } from "./outcome.ts";
import { loadTls, makeTlsReady, type ReadyTls, type WantedTls } from "./tls.ts";

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
  const ask = askerOf(mode, { context, askByTls: room.askByTls });
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
  { context, askByTls }: {
    readonly context: ModeContext;
    readonly askByTls: typeof import("../tls_scan/mod.ts").askByTls;
  },
): (probe: Probe) => Promise<Answer> {
  const { options, world } = context;
  const { connectTimeoutSeconds = CONNECT_SECONDS } = options;
  const { dial, clock, signal } = world;
  const deps: AskDeps = {
    dial,
    clock,
    signal,
    target: {
      host: mode.peer,
      port: mode.port,
      family: options.family,
      connectTimeoutSeconds: Math.min(connectTimeoutSeconds, CONNECT_SECONDS),
    },
    limits: { idleSeconds: idleSeconds(options), totalSeconds: TALK_SECONDS },
  };
  return (probe) => probe.kind === "plain" ? askPlain(mode, context) : askByTls(probe, deps);
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
  return await deliverTexts((format) => renderScan(format, document), context);
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

/** Options, and what to put in place of the words that are made up. */
interface ChosenOptions {
  readonly options: Options;
  /** One sentence each. */
  readonly needs: readonly string[];
}

/** The user's options with those of `choice`; files that are not given yet get names that say what they must hold. */
function optionsOfChoice(
  { profile, cipherSuites }: Choice,
  { client, options, result }: {
    readonly client: "echoscu" | "dcmtk";
    readonly options: Options;
    readonly result: ScanResult;
  },
): ChosenOptions {
  const { tls: given } = options;
  const needs: string[] = [];
  const base: WantedTls = given.mode === "off" ? ANONYMOUS_TLS : given;
  const { engine: _engine, wantedName, trustPublicRoots, ...reference } = base;
  const own = client === "echoscu" ? { wantedName, trustPublicRoots } : {};
  const trusting = trustOf(base, { client, result, needs });
  const tls = {
    ...reference,
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
    ...trusting,
    ...keyOf(base, { result, needs }),
    profile,
    cipherSuites,
    serverName: result.serverName.effect === "needed" || result.serverName.effect === "changes"
      ? result.serverName.asked
      : undefined,
  } as WantedTls;
  if (client === "dcmtk") needs.push(...needsOfReference({ profile, tls }));
  return { options: { ...options, tls }, needs };
}

function needsOfReference(
  { profile, tls }: { readonly profile: Choice["profile"]; readonly tls: WantedTls },
): readonly string[] {
  const needs: string[] = [];
  if (profile === "8996" || profile === "8996-mod") needs.push("DCMTK 3.6.8 or newer");
  if (profile === "basic") needs.push("a DCMTK whose OpenSSL has 3DES");
  if (tls.serverName !== undefined) needs.push("DCMTK 3.7.0 or newer, for --request-sni");
  return needs;
}

function trustOf(
  tls: WantedTls,
  { client, result, needs }: {
    readonly client: "echoscu" | "dcmtk";
    readonly result: ScanResult;
    readonly needs: string[];
  },
): Pick<WantedTls, "certificateFiles"> | undefined {
  const trustsRoots = client === "echoscu" && tls.trustPublicRoots === true;
  const hasTrust = tls.certificateFiles.length + tls.certificateDirectories.length > 0 ||
    trustsRoots;
  if (tls.peerCertificate === "ignore") return undefined;
  if (hasTrust) {
    const whys = result.chains.flatMap(({ trust }) =>
      trust?.isTrusted === false ? [trust.why] : []
    );
    if (whys.length > 0) needs.push(`a certificate of the server that passes: ${whys[0]}`);
    return undefined;
  }
  const last = result.chains[0]?.certificates.at(-1);
  const issuer = last === undefined ? "the CA of its certificate" : `the CA ${last.issuer}`;
  needs.push(`CA.pem: the certificate of ${issuer}`);
  return { certificateFiles: ["CA.pem"] };
}

function keyOf(
  tls: WantedTls,
  { result, needs }: { readonly result: ScanResult; readonly needs: string[] },
): object {
  const { certificate, authorities } = result.client;
  if (tls.mode === "authenticated" || certificate !== "required") return {};
  const whose = authorities.length === 0 ? "a CA that the server trusts" : authorities.join(" or ");
  needs.push(`KEY.pem and CERT.pem: our key, and its certificate by ${whose}`);
  return {
    mode: "authenticated",
    keyFile: "KEY.pem",
    certificateFile: "CERT.pem",
    password: { kind: "unset" },
  };
}

/** The options of an association without TLS, with short limits. */
function optionsForPlain(options: Options, seconds: number): Options {
  const atMost = (limit: number | undefined) => Math.min(limit ?? seconds, seconds);
  return {
    ...options,
    tls: { mode: "off" },
    repeat: 1,
    connectTimeoutSeconds: atMost(options.connectTimeoutSeconds),
    socketTimeoutSeconds: seconds,
    acseTimeoutSeconds: atMost(options.acseTimeoutSeconds),
    dimseTimeoutSeconds: atMost(options.dimseTimeoutSeconds),
  };
}

/** Holds a chain against what the options trust. */
async function trustBy(
  { settings }: ReadyTls,
  host: string,
): Promise<(chain: readonly Uint8Array[]) => ChainFinding["trust"]> {
  const { suiteByCode, versionName } = await loadTls();
  // Only the certificate shall decide: version and suite are those of the profile.
  const { versions: [version = 0], suites: [suite = 0] } = settings.offer;
  const allowed = {
    protocol: versionName(version),
    cipherSuite: suiteByCode(suite)?.logName ?? "",
  };
  return (chain) => {
    const { refusal, facts } = settings.judge({
      engine: "own",
      ...allowed,
      chain,
      host,
    });
    if (refusal === undefined) {
      return facts.trust === "trusted" ? { isTrusted: true, why: undefined } : undefined;
    }
    return { isTrusted: false, why: whyOf(refusal) };
  };
}

function whyOf(refusal: TlsRefusal): string {
  switch (refusal.kind) {
    case "certificate":
      return refusal.sentence;
    case "host-name":
      return `it is not for ${refusal.wanted}`;
    case "trust-file":
      return `${refusal.path} cannot be read`;
    default:
      return "it cannot be read";
  }
}
