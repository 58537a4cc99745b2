/** Who waits for the next run: streams of server-sent events, so many at most. */

import type { Clock, HttpStream, StreamWriter } from "../http/mod.ts";

/** After so long without an event a comment goes out, so that proxies keep the connection and dead ones are noticed. */
const COMMENT_SECONDS = 20;

/** The streams that are open. */
export class Listeners {
  readonly #most: number;
  readonly #clock: Clock;
  readonly #open = new Set<StreamWriter>();

  /** At most so many. */
  constructor(most: number, clock: Clock) {
    this.#most = most;
    this.#clock = clock;
  }

  /** A stream for one more; `undefined` where there is no room. */
  stream(): HttpStream | undefined {
    if (this.#open.size >= this.#most) return undefined;
    return (out) => {
      this.#open.add(out);
      const cancel = this.#comment(out);
      out.gone.addEventListener("abort", () => {
        this.#open.delete(out);
        cancel();
      });
      out.write("retry: 5000\n\n");
    };
  }

  /** Says to everybody that a run has ended, with `data` about it. */
  tell(data: object): void {
    for (const out of this.#open) out.write(`event: run\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Comments again and again; what is returned stops it. */
  #comment(out: StreamWriter): () => void {
    const next = () => {
      out.write(":\n\n");
      cancel = this.#clock.after(COMMENT_SECONDS * 1000, next);
    };
    let cancel = this.#clock.after(COMMENT_SECONDS * 1000, next);
    return () => cancel();
  }
}
