/** Peers without a network, for tests of whole checks: each PDU that comes gets the next reaction. */

import type { Check, CheckEnvironment, CheckEvent } from "../../src/check/mod.ts";
import { TRANSFER_SYNTAXES } from "../../src/dicom/mod.ts";
import { FakeClock } from "./fake_clock.ts";
import { MemoryWire } from "./memory_wire.ts";
import { pduName } from "./script.ts";
import { ACCEPT, commandPdu, echoResponse, RELEASE_RP } from "./wire_bytes.ts";

/** What a peer does when a PDU came: hex to send, or anything else it can do. */
export type Reaction = string | ((wire: MemoryWire) => void);

/** A peer that accepts, answers one echo with Success, releases and closes. */
export const GOOD_PEER: readonly Reaction[] = [
  ACCEPT,
  commandPdu(echoResponse()),
  (wire) => {
    wire.send(RELEASE_RP);
    wire.end();
  },
];

/** A check with the defaults of the command line. */
export function checkWith(more: Partial<Check> = {}): Check {
  return {
    target: { host: "peer", port: 104, family: "any", connectTimeoutSeconds: undefined },
    callingAeTitle: "ECHOSCU",
    calledAeTitle: "ANY-SCP",
    contexts: 1,
    transferSyntaxes: TRANSFER_SYNTAXES.slice(0, 1).map(({ uid }) => uid),
    maximumLength: 16_384,
    acseTimeoutSeconds: 30,
    dimseTimeoutSeconds: undefined,
    socketTimeoutSeconds: 60,
    repeat: 1,
    ending: "release",
    ...more,
  };
}

/** A world with one peer in it. */
export interface MemoryWorld extends CheckEnvironment {
  readonly clock: FakeClock;
  readonly wire: MemoryWire;
  readonly interrupt: AbortController;
  /** What was reported, in order. */
  readonly events: CheckEvent[];
  /** Names of the PDUs that came to the peer, an A-ABORT with its codes. */
  readonly sent: () => string[];
}

/** A world whose peer reacts to one PDU after another; after the last reaction it is silent. */
export function worldWith(reactions: readonly Reaction[]): MemoryWorld {
  const wire = new MemoryWire();
  const left = [...reactions];
  wire.onWrite = () => {
    const reaction = left.shift();
    if (typeof reaction === "string") wire.send(reaction);
    else reaction?.(wire);
  };
  const interrupt = new AbortController();
  const events: CheckEvent[] = [];
  return {
    clock: new FakeClock(),
    wire,
    interrupt,
    events,
    sent: () => wire.written.map(pduText),
    dial: () => Promise.resolve(wire),
    trace: (event) => void events.push(event),
    signal: interrupt.signal,
  };
}

function pduText(bytes: Uint8Array): string {
  const name = pduName(bytes[0] ?? 0);
  return name === "A-ABORT" ? `${name} ${bytes[8]}/${bytes[9]}` : name;
}
