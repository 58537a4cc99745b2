/**
 * Who is here: every connection has a place, from when it is accepted until it is closed.
 *
 * A connection first waits for its request, then its association runs, then it waits for the peer to close. Only
 * running associations count against the limit that peers are reported about. Connections are limited as well, at a
 * number that leaves room beyond all associations: when it is reached, the one that has been of no use for longest
 * has to go, so that silent connections can neither use up the descriptors nor keep real peers out. What has come of
 * requests that are not complete is limited for all together: beyond, the one with most of it has to go.
 */

import type { ByteStream } from "../transport/types.ts";
import { HEAD_LENGTH } from "./foreign.ts";

/** Why we close a connection that is none of the peer's fault. */
export type Dismissal =
  /** It was of no use, and others needed the room. */
  | "crowded"
  /** The service ends. */
  | "stopping";

type Stage = "waiting" | "running" | "ending";

/**
 * Connections beyond the associations: those that have not asked yet, or are being closed. Our judgement: with the
 * default of 50 associations, 200 callers at once all get an answer, and a limit of 256 descriptors still holds them.
 */
const MORE_CONNECTIONS = 150;

/**
 * Bytes that may have come of all requests that are not complete, TLS handshakes included. Our judgement: requests
 * have a few hundred bytes to some 10 KiB, and come in one piece.
 */
const UNFINISHED_BYTES = 8_388_608;

/** All places. */
export class Places {
  readonly #maxAssociations: number;
  #unfinishedBytes = 0;
  readonly #stages: Readonly<Record<Stage, Set<Place>>> = {
    waiting: new Set(),
    running: new Set(),
    ending: new Set(),
  };
  #onNoneRuns: (() => void) | undefined;

  /** Makes places for `maxAssociations` running associations. */
  constructor(maxAssociations: number) {
    this.#maxAssociations = maxAssociations;
  }

  /** Number of running associations. */
  get running(): number {
    return this.#stages.running.size;
  }

  /** Number of connections. */
  get size(): number {
    const { waiting, running, ending } = this.#stages;
    return waiting.size + running.size + ending.size;
  }

  /** Whether as many associations run as may. */
  get isFull(): boolean {
    return this.running >= this.#maxAssociations;
  }

  /** Gives `stream` a place, for which another connection may have to go. */
  admit(stream: ByteStream): Place {
    if (this.size >= this.#maxAssociations + MORE_CONNECTIONS) {
      this.#leastUseful()?.dismiss("crowded");
    }
    return new Place(stream, {
      all: this,
      move: (...move) => this.#move(...move),
      hold: (bytes) => this.#hold(bytes),
    });
  }

  /** Closes every connection without a running association, or really every one. */
  dismiss(which: "idle" | "all"): void {
    const { waiting, running, ending } = this.#stages;
    const leaving = [...waiting, ...ending, ...(which === "all" ? running : [])];
    for (const place of leaving) place.dismiss("stopping");
  }

  /** Resolves when no association runs. */
  whenNoneRuns(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onNoneRuns = resolve;
    if (this.running === 0) resolve();
    return promise;
  }

  /**
   * What is over goes before what has not begun, and of these the oldest of the caller with most of them: a flood from
   * one address must not drive out those who come from elsewhere before they can ask.
   */
  #leastUseful(): Place | undefined {
    const { waiting, ending } = this.#stages;
    const [over] = ending;
    if (over !== undefined) return over;
    const byCaller = Map.groupBy(waiting, ({ caller }) => caller);
    const most = [...byCaller.values()].reduce<readonly Place[]>(
      (found, one) => one.length > found.length ? one : found,
      [],
    );
    return most[0];
  }

  #hold(bytes: number): void {
    this.#unfinishedBytes += bytes;
    if (this.#unfinishedBytes <= UNFINISHED_BYTES) return;
    const [first, ...others] = this.#stages.waiting;
    const most = others.reduce<Place | undefined>(
      (found, one) => found === undefined || one.heldBytes > found.heldBytes ? one : found,
      first,
    );
    most?.dismiss("crowded");
  }

  #move(place: Place, path: { readonly from: Stage | undefined; readonly to: Stage | undefined }) {
    if (path.from !== undefined) this.#stages[path.from].delete(place);
    if (path.to !== undefined) this.#stages[path.to].add(place);
    if (this.running === 0) this.#onNoneRuns?.();
  }
}

type Move = (
  place: Place,
  path: { readonly from: Stage | undefined; readonly to: Stage | undefined },
) => void;

/** What a place knows of the others. */
interface Among {
  readonly all: Places;
  readonly move: Move;
  readonly hold: (bytes: number) => void;
}

/** The place of one connection. */
export class Place {
  readonly #stream: ByteStream;
  readonly #all: Places;
  readonly #move: Move;
  readonly #hold: (bytes: number) => void;
  #stage: Stage | undefined;
  #heldBytes = 0;
  #head = new Uint8Array(0);
  #dismissal: Dismissal | undefined;

  /** Takes the place; `Places.admit` calls this. */
  constructor(stream: ByteStream, among: Among) {
    this.#stream = stream;
    this.#all = among.all;
    this.#move = among.move;
    this.#hold = among.hold;
    this.#go("waiting");
  }

  /** Why we closed the connection ourselves, if we did. */
  get dismissal(): Dismissal | undefined {
    return this.#dismissal;
  }

  /** Whether as many associations run as may. */
  get isFull(): boolean {
    return this.#all.isFull;
  }

  /** Address of who called. */
  get caller(): string {
    return this.#stream.remote.host;
  }

  /** Bytes that have come while the request is not complete; 0 afterwards. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** The first bytes that came, at most `HEAD_LENGTH`. */
  get head(): Uint8Array {
    return this.#head;
  }

  /** Takes note of bytes that have come; they count until the request is complete. */
  came(bytes: Uint8Array): void {
    if (this.#stage !== "waiting") return;
    const missing = HEAD_LENGTH - this.#head.length;
    if (missing > 0) this.#head = Uint8Array.of(...this.#head, ...bytes.subarray(0, missing));
    this.#heldBytes += bytes.length;
    this.#hold(bytes.length);
  }

  /** The association runs. */
  run(): void {
    if (this.#stage === "waiting") this.#go("running");
  }

  /** The association is over, the connection still is. */
  end(): void {
    if (this.#stage === "waiting" || this.#stage === "running") this.#go("ending");
  }

  /** Closes the connection, whatever it is at. */
  dismiss(why: Dismissal): void {
    this.#dismissal ??= why;
    this.leave();
  }

  /** Closes the connection and gives the place back; idempotent. */
  leave(): void {
    this.#go(undefined);
    this.#stream.close();
  }

  #go(to: Stage | undefined): void {
    const from = this.#stage;
    this.#stage = to;
    this.#move(this, { from, to });
    if (from === "waiting") this.#letGo();
  }

  #letGo(): void {
    const bytes = this.#heldBytes;
    this.#heldBytes = 0;
    this.#hold(-bytes);
  }
}
