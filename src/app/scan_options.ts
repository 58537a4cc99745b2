/** What the options mean for a scan, and from what it found to the options that connect. */

import { ANONYMOUS_TLS } from "../common/tls_request.ts";
import type { Options, TlsOptions } from "../options/mod.ts";
import type { TlsRefusal } from "../tls/mod.ts";
import type { ChainFinding, Choice, ScanResult } from "../tls_scan/mod.ts";
import { loadTls, type ReadyTls } from "./tls.ts";

type Tls = Exclude<TlsOptions, { mode: "off" }>;

/** Options, and what to put in place of the words that are made up. */
export interface ChosenOptions {
  readonly options: Options;
  /** One sentence each. */
  readonly needs: readonly string[];
}

/** The user's options with those of `choice`; files that are not given yet get names that say what they must hold. */
export function optionsOfChoice(
  { profile, cipherSuites }: Choice,
  { client, options, result }: {
    readonly client: "echoscu" | "dcmtk";
    readonly options: Options;
    readonly result: ScanResult;
  },
): ChosenOptions {
  const { tls: given } = options;
  const needs: string[] = [];
  const base: Tls = given.mode === "off" ? ANONYMOUS_TLS : given;
  const { engine: _engine, wantedName, trustPublicRoots, ...reference } = base;
  const own = client === "echoscu" ? { wantedName, trustPublicRoots } : {};
  const trusting = trustOf(base, { client, result, needs });
  const tls = {
    ...reference,
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
    ...trusting,
    ...keyOf(base, { result, needs }),
    profile,
    cipherSuites,
    serverName: result.serverName.effect === "needed" || result.serverName.effect === "changes"
      ? result.serverName.asked
      : undefined,
  } as Tls;
  if (client === "dcmtk") needs.push(...needsOfReference({ profile, tls }));
  return { options: { ...options, tls }, needs };
}

function needsOfReference(
  { profile, tls }: { readonly profile: Choice["profile"]; readonly tls: Tls },
): readonly string[] {
  const needs: string[] = [];
  if (profile === "8996" || profile === "8996-mod") needs.push("DCMTK 3.6.8 or newer");
  if (profile === "basic") needs.push("a DCMTK whose OpenSSL has 3DES");
  if (tls.serverName !== undefined) needs.push("DCMTK 3.7.0 or newer, for --request-sni");
  return needs;
}

function trustOf(
  tls: Tls,
  { client, result, needs }: {
    readonly client: "echoscu" | "dcmtk";
    readonly result: ScanResult;
    readonly needs: string[];
  },
): Pick<Tls, "certificateFiles"> | undefined {
  const trustsRoots = client === "echoscu" && tls.trustPublicRoots === true;
  const hasTrust = tls.certificateFiles.length + tls.certificateDirectories.length > 0 ||
    trustsRoots;
  if (tls.peerCertificate === "ignore") return undefined;
  if (hasTrust) {
    const whys = result.chains.flatMap(({ trust }) =>
      trust?.isTrusted === false ? [trust.why] : []
    );
    if (whys.length > 0) needs.push(`a certificate of the server that passes: ${whys[0]}`);
    return undefined;
  }
  const last = result.chains[0]?.certificates.at(-1);
  const issuer = last === undefined ? "the CA of its certificate" : `the CA ${last.issuer}`;
  needs.push(`CA.pem: the certificate of ${issuer}`);
  return { certificateFiles: ["CA.pem"] };
}

function keyOf(
  tls: Tls,
  { result, needs }: { readonly result: ScanResult; readonly needs: string[] },
): object {
  const { certificate, authorities } = result.client;
  if (tls.mode === "authenticated" || certificate !== "required") return {};
  const whose = authorities.length === 0 ? "a CA that the server trusts" : authorities.join(" or ");
  needs.push(`KEY.pem and CERT.pem: our key, and its certificate by ${whose}`);
  return {
    mode: "authenticated",
    keyFile: "KEY.pem",
    certificateFile: "CERT.pem",
    password: { kind: "unset" },
  };
}

/** The options of an association without TLS, with short limits. */
export function optionsForPlain(options: Options, seconds: number): Options {
  const atMost = (limit: number | undefined) => Math.min(limit ?? seconds, seconds);
  return {
    ...options,
    tls: { mode: "off" },
    repeat: 1,
    connectTimeoutSeconds: atMost(options.connectTimeoutSeconds),
    socketTimeoutSeconds: seconds,
    acseTimeoutSeconds: atMost(options.acseTimeoutSeconds),
    dimseTimeoutSeconds: atMost(options.dimseTimeoutSeconds),
  };
}

/** Holds a chain against what the options trust. */
export async function trustBy(
  { settings }: ReadyTls,
  host: string,
): Promise<(chain: readonly Uint8Array[]) => ChainFinding["trust"]> {
  const { suiteByCode, versionName } = await loadTls();
  // Only the certificate shall decide: version and suite are those of the profile.
  const { versions: [version = 0], suites: [suite = 0] } = settings.offer;
  const allowed = {
    protocol: versionName(version),
    cipherSuite: suiteByCode(suite)?.logName ?? "",
  };
  return (chain) => {
    const { refusal, facts } = settings.judge({
      engine: "own",
      ...allowed,
      chain,
      host,
    });
    if (refusal === undefined) {
      return facts.trust === "trusted" ? { isTrusted: true, why: undefined } : undefined;
    }
    return { isTrusted: false, why: whyOf(refusal) };
  };
}

function whyOf(refusal: TlsRefusal): string {
  switch (refusal.kind) {
    case "certificate":
      return refusal.sentence;
    case "host-name":
      return `it is not for ${refusal.wanted}`;
    case "trust-file":
      return `${refusal.path} cannot be read`;
    default:
      return "it cannot be read";
  }
}
