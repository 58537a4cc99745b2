/** What one connection of a scan asks. */

import { composeHello, makeShare, MESSAGE, plainProtection, RECORD } from "../tls_engine/mod.ts";
import { join, type Random, vector, VERSION } from "../tls_engine/mod.ts";

/** A hello of which only the answer counts. */
export interface HelloProbe {
  /** Tag. */
  readonly kind: "hello";
  /** The version as on the wire; the only one that is offered. */
  readonly version: number;
  /** Suites in the order of the offer. */
  readonly suites: readonly number[];
  /** Groups in the order of the offer. */
  readonly groups: readonly number[];
  /** Groups of which a share is sent, in TLS 1.3. */
  readonly shares: readonly number[];
  /** Signature schemes. */
  readonly schemes: readonly number[];
  /** Whether compression is offered. */
  readonly compresses?: boolean;
  /** Server name; `undefined`: none. */
  readonly serverName: string | undefined;
}

/** A complete handshake. */
export interface HandshakeProbe extends Omit<HelloProbe, "kind"> {
  /** Tag. */
  readonly kind: "handshake";
}

/** An association without TLS. */
export interface PlainProbe {
  /** Tag. */
  readonly kind: "plain";
}

/** What one connection asks. */
export type Probe = HelloProbe | HandshakeProbe | PlainProbe;

/** The record with the hello of a probe. */
export function helloRecord(probe: HelloProbe, random: Random): Uint8Array {
  const { version, suites, groups, shares, schemes, serverName } = probe;
  const is13 = version === VERSION.tls13;
  const { body } = composeHello({
    serverName,
    offer: { versions: [version], suites, groups, shares, schemes },
  }, {
    random: random(32),
    sessionId: is13 ? random(32) : new Uint8Array(),
    shares: shares.map((group) => ({ group, publicValue: makeShare(group, random).publicValue })),
    namesGroups: groups.length > 0,
    compressions: probe.compresses ? [1, 0] : [0],
  });
  const message = join(Uint8Array.of(MESSAGE.clientHello), vector(3, body));
  return plainProtection(Math.min(version, VERSION.tls10)).seal({
    type: RECORD.handshake,
    bytes: message,
  });
}
