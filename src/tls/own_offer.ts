/** What the own engine offers for a profile: the reference's ClientHello, number by number. */

import { SUITES_OF_TLS13, type TlsProfileRow } from "./suites.ts";
import type { TlsOwnOffer, TlsVersion } from "./types.ts";

/** Versions as on the wire. */
export const VERSION_NUMBERS: Readonly<Record<TlsVersion, number>> = {
  "TLSv1": 0x0301,
  "TLSv1.1": 0x0302,
  "TLSv1.2": 0x0303,
  "TLSv1.3": 0x0304,
};

/** The version with this number; every one that can be negotiated has a name. */
export function versionName(version: number): TlsVersion {
  const names = Object.keys(VERSION_NUMBERS) as TlsVersion[];
  return names.find((name) => VERSION_NUMBERS[name] === version) ?? "TLSv1";
}

/** P-256, secp256k1, P-384, P-521, six binary curves, three of brainpool: the reference's, in its order. */
const GROUPS = [0x17, 0x16, 0x18, 0x19, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x1a, 0x1b, 0x1c];

/** X25519 and X448, which newer releases of the reference's library have first. */
const MONTGOMERY = [0x1d, 0x1e];

/** What the reference's library offers when nothing is forbidden. */
const SCHEMES = [
  ...[0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0809, 0x080a, 0x080b, 0x0804, 0x0805, 0x0806],
  ...[0x0401, 0x0501, 0x0601, 0x0303, 0x0203, 0x0301, 0x0201, 0x0302, 0x0202, 0x0402, 0x0502],
  0x0602,
];

/** The offer for a profile with further suites. Newer profiles than the reference's also get X25519 and X448. */
export function ownOffer(profile: TlsProfileRow, furtherSuites: readonly number[]): TlsOwnOffer {
  const versions = profile.versions.map((version) => VERSION_NUMBERS[version]).toSorted((a, b) =>
    b - a
  );
  const isNewer = profile.option.startsWith("8996");
  const suites13 = versions[0] === 0x0304 ? SUITES_OF_TLS13.map(({ code }) => code) : [];
  return {
    versions,
    suites: [...new Set([...suites13, ...profile.suites, ...furtherSuites])],
    groups: isNewer ? [...GROUPS, ...MONTGOMERY] : GROUPS,
    shares: [0x17],
    schemes: SCHEMES,
  };
}
