/**
 * Runs many checks and reports on all of them.
 *
 * Every peer has a task of its own that waits for a place, makes its attempts and puts its entry where the plan has
 * the peer, so that the order of the report never depends on who was faster. A task gives its place back while it
 * waits for the next attempt. Too many open files are no failure of a peer: the attempt does not count, fewer checks
 * run at once from then on, and the peer is tried again.
 *
 * One signal stops everything: raised by a person, or by the deadline of the run. Checks on their way end politely,
 * peers that are not done by then are skipped.
 */

import { bareHost } from "../common/host.ts";
import type { CheckResult } from "../check/mod.ts";
import type { PlanPeer } from "../plan/types.ts";
import type { ReportEntry, RunReport } from "./result.ts";
import { limitSeconds, timedOut, withinDeadline } from "./deadline.ts";
import { judge } from "./expectations.ts";
import { pause, pauseInWait } from "./pause.ts";
import { Places } from "./places.ts";
import { hadNoDescriptor, isWorthRetrying } from "./retry.ts";
import type { RunEnvironment, RunSettings } from "./types.ts";

/** What is common to all tasks of a run. */
interface Run {
  readonly settings: RunSettings;
  readonly environment: RunEnvironment;
  readonly places: Places;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** Clock time when peers must have passed; `Infinity`: there is no wait. */
  readonly waitEnd: number;
}

/** What is run, and what reports name it by. */
export type PlanOfRun = Pick<RunReport, "title" | "site" | "sources"> & {
  /** In the order of reports. */
  readonly peers: readonly PlanPeer[];
};

/** Checks all peers; never rejects for anything a peer or a network does. */
export async function runPlan(
  plan: PlanOfRun,
  deps: { readonly settings: RunSettings; readonly environment: RunEnvironment },
): Promise<RunReport> {
  const { settings, environment } = deps;
  const { clock, wallTime } = environment;
  const began = clock.now();
  const startedAt = wallTime();
  const stop = new AbortController();
  const places = new Places({ most: settings.jobs, perHost: settings.jobsPerHost });
  const end = endsBy(stop, { ...deps, places });
  const waitEnd = began + 1000 * (settings.waitSeconds ?? Infinity);
  const run: Run = { settings, environment, places, signal: stop.signal, waitEnd };
  const entries = await Promise.all(
    plan.peers.map((peer, index) => finish(run, { peer, index })),
  );
  const { aborted, reason } = stop.signal;
  end();
  return {
    startedAt,
    elapsedMs: clock.now() - began,
    ...(plan.title === undefined ? {} : { title: plan.title }),
    ...(plan.site === undefined ? {} : { site: plan.site }),
    ...(plan.sources === undefined ? {} : { sources: plan.sources }),
    entries,
    ...(aborted && isEarly(reason, entries) ? { interrupted: nameOf(reason) } : {}),
  };
}

/** Raises `stop` for the signal of the environment, and when time is up; gives what ends that. */
function endsBy(
  stop: AbortController,
  { settings, environment, places }: Pick<Run, "settings" | "environment" | "places">,
): () => void {
  const { signal, clock } = environment;
  const raise = (reason: unknown) => {
    stop.abort(reason);
    places.close();
  };
  const onAbort = () => raise(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) onAbort();
  const { deadlineSeconds, waitSeconds } = settings;
  const seconds = waitSeconds ?? deadlineSeconds;
  const cancel = seconds === undefined
    ? () => {}
    : clock.after(seconds * 1000, () => raise(waitSeconds === undefined ? "deadline" : "wait"));
  return () => {
    cancel();
    signal?.removeEventListener("abort", onAbort);
  };
}

/** A wait that is over is what was wanted, unless somebody's turn did not come. */
function isEarly(reason: unknown, entries: readonly ReportEntry[]): boolean {
  return reason !== "wait" || entries.some(({ verdict }) => verdict === "skipped");
}

function nameOf(reason: unknown): NonNullable<RunReport["interrupted"]> {
  if (reason === "wait") return "deadline";
  return reason === "deadline" || reason === "SIGTERM" ? reason : "SIGINT";
}

interface Task {
  readonly peer: PlanPeer;
  readonly index: number;
}

async function finish(run: Run, task: Task): Promise<ReportEntry> {
  const entry = await entryOf(run, task);
  const { notice, clock } = run.environment;
  notice?.({ type: "finished", ...task, entry, time: clock.now() });
  return entry;
}

/** One attempt that came to an end of its own. */
interface Attempt {
  readonly result: CheckResult;
  readonly startedAt: number;
  /** The end of the wait ended it: what was found before counts more, and it proves nothing good. */
  readonly isCut?: true;
}

async function entryOf(run: Run, task: Task): Promise<ReportEntry> {
  const { environment, signal } = run;
  const { clock, notice } = environment;
  const { peer } = task;
  let last: ReportEntry | undefined;
  for (let attempts = 1;; attempts += 1) {
    const attempt = await attemptAt(run, { ...task, attempt: attempts });
    if (attempt === undefined) return last ?? skipped(peer);
    const { result, startedAt, isCut } = attempt;
    const judgement = judge(result, peer.expect);
    const hasPassed = judgement.verdict === "passed";
    if (isCut && (last !== undefined || hasPassed)) return last ?? skipped(peer);
    last = { ...factsOf(peer), ...judgement, result, attempts, startedAt };
    const retryInSeconds = hasPassed ? undefined : pauseAfter(run, { attempts, result });
    if (retryInSeconds === undefined || signal.aborted) return last;
    const time = clock.now();
    notice?.({ type: "attempt", ...task, attempt: attempts, result, retryInSeconds, time });
    await pause(retryInSeconds, { clock, signal });
  }
}

/** The pause before the next attempt after `attempts` that did not pass; `undefined` when that was the last one. */
function pauseAfter(
  { settings, environment, waitEnd }: Run,
  { attempts, result }: { readonly attempts: number; readonly result: CheckResult },
): number | undefined {
  const { retries, retryDelaySeconds, waitSeconds } = settings;
  if (waitSeconds !== undefined) {
    return pauseInWait(retryDelaySeconds, waitEnd - environment.clock.now());
  }
  const goesOn = attempts <= retries && result.outcome === "failed" && isWorthRetrying(result);
  return goesOn ? retryDelaySeconds : undefined;
}

/** Waits for descriptors: from a tenth of a second, doubling, at most this long. */
const LONGEST_WAIT_SECONDS = 1.6;

/** How often to wait when nothing else runs that could give descriptors back: half a minute in all. */
const MOST_LONELY_WAITS = 20;

/** Makes one attempt; `undefined` when the run ended before it did. */
async function attemptAt(
  run: Run,
  task: Task & { readonly attempt: number },
): Promise<Attempt | undefined> {
  const { environment, places, signal } = run;
  const { clock, wallTime, notice } = environment;
  const { peer, index } = task;
  let lonely = 0;
  for (let wait = 0.1;; wait = Math.min(2 * wait, LONGEST_WAIT_SECONDS)) {
    const place = await places.take(hostOf(peer));
    if (place === undefined) return undefined;
    const startedAt = wallTime();
    const began = clock.now();
    notice?.({ type: "started", ...task, time: began });
    const result = await checkOnce(run, peer);
    const isPostponed = hadNoDescriptor(result) && lonely < MOST_LONELY_WAITS;
    lonely = places.running === 1 ? lonely + 1 : 0;
    if (isPostponed) places.shrink();
    place.release(!isPostponed);
    if (signal.aborted && isInterrupted(result)) {
      if (signal.reason !== "wait") return undefined;
      const limit = { seconds: limitSeconds(run.waitEnd - began), timer: "wait" } as const;
      return { result: timedOut(result, limit), startedAt, isCut: true };
    }
    if (!isPostponed) return { result, startedAt };
    notice?.({ type: "postponed", peer, index, jobs: places.limit, time: clock.now() });
    await pause(wait, { clock, signal });
  }
}

function checkOnce({ settings, environment, signal }: Run, peer: PlanPeer): Promise<CheckResult> {
  const seconds = peer.deadlineSeconds ?? settings.peerDeadlineSeconds;
  return withinDeadline((inner) => environment.check(peer, inner), {
    limit: seconds === undefined ? undefined : { seconds },
    signal,
    clock: environment.clock,
  });
}

function isInterrupted(result: CheckResult): boolean {
  return result.outcome === "failed" && result.error.name === "Interrupted";
}

/** One machine by one name: as it was written, but for case and brackets. */
function hostOf({ check }: PlanPeer): string {
  return bareHost(check.target.host.toLowerCase());
}

function skipped(peer: PlanPeer): ReportEntry {
  return { ...factsOf(peer), check: peer.check, verdict: "skipped", unmet: [], attempts: 0 };
}

function factsOf({ name, group, tags, note, contact, isMuted, expect }: PlanPeer) {
  const { warnDaysValid: warnDays, minDaysValid: minDays, allowedWeaknesses } = expect;
  const certificates = {
    ...(warnDays === undefined ? {} : { warnDays }),
    ...(minDays === undefined ? {} : { minDays }),
  };
  return {
    name,
    tags,
    ...(warnDays === undefined && minDays === undefined ? {} : { certificates }),
    ...(allowedWeaknesses === undefined ? {} : { allowedWeaknesses }),
    ...(group === undefined ? {} : { group }),
    ...(note === undefined ? {} : { note }),
    ...(contact === undefined ? {} : { contact }),
    ...(isMuted === undefined ? {} : { isMuted }),
  };
}
