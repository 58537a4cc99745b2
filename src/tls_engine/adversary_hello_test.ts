/** Servers whose hello, or whose extensions, answer something that was not offered: each is refused by its rule and alert. */

import {
  CBC,
  CERTIFICATES,
  changing,
  ECDHE,
  saying,
  SETTINGS,
  SHARE_OF_ZEROS,
  testAttacks,
  TLS13,
} from "../../tests/support/tls_attacks.ts";
import type { Tricks } from "./testing_types.ts";
import { join, number, vector } from "./wire.ts";

const MARK_12 = join(new Uint8Array(24), Uint8Array.fromHex("444f574e47524401"));
const MARK_11 = join(new Uint8Array(24), Uint8Array.fromHex("444f574e47524400"));
const ONLY_12 = { offer: { ...SETTINGS.offer, versions: [0x0303] } };
function adding(type: number, contents: Uint8Array): Tricks {
  return saying(({ extensions }) => ({ extensions: [...extensions, [type, contents]] }));
}

testAttacks([
  {
    what: "a group that was not offered",
    settings: { ...ECDHE, group: 0x19 },
    violation: "group",
    alert: 47,
  },
  {
    what: "a share in a group without one of ours",
    settings: TLS13,
    tricks: saying(({ extensions }) => ({
      extensions: extensions.map(([type, contents]) =>
        [type, type === 51 ? SHARE_OF_ZEROS : contents] as const
      ),
    })),
    violation: "group",
    alert: 47,
  },
  {
    what: "a suite that was not offered",
    settings: ECDHE,
    tricks: saying(() => ({ suite: 0xc030 })),
    violation: "suite",
    alert: 47,
  },
  {
    what: "a suite of TLS 1.3 in TLS 1.2",
    settings: ECDHE,
    tricks: saying(() => ({ suite: 0x1301 })),
    violation: "suite",
    alert: 47,
  },
  {
    what: "a suite of TLS 1.2 in TLS 1.0",
    settings: ECDHE,
    tricks: saying(() => ({ version: 0x0301 })),
    violation: "suite",
    alert: 47,
  },
  {
    what: "a version that was not offered",
    settings: CBC,
    client: ONLY_12,
    tricks: saying(() => ({ version: 0x0301 })),
    violation: "version",
    alert: 70,
  },
  {
    what: "SSL 3.0",
    settings: CBC,
    tricks: saying(() => ({ version: 0x0300 })),
    violation: "version",
    alert: 70,
  },
  {
    what: "TLS 1.2 though it can do better",
    settings: ECDHE,
    tricks: saying(() => ({ random: MARK_12 })),
    violation: "downgrade",
    alert: 47,
  },
  {
    what: "TLS 1.1 though it can do better",
    settings: { ...CBC, version: 0x0302 },
    client: { offer: { ...SETTINGS.offer, versions: [0x0303, 0x0302] } },
    tricks: saying(() => ({ random: MARK_11 })),
    violation: "downgrade",
    alert: 47,
  },
  {
    what: "compression",
    settings: ECDHE,
    tricks: saying(() => ({ compression: 1 })),
    violation: "compression",
    alert: 47,
  },
  {
    what: "another session in TLS 1.3",
    settings: TLS13,
    tricks: saying(() => ({ sessionId: new Uint8Array(32) })),
    violation: "session",
    alert: 47,
  },
  {
    what: "an extension nobody asked for",
    settings: ECDHE,
    tricks: adding(16, new Uint8Array()),
    violation: "extension",
    alert: 110,
  },
  {
    what: "an extension nobody asked for in TLS 1.3",
    settings: TLS13,
    tricks: changing(8, () => vector(2, number(16, 2), vector(2))),
    violation: "extension",
    alert: 110,
  },
  {
    what: "an extension twice",
    settings: ECDHE,
    tricks: adding(23, new Uint8Array()),
    violation: "extension-twice",
    alert: 47,
  },
  {
    what: "a certificate with an extension nobody asked for",
    settings: TLS13,
    tricks: changing(
      11,
      () =>
        join(vector(1), vector(3, vector(3, CERTIFICATES.ec), vector(2, number(5, 2), vector(2)))),
    ),
    violation: "extension",
    alert: 110,
  },
  {
    what: "no share in TLS 1.3",
    settings: TLS13,
    tricks: saying(({ extensions }) => ({
      extensions: extensions.filter(([type]) => type !== 51),
    })),
    violation: "extension-missing",
    alert: 109,
  },
  {
    what: "a first handshake that claims to be a later one",
    settings: ECDHE,
    tricks: saying(({ extensions }) => ({
      extensions: extensions.map(([type, contents]) =>
        [type, type === 0xff01 ? vector(1, Uint8Array.of(1)) : contents] as const
      ),
    })),
    violation: "renegotiation",
    alert: 40,
  },
]);
