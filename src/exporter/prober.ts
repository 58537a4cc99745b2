/** Makes probes: within the time the scraper has, and with not too many at once. */

import type { PlanPeer } from "../plan/types.ts";
import type { RunReport } from "../runner/mod.ts";
import { limitSeconds, Places, runPlan, type TakenPlace } from "../runner/mod.ts";
import type { ExporterMeans } from "./types.ts";

/** What part of its time a probe may wait for a place: with less than the rest a peer that is only slow looks down. */
const WAITING_PART = 0.5;

/** The peer's own limit comes first; only a wait for descriptors outlasts it, and ends so much later. */
const GRACE_SECONDS = 0.1;

/** Makes probes. */
export class Prober {
  readonly #means: ExporterMeans;
  readonly #places: Places;
  #waiting = 0;

  /** Makes a prober with the limits of `means`. */
  constructor(means: ExporterMeans) {
    this.#means = means;
    const { jobs, jobsPerHost } = means.settings;
    this.#places = new Places({ most: jobs, perHost: jobsPerHost });
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

  /**
   * Probes `peer` within `seconds`, of which it may wait half for a place; ends when `signal` is raised.
   *
   * `undefined` when no place became free in time, or the probe ended without a result.
   */
  async probe(
    peer: PlanPeer,
    { seconds, signal }: { readonly seconds: number; readonly signal: AbortSignal },
  ): Promise<RunReport | undefined> {
    const { clock, wallTime, check } = this.#means;
    const began = clock.now();
    const place = await this.#placeWithin(peer, { seconds: seconds * WAITING_PART, signal });
    if (place === undefined) return undefined;
    try {
      const left = limitSeconds(seconds * 1000 - (clock.now() - began));
      const deadlineSeconds = Math.min(left, peer.deadlineSeconds ?? Infinity);
      const report = await runPlan({ peers: [{ ...peer, deadlineSeconds }] }, {
        settings: {
          jobs: 1,
          jobsPerHost: 1,
          retries: 0,
          retryDelaySeconds: 0,
          deadlineSeconds: left + GRACE_SECONDS,
        },
        environment: { check, clock, wallTime, signal },
      });
      return report.entries.some(({ result }) => result !== undefined) ? report : undefined;
    } finally {
      place.release(true);
    }
  }

  async #placeWithin(
    { check }: PlanPeer,
    { seconds, signal }: { readonly seconds: number; readonly signal: AbortSignal },
  ): Promise<TakenPlace | undefined> {
    const { promise: enough, resolve: giveUp } = Promise.withResolvers<undefined>();
    const cancel = this.#means.clock.after(seconds * 1000, () => giveUp(undefined));
    const onAbort = () => giveUp(undefined);
    signal.addEventListener("abort", onAbort);
    this.#waiting += 1;
    const taken = this.#places.take(check.target.host.toLowerCase());
    try {
      const place = await Promise.race([taken, enough]);
      // A place that comes too late goes to the next one.
      if (place === undefined) taken.then((late) => late?.release(true));
      return place;
    } finally {
      this.#waiting -= 1;
      cancel();
      signal.removeEventListener("abort", onAbort);
    }
  }
}
