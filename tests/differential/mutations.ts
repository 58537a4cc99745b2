/** Peers that send legal bytes with a few changes; the same seed gives the same peer. */

import type { PeerConnection } from "../support/peer_connection.ts";
import {
  ACCEPT,
  acceptedContext,
  ascii,
  associateAc,
  commandPdu,
  echoResponse,
  element,
  item,
  number,
  pdu,
  RELEASE_RP,
  userInformation,
} from "../support/wire_bytes.ts";
import { fromHex } from "../support/script.ts";
import { Random } from "./random.ts";

/** What a peer answers to the request, to the echo and to the release, and how it sends it. */
export interface MutatedPeer {
  /** Gives the peer again. */
  readonly seed: number;
  /** Bytes of the three answers. */
  readonly answers: readonly Uint8Array[];
  /** Which answer was changed. */
  readonly changed: number;
  /** Longest piece in which bytes are sent. */
  readonly pieceLength: number;
}

const RICH_ACCEPT = associateAc([
  acceptedContext(1, "1.2.840.10008.1.2.1"),
  item(0x10, ascii("1.2.840.10008.3.1.1.1")),
  userInformation([
    item(0x51, number(16_384, 4)),
    item(0x52, ascii("1.2.3.4.5.6")),
    item(0x54, number(17, 2) + ascii("1.2.840.10008.1.1") + "0100"),
    item(0x55, ascii("SOMEBODY")),
    item(0x56, number(17, 2) + ascii("1.2.840.10008.1.1") + "0102"),
  ]),
]);

const TWO_PDVS = pdu(
  0x04,
  [echoResponse().slice(0, 80), echoResponse().slice(80)].map((part, at) =>
    `${number(part.length / 2 + 2, 4)}01${at === 0 ? "01" : "03"}${part}`
  ).join(""),
);

const ACCEPTS = [ACCEPT, RICH_ACCEPT];
const RESPONSES = [
  commandPdu(echoResponse()),
  commandPdu(element(0, "42000000") + echoResponse()),
  commandPdu(echoResponse([element(0x0902, ascii("no space")), element(0x0903, "0100")])),
  TWO_PDVS,
];

/** The peer of a seed. */
export function mutatedPeer(seed: number): MutatedPeer {
  const random = new Random(seed);
  const answers = [random.pick(ACCEPTS), random.pick(RESPONSES), RELEASE_RP].map(fromHex);
  const changed = random.pick([0, 0, 0, 1, 1, 1, 2]);
  const original = answers[changed] ?? new Uint8Array(0);
  answers[changed] = mutate(original, random);
  const pieceLength = random.chance(0.3) ? 1 + random.below(40) : Infinity;
  return { seed, answers, changed, pieceLength };
}

/** Bytes that borders, types and lengths are made of. */
const TELLING = [0, 1, 2, 3, 4, 5, 6, 7, 8, 0x10, 0x20, 0x21, 0x30, 0x40, 0x50, 0x51, 0x54, 0x58]
  .concat([0x7f, 0x80, 0xe0, 0xfe, 0xff]);

/** `original` with one to three changes. */
export function mutate(original: Uint8Array, random: Random): Uint8Array {
  const bytes = [...original];
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const at = random.below(bytes.length + 1);
    switch (random.below(7)) {
      case 0:
        bytes[at] = random.below(256);
        break;
      case 1:
      case 2:
        bytes[at] = random.pick(TELLING);
        break;
      case 3:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
        break;
      case 4:
        bytes.splice(at, 1 + random.below(8));
        break;
      case 5:
        bytes.splice(at, 0, ...bytes.slice(at, at + 1 + random.below(30)));
        break;
      default:
        bytes.splice(
          at,
          0,
          ...Array.from({ length: 1 + random.below(4) }, () => random.below(256)),
        );
    }
  }
  return Uint8Array.from(bytes);
}

/** Plays a peer on one connection: an answer to each message, and a close after the last one or an A-ABORT. */
export async function playMutated(
  peer: MutatedPeer,
  connection: PeerConnection,
): Promise<undefined> {
  for (const answer of peer.answers) {
    let came = await connection.readPdu(PATIENCE_MS);
    while (came?.pdu === "P-DATA-TF" && !endsCommand(came.bytes)) {
      came = await connection.readPdu(PATIENCE_MS);
    }
    if (came === undefined || came.pdu === "A-ABORT") break;
    for (let at = 0; at < answer.length; at += peer.pieceLength) {
      await connection.write(answer.subarray(at, at + peer.pieceLength));
    }
  }
  await connection.drain(LAST_WORDS_MS);
  return undefined;
}

const PATIENCE_MS = 8_000;

/** How long the peer listens to a client that has nothing more to say, before it closes. */
const LAST_WORDS_MS = 400;

/** Whether the only PDV of a P-DATA-TF is the last fragment. */
function endsCommand(bytes: Uint8Array): boolean {
  return ((bytes[11] ?? 0) & 2) !== 0;
}
