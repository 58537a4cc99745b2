/** Which security profiles of DICOM meet a server, and by which options a client connects (PS3.15 Annex B). */

import {
  groupName,
  ownOffer,
  profileOf,
  PROFILES,
  suiteByCode,
  SUITES,
  SUITES_OF_TLS13,
  type TlsProfileName,
  type TlsProfileRow,
  VERSION_NUMBERS,
  versionName,
} from "../tls/mod.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { VersionState } from "./findings.ts";
import type { Choice, ProfileFinding } from "./types.ts";

/** What is known of the versions. */
export type Versions = ReadonlyMap<number, VersionState>;

const TLS13 = 0x0304;

/** Short options. */
const FLAGS: Readonly<Record<TlsProfileName, string>> = {
  "8996": "+pg",
  "8996-mod": "+pm",
  "bcp195-nd": "+py",
  bcp195: "+px",
  "bcp195-ex": "+pz",
  basic: "+pb",
  aes: "+pa",
  null: "+pn",
};

/** The client of which a profile is an option. */
type Client = "echoscu" | "dcmtk";

/** How profile and server meet. */
type Meeting =
  | { readonly works: true; readonly version: number; readonly suite: number }
  | { readonly works: false; readonly why: string };

/** All profiles, as `--list-profiles` has them. */
export function profileFindings(versions: Versions): readonly ProfileFinding[] {
  return PROFILES.map((profile) => {
    const { option, name, isRetired } = profile;
    const common = { option, flag: FLAGS[option], name, isRetired };
    const meeting = meet(profile, { versions, client: "echoscu" });
    if (!meeting.works) return { ...common, fits: "no", why: meeting.why };
    const spoken = `${versionName(meeting.version)} ${suiteText(meeting.suite)}`;
    const more = beyond(profile, versions);
    if (more.length === 0) return { ...common, fits: "fits", why: spoken };
    const why = `${spoken}; but the server offers ${more.join(" and ")}, too`;
    return { ...common, fits: "connects", why };
  });
}

/** Versions older than the profile allows: retired profiles do not care. */
function beyond({ isRetired, versions }: TlsProfileRow, offered: Versions): readonly string[] {
  const lowest = Math.min(...versions.map((version) => VERSION_NUMBERS[version]));
  if (isRetired) return [];
  return [...offered].filter(([version, { isOffered }]) => isOffered && version < lowest)
    .map(([version]) => version < 0x0301 ? "SSLv3" : versionName(version));
}

function suiteText(code: number): string {
  return suiteByCode(code)?.logName ?? CATALOGUE.get(code)?.name ?? "";
}

/** What a client offers with a profile and further suites. */
interface Offered {
  readonly versions: Versions;
  readonly client: Client;
  readonly further?: readonly number[];
}

/** What comes of a client with `profile`: the highest common version is spoken, or nothing. */
function meet(profile: TlsProfileRow, { versions, client, further = [] }: Offered): Meeting {
  const version = profile.versions.map((one) => VERSION_NUMBERS[one]).toSorted((a, b) => b - a)
    .find((one) => versions.get(one)?.isOffered === true);
  const state = version === undefined ? undefined : versions.get(version);
  if (version === undefined || state === undefined) {
    return { works: false, why: `it speaks no ${profile.versions.join(" or ")}` };
  }
  const own = version === TLS13
    ? SUITES_OF_TLS13.map(({ code }) => code)
    : [...profile.suites, ...further];
  const common = ordered(state, own);
  if (common.length === 0) {
    return { works: false, why: `in ${versionName(version)} it takes no suite of the profile` };
  }
  const groups = groupsOf(profile, client);
  const suite = common.find((code) =>
    !needsGroup(code) || state.groups.length === 0 ||
    state.groups.some((group) => groups.includes(group))
  );
  if (suite !== undefined) return { works: true, version, suite };
  const names = state.groups.map(groupName).join(", ");
  return { works: false, why: `no group in common: the server has ${names}` };
}

function needsGroup(code: number): boolean {
  const exchange = CATALOGUE.get(code)?.exchange;
  return exchange === "ecdhe" || exchange === "any";
}

/** Common suites, in the order of whose order counts. */
function ordered({ suites, order }: VersionState, own: readonly number[]): readonly number[] {
  return order === "client"
    ? own.filter((code) => suites.includes(code))
    : suites.filter((code) => own.includes(code));
}

const X25519 = 0x1d;

/** The runtime's TLS has X25519 with every profile; the reference of our profiles has it with none. */
function groupsOf(profile: TlsProfileRow, client: Client): readonly number[] {
  const { groups } = ownOffer(profile, []);
  return client === "echoscu" ? [...groups, X25519] : groups;
}

/** The best first: what is not retired, then what the reference has in all its versions. */
const PREFERRED: Readonly<Record<Client, readonly TlsProfileName[]>> = {
  echoscu: ["bcp195-nd", "8996", "8996-mod", "bcp195-ex", "bcp195", "aes"],
  dcmtk: ["bcp195-nd", "bcp195-ex", "bcp195", "8996", "8996-mod", "aes"],
};

/** 3DES, and no encryption: only where nothing else connects. */
const LAST_RESORT: readonly TlsProfileName[] = ["basic", "null"];

/** The best choice for `client`; `undefined`: no profile connects, nor does any further suite. */
export function choiceFor(client: Client, versions: Versions): Choice | undefined {
  const offered = { versions, client };
  const first = (options: readonly TlsProfileName[]): readonly Choice[] =>
    options.filter((option) => meet(profileOf(option), offered).works)
      .map((profile) => ({ profile, cipherSuites: [] }));
  const [profile] = first(PREFERRED[client]);
  if (profile !== undefined) return profile;
  const further = SUITES.toReversed().find(({ code, bits }) =>
    bits > 0 && meet(profileOf("bcp195"), { ...offered, further: [code] }).works
  );
  if (further !== undefined) return { profile: "bcp195", cipherSuites: [further.name] };
  return first(LAST_RESORT)[0];
}
