/**
 * Proves the program with nothing but itself: its own answering side on a free loopback port, its own check of it, over
 * TCP and then over TLS with a key and a certificate made for this run.
 *
 * Both must agree in the end: the check that it was answered, the answering side how often it answered.
 */

import { ANONYMOUS_TLS } from "../common/tls_request.ts";
import { type CheckResult, runCheck, type Secure } from "../check/mod.ts";
import { createPlainSink, loadScpLines, loadTlsLines, type ScpLines } from "../log/mod.ts";
import type { SelftestMode } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { type ScpTotals, type SecureServer, serveAssociations } from "../scp/mod.ts";
import { ListenError, type Listening } from "../transport/mod.ts";
import { scpLogTrace, scpSettings } from "./listen_mode.ts";
import type { ModeContext, SpecialLines } from "./context.ts";
import { logTrace } from "./logging.ts";
import { isObstacle, type Outcome } from "./outcome.ts";
import type { WantedTls } from "./tls.ts";

/** What TLS adds to both sides. */
interface BothSides {
  readonly secure: Secure;
  readonly secureServer: SecureServer;
  readonly special: SpecialLines;
}

const PASSED: Outcome = { kind: "done" };
const FAILED: Outcome = { kind: "selftest-failed" };

/** Runs the self-test and says on standard output what came of it. */
export async function runSelftest(mode: SelftestMode, given: ModeContext): Promise<Outcome> {
  const context = { ...given, log: verboseLog(given) };
  const isPlain = given.options.tls.mode === "off";
  const outcome: Outcome = isPlain ? await testOnce(context) : PASSED;
  if (mode.withoutTls || outcome !== PASSED) return outcome;
  const security = await securitySelftest(context);
  return security === undefined ? FAILED : await testOnce(context, security);
}

async function testOnce(context: ModeContext, security?: BothSides): Promise<Outcome> {
  const { options, world } = context;
  const lines = await loadScpLines();
  const host = options.family === "ipv6" ? "::1" : "127.0.0.1";
  try {
    const listening = await world.listen({ address: host, port: 0 });
    const { result, totals } = await checkOurselves(listening, { context, lines, security });
    if (result.outcome === "failed" && result.error.name === "Interrupted") {
      return { kind: "ended" };
    }
    const failure = failureOf(result, totals);
    const { elapsedMs, echoes, tls } = result;
    const passed = {
      local: listening.local,
      echoes: echoes.length,
      elapsedMs,
      ...(tls === undefined ? {} : { tls: tls.facts }),
    };
    say(lines.selftestLine(failure === undefined ? passed : { failure }), context);
    return failure === undefined ? PASSED : FAILED;
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    const failure = lines.cannotListenText({ address: host, port: 0 }, error.message);
    say(lines.selftestLine({ failure }), context);
    return FAILED;
  }
}

/** The log of a check with `-v`, unless another level or file was asked for. */
function verboseLog({ options, log, world }: ModeContext): ModeContext["log"] {
  const { level, config } = options.logging;
  const isDefault = level === "warn" && config === undefined;
  return isDefault ? createPlainSink("info", world.writeErr) : log;
}

async function checkOurselves(
  listening: Listening,
  { context, lines, security }: {
    readonly context: ModeContext;
    readonly lines: ScpLines;
    readonly security: BothSides | undefined;
  },
): Promise<{ readonly result: CheckResult; readonly totals: ScpTotals }> {
  const { options, world } = context;
  const done = new AbortController();
  const served = serveAssociations(listening, {
    ...scpSettings(context),
    secure: security?.secureServer,
    maxAssociations: 1,
    signal: done.signal,
    trace: await scpLogTrace(context, { lines }),
  });
  const { host, port } = listening.local;
  try {
    const check = checkOf({ kind: "check", peer: host, port }, options);
    const trace = await logTrace({ ...context, special: security?.special });
    const { dial, clock, signal } = world;
    const secure = security?.secure;
    const result = await runCheck(check, { dial, secure, clock, signal, trace });
    done.abort("the end of the self-test");
    return { result, totals: await served };
  } finally {
    done.abort();
  }
}

function failureOf(result: CheckResult, totals: ScpTotals): string | undefined {
  if (result.outcome === "failed") return result.error.message;
  const { echoes, associations } = totals;
  if (associations === 1 && echoes === result.echoes.length) return undefined;
  return `the check had ${result.echoes.length} answers, the answering side gave ${echoes}`;
}

function say(line: string, { world }: ModeContext): void {
  world.writeOut(new TextEncoder().encode(`${line}\n`));
}

/** What is asked for when no option says anything of TLS. */
const DEFAULT: WantedTls = { ...ANONYMOUS_TLS, wantedName: { kind: "peer" } };

/** Prepares both sides, each of which must show a certificate that the other trusts; `undefined`: that cannot be. */
async function securitySelftest(context: ModeContext): Promise<BothSides | undefined> {
  const { options, world } = context;
  const wanted = options.tls.mode === "off" ? DEFAULT : options.tls;
  const { loadTls, makeTlsReady, secureBy, secureServerBy } = await import("./tls.ts");
  const { makeThrowaway } = await loadTls();
  const own = wanted.mode === "authenticated" ? {} : { throwaway: makeThrowaway(world.wallTime()) };
  const client = await makeTlsReady(wanted, { ...context, ...own, side: "client" });
  if (isObstacle(client)) return undefined;
  const server = await makeTlsReady(wanted, { ...context, ...own, side: "server" });
  if (isObstacle(server)) return undefined;
  const { tlsMessagesOf } = await loadTlsLines();
  return {
    secure: secureBy(client),
    secureServer: secureServerBy(server),
    special: tlsMessagesOf,
  };
}
