/** What a client's hello lacks for a connection with us as its server (RFC 8446 4.1.1, RFC 5246 7.4.1.3). */

import { createPrivateKey } from "node:crypto";
import { groupName, numbered, schemeName, suiteName } from "./code_names.ts";
import { SPOKEN, suiteByCode, SUITES_OF_TLS13 } from "./suites.ts";
import type { TlsClientOffer, TlsIdentity, TlsLack, TlsOwnOffer, TlsSettings } from "./types.ts";

/** What we serve with. */
export interface Serving {
  /** Versions and suites that the profile allows. */
  readonly offer: Pick<TlsOwnOffer, "versions" | "suites">;
  /** Our key. */
  readonly identity: TlsIdentity | undefined;
}

const TLS12 = 0x0303;
const TLS13 = 0x0304;

/** The groups of the runtime's TLS: X25519, P-256, P-384, X25519 with ML-KEM. */
const RUNTIME_GROUPS = [0x1d, 0x17, 0x18, 0x11ec];

/** Both questions about a client, for settings. */
export function lacksFor(serving: Serving): NonNullable<TlsSettings["lacks"]> {
  return {
    forProfile: (offer) => lackForProfile(offer, serving),
    forRuntime: (offer) => lackForRuntime(offer, serving),
  };
}

/**
 * What is not in common with the profile, whatever the runtime's TLS is able to; `undefined`: something of everything
 * is. Who lacks it is refused.
 */
export function lackForProfile(offer: TlsClientOffer, serving: Serving): TlsLack | undefined {
  const common = commonVersions(offer, serving);
  if (common.length === 0) return versionLack(offer, serving);
  const fitting = serving.offer.suites.filter((code) => common.includes(versionOf(code)));
  return fitting.some((code) => offer.suites.includes(code)) ? undefined : suiteLack(offer, common);
}

/** Why the runtime's TLS, which speaks the highest common version, refused a hello; `undefined`: for another reason. */
export function lackForRuntime(offer: TlsClientOffer, serving: Serving): TlsLack | undefined {
  const version = Math.max(...commonVersions(offer, serving));
  if (!Number.isFinite(version)) return versionLack(offer, serving);
  const key = keyOf(serving.identity);
  const suites = version === TLS13 ? SUITES_OF_TLS13.map(({ code }) => code) : suitesFor(key);
  if (!suites.some((code) => offer.suites.includes(code))) return suiteLack(offer, [version]);
  if (offer.groups !== undefined && !overlaps(offer.groups, RUNTIME_GROUPS)) {
    return { lacking: "group", offered: namesOf(offer.groups, groupName) };
  }
  const { schemes = [] } = offer;
  if (overlaps(schemes, schemesFor(key, version))) return undefined;
  return { lacking: "signature scheme", offered: namesOf(schemes, schemeName) };
}

function commonVersions(offer: TlsClientOffer, { offer: own }: Serving): readonly number[] {
  // The runtime's TLS serves these two; an old hello offers all versions up to its own.
  const served = own.versions.filter((version) => version >= TLS12);
  const { versions, legacyVersion } = offer;
  return served.filter((version) =>
    versions === undefined
      ? version === TLS12 && legacyVersion >= TLS12
      : versions.includes(version)
  );
}

function versionOf(suite: number): number {
  return SUITES_OF_TLS13.some(({ code }) => code === suite) ? TLS13 : TLS12;
}

function versionLack({ versions, legacyVersion }: TlsClientOffer, { offer }: Serving): TlsLack {
  const served = namesOf(offer.versions.filter((one) => one >= TLS12).toReversed(), versionText);
  return {
    lacking: "TLS version",
    offered: namesOf(versions ?? [legacyVersion], versionText),
    ...(versions === undefined ? { isHighest: true } : {}),
    served,
  };
}

function suiteLack(offer: TlsClientOffer, versions: readonly number[]): TlsLack {
  // TLS 1.3 has suites of its own, which begin with 0x13; those of the signalling kind are none.
  const counted = offer.suites.filter((code) =>
    versions.includes(code >> 8 === 0x13 ? TLS13 : TLS12) && !SIGNALS.includes(code)
  );
  return { lacking: "cipher suite", offered: namesOf(counted, suiteName) };
}

/** Renegotiation (RFC 5746 3.3) and fallback (RFC 7507). */
const SIGNALS = [0x00ff, 0x5600];

type KeyKind = "RSA" | "P-256" | "P-384" | "P-521" | "Ed25519" | undefined;

function keyOf(identity: TlsIdentity | undefined): KeyKind {
  if (identity === undefined) return undefined;
  const { asymmetricKeyType: type, asymmetricKeyDetails } = createPrivateKey(identity.key);
  if (type === "rsa") return "RSA";
  if (type === "ed25519") return "Ed25519";
  return CURVES[asymmetricKeyDetails?.namedCurve ?? ""];
}

const CURVES: Readonly<Record<string, KeyKind>> = {
  "prime256v1": "P-256",
  "P-256": "P-256",
  "secp384r1": "P-384",
  "P-384": "P-384",
  "secp521r1": "P-521",
  "P-521": "P-521",
};

function suitesFor(key: KeyKind): readonly number[] {
  return SPOKEN.filter((code) => {
    const isRsa = suiteByCode(code)?.name.includes("ECDHE_RSA") === true;
    return key === undefined || isRsa === (key === "RSA");
  });
}

/** The schemes with which the runtime signs by a key of this kind; every scheme for a kind that is not known. */
function schemesFor(key: KeyKind, version: number): readonly number[] {
  switch (key) {
    case "RSA":
      return [0x0804, 0x0805, 0x0806, ...(version === TLS13 ? [] : [0x0401, 0x0501, 0x0601])];
    case "P-256":
      return [0x0403];
    case "P-384":
      return [0x0503];
    case "P-521":
      return [0x0603];
    case "Ed25519":
      return [0x0807];
    case undefined:
      return [0x0403, 0x0503, 0x0603, 0x0807, ...schemesFor("RSA", version)];
  }
}

function overlaps(left: readonly number[], right: readonly number[]): boolean {
  return right.some((one) => left.includes(one));
}

/** What is reserved to try peers (RFC 8701) offers nothing. */
function isGrease(code: number): boolean {
  return (code & 0x0f0f) === 0x0a0a && code >> 8 === (code & 0xff);
}

/** Names that are given at most; a hello has room for thousands. */
const MOST_NAMES = 4;

function namesOf(codes: readonly number[], name: (code: number) => string): readonly string[] {
  const counted = [...new Set(codes)].filter((code) => !isGrease(code));
  const more = counted.length - MOST_NAMES;
  const names = counted.slice(0, more === 1 ? MOST_NAMES + 1 : MOST_NAMES).map(name);
  return more > 1 ? [...names, `${more} more`] : names;
}

function versionText(version: number): string {
  if (version === 0x0300) return "SSL 3.0";
  return version >> 8 === 3 ? `1.${(version & 0xff) - 1}` : numbered(version);
}
