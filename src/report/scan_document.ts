/** From the result of a scan to data for all its reports. */

import { hostAndPort } from "../common/host.ts";
import { hex4 } from "../common/hex.ts";
import { ALERT_NAMES } from "../common/tls_alerts.ts";
import { escapeControls, shortened } from "../common/visible.ts";
import { firstBytesOf, protocolOf } from "../diagnosis/mod.ts";
import type { ScanResult, Spoken } from "../tls_scan/mod.ts";
import { certificateOf } from "./document_tls.ts";
import { SCAN_LAYOUT_VERSION, type ScanDocument } from "./scan_schema.ts";
import type { ReportSettings } from "./settings.ts";
import { isoTime, roundMs } from "./values.ts";

/** A command line that connects. */
export interface ScanCommand {
  /** Whose program. */
  readonly client: "echoscu" | "dcmtk";
  /** Its words, the program's name first. */
  readonly words: readonly string[];
  /** What must be put in place of made-up names, or be there. */
  readonly needs: readonly string[];
}

/** What a document takes besides the result. */
export interface ScanDeps {
  /** Name and version of the program. */
  readonly program: string;
  /** Who asked from where. */
  readonly origin: ReportSettings["origin"];
  /** Start, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How long it took. */
  readonly elapsedMs: number;
  /** Command lines. */
  readonly commands: readonly ScanCommand[];
  /** Makes a line for the shell out of words. */
  readonly lineOf: (words: readonly string[]) => string;
}

/** The document of `result`. */
export function scanDocument(result: ScanResult, deps: ScanDeps): ScanDocument {
  const { host, port, connections, endedBy } = result;
  const { commit, machine, operator } = deps.origin ?? {};
  return {
    version: SCAN_LAYOUT_VERSION,
    program: deps.program,
    ...defined({ commit, machine, operator }),
    host: safe(host),
    port,
    startedAt: isoTime(deps.startedAt),
    elapsedMs: roundMs(deps.elapsedMs),
    connections,
    complete: endedBy === undefined,
    ...defined({ endedBy }),
    usable: result.choices.echoscu !== undefined,
    speaks: result.spoken.kind,
    ...foreign(result.spoken),
    verdict: verdictOf(result),
    ...factsOf(result),
    commands: deps.commands.map(({ client, words, needs }) => ({
      client,
      words,
      line: deps.lineOf(words),
      needs: needs.map(safe),
    })),
  };
}

/** What was found out of TLS, and what it means. */
function factsOf(
  result: ScanResult,
): Pick<
  ScanDocument,
  | "versions"
  | "chains"
  | "dhBits"
  | "signatureSchemes"
  | "clientCertificate"
  | "serverName"
  | "extensions"
  | "profiles"
  | "audit"
> {
  const { client, serverName } = result;
  return {
    versions: versionsOf(result),
    chains: chainsOf(result),
    dhBits: result.dhBits,
    signatureSchemes: result.schemes,
    clientCertificate: {
      wanted: client.certificate,
      authorities: client.authorities.map(safe),
    },
    serverName: { effect: serverName.effect, ...defined({ asked: serverName.asked }) },
    extensions: defined(result.habits),
    profiles: profilesOf(result),
    audit: result.audit.map(({ id, weight, text, reference }) => ({
      id,
      weight,
      text: safe(text),
      reference,
    })),
  };
}

function profilesOf({ profiles }: ScanResult): ScanDocument["profiles"] {
  return profiles.map(({ option, flag, name, isRetired, fits, why }) => ({
    option: `--profile-${option}`,
    short: flag,
    name,
    retired: isRetired,
    fits,
    why,
  }));
}

/** Longest text of a peer. */
const LONGEST = 300;

function safe(text: string): string {
  return escapeControls(shortened(text, LONGEST)).toWellFormed();
}

/** The members that are there. */
function defined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const known = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function foreign(spoken: Spoken): Pick<ScanDocument, "protocol" | "firstBytes"> {
  if (spoken.kind !== "other") return {};
  const protocol = protocolOf(spoken.head);
  return { ...defined({ protocol }), firstBytes: safe(firstBytesOf(spoken.head)) };
}

function versionsOf({ versions }: ScanResult): ScanDocument["versions"] {
  return versions.map(({ version, isOffered, refusal, suites, order, groups }) => ({
    version,
    offered: isOffered,
    ...defined({ refusal: refusalText(refusal), order }),
    suites: suites.map(({ code, name }) => ({ code: `0x${hex4(code)}`, name })),
    groups,
  }));
}

function refusalText(refusal: number | string | undefined): string | undefined {
  if (typeof refusal !== "number") return refusal;
  const name = ALERT_NAMES[refusal];
  return name === undefined ? `alert ${refusal}` : `alert ${refusal}, ${name}`;
}

function chainsOf({ chains }: ScanResult): ScanDocument["chains"] {
  return chains.map(({ versions, certificates, trust }) => ({
    versions,
    certificates: certificates.map(certificateOf),
    ...(trust === undefined ? {} : { trusted: trust.isTrusted }),
    ...(trust?.why === undefined ? {} : { distrust: safe(trust.why) }),
  }));
}

/** The whole in one sentence. */
function verdictOf(result: ScanResult): string {
  const { spoken, profiles, choices, versions } = result;
  const where = safe(hostAndPort(result));
  switch (spoken.kind) {
    case "tls": {
      const offered = versions.filter(({ isOffered }) => isOffered).map(({ version }) => version);
      const spoken = `${where} speaks ${offered.toReversed().join(", ")}`;
      const fitting = profiles.filter(({ fits }) => fits !== "no").map(({ flag }) => flag);
      if (fitting.length > 0) return `${spoken}; clients connect with ${fitting.join(", ")}`;
      const { cipherSuites = [] } = choices.echoscu ?? {};
      return cipherSuites.length > 0
        ? `${spoken}, by no profile of DICOM; it takes ${cipherSuites.join(", ")}`
        : `${spoken}, but nothing that a DICOM client could use`;
    }
    case "dicom":
      return `${where} speaks plain DICOM, without TLS`;
    case "other":
      return `${where} does not speak TLS: ${whatSpeaks(spoken.head)}`;
    case "unreachable":
      return `${where} cannot be reached: ${safe(spoken.text)}`;
    case "unknown":
      return `${where} speaks no TLS that we know: ${ENDS[spoken.how]}`;
  }
}

function whatSpeaks(head: Uint8Array): string {
  const protocol = protocolOf(head);
  const begins = `it begins with ${safe(firstBytesOf(head))}`;
  return protocol === undefined ? begins : `it speaks ${protocol} (${begins})`;
}

const ENDS = {
  closed: "it closes the connection whatever is offered",
  silent: "it does not answer",
  alert: "it refuses whatever is offered",
  broken: "its answers break the rules of TLS",
} as const;
