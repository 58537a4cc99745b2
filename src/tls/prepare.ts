/**
 * Everything TLS needs, made before any connection, in the reference's order: trusted certificates, directories, CRLs
 * (each kind from the last on the command line to the first), key, certificate, profile, further suites.
 *
 * What only weakens the outcome is reported and the run goes on, as in the reference; what makes the wanted connection
 * impossible is thrown. In particular a key that cannot be used never becomes a connection without certificate.
 */

import { asksClients, requestOfClients, requireAnchors } from "./clients.ts";
import { ErrorQueue } from "./error_queue.ts";
import { lacksFor } from "./hello_lack.ts";
import { loadIdentity } from "./identity.ts";
import { type Criteria, judgePeer } from "./judge.ts";
import { ownOffer } from "./own_offer.ts";
import type { PrepareDeps } from "./prepare_deps.ts";
import { addPublicRoots } from "./public_roots.ts";
import { chooseSuites } from "./suite_choice.ts";
import { isSpoken, profileOf, SPOKEN, suiteByCode, type TlsProfileRow } from "./suites.ts";
import { TlsSetupError } from "./setup_error.ts";
import type { Throwaway } from "./throwaway.ts";
import type { EndingFile, TlsRequest, TlsSettings, UnloadedFile } from "./types.ts";
import { unloadedFile } from "./unloaded.ts";
import {
  type Certificate,
  type DistinguishedName,
  renderName,
  TrustStore,
  type X509Time,
} from "../x509/mod.ts";

/** What was prepared. */
export interface PreparedTls {
  /** For connections. */
  readonly settings: TlsSettings;
  /** What is trusted, for offline checks. */
  readonly store: TrustStore;
  /** Files that were to be trusted and could not be loaded. */
  readonly unloaded: readonly UnloadedFile[];
  /** Own certificates and the lists that were named, with their ends. */
  readonly ends: readonly EndingFile[];
  /** Suites that were asked for and will not be offered, by name. */
  readonly missingSuites: readonly string[];
}

/** Prepares for being a client, or a server (`side`). Throws `TlsSetupError`. */
export async function prepareTls(
  request: TlsRequest,
  deps: PrepareDeps & {
    readonly side: "client" | "server";
    /** Shown instead of files, and trusted: for a run with ourselves. */
    readonly throwaway?: Throwaway;
  },
): Promise<PreparedTls> {
  const queue = new ErrorQueue();
  const { store, unloaded } = loadTrust(request, { ...deps, queue });
  if (request.trustPublicRoots) await addPublicRoots(store);
  if (deps.throwaway) store.addLoaded({ certificates: [deps.throwaway.certificate], crls: [] });
  if (deps.side === "server") await requireAnchors(request, { ...deps, store });
  const loaded = request.mode === "authenticated"
    ? await loadIdentity(request, { ...deps, store, queue })
    : undefined;
  const profile = profileOf(request.profile);
  const furtherSuites = chooseSuites(request.cipherSuites, { profile, report: deps.report });
  const wanted = {
    request,
    profile,
    suites: furtherSuites,
    isKeySpoken: loaded?.isSpoken !== false,
  };
  const { engine, missingSuites } = chooseEngine(wanted, deps);
  const identity = loaded?.identity ?? deps.throwaway?.identity;
  const common = settingsOf(request, { ...deps, store, unloaded, profile, furtherSuites });
  const settings: TlsSettings = {
    ...common,
    engine,
    identity,
    ...(deps.side === "server" ? { lacks: lacksFor({ offer: common.offer, identity }) } : {}),
  };
  return { settings, store, unloaded, ends: endsOf(loaded?.chain ?? [], store), missingSuites };
}

function endsOf(own: readonly Certificate[], { crls }: TrustStore): readonly EndingFile[] {
  const ending = (what: EndingFile["what"], name: DistinguishedName, end?: X509Time) =>
    end?.epochSeconds === undefined
      ? []
      : [{ what, name: renderName(name), endsMs: end.epochSeconds * 1000 }];
  return [
    ...own.flatMap(({ subject, notAfter }) => ending("own certificate", subject, notAfter)),
    ...crls.flatMap(({ issuer, nextUpdate }) => ending("revocation list", issuer, nextUpdate)),
  ];
}

function settingsOf(
  request: TlsRequest,
  deps: Omit<Criteria, "request" | "side"> & {
    readonly side: "client" | "server";
    readonly throwaway?: Throwaway;
  },
): Omit<TlsSettings, "engine" | "identity"> {
  const { side, profile, furtherSuites, store, unloaded, now } = deps;
  const asks = side === "server" && (deps.throwaway !== undefined || asksClients(request));
  const criteria: Criteria = {
    request: side === "server" ? requestOfClients(request, asks) : request,
    profile,
    furtherSuites,
    store,
    unloaded,
    now,
    side: side === "client" ? "server" : "client",
  };
  return {
    offer: ownOffer(profile, furtherSuites),
    minVersion: "TLSv1.2",
    maxVersion: profile.versions.includes("TLSv1.3") ? "TLSv1.3" : "TLSv1.2",
    serverName: request.serverName,
    asksClients: asks,
    judge: (seen) => judgePeer(seen, criteria),
  };
}

/** Decides on the engine, and says or throws what it cannot do. */
function chooseEngine(
  wanted: Wanted,
  { side, report }: Pick<PrepareDeps, "report"> & { readonly side: "client" | "server" },
): { readonly engine: TlsSettings["engine"]; readonly missingSuites: readonly string[] } {
  const engine = side === "server" ? "runtime" : engineFor(wanted);
  if (engine !== "runtime") return { engine, missingSuites: [] };
  requireRuntime(wanted);
  const missingSuites = missingOf([...wanted.profile.suites, ...wanted.suites]);
  if (missingSuites.length > 0) report({ type: "suites-missing", suites: missingSuites });
  return { engine, missingSuites };
}

function loadTrust(
  request: TlsRequest,
  { reader, report, queue }: PrepareDeps & { readonly queue: ErrorQueue },
): Pick<PreparedTls, "store" | "unloaded"> {
  const { fileFormat: format } = request;
  const store = new TrustStore(reader, format);
  const unloaded: UnloadedFile[] = [];
  const groups = [
    { what: "certificate file", option: "+cf", paths: request.certificateFiles },
    { what: "directory", option: undefined, paths: request.certificateDirectories },
    { what: "CRL file", option: "+crl", paths: request.crlFiles },
  ] as const;
  for (const { what, option, paths } of groups) {
    for (const path of paths.toReversed()) {
      const added = what === "directory" ? store.addDirectory(path) : store.addFile(path);
      if (added.ok) continue;
      report({ type: "trust-unusable", what, path, error: queue.exchange(added.errors) });
      if (option !== undefined) unloaded.push(unloadedFile(path, { reader, format, option }));
    }
  }
  return { store, unloaded };
}

function missingOf(codes: readonly number[]): readonly string[] {
  return codes.filter((code) => !SPOKEN.includes(code))
    .flatMap((code) => suiteByCode(code)?.name ?? []);
}

/** What the choice of the engine depends on. */
interface Wanted {
  readonly request: TlsRequest;
  readonly profile: TlsProfileRow;
  /** Code points of the further suites. */
  readonly suites: readonly number[];
  /** Whether the runtime can sign with our key. */
  readonly isKeySpoken: boolean;
}

/** Who makes handshakes as a client: the runtime where it has all that was asked for, and ours where it helps. */
function engineFor({ request, profile, suites, isKeySpoken }: Wanted): TlsSettings["engine"] {
  if (request.engine !== undefined) return request.engine;
  const hasAll = isKeySpoken && isSpoken(profile) && suites.every((code) => SPOKEN.includes(code));
  return hasAll ? "own-too" : "own";
}

/** Throws the `TlsSetupError` of what the runtime alone cannot do. */
function requireRuntime({ request, profile, isKeySpoken }: Wanted): void {
  if (!isKeySpoken && request.mode === "authenticated") {
    const { keyFile: path } = request;
    throw new TlsSetupError({ kind: "key", path, why: "unsupported", error: undefined });
  }
  if (!isSpoken(profile)) {
    throw new TlsSetupError({ kind: "profile-unsupported", profile: profile.option });
  }
}
