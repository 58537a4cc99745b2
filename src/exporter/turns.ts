/**
 * Turns at a host: whose probe ends early because somebody else waits for its place.
 *
 * There are few places at a host, and a probe of a peer that says nothing keeps its place for all of its time. So a
 * probe that has had the usual time yields to one that waits, however much more its scraper allowed; and a client that
 * has several of the places yields one to a client that has none. Who waits gives the others a part of its own waiting
 * time first: most probes are over in a moment.
 */

import type { Clock } from "../http/mod.ts";

/** A probe that runs. */
export interface Turn {
  /** Raised when it has to end for another. */
  readonly signal: AbortSignal;
  /** The probe is over. */
  readonly end: () => void;
}

interface Running {
  readonly client: string;
  readonly began: number;
  readonly yield: AbortController;
}

/** After these parts of its waiting time a probe asks whether it is its turn. */
const ASKING_PARTS = [0.25, 0.5, 0.75];

/** Everybody's turns. */
export class Turns {
  readonly #clock: Clock;
  readonly #usualMs: number;
  readonly #atHost = new Map<string, Set<Running>>();

  /** Makes turns of `usualMs` milliseconds for everybody. */
  constructor(clock: Clock, usualMs: number) {
    this.#clock = clock;
    this.#usualMs = usualMs;
  }

  /** A probe of `client` at `host` begins. */
  begin(host: string, client: string): Turn {
    const running = { client, began: this.#clock.now(), yield: new AbortController() };
    const all = this.#atHost.get(host) ?? new Set();
    this.#atHost.set(host, all.add(running));
    return {
      signal: running.yield.signal,
      end: () => {
        all.delete(running);
        if (all.size === 0 && this.#atHost.get(host) === all) this.#atHost.delete(host);
      },
    };
  }

  /** A probe of `client` waits for a place at `host`, for `waitMs`; returns what ends that. */
  askForTurn(
    host: string,
    { client, waitMs }: { readonly client: string; readonly waitMs: number },
  ): () => void {
    const cancels = ASKING_PARTS.map((part) =>
      this.#clock.after(waitMs * part, () => this.#yielding(host, client)?.yield.abort())
    );
    return () => {
      for (const cancel of cancels) cancel();
    };
  }

  /** The longest probe at `host` that has to end for one of `client`. */
  #yielding(host: string, client: string): Running | undefined {
    const now = this.#clock.now();
    // In the order they began; those that were already asked to end are as good as over.
    const all = [...this.#atHost.get(host) ?? []].filter((one) => !one.yield.signal.aborted);
    const placesOf = (name: string) => all.filter((one) => one.client === name).length;
    return all.find(({ began }) => now - began >= this.#usualMs) ??
      (placesOf(client) > 0 ? undefined : all.find((one) => placesOf(one.client) > 1));
  }
}
