/** Metrics of a run for Prometheus: as a textfile for its node exporter, or of one probe for our own exporter. */

import { exposition, type Labels, type MetricFamily, type Sample } from "./exposition.ts";
import { failureOf } from "./failure.ts";
import type { ReportSettings } from "./settings.ts";
import { stageTotals } from "./stages.ts";
import { echoStatistics } from "./statistics.ts";
import type { ReportEntry, RunReport } from "../runner/mod.ts";
import { oneLine, peerText, secondsOf } from "./values.ts";

/** Renders `report` for the textfile collector: each peer is told apart by its labels. */
export function renderPrometheus(report: RunReport, settings: ReportSettings): string {
  return exposition([
    ...peerMetrics(report, { settings, labels: labelsOf(report.entries) }),
    ...runMetrics(report, settings.program),
  ]);
}

/** Renders the result of one probe. It has no labels for the peer: Prometheus adds its own for the target. */
export function renderProbe(report: RunReport, settings: ReportSettings): string {
  return exposition(peerMetrics(report, { settings, labels: [] }));
}

/** What one metric says of a peer; nothing where it is not known. */
type Reading = (entry: ReportEntry, settings: ReportSettings) => readonly Sample[];

interface PeerMetric {
  readonly name: string;
  readonly help: string;
  readonly read: Reading;
}

const PEER_METRICS: readonly PeerMetric[] = [
  {
    name: "echoscu_up",
    help: "1 if every echo of the last attempt was answered with Success, " +
      "however the association ended, else 0.",
    read: ({ result }) => result === undefined ? [] : one(result.outcome === "verified" ? 1 : 0),
  },
  {
    name: "echoscu_ended_well",
    help:
      "1 if the association of a peer that is up was then released, or aborted as asked, else 0.",
    read: ({ result }) =>
      result?.outcome === "verified" ? one(result.endingError === undefined ? 1 : 0) : [],
  },
  {
    name: "echoscu_as_expected",
    help: "1 if the peer did what was expected of it, else 0.",
    read: ({ verdict }) => verdict === "skipped" ? [] : one(verdict === "passed" ? 1 : 0),
  },
  {
    name: "echoscu_duration_seconds",
    help: "Duration of the last attempt as a whole.",
    read: ({ result }) => result === undefined ? [] : one(secondsOf(result.elapsedMs)),
  },
  {
    name: "echoscu_stage_duration_seconds",
    help: "Duration of each stage of the last attempt that was reached.",
    read: stageSamples,
  },
  {
    name: "echoscu_echo_latency_seconds",
    help: "Response times of the echoes: average, extremes, deviation and percentiles.",
    read: latencySamples,
  },
  {
    name: "echoscu_echoes_requested",
    help: "Echoes that were to be sent.",
    read: ({ result }) => result === undefined ? [] : one(result.check.repeat),
  },
  {
    name: "echoscu_echoes_answered",
    help: "Echoes that were answered, with whatever status.",
    read: ({ result }) =>
      result === undefined ? [] : one(result.echoes.length + (result.unlistedEchoes ?? 0)),
  },
  {
    name: "echoscu_echo_status",
    help: "Status of the last echo response (PS3.7 Annex C); 0 is Success.",
    read: ({ result }) => {
      const last = result?.echoes.at(-1);
      return last === undefined ? [] : one(last.status);
    },
  },
  {
    name: "echoscu_failure_info",
    help: "Why the last attempt failed: class of the failure, stage, side, situation, hint.",
    read: ({ result }, settings) => {
      if (result?.outcome !== "failed") return [];
      const { name, stage, fault, situation, hint } = failureOf(result, settings);
      return one(1, { failure: name, stage, fault, situation, hint });
    },
  },
  {
    name: "echoscu_unmet_expectation_info",
    help: "Expectations of the plan that were not met, by their names in the plan.",
    read: ({ unmet }) => unmet.flatMap(({ name }) => one(1, { expectation: name })),
  },
  {
    name: "echoscu_peer_info",
    help: "What the plan says of the peer; tags are between commas.",
    read: ({ group, tags, note, contact }) => {
      const isTagged = tags.length > 0;
      if (!isTagged && (group ?? note ?? contact) === undefined) return [];
      return one(1, { group, tags: isTagged ? `,${tags.join(",")},` : undefined, note, contact });
    },
  },
  {
    name: "echoscu_association_info",
    help: "What the peer said of itself when it accepted the association.",
    read: associationSamples,
  },
  {
    name: "echoscu_peer_maximum_length_bytes",
    help: "Maximum length that the peer announced; 0 means no limit.",
    read: ({ result }) =>
      result?.association === undefined ? [] : one(result.association.peerMaximumLength),
  },
  {
    name: "echoscu_tls_info",
    help: "Negotiated TLS version and cipher suite, and whether the peer's certificate is trusted.",
    read: ({ result }) => {
      if (result?.tls === undefined) return [];
      const { protocol, cipherSuite, trust } = result.tls.facts;
      return one(1, { version: protocol, cipher_suite: cipherSuite, trust });
    },
  },
  {
    name: "echoscu_tls_earliest_certificate_expiry_timestamp_seconds",
    help: "When the first of the certificates that the peer showed ends, in seconds since 1970.",
    read: ({ result }) => {
      const ends = (result?.tls?.facts.chain ?? []).flatMap(({ notAfterMs }) => notAfterMs ?? []);
      return ends.length === 0 ? [] : one(Math.min(...ends) / 1000);
    },
  },
  {
    name: "echoscu_attempts",
    help: "Attempts made; 0 for a peer that was not tried.",
    read: ({ attempts }) => one(attempts),
  },
  {
    name: "echoscu_check_timestamp_seconds",
    help: "When the last attempt began, in seconds since 1970.",
    read: ({ startedAt }) => startedAt === undefined ? [] : one(startedAt / 1000),
  },
  {
    name: "echoscu_last_success_timestamp_seconds",
    help: "When the peer was last verified, in seconds since 1970; missing when that is not known.",
    read: ({ startedAt, result, lastSuccessAt }) => {
      const known = startedAt !== undefined && result?.outcome === "verified"
        ? startedAt + result.elapsedMs
        : lastSuccessAt;
      return known === undefined ? [] : one(Math.round(known) / 1000);
    },
  },
];

function one(value: number, labels: Labels = {}): readonly Sample[] {
  return [{ labels, value }];
}

function stageSamples({ result }: ReportEntry): readonly Sample[] {
  return [...stageTotals(result?.timings ?? [])].map(([stage, ms]) => ({
    labels: { stage },
    value: secondsOf(ms),
  }));
}

function latencySamples({ result }: ReportEntry): readonly Sample[] {
  const found = result === undefined ? undefined : echoStatistics(result);
  if (found === undefined) return [];
  const { avgMs, minMs, maxMs, stddevMs, p50Ms, p95Ms, p99Ms } = found;
  const times = {
    avg: avgMs,
    min: minMs,
    max: maxMs,
    stddev: stddevMs,
    p50: p50Ms,
    p95: p95Ms,
    p99: p99Ms,
  };
  return Object.entries(times).map(([statistic, ms]) => ({
    labels: { statistic },
    value: secondsOf(ms),
  }));
}

function associationSamples({ result }: ReportEntry): readonly Sample[] {
  const association = result?.association;
  if (association === undefined) return [];
  const accepted = association.contexts.find((context) => context.result === "acceptance");
  return one(1, {
    implementation_class_uid: peerText(association.implementationClassUid ?? ""),
    implementation_version_name: peerText(association.implementationVersionName ?? ""),
    transfer_syntax: accepted === undefined || !("transferSyntax" in accepted)
      ? ""
      : peerText(accepted.transferSyntax),
  });
}

function peerMetrics(
  { entries }: RunReport,
  { settings, labels }: { readonly settings: ReportSettings; readonly labels: readonly Labels[] },
): readonly MetricFamily[] {
  return PEER_METRICS.map(({ name, help, read }) => ({
    name,
    help,
    type: "gauge",
    samples: entries.flatMap((entry, at) =>
      read(entry, settings).map((sample) => ({
        ...sample,
        labels: { ...labels[at], ...sample.labels },
      }))
    ),
  }));
}

/** Labels that distinguish the peers: those that would be the same get a number. */
function labelsOf(entries: readonly ReportEntry[]): readonly Labels[] {
  const seen = new Set<string>();
  return entries.map((entry) => {
    const check = entry.result?.check ?? entry.check;
    const others: Labels = {
      host: check?.target.host,
      port: check?.target.port.toString(),
      called: check === undefined ? undefined : peerText(check.calledAeTitle),
      calling: check === undefined ? undefined : peerText(check.callingAeTitle),
      group: entry.group,
    };
    for (let count = 1;; count++) {
      const labels = { peer: count === 1 ? entry.name : `${entry.name} (${count})`, ...others };
      const key = JSON.stringify(Object.values(labels).map((value) => oneLine(value ?? "")));
      if (seen.has(key)) continue;
      seen.add(key);
      return labels;
    }
  });
}

function runMetrics(report: RunReport, program: string): readonly MetricFamily[] {
  const { entries, startedAt, elapsedMs } = report;
  const verdicts = ["passed", "failed", "skipped"] as const;
  const gauge = (name: string, help: string) => ({ name, help, type: "gauge" as const });
  return [
    {
      ...gauge("echoscu_run_peers", "Peers of the run by what became of them."),
      samples: verdicts.map((verdict) => ({
        labels: { verdict },
        value: entries.filter((entry) => entry.verdict === verdict).length,
      })),
    },
    {
      ...gauge("echoscu_run_duration_seconds", "Duration of the run."),
      samples: one(secondsOf(elapsedMs)),
    },
    {
      ...gauge("echoscu_run_timestamp_seconds", "When the run ended, in seconds since 1970."),
      samples: one(Math.round(startedAt + elapsedMs) / 1000),
    },
    {
      ...gauge("echoscu_run_info", "The program that made the run."),
      samples: one(1, { program }),
    },
  ];
}
