/**
 * Keeps the story of the peer's PDUs in order.
 *
 * Several PDUs may come in one piece of bytes and are framed at once. What is told of the later ones waits until the
 * service user asks for them, so that each PDU is told in the state that really meets it; what nobody asks for is not
 * told at all.
 */

/** Tells something of a PDU. */
export type Telling = () => void;

/** Lets the story of one PDU begin when that of the one before is over. */
export class TraceOrder {
  readonly #held: Telling[][] = [];
  /** Whether a PDU was told of and has not yet been received. */
  #isTelling = false;
  /** Whether the newest PDU waits. */
  #isNewestHeld = false;

  /** Whether more of the newest PDU would be held: what it refers to must be kept. */
  get isHolding(): boolean {
    return this.#isNewestHeld;
  }

  /** A PDU begins. */
  begin(telling: Telling): void {
    this.#isNewestHeld = this.#isTelling || this.#held.length > 0;
    if (this.#isNewestHeld) {
      this.#held.push([telling]);
      return;
    }
    this.#isTelling = true;
    telling();
  }

  /** More of the PDU that began last. */
  add(telling: Telling): void {
    if (this.#isNewestHeld) this.#held.at(-1)?.push(telling);
    else telling();
  }

  /** The next PDU is asked for. */
  ask(): void {
    const waiting = this.#isTelling ? undefined : this.#held.shift();
    if (waiting === undefined) return;
    if (this.#held.length === 0) this.#isNewestHeld = false;
    this.#isTelling = true;
    for (const telling of waiting) telling();
  }

  /** The PDU that was told of has been received. */
  finish(): void {
    this.#isTelling = false;
  }
}
