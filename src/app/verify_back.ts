/** Calls a peer back once it has called us, and says whether both directions work: `--verify-back`. Loaded when it is given. */

import type { CheckResult } from "../check/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { escapeControls, shortened } from "../common/visible.ts";
import { diagnose } from "../diagnosis/mod.ts";
import type { BackTarget } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import type { ConnectionRecord } from "../scp/mod.ts";
import { checkPeer, securityOf } from "./check_mode.ts";
import type { ModeContext } from "./context.ts";
import { isJsonLog, logMessage } from "./logging.ts";
import { type CannotBegin, isObstacle } from "./outcome.ts";

/** Limit for the way back, where `--peer-deadline` says nothing: nobody is to wait for long. */
const BACK_SECONDS = 15;

/** Calls back. */
export interface VerifyBack {
  /** Begins a check of the way back for an association that is over; while one runs, others are passed over. */
  readonly after: (record: ConnectionRecord) => void;
  /** Resolves when none runs any more. */
  readonly finished: () => Promise<void>;
}

/** Makes what calls `target` back; or why that cannot be, which has been said. */
export async function verifyBack(
  target: BackTarget,
  context: ModeContext,
): Promise<VerifyBack | CannotBegin> {
  const { options, world } = context;
  const secured = await securityOf(context);
  if (isObstacle(secured)) return secured;
  const back = { ...options, calledAeTitle: target.called, repeat: 1 };
  const check = checkOf({ kind: "check", peer: target.host, port: target.port }, back);
  let running: Promise<void> | undefined;
  const call = async (record: ConnectionRecord): Promise<void> => {
    const deadlineSeconds = options.peerDeadlineSeconds ?? BACK_SECONDS;
    const checking = { world, trace: () => {}, secure: secured.secure, deadlineSeconds };
    const result = await checkPeer(check, checking);
    if (!world.signal.aborted) say({ record, result, target }, context);
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
}

/** One line on standard output; in a log of JSON an event. */
function say(ways: BothWays, context: ModeContext): void {
  const { record, result, target } = ways;
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
function bothWaysLine({ record, result, target }: BothWays): string {
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
