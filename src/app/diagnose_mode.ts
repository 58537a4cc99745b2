/**
 * Asks a peer again with something changed, and says what follows: in the ways that its first failure leaves open
 * (`--diagnose`), or with other AE titles (`--probe-titles`). Loaded when one of them is given.
 */

import { ANONYMOUS_TLS } from "../common/tls_request.ts";
import type { CheckResult } from "../check/mod.ts";
import { type ClaimedSoftware, claimedSoftware } from "../common/products.ts";
import { hostAndPort } from "../common/host.ts";
import { escapeControls, jsonText, shortened } from "../common/visible.ts";
import {
  acceptsTitles,
  type Asked,
  diagnose,
  MOST_OTHER_WAYS,
  MOST_PROBES,
  nextTitles,
  nextWay,
  type Probed,
  type Security,
  type TitlePair,
  titleVerdict,
  type Verdict,
  verdictOf,
  type Way,
} from "../diagnosis/mod.ts";
import {
  type DiagnoseMode,
  loadWords,
  type Options,
  type ProbeTitlesMode,
  type TlsOptions,
} from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { loadDiagnoseReport } from "../report/mod.ts";
import { pause } from "../runner/mod.ts";
import { checkPeer, securityOf } from "./check_mode.ts";
import type { ModeContext } from "./context.ts";
import { logTrace, wantsLog } from "./logging.ts";
import { type CannotBegin, isObstacle, type Outcome } from "./outcome.ts";

/** Limits of all ways but the first, in seconds: each step, and the whole. */
const STEP_SECONDS = 5;
const WAY_SECONDS = 15;
/** For the connection of the first, where `-to` sets none: the system may take minutes. */
const FIRST_CONNECT_SECONDS = 10;
/** Before all but the first: some peers limit how fast connections may come. */
const PAUSE_SECONDS = 0.25;

/** Asks the peer of `mode` as the options say, then in other ways; prints what came of each, and what to do. */
export async function runDiagnoseMode(mode: DiagnoseMode, context: ModeContext): Promise<Outcome> {
  const { options, world } = context;
  const isJson = options.reports.length > 0;
  const say = (line: string) => {
    if (!isJson) world.writeOut(new TextEncoder().encode(`${line}\n`));
  };
  say(openingLine(mode.peer, { ways: MOST_OTHER_WAYS, seconds: WAY_SECONDS }));
  const { callingAeTitle: calling, calledAeTitle: called } = options;
  const own: Way = { port: mode.port, security: securityAsked(options.tls), calling, called };
  const ask = asker(mode, context);
  const answer = async (way: Way): Promise<Asked | CannotBegin> => {
    const result = await ask(way, { isFirst: way === own });
    if ("obstacle" in result) return result;
    say(`  ${wayText(way)}: ${answerOf(result)}`);
    return { way, result };
  };
  const first = await answer(own);
  if ("obstacle" in first) return first;
  const asked: [Asked, ...Asked[]] = [first];
  for (let way = nextWay(asked); way !== undefined; way = nextWay(asked)) {
    await pause(PAUSE_SECONDS, { clock: world.clock, signal: world.signal });
    if (world.signal.aborted) return { kind: "ended" };
    const next = await answer(way);
    if ("obstacle" in next) break;
    asked.push(next);
  }
  if (world.signal.aborted) return { kind: "ended" };
  await tellVerdict(asked, { mode, context, say });
  return { kind: "diagnosed", result: first.result };
}

/** Prints what `asked` means: lines by `say`, or a document. */
async function tellVerdict(
  asked: readonly [Asked, ...Asked[]],
  { mode, context: { options, world }, say }: {
    readonly mode: DiagnoseMode;
    readonly context: ModeContext;
    readonly say: (line: string) => void;
  },
): Promise<void> {
  const verdict = verdictOf(asked);
  const { shellWords, wordsOfCheck } = await loadWords();
  const { way } = verdict.best;
  const words = verdict.works === "not"
    ? undefined
    : wordsOfCheck(optionsFor(way, { options, mode }), { peer: mode.peer, port: way.port });
  const shell = world.target.includes("windows") ? "windows" : "posix";
  const command = words && shellWords(["echoscu", ...words], shell);
  const association = asked.map(({ result }) => result.association).find((one) =>
    one !== undefined
  );
  const software = association && claimedSoftware(association);
  for (const line of verdictLines(verdict, { command, software })) say(line);
  if (options.reports.length === 0) return;
  const { diagnoseDocument } = await loadDiagnoseReport();
  const document = diagnoseDocument({ host: mode.peer, asked, verdict, words, software });
  world.writeOut(new TextEncoder().encode(`${jsonText(document, 2)}\n`));
}

/** Asks in one way; or says why TLS cannot be set up, which has been logged then. */
function asker(
  mode: DiagnoseMode,
  context: ModeContext,
): (way: Way, about: { readonly isFirst: boolean }) => Promise<CheckResult | CannotBegin> {
  const { peer } = mode;
  const { world, recording } = context;
  return async (way, { isFirst }) => {
    const options = optionsFor(way, { options: context.options, mode });
    const secured = await securityOf({ ...context, options });
    if (isObstacle(secured)) return secured;
    const { secure } = secured;
    const trace = wantsLog(options) ? await logTrace({ ...context, ...secured }) : () => {};
    const limited = isFirst
      ? {
        ...options,
        connectTimeoutSeconds: options.connectTimeoutSeconds ?? FIRST_CONNECT_SECONDS,
      }
      : limitedShortly(options);
    const deadlineSeconds = isFirst ? options.peerDeadlineSeconds : WAY_SECONDS;
    const check = checkOf({ kind: "check", peer, port: way.port }, limited);
    return await checkPeer(check, { world, trace, secure, deadlineSeconds, recording });
  };
}

function limitedShortly(options: Options): Options {
  const atMost = (seconds: number | undefined) => Math.min(seconds ?? STEP_SECONDS, STEP_SECONDS);
  const { socketTimeoutSeconds } = options;
  return {
    ...options,
    connectTimeoutSeconds: atMost(options.connectTimeoutSeconds),
    socketTimeoutSeconds: socketTimeoutSeconds > 0 ? atMost(socketTimeoutSeconds) : STEP_SECONDS,
    acseTimeoutSeconds: atMost(options.acseTimeoutSeconds),
    dimseTimeoutSeconds: atMost(options.dimseTimeoutSeconds),
    repeat: 1,
    intervalSeconds: undefined,
  };
}

function securityAsked({ mode }: TlsOptions): Security {
  if (mode === "off") return "plain";
  return mode === "anonymous" ? "tls" : "tls-with-certificate";
}

/** The options with what `way` says in their place. */
function optionsFor(
  { port, security, calling, called }: Way,
  { options, mode }: { readonly options: Options; readonly mode: DiagnoseMode },
): Options {
  const tls = tlsFor(security, options.tls);
  const same = { ...options, callingAeTitle: calling, calledAeTitle: called, tls };
  if (port === mode.port && security === securityAsked(options.tls)) return same;
  // What is secret goes to nobody whom the user did not mean, and never less protected than asked for.
  const { user: _, userIdentity: __, ...without } = same;
  return without;
}

function tlsFor(security: Security, asked: TlsOptions): TlsOptions {
  switch (security) {
    case "plain":
      return asked.mode === "off" ? asked : { mode: "off" };
    case "tls":
      return asked.mode === "off" ? UNVERIFIED : { ...asked, mode: "anonymous" };
    case "tls-with-certificate":
      return asked;
    case "tls-unverified":
      return asked.mode === "off" && asked.serverName !== undefined
        ? { ...UNVERIFIED, serverName: asked.serverName }
        : UNVERIFIED;
  }
}

/** What `+tla -ic` means. */
const UNVERIFIED = { ...ANONYMOUS_TLS, peerCertificate: "ignore" } as const;

const LONGEST = 200;
const LONGEST_TITLE = 64;

function safe(text: string): string {
  return escapeControls(shortened(text, LONGEST));
}

const SECURITY: Readonly<Record<Security, string>> = {
  plain: "plain",
  tls: "TLS",
  "tls-with-certificate": "TLS with our certificate",
  "tls-unverified": "TLS, any certificate",
};

/** Said before anybody is contacted. */
function openingLine(
  host: string,
  most: { readonly ways: number; readonly seconds: number },
): string {
  return `${safe(host)}: one check as asked; if it fails, at most ${most.ways} more, one after ` +
    `another, each for at most ${most.seconds} s, as far as the failure leaves it open: TLS or ` +
    "plain, with our certificate or without, other AE titles, ports 104, 2762 and 11112";
}

/** Such as `port 104, plain, calling "ECHOSCU", called "ANY-SCP"`. */
function wayText({ port, security, calling, called }: Way): string {
  return `port ${port}, ${SECURITY[security]}, calling "${safe(calling)}", called "${
    safe(called)
  }"`;
}

/** What came of a way, in a few words. */
function answerOf(result: CheckResult): string {
  if (result.outcome === "verified" && result.endingError === undefined) return "verified";
  const { title } = diagnose(result);
  return result.outcome === "verified" ? `verified, but ${title}` : title;
}

/** The last lines: verdict, command line, what to ask. */
function verdictLines(
  verdict: Verdict,
  { command, software }: {
    readonly command: string | undefined;
    readonly software: ClaimedSoftware | undefined;
  },
): readonly string[] {
  return [
    ...(software === undefined ? [] : [`peer: ${software.claim}`]),
    `verdict: ${escapeControls(verdict.sentence)}`,
    ...(command === undefined ? [] : [`command: ${escapeControls(command)}`]),
    ...(verdict.ask === undefined ? [] : [`ask ${escapeControls(verdict.ask)}`]),
  ];
}

/** Asks the peer of `mode` with other titles; prints what came of each, and one sentence. */
export async function runProbeTitles(
  mode: ProbeTitlesMode,
  context: ModeContext,
): Promise<Outcome> {
  const { options, world } = context;
  const ask = await titlesAsker(mode, context);
  if (isObstacle(ask)) return ask;
  const isJson = options.reports.length > 0;
  const say = (line: string) => {
    if (!isJson) world.writeOut(new TextEncoder().encode(`${escapeControls(line)}\n`));
  };
  say(probeOpening(mode));
  const own = { calling: options.callingAeTitle, called: options.calledAeTitle };
  const asked: Probed[] = [];
  let first: CheckResult | undefined;
  for (let next = nextTitles(own, asked); next !== undefined; next = nextTitles(own, asked)) {
    if (first !== undefined) await pause(PAUSE_SECONDS, world);
    if (world.signal.aborted) return { kind: "ended" };
    const result = await ask.with(next);
    if (world.signal.aborted) return { kind: "ended" };
    first ??= result;
    asked.push({ ...next, accepted: acceptsTitles(result, next.variation) });
    say(
      `  ${titlesText(next)}: ${
        result.outcome === "verified" ? "accepted" : diagnose(result).title
      }`,
    );
  }
  if (first === undefined) return { kind: "ended" };
  const verdict = titleVerdict(asked);
  say(`verdict: ${verdict.sentence}`);
  if (isJson) {
    const document = { peer: mode.peer, port: mode.port, ...verdict, asked };
    world.writeOut(new TextEncoder().encode(`${jsonText(document, 2)}\n`));
  }
  return { kind: "diagnosed", result: first };
}

/** Said before anybody is contacted. */
function probeOpening({ peer, port }: ProbeTitlesMode): string {
  return `${hostAndPort({ host: peer, port })}: at most ${MOST_PROBES} associations, one after ` +
    `another, with other AE titles, each for at most ${WAY_SECONDS} s`;
}

async function titlesAsker(
  mode: ProbeTitlesMode,
  context: ModeContext,
): Promise<{ readonly with: (titles: TitlePair) => Promise<CheckResult> } | CannotBegin> {
  const { options, world } = context;
  const secured = await securityOf(context);
  if (isObstacle(secured)) return secured;
  const { secure } = secured;
  const trace = wantsLog(options) ? await logTrace({ ...context, ...secured }) : () => {};
  const { connectTimeoutSeconds = FIRST_CONNECT_SECONDS } = options;
  const deadlineSeconds = options.peerDeadlineSeconds ?? WAY_SECONDS;
  return {
    async with({ calling, called }) {
      const titles = { callingAeTitle: calling, calledAeTitle: called };
      const check = checkOf(
        { ...mode, kind: "check" },
        { ...options, ...titles, connectTimeoutSeconds, repeat: 1 },
      );
      return await checkPeer(check, { world, trace, secure, deadlineSeconds });
    },
  };
}

function titlesText({ calling, called }: TitlePair): string {
  return `calling "${shortened(calling, LONGEST_TITLE)}", called "${
    shortened(called, LONGEST_TITLE)
  }"`;
}
