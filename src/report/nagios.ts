/**
 * One line with a state for Nagios and its kin, performance data, and a line for each peer that is not well.
 *
 * The state is decided here and nowhere else: `nagiosState` gives the exit code to end with.
 */

import { entryOf } from "./document.ts";
import { failureText } from "./failure.ts";
import type { EntryDocument } from "./report_schema.ts";
import type { ReportSettings } from "./settings.ts";
import { stageTotals } from "./stages.ts";
import { echoStatistics } from "./statistics.ts";
import type { CertificateLimits, ReportEntry, RunReport } from "../runner/mod.ts";
import { leastDaysLeft, warningsOf } from "./warnings.ts";
import { hostAndPort } from "../common/host.ts";
import { decimal, durationText, oneLine } from "./values.ts";

/** A state in Nagios' words. */
export type NagiosState = "OK" | "WARNING" | "CRITICAL" | "UNKNOWN";

/** The exit code of each state. */
export const NAGIOS_CODES = {
  OK: 0,
  WARNING: 1,
  CRITICAL: 2,
  UNKNOWN: 3,
} as const satisfies Record<
  NagiosState,
  number
>;

/** From best to worst; a peer that is down is worse than one that nobody knows of. */
const RANKS: readonly NagiosState[] = ["OK", "WARNING", "UNKNOWN", "CRITICAL"];

/** How many peers the first line names; old programs cut long lines. */
const NAMED_PEERS = 3;

/** The state of the whole run: the worst of its peers. */
export function nagiosState(report: RunReport, settings: ReportSettings): NagiosState {
  return worst(report.entries.map((entry) => stateOf(entry, settings)));
}

/** Renders `report` for Nagios. */
export function renderNagios(report: RunReport, settings: ReportSettings): string {
  const peers = report.entries.map((entry) => peerOf(entry, settings));
  const state = worst(peers.map((peer) => peer.state));
  const [only] = peers;
  if (only !== undefined && peers.length === 1) {
    const line = `DICOM ${state} - ${said(peerText(only))}|${onePerfdata(only, settings)}\n`;
    return line + factsOf(only).map((fact) => `${said(fact)}\n`).join("");
  }
  if (only === undefined) return nagiosUnknown("no peers to check");
  const details = peers.filter((peer) => peer.state !== "OK").map(detail).join("");
  const perfdata = peers.map((peer) => peerPerfdata(peer, settings)).join("\n");
  return `DICOM ${state} - ${said(runText(peers))}|${runPerfdata(peers)}\n${details}|${perfdata}\n`;
}

/** One line for a program that could not even begin: state UNKNOWN. */
export function nagiosUnknown(reason: string): string {
  return `DICOM UNKNOWN - ${said(oneLine(reason))}\n`;
}

interface Peer {
  readonly entry: EntryDocument;
  readonly state: NagiosState;
  readonly latencyMs: number | undefined;
  /** The limit that the latency is above. */
  readonly limitMs: number | undefined;
  /** What its certificates are held against. */
  readonly limits: CertificateLimits | undefined;
  /** Whole days until the first of its certificates ends. */
  readonly daysLeft: number | undefined;
}

function peerOf(entry: ReportEntry, settings: ReportSettings): Peer {
  const state = stateOf(entry, settings);
  const { warnLatencyMs, criticalLatencyMs } = settings;
  const limits: Readonly<Record<string, number | undefined>> = {
    WARNING: warnLatencyMs,
    CRITICAL: criticalLatencyMs,
  };
  return {
    entry: entryOf(entry, settings),
    state,
    latencyMs: averageMs(entry),
    limits: entry.certificates,
    daysLeft: leastDaysLeft(entry),
    limitMs: entry.verdict === "passed" && isSlow(entry, limits[state]) ? limits[state] : undefined,
  };
}

function isSlow(entry: ReportEntry, limitMs: number | undefined): boolean {
  return (averageMs(entry) ?? 0) > (limitMs ?? Infinity);
}

function stateOf(entry: ReportEntry, settings: ReportSettings): NagiosState {
  if (entry.verdict === "skipped") return "UNKNOWN";
  if (entry.verdict === "failed") return isOurOwn(entry) ? "UNKNOWN" : "CRITICAL";
  const { warnLatencyMs = Infinity, criticalLatencyMs = Infinity } = settings;
  const latencyMs = averageMs(entry) ?? 0;
  if (latencyMs > criticalLatencyMs) return "CRITICAL";
  const isNear = warningsOf(entry).length > 0;
  return latencyMs > warnLatencyMs || isBadlyEnded(entry) || isNear ? "WARNING" : "OK";
}

function isBadlyEnded({ result }: ReportEntry): boolean {
  return result?.outcome === "verified" && result.endingError !== undefined;
}

/** What this machine or its user did wrong says nothing about the peer. */
const OUR_OWN_REASONS: readonly string[] = [
  "no-descriptors",
  "not-allowed",
  "not-permitted",
  "source-address",
];

function isOurOwn({ result, unmet }: ReportEntry): boolean {
  if (result?.outcome !== "failed" || unmet.length > 0) return false;
  const { error } = result;
  if (error.fault === "user") return true;
  return error.name === "DialFailed" && OUR_OWN_REASONS.includes(error.reason);
}

function worst(states: readonly NagiosState[]): NagiosState {
  if (states.length === 0) return "UNKNOWN";
  return states.reduce((left, right) => RANKS.indexOf(left) < RANKS.indexOf(right) ? right : left);
}

function averageMs({ result }: ReportEntry): number | undefined {
  return result === undefined ? undefined : echoStatistics(result)?.avgMs;
}

function peerText({ entry, latencyMs, limitMs }: Peer): string {
  const { name, verdict, failure, unmet, outcome, endingFailure, warnings = [] } = entry;
  if (verdict === "skipped") return `${name}: not done when the run ended`;
  if (verdict === "failed") {
    const why = unmet.length > 0
      ? unmet.map(({ message }) => message).join("; ")
      : failure === undefined
      ? "not as expected"
      : failureText(failure);
    return `${name}: ${why}`;
  }
  const limit = limitMs === undefined ? "" : `, limit ${durationText(limitMs)}`;
  const buts = [
    ...(outcome === "verified" && endingFailure !== undefined ? [failureText(endingFailure)] : []),
    ...warnings.map(({ message }) => message),
  ];
  const but = buts.length === 0 ? "" : `, but ${buts.join("; ")}`;
  return latencyMs === undefined
    ? `${name}: as expected${but}`
    : `${name}: echo answered in ${durationText(latencyMs)}${limit}${but}`;
}

function runText(peers: readonly Peer[]): string {
  const unwell = peers.filter(({ state }) => state !== "OK");
  if (unwell.length === 0) return `all ${peers.length} peers as expected`;
  const names = unwell.slice(0, NAMED_PEERS).map(({ entry }) => entry.name).join(", ");
  const more = unwell.length > NAMED_PEERS ? ` and ${unwell.length - NAMED_PEERS} more` : "";
  return `${unwell.length} of ${peers.length} peers not OK: ${names}${more}`;
}

/** One line of long output. */
function detail(peer: Peer): string {
  return `${said([`[${peer.state}] ${peerText(peer)}`, ...factsOf(peer)].join("; "))}\n`;
}

function factsOf({ entry: { check, failure, endingFailure, contact } }: Peer): readonly string[] {
  const hint = (failure ?? endingFailure)?.hint;
  return [
    ...(check === undefined ? [] : [`${check.calledAeTitle} at ${hostAndPort(check)}`]),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
    ...(contact === undefined ? [] : [`contact: ${contact}`]),
  ];
}

/** The bar begins performance data, so that it cannot stand in a text. */
function said(text: string): string {
  return oneLine(text).replaceAll("|", "/");
}

function onePerfdata(peer: Peer, settings: ReportSettings): string {
  const { entry, latencyMs } = peer;
  const others = [...stageTotals(entry.timings ?? [])].filter(([stage]) => stage !== "echo")
    .map(([stage, ms]) => `${stage}=${milliseconds(ms)};;;0`);
  const total = entry.elapsedMs === undefined ? [] : [`total=${milliseconds(entry.elapsedMs)};;;0`];
  const days = peer.daysLeft === undefined ? [] : [`cert_days=${daysData(peer)}`];
  return [`echo=${latencyData(latencyMs, settings)}`, ...others, ...total, ...days].join(" ");
}

function peerPerfdata(peer: Peer, settings: ReportSettings): string {
  const { entry: { name }, latencyMs, daysLeft } = peer;
  const days = daysLeft === undefined ? "" : ` ${label(`${name} cert_days`)}=${daysData(peer)}`;
  return `${label(name)}=${latencyData(latencyMs, settings)}${days}`;
}

/** Days count down: the ranges alert below the limits. */
function daysData({ daysLeft, limits = {} }: Peer): string {
  const { warnDays, minDays } = limits;
  const warn = warnDays === undefined ? "" : `${warnDays}:`;
  const critical = minDays === undefined ? "" : `${minDays}:`;
  return `${daysLeft};${warn};${critical};`;
}

function runPerfdata(peers: readonly Peer[]): string {
  const states = ["OK", "WARNING", "CRITICAL", "UNKNOWN"] as const;
  return states.map((state) =>
    `${state.toLowerCase()}=${
      peers.filter((peer) => peer.state === state).length
    };;;0;${peers.length}`
  ).join(" ");
}

function latencyData(ms: number | undefined, settings: ReportSettings): string {
  const { warnLatencyMs = "", criticalLatencyMs = "" } = settings;
  return `${milliseconds(ms)};${warnLatencyMs};${criticalLatencyMs};0`;
}

function milliseconds(ms: number | undefined): string {
  return ms === undefined ? "U" : `${decimal(ms, 3)}ms`;
}

/** A label in quotes; it can hold anything but `=`, and quotes doubled. */
function label(name: string): string {
  return `'${(said(name) || "-").replaceAll("=", "-").replaceAll("'", "''")}'`;
}
