/**
 * Places for checks that run at once: so many in all, so many at one host.
 *
 * Who comes first goes first, but a peer whose host is busy lets others pass. The number of places shrinks when the
 * system has no more descriptors, and grows back one by one while all goes well.
 */

/** A place that was taken. */
export interface TakenPlace {
  /** Gives it back. `well`: the system had everything that was needed. */
  release(well: boolean): void;
}

interface Waiting {
  readonly host: string;
  readonly take: (place: TakenPlace | undefined) => void;
}

/** Gives out places. */
export class Places {
  readonly #most: number;
  readonly #perHost: number;
  #limit: number;
  #running = 0;
  #well = 0;
  #isClosed = false;
  readonly #atHost = new Map<string, number>();
  #waiting: Waiting[] = [];

  /** Makes `most` places, of which each host may take `perHost`. */
  constructor({ most, perHost }: { readonly most: number; readonly perHost: number }) {
    this.#most = most;
    this.#limit = most;
    this.#perHost = perHost;
  }

  /** How many may run at once at the moment. */
  get limit(): number {
    return this.#limit;
  }

  /** How many run. */
  get running(): number {
    return this.#running;
  }

  /** Waits for a place at `host`; `undefined` when there will be none any more. */
  take(host: string): Promise<TakenPlace | undefined> {
    const { promise, resolve } = Promise.withResolvers<TakenPlace | undefined>();
    this.#waiting.push({ host, take: resolve });
    this.#serve();
    return promise;
  }

  /** There was no descriptor for one more: at most so many as run without it, but one at least. */
  shrink(): void {
    this.#limit = Math.max(1, Math.min(this.#limit, this.#running - 1));
    this.#well = 0;
  }

  /** Sends away everybody who waits, now and later. */
  close(): void {
    this.#isClosed = true;
    this.#serve();
  }

  #serve(): void {
    if (this.#running >= this.#limit && !this.#isClosed) return;
    const left: Waiting[] = [];
    for (const waiting of this.#waiting) {
      if (this.#isClosed) waiting.take(undefined);
      else if (this.#hasRoom(waiting.host)) waiting.take(this.#occupy(waiting.host));
      else left.push(waiting);
    }
    this.#waiting = left;
  }

  #hasRoom(host: string): boolean {
    return this.#running < this.#limit && (this.#atHost.get(host) ?? 0) < this.#perHost;
  }

  #occupy(host: string): TakenPlace {
    this.#running += 1;
    this.#atHost.set(host, (this.#atHost.get(host) ?? 0) + 1);
    return { release: (well) => this.#release(host, well) };
  }

  #release(host: string, well: boolean): void {
    this.#running -= 1;
    const left = (this.#atHost.get(host) ?? 1) - 1;
    if (left === 0) this.#atHost.delete(host);
    else this.#atHost.set(host, left);
    if (well && ++this.#well >= this.#limit && this.#limit < this.#most) {
      this.#limit += 1;
      this.#well = 0;
    }
    this.#serve();
  }
}
