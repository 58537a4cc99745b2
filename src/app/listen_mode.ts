/**
 * The answering side: opens a port, answers C-ECHO until a signal ends it, and calls a caller back (`--verify-back`). Its
 * trace and its settings are those of a self-test too, its port that of the exporter.
 */

import type { CheckResult } from "../check/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { escapeControls, shortened } from "../common/visible.ts";
import { loadScpLines, loadTraceLines, messagesOf, type ScpLines } from "../log/mod.ts";
import { type BackTarget, HEADER, type ListenMode, type Options } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import type { ConnectionRecord, ScpDeps, ScpTrace, SecureServer } from "../scp/mod.ts";
import { errorCode } from "../system/mod.ts";
import { ListenError, type Listening } from "../transport/mod.ts";
import type { ListenPlace } from "../transport/types.ts";
import { checkPeer, securityOf } from "./check_mode.ts";
import type { LogTo, ModeContext } from "./context.ts";
import { type CallerExplanation, callerExplanation, isExplained, tellHint } from "./explanation.ts";
import { isJsonLog, isTraced, logMessage, logMessages, namesFor, uidNamesFor } from "./logging.ts";
import { type CannotBegin, isObstacle, type Outcome } from "./outcome.ts";

/** Listens as `mode` says; until a signal ends it. */
export async function runListenMode(mode: ListenMode, context: ModeContext): Promise<Outcome> {
  const { world } = context;
  const security = await listenSecurity(context);
  if ("obstacle" in security) return { kind: "cannot-begin", ...security };
  const lines = await loadScpLines();
  const { serveAssociations } = await import("../scp/mod.ts");
  const back = mode.back === undefined ? undefined : await verifyBack(mode.back, context);
  if (back !== undefined && isObstacle(back)) return back;
  const listening = await openListening(placeOf(mode, context.options), { asked: mode, context });
  if (listening === undefined) return { kind: "cannot-begin", obstacle: "local-network" };
  const settings = scpSettings(context);
  await warnOfOddLength(settings.maximumLength, context);
  world.writeOut(new TextEncoder().encode(`${lines.listeningLine(listening.local)}\n`));
  const answering = { listening, ...security };
  const recorded = context.recording?.ofListen(answering) ?? answering;
  const trace = await scpLogTrace(context, { lines, explain: await callerExplanation(context) });
  await serveAssociations(recorded.listening, {
    ...settings,
    secure: recorded.secure,
    maxAssociations: mode.maxAssociations,
    signal: world.signal,
    behavior: mode.behavior,
    trace(event) {
      trace(event);
      if (event.type === "association-ended") back?.after(event.record);
    },
  });
  await back?.finished();
  return { kind: "ended" };
}

/** `-i4` and `-i6` narrow down an address that is left open. */
function placeOf({ address, port }: ListenMode, { family }: Options): ListenPlace {
  if (address !== undefined || family === "any") return { address, port };
  return { address: family === "ipv4" ? "0.0.0.0" : "::", port };
}

/** Listens at `place`, which was asked for as `asked`; `undefined`: that cannot be, which has been said then. */
export async function openListening(
  place: ListenPlace,
  { asked = place, context }: { readonly asked?: ListenPlace; readonly context: ModeContext },
): Promise<Listening | undefined> {
  const { world } = context;
  const { cannotAcceptText, cannotListenText } = await loadScpLines();
  try {
    return await world.listen(place, {
      onShortage: (why) => logMessage(context, { level: "warn", text: cannotAcceptText(why) }),
    });
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    logMessage(context, { level: "fatal", text: cannotListenText(asked, error.message) });
    explainListening(error, context);
    return undefined;
  }
}

/** Follows a port that cannot be listened on with its hint, where `explainFailure` would. */
function explainListening(
  { cause }: ListenError,
  context: ModeContext,
): void {
  const code = errorCode(cause) ?? "";
  const isWindows = context.world.target.includes("windows");
  const hint = (isWindows ? WINDOWS_LISTEN_HINTS[code] : undefined) ?? LISTEN_HINTS[code];
  if (hint !== undefined && isExplained(context)) tellHint(`hint: ${hint}`, context);
}

/** By the system's code. */
const LISTEN_HINTS: Readonly<Record<string, string>> = {
  EACCES:
    "ports below 1024 take rights on many systems (CAP_NET_BIND_SERVICE on Linux): take another, such as 11112",
  EADDRINUSE: "another program listens there: ss -ltnp, on Windows netstat -ano, names it",
  EADDRNOTAVAIL: "this machine has no such address: without one it listens on all",
};

/** Windows lets everybody take low ports, but keeps ranges of any for itself and for Hyper-V (WSAEACCES). */
const WINDOWS_LISTEN_HINTS: Readonly<Record<string, string>> = {
  EACCES:
    "Windows may have reserved this port: netsh interface ipv4 show excludedportrange tcp lists the ranges; take another",
};

async function warnOfOddLength(used: number, context: ModeContext): Promise<void> {
  const asked = context.options.maximumLength;
  if (asked === used) return;
  const names = await namesFor(context);
  logMessages(context, messagesOf({ type: "maximum-length-odd", asked, used }, names));
}

/**
 * A trace that words the events of the answering side and logs them; `explain` gets each connection whose end was
 * logged, and may give figures to log with it.
 */
export async function scpLogTrace(
  to: LogTo,
  { lines, explain }: {
    readonly lines: ScpLines;
    readonly explain?: CallerExplanation | undefined;
  },
): Promise<ScpTrace> {
  const names = await uidNamesFor(to);
  const traced = isTraced(to.log) ? await loadTraceLines() : undefined;
  const factsOf = lines.scpFactsWithPeers();
  return (event) => {
    const steps = event.type === "upper-layer"
      ? traced?.upperLayerTraceOf(event.event) ?? []
      : lines.scpMessagesOf(event, names);
    const about = factsOf(event);
    const isShown = steps.some(({ logger, level }) => to.log.isEnabled(logger, level));
    const found = event.type === "association-ended" && isShown
      ? explain?.(event.record)
      : undefined;
    logMessages(
      { ...to, about: { ...about, fields: { ...about.fields, ...found?.fields } } },
      steps,
    );
    found?.say();
  };
}

/** The settings of an answering side; `maximumLength` is even, as the reference's always is. */
export function scpSettings(
  { options, world }: ModeContext,
): Pick<ScpDeps, "maximumLength" | "limits" | "clock"> {
  const { maximumLength, acseTimeoutSeconds, socketTimeoutSeconds } = options;
  return {
    maximumLength: maximumLength - maximumLength % 2,
    limits: {
      artimSeconds: acseTimeoutSeconds,
      idleSeconds: socketTimeoutSeconds > 0 ? socketTimeoutSeconds : undefined,
    },
    clock: world.clock,
  };
}

/** How to put TLS over connections to us, as the options ask; or says why that cannot be. */
async function listenSecurity(
  context: ModeContext,
): Promise<{ readonly secure?: SecureServer } | { readonly obstacle: "usage" | "tls" }> {
  const { tls } = context.options;
  if (tls.mode === "off") return {};
  if (tls.mode === "anonymous") {
    const text = `${HEADER}error: --listen with TLS needs --enable-tls\n`;
    context.world.writeErr(new TextEncoder().encode(text));
    return { obstacle: "usage" };
  }
  const { makeTlsReady, secureServerBy } = await import("./tls.ts");
  const prepared = await makeTlsReady(tls, { ...context, side: "server" });
  if (isObstacle(prepared)) return { obstacle: "tls" };
  if (context.options.expiryWarnDays !== undefined) {
    await (await import("./tls.ts")).warnOfEnds([prepared], context);
  }
  return { secure: secureServerBy(prepared) };
}

/** Limit for the way back, where `--peer-deadline` says nothing: nobody is to wait for long. */
const BACK_SECONDS = 15;

/** Calls back. */
interface VerifyBack {
  /** Begins a check of the way back for an association that is over; while one runs, others are passed over. */
  readonly after: (record: ConnectionRecord) => void;
  /** Resolves when none runs any more. */
  readonly finished: () => Promise<void>;
}

/** Makes what calls `target` back; or why that cannot be, which has been said. */
async function verifyBack(
  target: BackTarget,
  context: ModeContext,
): Promise<VerifyBack | CannotBegin> {
  const { options, world } = context;
  const secured = await securityOf(context);
  if (isObstacle(secured)) return secured;
  const { diagnose } = await import("../diagnosis/mod.ts");
  const back = { ...options, calledAeTitle: target.called, repeat: 1 };
  const check = checkOf({ kind: "check", peer: target.host, port: target.port }, back);
  let running: Promise<void> | undefined;
  const call = async (record: ConnectionRecord): Promise<void> => {
    const deadlineSeconds = options.peerDeadlineSeconds ?? BACK_SECONDS;
    const checking = { world, trace: () => {}, secure: secured.secure, deadlineSeconds };
    const result = await checkPeer(check, checking);
    if (!world.signal.aborted) say({ record, result, target, diagnose }, context);
    running = undefined;
  };
  return {
    after(record) {
      if (record.request === undefined || world.signal.aborted) return;
      running ??= call(record);
    },
    finished: async () => await running,
  };
}

/** One call in each direction. */
interface BothWays {
  readonly record: ConnectionRecord;
  readonly result: CheckResult;
  readonly target: BackTarget;
  readonly diagnose: typeof import("../diagnosis/mod.ts").diagnose;
}

/** One line on standard output; in a log of JSON an event. */
function say(ways: BothWays, context: ModeContext): void {
  const { record, result, target, diagnose } = ways;
  const here = record.echoes > 0;
  const back = result.outcome === "verified" && result.endingError === undefined;
  const text = bothWaysLine(ways);
  if (!isJsonLog(context)) {
    return void context.world.writeOut(new TextEncoder().encode(`${text}\n`));
  }
  const trouble = result.outcome === "failed" || result.endingError !== undefined
    ? diagnose(result)
    : undefined;
  const fields = {
    from: record.connection.remote,
    callingAeTitle: record.request?.callingAeTitle.trim(),
    toUs: here,
    back,
    target: { aeTitle: target.called, host: target.host, port: target.port },
    ...(trouble === undefined ? {} : { situation: trouble.situation, hint: trouble.hint }),
  };
  const level = here && back ? "info" : "warn";
  logMessage(context, { level, text, stage: "verify-back", fields, unconditional: true });
}

/** Who called, who was called back, and which direction does not work and why. */
function bothWaysLine({ record, result, target, diagnose }: BothWays): string {
  const caller = shortened(record.request?.callingAeTitle.trim() ?? "", 64);
  const there = `${target.called}@${hostAndPort(target)}`;
  const here = record.echoes > 0
    ? `${caller} (${hostAndPort(record.connection.remote)}) verified us`
    : `${caller} (${hostAndPort(record.connection.remote)}) called us, but no echo was answered`;
  const isVerified = result.outcome === "verified" && result.endingError === undefined;
  const back = isVerified
    ? `${there} answered our echo`
    : `${there} ${result.outcome === "verified" ? "answered, but" : "did not verify us back:"} ${
      diagnose(result).title
    }`;
  const verdict = record.echoes > 0 && isVerified
    ? "Both directions work"
    : record.echoes > 0
    ? "The way back does not work"
    : isVerified
    ? "The way to us does not work"
    : "Neither direction works";
  return escapeControls(`${verdict}: ${here}, ${back}`);
}
