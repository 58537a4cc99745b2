/** Which connections are open, and who has to go when there are too many. */

import type { HttpSocket } from "./socket.ts";
import type { Clock } from "./types.ts";

/** How long answers that are on their way may take when the service ends. */
const GRACE_SECONDS = 2;

/** The open connections, in the order they came. */
export class Connections {
  readonly #idle = new Set<HttpSocket>();
  /** Those that were answered and are about to end. */
  readonly #over = new Set<HttpSocket>();
  /** Without those that were sent away and are about to end. */
  readonly #open = new Set<HttpSocket>();
  readonly #closed = new Map<HttpSocket, Promise<void>>();

  /** How many there are. */
  get size(): number {
    return this.#open.size;
  }

  /** There is one more. */
  add(socket: HttpSocket): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#idle.add(socket);
    this.#open.add(socket);
    this.#closed.set(socket, promise);
    socket.once("close", () => {
      for (const all of [this.#idle, this.#over, this.#open, this.#closed]) all.delete(socket);
      resolve();
    });
  }

  /** The connection has asked for something. */
  asked(socket: HttpSocket): void {
    this.#idle.delete(socket);
  }

  /** The connection has had its answer. */
  answered(socket: HttpSocket): void {
    this.#idle.delete(socket);
    if (!socket.destroyed) this.#over.add(socket);
  }

  /** Closes those that have not asked. */
  closeIdle(): void {
    for (const socket of this.#idle) socket.destroy();
  }

  /**
   * Closes the one that is over for longest, or else, of those that have not asked, the oldest of the client with most
   * of them; whether there was one.
   */
  makeRoom(): boolean {
    const [over] = this.#over;
    const byClient = Map.groupBy(this.#idle, ({ client }) => client);
    const most = [...byClient.values()].reduce<readonly HttpSocket[]>(
      (found, one) => one.length > found.length ? one : found,
      [],
    );
    const leaving = over ?? most[0];
    if (leaving === undefined) return false;
    for (const all of [this.#idle, this.#over, this.#open]) all.delete(leaving);
    leaving.destroy();
    return true;
  }

  /** Waits until all are closed, and closes them after a while. */
  async end(clock: Clock): Promise<void> {
    const { promise: enough, resolve } = Promise.withResolvers<void>();
    const cancel = clock.after(GRACE_SECONDS * 1000, resolve);
    await Promise.race([Promise.all(this.#closed.values()), enough]);
    cancel();
    for (const socket of this.#closed.keys()) socket.destroy();
    await Promise.all(this.#closed.values());
  }
}
