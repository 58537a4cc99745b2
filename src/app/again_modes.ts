/** Checks one peer again and again: `--watch` and `--wait-until-up`. Loaded when one of them is asked for. */

import type { CheckEvent, CheckResult, CheckTrace, Secure } from "../check/mod.ts";
import { diagnose } from "../diagnosis/mod.ts";
import type { Options, WaitMode, WatchMode } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { EXIT, loadRunText } from "../report/mod.ts";
import { VERSION } from "../options/mod.ts";
import { waitUntilUp, watchPeer } from "../runner/mod.ts";
import { type CheckMeans, conclude } from "./check_mode.ts";
import { checkPeer, wantsLog } from "./checking.ts";
import { logMessage, logTrace } from "./logging.ts";
import type { SecuredChecks } from "./tls_check.ts";

/** Watches the peer of `mode` until a signal ends it; prints each change on standard output. */
export async function runWatchMode(mode: WatchMode, means: CheckMeans): Promise<number> {
  const { options, world } = means;
  const secured = await securedBy(means);
  if (secured === "impossible") return await impossibleCode(options);
  const { secure, log } = secured;
  const text = await loadRunText();
  const settings = { program: `echoscu ${VERSION}`, diagnose };
  const check = checkOf({ ...mode, kind: "check" }, options);
  const trace = wantsLog(options) ? log : () => {};
  const say = (line: string) => world.writeOut(new TextEncoder().encode(line));
  const totals = await watchPeer(mode.seconds, {
    check: (signal) => checkPeer(check, { world, trace, secure, signal }),
    clock: world.clock,
    wallTime: world.wallTime,
    signal: world.signal,
    changed: (change) => say(text.changeLine(change, settings)),
  });
  say(text.watchSummary(totals));
  return world.signal.reason === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
}

/**
 * Checks the peer of `mode` until it is verified or time is up; resolves with the code of the last attempt.
 *
 * Failures on the way are expected: without `-v` only the lines of the last one are logged, once it is the last.
 */
export async function runWaitMode(mode: WaitMode, means: CheckMeans): Promise<number> {
  const { options, world } = means;
  const check = checkOf({ ...mode, kind: "check" }, options);
  const secured = await securedBy(means);
  if (secured === "impossible") return await impossibleCode(options);
  const { secure, log, finish } = secured;
  const isLive = wantsLog(options);
  /* The last attempt may have been cut off at the end of the wait: then the one before it counts. */
  const seen: { readonly result: CheckResult; readonly events: readonly CheckEvent[] }[] = [];
  let startedAt = world.wallTime();
  const result = await waitUntilUp(mode.seconds, {
    async check(signal) {
      startedAt = world.wallTime();
      const events: CheckEvent[] = [];
      const trace = isLive ? log : (event: CheckEvent) => void events.push(event);
      const result = await checkPeer(check, { world, trace, secure, signal });
      seen.splice(0, seen.length - 1);
      seen.push({ result, events });
      return result;
    },
    clock: world.clock,
    wallTime: world.wallTime,
    signal: world.signal,
  });
  const last = seen.find((attempt) => attempt.result === result);
  for (const event of last?.events ?? []) log(event);
  if (result.outcome === "failed" && !world.signal.aborted) {
    const text = `Not verified within ${mode.seconds} s`;
    logMessage(means, { level: "fatal", text });
  }
  const code = await conclude(result, { startedAt, ...means });
  await finish?.(result);
  return code;
}

async function impossibleCode(options: Options): Promise<number> {
  return (await import("./tls.ts")).setupExitCode(options);
}

/** Where checks go, and who logs them: over TLS where that is asked for. */
async function securedBy(means: CheckMeans): Promise<
  | {
    readonly secure?: Secure;
    readonly log: CheckTrace;
    readonly finish?: SecuredChecks["finish"];
  }
  | "impossible"
> {
  if (means.options.tls.mode === "off") return { log: await logTrace(means) };
  const { secureChecks } = await import("./tls_check.ts");
  const secured = await secureChecks(means);
  if (secured === "impossible") return secured;
  return { secure: secured.secure, log: secured.trace, finish: secured.finish };
}
