/** Checks without a network for tests of runs: they take the time they are told to, and end as they are told to. */

import {
  AssociationRejected,
  type CheckFailure,
  type CheckResult,
  DialFailed,
  Interrupted,
} from "../../src/check/mod.ts";
import type { PlanPeer } from "../../src/plan/mod.ts";
import type { Clock, RunEvent, RunSettings } from "../../src/runner/mod.ts";
import { failed, verified } from "./report_runs.ts";

/** Nobody listens. */
export function refused(): CheckFailure {
  return dialFailed("refused", "Connection refused");
}

/** No connection for the reason given. */
export function dialFailed(
  reason: DialFailed["reason"],
  systemText = reason as string,
): CheckFailure {
  return new DialFailed(reason, { host: "a", port: 104, systemText, cause: undefined });
}

/** A rejection by its codes, such as `1/1/7`. */
export function rejected(codes: string): CheckFailure {
  const [result = 0, source = 0, reason = 0] = codes.split("/").map(Number);
  return new AssociationRejected({ result, source, reason });
}

/** What one attempt does: how long it takes, and what comes of it. */
export interface Scripted {
  readonly ms: number;
  readonly error?: CheckFailure;
}

/** Checks that play scripts, and what was seen of them. */
export interface ScriptedChecks {
  /** Plays the next attempt of a peer; the last one again and again. */
  readonly check: (peer: PlanPeer, signal: AbortSignal) => Promise<CheckResult>;
  /** Names in the order in which attempts began. */
  readonly begun: string[];
  /** Most attempts at once, in all and at one host. */
  readonly most: { all: number; atHost: number };
}

/** Makes checks that take as long as their script says, on `clock`. */
export function scriptedChecks(
  scripts: (peer: PlanPeer) => readonly Scripted[],
  clock: Clock,
): ScriptedChecks {
  const begun: string[] = [];
  const most = { all: 0, atHost: 0 };
  const running: string[] = [];
  async function check(peer: PlanPeer, signal: AbortSignal): Promise<CheckResult> {
    const made = begun.filter((name) => name === peer.name).length;
    begun.push(peer.name);
    const { host } = peer.check.target;
    running.push(host);
    most.all = Math.max(most.all, running.length);
    most.atHost = Math.max(most.atHost, running.filter((one) => one === host).length);
    const script = scripts(peer);
    const { ms, error } = script[Math.min(made, script.length - 1)] ?? { ms: 0 };
    await passed(ms, { clock, signal });
    running.splice(running.indexOf(host), 1);
    if (signal.aborted) return failed(new Interrupted("connect", signal.reason), peer.check);
    return error === undefined ? verified(peer.check) : failed(error, peer.check);
  }
  return { check, begun, most };
}

async function passed(
  ms: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(ms, resolve);
  signal.addEventListener("abort", () => resolve());
  if (!signal.aborted) await promise;
  cancel();
}

/** Settings without retries and limits. */
export const SETTINGS: RunSettings = { jobs: 4, jobsPerHost: 2, retries: 0, retryDelaySeconds: 1 };

/** An event in one word or two. */
export function told(event: RunEvent): string {
  const verdict = event.type === "finished" ? ` ${event.entry.verdict}` : "";
  return `${event.type} ${event.peer.name}${verdict}`;
}
