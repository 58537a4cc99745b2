/** Handshake messages that pass in the clear (RFC 8446 4, RFC 5246 7.4), put together from their records. */

/** Types of messages (RFC 8446 4, RFC 5246 7.4). */
export const MESSAGE = {
  clientHello: 1,
  serverHello: 2,
  certificate: 11,
  certificateRequest: 13,
} as const;

/** A message needs no more: a certificate list of 64 KiB and more is refused by the libraries that peers use. */
const LONGEST_MESSAGE = 262_144;
const HEADER_LENGTH = 4;

/** Puts messages together from the bodies of handshake records. */
export class HandshakeMessages {
  #rest = new Uint8Array();
  #isLost = false;

  /** Calls `take` for each message that is complete with `body`; what is longer than there may be ends the reading. */
  push(body: Uint8Array, take: (type: number, content: Uint8Array) => void): void {
    if (this.#isLost) return;
    let rest = joined(this.#rest, body);
    while (rest.length >= HEADER_LENGTH) {
      const [type = 0, high = 0, middle = 0, low = 0] = rest;
      const end = HEADER_LENGTH + (high << 16 | middle << 8 | low);
      if (end > LONGEST_MESSAGE) {
        this.#isLost = true;
        return;
      }
      if (rest.length < end) break;
      take(type, rest.subarray(HEADER_LENGTH, end));
      rest = rest.subarray(end);
    }
    this.#rest = rest.slice();
  }
}

/** Both after each other. */
export function joined(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(head.length + tail.length);
  both.set(head);
  both.set(tail, head.length);
  return both;
}
