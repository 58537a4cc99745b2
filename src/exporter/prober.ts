/** Makes probes: within the time the scraper has, with not too many at once, and with a turn for everybody. */

import type { PlanPeer } from "../plan/types.ts";
import type { RunReport } from "../runner/mod.ts";
import { limitSeconds, Places, runPlan, type TakenPlace } from "../runner/mod.ts";
import { Turns } from "./turns.ts";
import type { ExporterDeps, ExporterPlan } from "./types.ts";

/** What part of its time a probe may wait for a place: with less than the rest a peer that is only slow looks down. */
const WAITING_PART = 0.5;

/** The peer's own limit comes first; only a wait for descriptors outlasts it, and ends so much later. */
const GRACE_SECONDS = 0.1;

/** Who asks for a probe, and how long it may take. */
export interface ProbeAsked {
  /** Time for all of it, waiting included. */
  readonly seconds: number;
  /** Address of the client. */
  readonly client: string;
  /** Makes the check: that of the plan which the peer is from, whatever is loaded while the probe waits. */
  readonly check: ExporterPlan["check"];
  /** Ends the probe. */
  readonly signal: AbortSignal;
}

/** What came of a probe: its report, or why there is none. */
export type ProbeOutcome =
  | { readonly report: RunReport }
  /** No place became free in time; others needed it; or it was ended. */
  | { readonly report?: undefined; readonly why: "no-place" | "yielded" | "ended" };

/** Makes probes. */
export class Prober {
  readonly #deps: ExporterDeps;
  readonly #places: Places;
  readonly #turns: Turns;
  #waiting = 0;

  /** Makes a prober with the limits of `deps`. */
  constructor(deps: ExporterDeps) {
    this.#deps = deps;
    const { jobs, jobsPerHost, deadlineSeconds } = deps.settings;
    this.#places = new Places({ most: jobs, perHost: jobsPerHost });
    this.#turns = new Turns(deps.clock, deadlineSeconds * 1000);
  }

  /** How many probes run. */
  get running(): number {
    return this.#places.running;
  }

  /** How many probes wait for a place. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Sends away everybody who waits. */
  close(): void {
    this.#places.close();
  }

  /** Probes `peer` within the time there is, of which it may wait half for a place. */
  async probe(peer: PlanPeer, asked: ProbeAsked): Promise<ProbeOutcome> {
    const { clock } = this.#deps;
    const began = clock.now();
    const place = await this.#placeWithin(peer, asked);
    if (place === undefined) return { why: asked.signal.aborted ? "ended" : "no-place" };
    const turn = this.#turns.begin(hostOf(peer), asked.client);
    try {
      const left = limitSeconds(asked.seconds * 1000 - (clock.now() - began));
      const signal = AbortSignal.any([asked.signal, turn.signal]);
      const report = await this.#run(peer, { left, check: asked.check, signal });
      const isDone = report.entries.some(({ result }) => result !== undefined);
      return isDone ? { report } : { why: turn.signal.aborted ? "yielded" : "ended" };
    } finally {
      turn.end();
      place.release(true);
    }
  }

  #run(
    peer: PlanPeer,
    { left, check, signal }: Pick<ProbeAsked, "check" | "signal"> & { readonly left: number },
  ): Promise<RunReport> {
    const { clock, wallTime } = this.#deps;
    const deadlineSeconds = Math.min(left, peer.deadlineSeconds ?? Infinity);
    return runPlan({ peers: [{ ...peer, deadlineSeconds }] }, {
      settings: {
        jobs: 1,
        jobsPerHost: 1,
        retries: 0,
        retryDelaySeconds: 0,
        deadlineSeconds: left + GRACE_SECONDS,
      },
      environment: { check, clock, wallTime, signal },
    });
  }

  async #placeWithin(
    peer: PlanPeer,
    { seconds, client, signal }: ProbeAsked,
  ): Promise<TakenPlace | undefined> {
    const { promise: enough, resolve: giveUp } = Promise.withResolvers<undefined>();
    const waitMs = seconds * 1000 * WAITING_PART;
    const cancel = this.#deps.clock.after(waitMs, () => giveUp(undefined));
    const host = hostOf(peer);
    const stopAsking = this.#turns.askForTurn(host, { client, waitMs });
    const onAbort = () => giveUp(undefined);
    signal.addEventListener("abort", onAbort);
    this.#waiting += 1;
    const taken = this.#places.take(host);
    try {
      const place = await Promise.race([taken, enough]);
      // A place that comes too late goes to the next one.
      if (place === undefined) taken.then((late) => late?.release(true));
      return place;
    } finally {
      this.#waiting -= 1;
      cancel();
      stopAsking();
      signal.removeEventListener("abort", onAbort);
    }
  }
}

function hostOf({ check }: PlanPeer): string {
  return check.target.host.toLowerCase();
}
