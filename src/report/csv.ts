/** Comma separated values (RFC 4180), one row for each peer. */

import { csvRow } from "./csv_cell.ts";
import { documentOf } from "./document.ts";
import { failureText } from "./failure.ts";
import { entriesToShow } from "./obstacle.ts";
import type { EntryDocument } from "./report_schema.ts";
import type { ReportSettings } from "./settings.ts";
import type { RunReport } from "../runner/mod.ts";
import { stageTotals } from "./stages.ts";
import { roundMs } from "./values.ts";

/** The columns in their order. New ones are added at the end only. */
const COLUMNS: Readonly<Record<string, (entry: EntryDocument) => string | number | undefined>> = {
  name: (entry) => entry.name,
  group: (entry) => entry.group,
  tags: (entry) => entry.tags.join(" "),
  host: (entry) => entry.check?.host,
  port: (entry) => entry.check?.port,
  calling_ae_title: (entry) => entry.check?.callingAeTitle,
  called_ae_title: (entry) => entry.check?.calledAeTitle,
  verdict: (entry) => entry.verdict,
  outcome: (entry) => entry.outcome,
  attempts: (entry) => entry.attempts,
  started_at: (entry) => entry.startedAt,
  elapsed_ms: (entry) => entry.elapsedMs,
  connect_ms: (entry) => stageMs(entry, ["connect"]),
  associate_ms: (entry) => stageMs(entry, ["associate"]),
  echo_ms: (entry) => stageMs(entry, ["echo"]),
  end_ms: (entry) => stageMs(entry, ["release", "abort"]),
  echoes_answered: (entry) => entry.statistics?.answered ?? entry.echoes?.length,
  last_status: (entry) => entry.echoes?.at(-1)?.status,
  remote_host: (entry) => entry.remote?.host,
  remote_port: (entry) => entry.remote?.port,
  implementation_class_uid: (entry) => entry.association?.implementationClassUid,
  implementation_version_name: (entry) => entry.association?.implementationVersionName,
  failure: (entry) => entry.failure?.name,
  stage: (entry) => entry.failure?.stage,
  fault: (entry) => entry.failure?.fault,
  message: (entry) => entry.failure === undefined ? undefined : failureText(entry.failure),
  situation: (entry) => entry.failure?.situation,
  hint: (entry) => entry.failure?.hint,
  unmet: (entry) => entry.unmet.map(({ name, message }) => `${name}: ${message}`).join("; "),
  note: (entry) => entry.note,
  contact: (entry) => entry.contact,
  latency_avg_ms: (entry) => entry.statistics?.avgMs,
  latency_max_ms: (entry) => entry.statistics?.maxMs,
  latency_p95_ms: (entry) => entry.statistics?.p95Ms,
  tls_ms: (entry) => stageMs(entry, ["tls"]),
  tls_version: (entry) => entry.tls?.protocol,
  tls_cipher_suite: (entry) => entry.tls?.cipherSuite,
  certificate_not_after: (entry) => entry.tls?.chain[0]?.notAfter,
  ending_failure: (entry) => entry.endingFailure?.name,
  ending_message: (entry) => entry.endingFailure && failureText(entry.endingFailure),
  warnings: (entry) => entry.warnings?.map(({ name, message }) => `${name}: ${message}`).join("; "),
  software: (entry) => entry.association?.software?.claim,
};

/** Renders `report` as a table, with a header unless it continues one. */
export function renderCsv(report: RunReport, settings: ReportSettings): string {
  const entries = entriesToShow(documentOf(report, settings));
  const rows = entries.map((entry) => Object.values(COLUMNS).map((column) => column(entry)));
  return [...settings.continues ? [] : [Object.keys(COLUMNS)], ...rows]
    .map(csvRow)
    .join("");
}

/** All the time spent in `stages`; `undefined` when none was reached. */
function stageMs(entry: EntryDocument, stages: readonly string[]): number | undefined {
  const totals = stageTotals(entry.timings ?? []);
  const found = stages.flatMap((stage) => totals.get(stage) ?? []);
  return found.length === 0 ? undefined : roundMs(found.reduce((sum, ms) => sum + ms, 0));
}
