/** Reads a plan again while it is in use: at SIGHUP, or when an exporter is asked to. */

import type { PlanMode } from "../options/mod.ts";
import type { Plan } from "../plan/mod.ts";
import { escapeControls } from "../common/visible.ts";
import type { ModeContext } from "./context.ts";
import { logMessage } from "./logging.ts";
import { securityOfPeers } from "./plan_mode.ts";
import { findPeers } from "./plan_reading.ts";
import type { SecuredPeers } from "./tls_check.ts";

/** A plan and the TLS of its peers, modules included where they are `used`. */
export interface ReadPlan {
  readonly plan: Plan;
  readonly secured: Partial<SecuredPeers>;
}

/** Reads `mode` again; or says in one sentence why what was read before has to do. */
export async function readAgain(
  { mode, usesModules }: { readonly mode: PlanMode; readonly usesModules: boolean },
  context: ModeContext,
): Promise<ReadPlan | { readonly problem: string }> {
  if (mode.source.path === "-" && mode.source.form !== "plan") {
    return { problem: "standard input cannot be read again" };
  }
  const plan = await findPeers(mode, context);
  if ("obstacle" in plan) {
    const [first] = plan.lines;
    return { problem: first === undefined ? plan.reason : `${plan.reason}: ${first}` };
  }
  const secured = await securityOfPeers(
    [...plan.peers, ...(usesModules ? plan.modules : [])],
    context,
  );
  return secured === "impossible"
    ? { problem: "TLS cannot be set up for a peer" }
    : { plan, secured };
}

/** Reloads; resolves with one sentence and whether what was read is in use. */
export type Reload = () => Promise<Reloaded>;

/** What came of reloading. */
export interface Reloaded {
  /** Whether the plan was sound. */
  readonly isDone: boolean;
  /** One sentence, without a period. */
  readonly text: string;
}

/**
 * Makes a `Reload` of `read`, which logs what comes of it. One runs at a time; all who ask while one runs get what the
 * next one finds, and so none of them gets what was read before the plan was changed.
 */
export function reloader(
  read: () => Promise<{ readonly peers: number } | { readonly problem: string }>,
  context: ModeContext,
): Reload {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<Reloaded> | undefined;
  const reload = async (): Promise<Reloaded> => {
    next = undefined;
    const found = await read();
    const done = "problem" in found
      ? { isDone: false, text: `The plan is not reloaded, the old one is kept: ${found.problem}` }
      : { isDone: true, text: `The plan is reloaded: ${peersText(found.peers)}` };
    logMessage(context, {
      level: done.isDone ? "info" : "error",
      text: escapeControls(done.text),
    });
    return done;
  };
  return () => {
    next ??= running.then(reload);
    running = next.catch(() => {});
    return next;
  };
}

function peersText(count: number): string {
  return count === 1 ? "1 peer" : `${count} peers`;
}
