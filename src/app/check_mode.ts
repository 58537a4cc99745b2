/** Checks one peer: the reference's mode; and how any check meets the world. */

import {
  type Check,
  type CheckResult,
  type CheckTrace,
  runCheck,
  type Secure,
  type SocketVariables,
} from "../check/mod.ts";
import type { CheckMode } from "../options/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { checkOf } from "../plan/mod.ts";
import type { ModeContext, Recording, World } from "./context.ts";
import { logTrace, wantsLog } from "./logging.ts";
import { type CannotBegin, isObstacle, type Outcome } from "./outcome.ts";
import type { SecuredChecks } from "./tls.ts";

/** Checks the peer of `mode`; gives what came of it. */
export async function runCheckMode(mode: CheckMode, context: ModeContext): Promise<Outcome> {
  const { options, world } = context;
  const startedAt = world.wallTime();
  const secured = await securityOf(context);
  if (isObstacle(secured)) return secured;
  const trace = await logTrace({ ...context, ...secured });
  const { secure } = secured;
  const { peerDeadlineSeconds: deadlineSeconds } = options;
  const peer = checkOf(mode, options);
  const { recording } = context;
  const check = (trace: CheckTrace) =>
    checkPeer(peer, { world, trace, secure, deadlineSeconds, recording });
  if (mode.retries !== undefined) {
    const { retried } = await import("./again_modes.ts");
    const began = world.clock.now();
    const { signal } = world;
    const isLive = wantsLog(options);
    const { result, attempts, startedAt: lastStartedAt } = await retried(mode.retries, {
      ...context,
      check,
      trace,
      isLive,
      signal,
    });
    const elapsedMs = world.clock.now() - began;
    return { kind: "checked", result, run: { startedAt, elapsedMs, attempts, lastStartedAt } };
  }
  const result = await check(trace);
  return { kind: "checked", result, run: { startedAt, elapsedMs: result.elapsedMs } };
}

/** The TLS that the options ask for, none in plain ones; or why it cannot be, which has been said then. */
export async function securityOf(
  context: ModeContext,
): Promise<Partial<SecuredChecks> | CannotBegin> {
  const { tls } = context.options;
  if (tls.mode === "off") return {};
  return await (await import("./tls.ts")).secureChecks(tls, context);
}

/** What a check takes besides what is to be checked. */
export interface Checking {
  readonly world: World;
  /** Gets what happens. */
  readonly trace: CheckTrace;
  /** Puts TLS over the connection; by default it stays plain. */
  readonly secure?: Secure | undefined;
  /** Ends the check; by default the world's own. */
  readonly signal?: AbortSignal;
  /** Limit for it in all; by default none. */
  readonly deadlineSeconds?: number | undefined;
  /** Records its connections. */
  readonly recording?: Recording | undefined;
  /** The peer's name in a plan, for the recording; by default `host:port`. */
  readonly name?: string;
}

/** Performs `check` in the world. */
export async function checkPeer(check: Check, checking: Checking): Promise<CheckResult> {
  const { world, signal = world.signal, deadlineSeconds: seconds } = checking;
  const { recording, name = hostAndPort(check.target) } = checking;
  const { clock } = world;
  const plain = { dial: world.dial, secure: checking.secure, trace: checking.trace };
  const { dial, secure, trace } = recording?.ofCheck(plain, { name, check }) ?? plain;
  const variables = socketVariables(world);
  const perform = async (signal: AbortSignal) => {
    const result = await runCheck(check, { dial, secure, clock, signal, trace, variables });
    if (isOverdue(result)) trace({ type: "overdue" });
    return result;
  };
  if (seconds === undefined) return await perform(signal);
  const { withinDeadline } = await import("../runner/mod.ts");
  return await withinDeadline(perform, { limit: { seconds }, signal, clock });
}

/** Whether a limit ended the check, and not a person: the check takes both for an interruption. */
function isOverdue(result: CheckResult): boolean {
  if (result.outcome === "verified") return false;
  return [result.error, result.endingError].some((error) =>
    error?.name === "Interrupted" && error.reason !== "SIGINT" && error.reason !== "SIGTERM"
  );
}

/** The environment variables about sockets that the reference reads. */
function socketVariables({ env }: World): SocketVariables {
  return { bufferLength: env("TCP_BUFFER_LENGTH"), noDelay: env("TCP_NODELAY") };
}
