/** How a check meets the world: the same for one peer and for many. */

import {
  type Check,
  type CheckResult,
  type CheckTrace,
  runCheck,
  type Secure,
} from "../check/mod.ts";
import type { SocketVariables } from "../check/mod.ts";
import type { Options } from "../options/mod.ts";
import type { World } from "./world.ts";

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
}

/** Performs `check` in the world. */
export async function checkPeer(check: Check, checking: Checking): Promise<CheckResult> {
  const { world, trace, secure, signal = world.signal, deadlineSeconds: seconds } = checking;
  const { dial, clock } = world;
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

/** Whether `-v`, `-d` or a configuration file asks for the log lines of checks that nobody looks at one by one. */
export function wantsLog({ logging }: Options): boolean {
  return logging.config !== undefined ||
    ["info", "debug", "trace", "all"].includes(logging.level);
}

/** Whether a report goes to standard output, which it then has to itself. */
export function hasReportOnStdout({ reports }: Options): boolean {
  return reports.some(({ file }) => file === undefined);
}

/** Whether only the gravest messages were asked for, as by `-q`. */
export function isQuiet({ logging }: Options): boolean {
  return logging.level === "fatal" || logging.level === "off";
}
