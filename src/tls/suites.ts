/** Cipher suites and security profiles (PS3.15 Annex B, RFC 9325): which suite is called what, which profile has which. */

import type { TlsProfileName, TlsVersion } from "./types.ts";

/** One cipher suite. */
export interface CipherSuite {
  /** Registered name, which `--cipher` takes. */
  readonly name: string;
  /** Code point. */
  readonly code: number;
  /** Name that logs show. */
  readonly logName: string;
  /** Bits of the key. */
  readonly bits: number;
}

function suite(code: number, [name, logName, bits]: readonly [string, string, number]) {
  return { name: `TLS_${name}`, code, logName, bits };
}

/** The suites that `--cipher` takes, in the order of `--list-ciphers`. */
export const SUITES: readonly CipherSuite[] = [
  suite(0x0002, ["RSA_WITH_NULL_SHA", "NULL-SHA", 0]),
  suite(0x002f, ["RSA_WITH_AES_128_CBC_SHA", "AES128-SHA", 128]),
  suite(0x0041, ["RSA_WITH_CAMELLIA_128_CBC_SHA", "CAMELLIA128-SHA", 128]),
  suite(0x003c, ["RSA_WITH_AES_128_CBC_SHA256", "AES128-SHA256", 128]),
  suite(0x009c, ["RSA_WITH_AES_128_GCM_SHA256", "AES128-GCM-SHA256", 128]),
  suite(0x0084, ["RSA_WITH_CAMELLIA_256_CBC_SHA", "CAMELLIA256-SHA", 256]),
  suite(0x0035, ["RSA_WITH_AES_256_CBC_SHA", "AES256-SHA", 256]),
  suite(0x003d, ["RSA_WITH_AES_256_CBC_SHA256", "AES256-SHA256", 256]),
  suite(0x009d, ["RSA_WITH_AES_256_GCM_SHA384", "AES256-GCM-SHA384", 256]),
  suite(0xc009, ["ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE-ECDSA-AES128-SHA", 128]),
  suite(0xc013, ["ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE-RSA-AES128-SHA", 128]),
  suite(0xc023, ["ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "ECDHE-ECDSA-AES128-SHA256", 128]),
  suite(0xc027, ["ECDHE_RSA_WITH_AES_128_CBC_SHA256", "ECDHE-RSA-AES128-SHA256", 128]),
  suite(0xc02b, ["ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE-ECDSA-AES128-GCM-SHA256", 128]),
  suite(0xc02f, ["ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256", 128]),
  suite(0x0032, ["DHE_DSS_WITH_AES_128_CBC_SHA", "DHE-DSS-AES128-SHA", 128]),
  suite(0x0044, ["DHE_DSS_WITH_CAMELLIA_128_CBC_SHA", "DHE-DSS-CAMELLIA128-SHA", 128]),
  suite(0x0033, ["DHE_RSA_WITH_AES_128_CBC_SHA", "DHE-RSA-AES128-SHA", 128]),
  suite(0x0045, ["DHE_RSA_WITH_CAMELLIA_128_CBC_SHA", "DHE-RSA-CAMELLIA128-SHA", 128]),
  suite(0x0040, ["DHE_DSS_WITH_AES_128_CBC_SHA256", "DHE-DSS-AES128-SHA256", 128]),
  suite(0x0067, ["DHE_RSA_WITH_AES_128_CBC_SHA256", "DHE-RSA-AES128-SHA256", 128]),
  suite(0x00a2, ["DHE_DSS_WITH_AES_128_GCM_SHA256", "DHE-DSS-AES128-GCM-SHA256", 128]),
  suite(0x009e, ["DHE_RSA_WITH_AES_128_GCM_SHA256", "DHE-RSA-AES128-GCM-SHA256", 128]),
  suite(0xc00a, ["ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE-ECDSA-AES256-SHA", 256]),
  suite(0xc014, ["ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE-RSA-AES256-SHA", 256]),
  suite(0xc024, ["ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "ECDHE-ECDSA-AES256-SHA384", 256]),
  suite(0xc028, ["ECDHE_RSA_WITH_AES_256_CBC_SHA384", "ECDHE-RSA-AES256-SHA384", 256]),
  suite(0xcca9, [
    "ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    256,
  ]),
  suite(0xcca8, ["ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-RSA-CHACHA20-POLY1305", 256]),
  suite(0xc02c, ["ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA-AES256-GCM-SHA384", 256]),
  suite(0xc030, ["ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA-AES256-GCM-SHA384", 256]),
  suite(0x0038, ["DHE_DSS_WITH_AES_256_CBC_SHA", "DHE-DSS-AES256-SHA", 256]),
  suite(0x0039, ["DHE_RSA_WITH_AES_256_CBC_SHA", "DHE-RSA-AES256-SHA", 256]),
  suite(0x0087, ["DHE_DSS_WITH_CAMELLIA_256_CBC_SHA", "DHE-DSS-CAMELLIA256-SHA", 256]),
  suite(0x0088, ["DHE_RSA_WITH_CAMELLIA_256_CBC_SHA", "DHE-RSA-CAMELLIA256-SHA", 256]),
  suite(0x006a, ["DHE_DSS_WITH_AES_256_CBC_SHA256", "DHE-DSS-AES256-SHA256", 256]),
  suite(0x006b, ["DHE_RSA_WITH_AES_256_CBC_SHA256", "DHE-RSA-AES256-SHA256", 256]),
  suite(0xccaa, ["DHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "DHE-RSA-CHACHA20-POLY1305", 256]),
  suite(0x00a3, ["DHE_DSS_WITH_AES_256_GCM_SHA384", "DHE-DSS-AES256-GCM-SHA384", 256]),
  suite(0x009f, ["DHE_RSA_WITH_AES_256_GCM_SHA384", "DHE-RSA-AES256-GCM-SHA384", 256]),
];

/** Suites that the reference knows by name and its library does not have. */
export const ABSENT_SUITES: readonly string[] = [
  "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
  ...["ECDSA", "RSA"].flatMap((key) =>
    [
      ["128", "CBC_SHA"],
      ["256", "CBC_SHA"],
      ["128", "CBC_SHA256"],
      ["256", "CBC_SHA384"],
      ["128", "GCM_SHA256"],
      ["256", "GCM_SHA384"],
    ].map(([bits, rest]) => `TLS_ECDH_${key}_WITH_AES_${bits}_${rest}`)
  ),
];

/** The suites of TLS 1.3, which no option chooses. */
export const SUITES_OF_TLS13: readonly CipherSuite[] = [
  suite(0x1302, ["AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384", 256]),
  suite(0x1303, ["CHACHA20_POLY1305_SHA256", "TLS_CHACHA20_POLY1305_SHA256", 256]),
  suite(0x1301, ["AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256", 128]),
];

/** Suites that profiles have and `--cipher` does not take. */
const SUITES_OF_PROFILES: readonly CipherSuite[] = [
  suite(0x000a, ["RSA_WITH_3DES_EDE_CBC_SHA", "DES-CBC3-SHA", 168]),
  suite(0xc0ac, ["ECDHE_ECDSA_WITH_AES_128_CCM", "ECDHE-ECDSA-AES128-CCM", 128]),
  suite(0xc0ad, ["ECDHE_ECDSA_WITH_AES_256_CCM", "ECDHE-ECDSA-AES256-CCM", 256]),
  suite(0xc0ae, ["ECDHE_ECDSA_WITH_AES_128_CCM_8", "ECDHE-ECDSA-AES128-CCM8", 128]),
  suite(0xc0af, ["ECDHE_ECDSA_WITH_AES_256_CCM_8", "ECDHE-ECDSA-AES256-CCM8", 256]),
];

const ALL_SUITES: readonly CipherSuite[] = [...SUITES_OF_TLS13, ...SUITES, ...SUITES_OF_PROFILES];

/** The suites below TLS 1.3 that the runtime can speak; it offers all of them, whatever is asked for. */
export const SPOKEN: readonly number[] = [0xc02b, 0xc02c, 0xcca9, 0xc02f, 0xc030, 0xcca8];

/** One security profile. */
export interface TlsProfileRow {
  /** Name of its option without `--profile-`. */
  readonly option: TlsProfileName;
  /** Its name. */
  readonly name: string;
  /** Newer ones take its place. */
  readonly isRetired: boolean;
  /** Versions it allows, lowest first. */
  readonly versions: readonly TlsVersion[];
  /** Its suites below TLS 1.3, in the order they are offered in. */
  readonly suites: readonly number[];
}

const ALL: readonly TlsVersion[] = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];
const RETIRED = ALL.slice(0, 3);
const BOTH = ALL.slice(2);
const ONLY_12 = ALL.slice(2, 3);
const BCP195 = [0xc02f, 0x009e, 0xc030, 0x009f];

/** The profiles, in the order of `--list-profiles`. */
export const PROFILES: readonly TlsProfileRow[] = [
  {
    option: "8996",
    name: "BCP 195 RFC 8996 TLS Profile",
    isRetired: false,
    versions: BOTH,
    suites: [0xc02f, 0xc02b, 0xc030, 0xc02c],
  },
  {
    option: "8996-mod",
    name: "Modified BCP 195 RFC 8996 TLS Profile",
    isRetired: false,
    versions: BOTH,
    suites: [0xc0ac, 0xc0ae, 0xc02f, 0xc02b, 0xcca8, 0xcca9, 0xc0ad, 0xc0af, 0xc030, 0xc02c],
  },
  {
    option: "bcp195-nd",
    name: "Non-downgrading BCP 195 TLS Profile",
    isRetired: false,
    versions: BOTH,
    suites: BCP195,
  },
  {
    option: "bcp195",
    name: "BCP 195 TLS Profile",
    isRetired: false,
    versions: ALL,
    suites: [...BCP195, 0x002f],
  },
  {
    option: "bcp195-ex",
    name: "Extended BCP 195 TLS Profile",
    isRetired: false,
    versions: ONLY_12,
    suites: [...BCP195, 0xc02c, 0xc02b],
  },
  {
    option: "basic",
    name: "Basic TLS Secure Transport Connection Profile",
    isRetired: true,
    versions: RETIRED,
    suites: [0x000a],
  },
  {
    option: "aes",
    name: "AES TLS Secure Transport Connection Profile",
    isRetired: true,
    versions: RETIRED,
    suites: [0x002f],
  },
  {
    option: "null",
    name: "Authenticated unencrypted communication",
    isRetired: true,
    versions: RETIRED,
    suites: [0x0002],
  },
];

/** Whether the runtime has something to offer for a profile: TLS 1.3, or one suite at least. */
export function isSpoken(profile: Pick<TlsProfileRow, "versions" | "suites">): boolean {
  return profile.versions.includes("TLSv1.3") ||
    profile.suites.some((code) => SPOKEN.includes(code));
}

/** The row of a profile. */
export function profileOf(option: TlsProfileName): TlsProfileRow {
  const row = PROFILES.find((one) => one.option === option);
  if (row === undefined) throw new RangeError(`no TLS profile ${option}`);
  return row;
}

/** The suite that logs show as `logName`. */
export function suiteByLogName(logName: string): CipherSuite | undefined {
  return ALL_SUITES.find((one) => one.logName === logName);
}

/** The suite with this code point; `undefined` when none of ours has it. */
export function suiteByCode(code: number): CipherSuite | undefined {
  return ALL_SUITES.find((one) => one.code === code);
}

/** Whether a profile, with further suites, allows what was negotiated. */
export function isAllowed(
  profile: TlsProfileRow,
  seen: { readonly protocol: TlsVersion; readonly cipherSuite: string },
  further: readonly number[] = [],
): boolean {
  if (!profile.versions.includes(seen.protocol)) return false;
  const found = suiteByLogName(seen.cipherSuite);
  if (found === undefined) return false;
  return seen.protocol === "TLSv1.3" || profile.suites.includes(found.code) ||
    further.includes(found.code);
}
