/**
 * Every TLS setting there is: its key in a plan, the options that say the same on the command line, and how values from
 * several places are put together.
 *
 * One table, so that none is forgotten: the merge walks it, and so do the tests and the table of docs/plan.md.
 */

import { ANONYMOUS_TLS, type TlsRequestBase, type WantedName } from "../common/tls_request.ts";
import type { Options, TlsOptions } from "../options/mod.ts";
import type { Settings } from "./schema_rows.ts";

/** The `tls` mapping of one place of a plan, or what the command line says in its words. */
export type TlsMapping = NonNullable<Settings["tls"]>;

type Values = Required<TlsMapping>;
type Key = keyof Values;
type Wanted = Exclude<TlsOptions, { mode: "off" }>;

/** One setting. */
export interface TlsSettingRow<K extends Key = Key> {
  /** Long options that say the same. */
  readonly options: readonly string[];
  /** What a command line with TLS says; `undefined`: nothing. */
  readonly given: (tls: Wanted) => Values[K] | undefined;
  /** What becomes of a value; absent: it takes other settings to say that, see `requestOf`. */
  readonly fills?: (value: Values[K]) => Partial<TlsRequestBase>;
  /** How two places are put together; `replaced`: the one further inside counts, `added`: both do. */
  readonly merge: "replaced" | "added";
}

/** A setting that means a field of the options as it is. */
function field<F extends keyof TlsRequestBase>(name: F) {
  return {
    given: (tls: Wanted) => said(tls[name]),
    fills: (value: TlsRequestBase[F]): Partial<TlsRequestBase> => ({ [name]: value }),
  };
}

/** The settings by their keys. */
export const TLS_SETTINGS: { readonly [K in keyof Values]: TlsSettingRow<K> } = {
  enabled: {
    options: ["--enable-tls", "--anonymous-tls", "--disable-tls"],
    given: () => true,
    merge: "replaced",
  },
  ca: {
    options: ["--add-cert-file"],
    ...field("certificateFiles"),
    merge: "replaced",
  },
  caDirectories: {
    options: ["--add-cert-dir"],
    ...field("certificateDirectories"),
    merge: "replaced",
  },
  key: {
    options: ["--enable-tls"],
    given: (tls) => tls.mode === "authenticated" ? tls.keyFile : undefined,
    merge: "replaced",
  },
  certificate: {
    options: ["--enable-tls"],
    given: (tls) => tls.mode === "authenticated" ? tls.certificateFile : undefined,
    merge: "replaced",
  },
  keyPassword: {
    options: ["--use-passwd", "--null-passwd", "--std-passwd", "--password-file"],
    // Only what is text already; `passwordOf` looks at the other sources.
    given: (tls) =>
      tls.mode === "authenticated" && tls.password.kind === "given"
        ? tls.password.password
        : undefined,
    merge: "replaced",
  },
  format: {
    options: ["--pem-keys", "--der-keys"],
    ...field("fileFormat"),
    merge: "replaced",
  },
  profile: {
    options: [
      "--profile-8996",
      "--profile-8996-mod",
      "--profile-bcp195-nd",
      "--profile-bcp195",
      "--profile-bcp195-ex",
      "--profile-basic",
      "--profile-aes",
      "--profile-null",
    ],
    ...field("profile"),
    merge: "replaced",
  },
  ciphers: {
    options: ["--cipher"],
    ...field("cipherSuites"),
    merge: "replaced",
  },
  serverName: {
    options: ["--request-sni", "--no-sni"],
    ...field("serverName"),
    merge: "replaced",
  },
  // A list that was given is never left out: what it revokes must not pass because of another list elsewhere.
  crl: {
    options: ["--add-crl-file"],
    ...field("crlFiles"),
    merge: "added",
  },
  crlCheck: {
    options: ["--enable-crl-vfy", "--enable-crl-all"],
    given: ({ crlCheck }) => crlCheck === "none" ? undefined : crlCheck,
    fills: (crlCheck) => ({ crlCheck }),
    merge: "replaced",
  },
  verifyHostname: {
    options: ["--verify-hostname"],
    given: ({ wantedName }) => wantedName?.kind === "peer" ? true : undefined,
    merge: "replaced",
  },
  verifyHostnameAs: {
    options: ["--verify-hostname-as"],
    given: ({ wantedName }) => wantedName?.kind === "name" ? wantedName.name : undefined,
    merge: "replaced",
  },
  trustPublicRoots: {
    options: ["--trust-public-roots"],
    given: ({ trustPublicRoots }) => trustPublicRoots,
    fills: (isWanted) => isWanted ? { trustPublicRoots: true } : {},
    merge: "replaced",
  },
  engine: {
    options: ["--tls-engine"],
    given: ({ engine }) => engine,
    fills: (engine) => engine === "auto" ? {} : { engine },
    merge: "replaced",
  },
  peerCertificate: {
    options: ["--require-peer-cert", "--ignore-peer-cert"],
    ...field("peerCertificate"),
    merge: "replaced",
  },
};

const KEYS = Object.keys(TLS_SETTINGS) as readonly Key[];

/** `inner` over `outer`, key by key. */
export function mergeTls(outer: TlsMapping, inner: TlsMapping): TlsMapping {
  const merged: Partial<Record<Key, unknown>> = {};
  for (const key of KEYS) {
    const value = TLS_SETTINGS[key].merge === "added"
      ? addedUp(outer[key], inner[key])
      : inner[key] ?? outer[key];
    if (value !== undefined) merged[key] = value;
  }
  // A list further inside than the word that none is looked at is there to be looked at.
  const isRevived = merged.crlCheck === "none" && inner.crlCheck === undefined &&
    (inner.crl ?? []).length > 0;
  return { ...merged, ...(isRevived ? { crlCheck: "leaf" } : {}) } as TlsMapping;
}

/** What the command line says, in the words of a plan; `undefined`: nothing of TLS. */
export function tlsOfCommandLine({ tls }: Pick<Options, "tls">): TlsMapping | undefined {
  if (tls.mode === "off") {
    return tls.serverName === undefined ? undefined : { serverName: tls.serverName };
  }
  const said = KEYS.map((key) => [key, TLS_SETTINGS[key].given(tls)] as const);
  return Object.fromEntries(said.filter(([, value]) => value !== undefined)) as TlsMapping;
}

/** An empty list says nothing. */
function said<T>(value: T): T | undefined {
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}

/** What settings ask for, but for the keys; what they leave open is as without any option. */
export function requestOf(tls: TlsMapping): TlsRequestBase {
  const { mode: _mode, ...nothing } = ANONYMOUS_TLS;
  const crlCheck = (tls.crl ?? []).length > 0 ? "leaf" : "none";
  const filled = KEYS.map((key) => fillingOf(key, tls));
  return Object.assign({}, nothing, { crlCheck }, wantedNameOf(tls), ...filled);
}

function fillingOf<K extends Key>(key: K, tls: Partial<Values>): Partial<TlsRequestBase> {
  const row: TlsSettingRow<K> = TLS_SETTINGS[key];
  const value = tls[key];
  return value === undefined ? {} : row.fills?.(value) ?? {};
}

/** Public roots vouch for names: with them a name is looked at, unless the plan says that none is. */
function wantedNameOf(tls: TlsMapping): { readonly wantedName?: WantedName } {
  const { verifyHostname, verifyHostnameAs, trustPublicRoots } = tls;
  if (verifyHostnameAs !== undefined) {
    return { wantedName: { kind: "name", name: verifyHostnameAs } };
  }
  return verifyHostname ?? trustPublicRoots === true ? { wantedName: { kind: "peer" } } : {};
}

function addedUp(outer: unknown, inner: unknown): readonly unknown[] | undefined {
  const lists = [outer, inner].filter((one) => Array.isArray(one));
  return lists.length === 0 ? undefined : [...new Set(lists.flat())];
}
