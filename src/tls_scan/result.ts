/** From what is known to what is shown. */

import {
  certificateFacts,
  DerError,
  groupName,
  parseCertificate,
  parseName,
  renderName,
  schemeName,
  versionName,
} from "../tls/mod.ts";
import { auditFindings } from "./audit.ts";
import { CATALOGUE } from "./catalogue.ts";
import type { ChainState, Findings } from "./findings.ts";
import { choiceFor, profileFindings } from "./profiles.ts";
import type { ChainFinding, EarlyEnd, ScanResult, ScanVersion, VersionFinding } from "./types.ts";

/** What a result takes besides what was found. */
export interface ResultDeps {
  /** Host as it was given. */
  readonly host: string;
  /** 1..65535. */
  readonly port: number;
  /** The time, in milliseconds since 1970. */
  readonly nowMs: number;
  /** Why it ended early. */
  readonly endedBy: EarlyEnd | undefined;
  /** Decides on a chain in DER; absent: nothing is trusted or distrusted. */
  readonly trust?: ((chain: readonly Uint8Array[]) => ChainFinding["trust"]) | undefined;
}

/** The result as it is now. */
export function resultOf(findings: Findings, deps: ResultDeps): ScanResult {
  const { versions, habits } = findings;
  const hasTls = findings.hasTls;
  const known = {
    host: deps.host,
    port: deps.port,
    spoken: findings.spoken,
    endedBy: deps.endedBy,
    connections: findings.connections,
    versions: versionFindings(findings),
    chains: [...findings.chains.values()].flatMap((chain) => chainFinding(chain, deps)),
    dhBits: [...findings.dhBits].toSorted((left, right) => left - right),
    schemes: [...findings.schemes].map(schemeName),
    client: {
      certificate: findings.certificate,
      authorities: findings.authorities.flatMap(nameOf),
    },
    serverName: { asked: findings.serverName, effect: findings.nameEffect },
    habits: {
      secureRenegotiation: habits.get("renegotiation"),
      extendedMasterSecret: habits.get("master"),
      encryptThenMac: habits.get("mac"),
      sessionTickets: habits.get("tickets"),
      compression: habits.get("compression"),
      signsSha1: habits.get("sha1"),
    },
  };
  return {
    ...known,
    profiles: hasTls ? profileFindings(versions) : [],
    choices: hasTls
      ? { echoscu: choiceFor("echoscu", versions), dcmtk: choiceFor("dcmtk", versions) }
      : { echoscu: undefined, dcmtk: undefined },
    audit: hasTls ? auditFindings(known) : [],
  };
}

function versionFindings({ versions }: Findings): readonly VersionFinding[] {
  return [...versions].map(([version, { isOffered, refusal, suites, order, groups }]) => ({
    version: scanVersion(version),
    isOffered,
    refusal: isOffered ? undefined : refusal,
    suites: suites.map((code) => ({ code, name: CATALOGUE.get(code)?.name ?? "" })),
    order,
    groups: groups.map(groupName),
  }));
}

function scanVersion(version: number): ScanVersion {
  return version < 0x0301 ? "SSLv3" : versionName(version);
}

/** A chain in words; certificates that cannot be read are left out, and so is a chain of such. */
function chainFinding(
  { certificates, versions }: ChainState,
  { nowMs, trust }: ResultDeps,
): readonly ChainFinding[] {
  const read = certificates.flatMap((der) => {
    try {
      return [certificateFacts(parseCertificate(der), nowMs)];
    } catch (error) {
      if (error instanceof DerError) return [];
      throw error;
    }
  });
  if (read.length === 0) return [];
  return [{
    certificates: read,
    versions: [...versions].toSorted((left, right) => left - right).map(scanVersion),
    trust: trust?.(certificates),
  }];
}

function nameOf(der: Uint8Array): readonly string[] {
  try {
    return [renderName(parseName(der))];
  } catch (error) {
    if (error instanceof DerError) return ["(a name that cannot be read)"];
    throw error;
  }
}
