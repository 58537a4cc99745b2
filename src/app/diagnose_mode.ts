/** Asks a peer in the ways that its first failure leaves open: `--diagnose`. Loaded when it is given. */

import type { CheckResult } from "../check/mod.ts";
import { jsonText } from "../common/visible.ts";
import {
  type Asked,
  MOST_OTHER_WAYS,
  nextWay,
  type Security,
  verdictOf,
  type Way,
} from "../diagnosis/mod.ts";
import { type DiagnoseMode, loadWords, type Options, type TlsOptions } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { pause } from "../runner/mod.ts";
import { securityOf } from "./check_mode.ts";
import { checkPeer, wantsLog } from "./checking.ts";
import type { ModeContext } from "./context.ts";
import { answerOf, documentOf, openingLine, verdictLines, wayText } from "./diagnose_text.ts";
import { logTrace } from "./logging.ts";
import { type Outcome, WITHOUT_TLS } from "./outcome.ts";

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
  const answer = async (way: Way): Promise<Asked | undefined> => {
    const result = await ask(way, { isFirst: way === own });
    if (result === undefined) return undefined;
    say(`  ${wayText(way)}: ${answerOf(result)}`);
    return { way, result };
  };
  const first = await answer(own);
  if (first === undefined) return WITHOUT_TLS;
  const asked: [Asked, ...Asked[]] = [first];
  for (let way = nextWay(asked); way !== undefined; way = nextWay(asked)) {
    await pause(PAUSE_SECONDS, { clock: world.clock, signal: world.signal });
    if (world.signal.aborted) return { kind: "ended" };
    const next = await answer(way);
    if (next === undefined) break;
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
    : wordsOfCheck(optionsFor(way, options), { peer: mode.peer, port: way.port });
  const shell = world.target.includes("windows") ? "windows" : "posix";
  const command = words && shellWords(["echoscu", ...words], shell);
  for (const line of verdictLines(verdict, command)) say(line);
  if (options.reports.length === 0) return;
  const document = documentOf({ host: mode.peer, asked, verdict, words });
  world.writeOut(new TextEncoder().encode(`${jsonText(document, 2)}\n`));
}

/** Asks in one way; `undefined`: TLS cannot be set up, which has been said then. */
function asker(
  { peer }: DiagnoseMode,
  context: ModeContext,
): (way: Way, about: { readonly isFirst: boolean }) => Promise<CheckResult | undefined> {
  const { world } = context;
  return async (way, { isFirst }) => {
    const options = optionsFor(way, context.options);
    const secured = await securityOf({ ...context, options });
    if (secured === "impossible") return undefined;
    const trace = wantsLog(options) ? await logTrace({ ...context, ...secured }) : () => {};
    const limited = isFirst
      ? {
        ...options,
        connectTimeoutSeconds: options.connectTimeoutSeconds ?? FIRST_CONNECT_SECONDS,
      }
      : limitedShortly(options);
    const deadlineSeconds = isFirst ? options.peerDeadlineSeconds : WAY_SECONDS;
    const check = checkOf({ kind: "check", peer, port: way.port }, limited);
    return await checkPeer(check, { world, trace, secure: secured.secure, deadlineSeconds });
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
function optionsFor({ security, calling, called }: Way, options: Options): Options {
  const tls = tlsFor(security, options.tls);
  return { ...options, callingAeTitle: calling, calledAeTitle: called, tls };
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
const UNVERIFIED: Extract<TlsOptions, { mode: "anonymous" }> = {
  mode: "anonymous",
  fileFormat: "pem",
  certificateFiles: [],
  certificateDirectories: [],
  crlFiles: [],
  crlCheck: "none",
  profile: "bcp195-nd",
  cipherSuites: [],
  serverName: undefined,
  seedFile: undefined,
  writeSeedFile: undefined,
  peerCertificate: "ignore",
};
