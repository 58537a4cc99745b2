/**
 * Handshakes of our TLS engine with real servers, recorded once by `deno task record:tls` and replayed since: with the
 * same random bytes the engine sends the same, so that what the server sent fits again, down to its Finished.
 */

import { TlsClient } from "../../src/tls_engine/mod.ts";
import type { ClientSettings, Step } from "../../src/tls_engine/mod.ts";
import golden from "../golden/tls_handshakes.json" with { type: "json" };

/** One recorded connection: what each side sent, turn by turn, ours first. */
export interface RecordedHandshake {
  /** What is special about it. */
  readonly name: string;
  /** Version that the client offers as the highest. */
  readonly versions: readonly number[];
  /** Suites that the client offers. */
  readonly suites: readonly number[];
  /** Suite that was agreed on. */
  readonly suite: string;
  /** In base64. */
  readonly ours: readonly string[];
  /** In base64. */
  readonly theirs: readonly string[];
}

/** All recorded ones. */
export const RECORDED_HANDSHAKES: readonly RecordedHandshake[] = golden.handshakes;

/** What we send as data, and what comes back. */
export const RECORDED_DATA = { ours: "recorded\n", theirs: "dedrocer\n" } as const;

/** Bytes of a counter, hashed by a small generator (xorshift32): the same in every run, and all different. */
export function fixedRandom(): (length: number) => Uint8Array {
  let state = 0x2545f491;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  };
  return (length) => Uint8Array.from({ length }, next);
}

/** The client of a recorded handshake. */
export function recordedClient(
  { versions, suites }: Pick<RecordedHandshake, "versions" | "suites">,
): TlsClient {
  const settings: ClientSettings = {
    offer: {
      versions,
      suites,
      groups: [0x17, 0x18, 0x19, 0x1d, 0x1a],
      shares: [0x17],
      schemes: [0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0401, 0x0203, 0x0201],
    },
    serverName: undefined,
    identity: undefined,
    random: fixedRandom(),
    judge: () => undefined,
  };
  return new TlsClient(settings);
}

/** Plays the server's bytes to a new client in pieces; gives each step that came of it. Data is sent once established. */
export function* replayed(
  recorded: RecordedHandshake,
  pieces: (bytes: Uint8Array) => Iterable<Uint8Array> = (bytes) => [bytes],
): Generator<Step> {
  const client = recordedClient(recorded);
  yield client.start();
  for (const flight of recorded.theirs) {
    for (const piece of pieces(Uint8Array.fromBase64(flight))) {
      const step = client.receive(piece);
      yield step;
      const isDone = step.events.some(({ type }) => type === "established");
      if (isDone) yield client.write(new TextEncoder().encode(RECORDED_DATA.ours));
    }
  }
}
