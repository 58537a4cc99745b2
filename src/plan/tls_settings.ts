/**
 * Every TLS setting there is: its key in a plan, the options that say the same on the command line, and how values from
 * several places are put together.
 *
 * One table, so that none is forgotten: the merge walks it, and so do the tests and the table of docs/plan.md.
 */

import type { Options, TlsOptions } from "../options/mod.ts";
import type { Settings } from "./schema_rows.ts";

/** The `tls` mapping of one place of a plan, or what the command line says in its words. */
export type TlsMapping = NonNullable<Settings["tls"]>;

type Key = keyof TlsMapping;
type Wanted = Exclude<TlsOptions, { mode: "off" }>;

/** One setting. */
export interface TlsSettingRow<K extends Key = Key> {
  /** Long options that say the same. */
  readonly options: readonly string[];
  /** What a command line with TLS says; `undefined`: nothing. */
  readonly given: (tls: Wanted) => TlsMapping[K] | undefined;
  /** How two places are put together; `replaced`: the one further inside counts, `added`: both do. */
  readonly merge: "replaced" | "added";
}

/** The settings by their keys. */
export const TLS_SETTINGS: { readonly [K in Key]-?: TlsSettingRow<K> } = {
  enabled: {
    options: ["--enable-tls", "--anonymous-tls", "--disable-tls"],
    given: () => true,
    merge: "replaced",
  },
  ca: {
    options: ["--add-cert-file"],
    given: ({ certificateFiles }) => listed(certificateFiles),
    merge: "replaced",
  },
  caDirectories: {
    options: ["--add-cert-dir"],
    given: ({ certificateDirectories }) => listed(certificateDirectories),
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
    given: ({ fileFormat }) => fileFormat,
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
    given: ({ profile }) => profile,
    merge: "replaced",
  },
  ciphers: {
    options: ["--cipher"],
    given: ({ cipherSuites }) => listed(cipherSuites),
    merge: "replaced",
  },
  serverName: {
    options: ["--request-sni", "--no-sni"],
    given: ({ serverName }) => serverName,
    merge: "replaced",
  },
  // A list that was given is never left out: what it revokes must not pass because of another list elsewhere.
  crl: {
    options: ["--add-crl-file"],
    given: ({ crlFiles }) => listed(crlFiles),
    merge: "added",
  },
  crlCheck: {
    options: ["--enable-crl-vfy", "--enable-crl-all"],
    given: ({ crlCheck }) => crlCheck === "none" ? undefined : crlCheck,
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
    merge: "replaced",
  },
  engine: {
    options: ["--tls-engine"],
    given: ({ engine }) => engine,
    merge: "replaced",
  },
  peerCertificate: {
    options: ["--require-peer-cert", "--ignore-peer-cert"],
    given: ({ peerCertificate }) => peerCertificate,
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

function listed(list: readonly string[]): readonly string[] | undefined {
  return list.length === 0 ? undefined : list;
}

function addedUp(outer: unknown, inner: unknown): readonly unknown[] | undefined {
  const lists = [outer, inner].filter((one) => Array.isArray(one));
  return lists.length === 0 ? undefined : [...new Set(lists.flat())];
}
