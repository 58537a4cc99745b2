/** Peers over time as comma separated values: rows for all, for each group and peer, and for each outage. */

import { csvRow } from "./csv_cell.ts";
import type { OverTimeDocument, PeerDocument } from "./over_time_schema.ts";

/** What a row can say. */
interface CsvFacts {
  readonly row: "total" | "group" | "peer" | "outage";
  readonly name?: string | undefined;
  readonly group?: string | undefined;
  readonly begin: string;
  readonly end: string;
  readonly sums?: OverTimeDocument["total"] | PeerDocument;
  readonly peer?: PeerDocument;
  readonly outage?: PeerDocument["outages"][number];
}

const STAGES = ["resolve", "connect", "tls", "associate", "echo", "end"] as const;

/** The columns in their order. New ones are added at the end only. */
const COLUMNS: Readonly<Record<string, (facts: CsvFacts) => string | number | undefined>> = {
  row: ({ row }) => row,
  name: ({ name }) => name,
  group: ({ group }) => group,
  begin: ({ begin }) => begin,
  end: ({ end }) => end,
  availability: ({ sums }) => sums?.availability,
  measured: ({ sums }) => sums?.measured,
  up_s: ({ sums }) => seconds(sums?.upMs),
  down_s: ({ sums, outage }) => seconds(outage?.downMs ?? sums?.downMs),
  unmeasured_s: ({ sums }) => seconds(sums?.unmeasuredMs),
  outages: ({ sums }) => sums?.outageCount,
  availability_before: ({ sums }) => sums?.earlier.availability,
  measured_before: ({ sums }) => sums?.earlier.measured,
  median_before_ms: ({ sums }) => sums?.earlier.medianMs,
  host: ({ peer }) => peer?.addresses.at(-1)?.host,
  port: ({ peer }) => peer?.addresses.at(-1)?.port,
  calling_ae_title: ({ peer }) => peer?.addresses.at(-1)?.callingAeTitle,
  called_ae_title: ({ peer }) => peer?.addresses.at(-1)?.calledAeTitle,
  state: ({ peer }) => peer?.state,
  results: ({ peer }) => peer?.results,
  failed: ({ peer }) => peer?.failed,
  median_ms: ({ peer }) => peer?.times?.medianMs,
  p95_ms: ({ peer }) => peer?.times?.p95Ms,
  slowest_ms: ({ peer }) => peer?.times?.slowestMs,
  slowest_at: ({ peer }) => peer?.times?.slowestAt,
  ...Object.fromEntries(STAGES.flatMap((stage) => [
    [`${stage}_median_ms`, ({ peer }: CsvFacts) => stageOf(peer, stage)?.medianMs],
    [`${stage}_slowest_ms`, ({ peer }: CsvFacts) => stageOf(peer, stage)?.slowestMs],
  ])),
  certificate_until: ({ peer }) => peer?.tls?.until,
  before: ({ outage }) => outage?.before,
  after: ({ outage }) => outage?.after,
  situation: ({ outage }) => outage?.situation,
  stage: ({ outage }) => outage?.stage,
  fault: ({ outage }) => outage?.fault,
  message: ({ outage }) => outage?.message,
  also: ({ outage }) => outage?.also.join(" "),
};

/** The table, with a header. */
export function overTimeCsv(document: OverTimeDocument): string {
  const { since: begin, until: end, total, groups, peers } = document;
  const all: readonly CsvFacts[] = [
    { row: "total", begin, end, sums: total },
    ...groups.map((sums) => ({ row: "group" as const, group: sums.group, begin, end, sums })),
    ...peers.map((peer) => ({ row: "peer" as const, ...whom(peer), begin, end, sums: peer, peer })),
    ...peers.flatMap((peer) =>
      peer.outages.map((outage) => ({
        row: "outage" as const,
        ...whom(peer),
        begin: outage.begin,
        end: outage.end,
        outage,
      }))
    ),
  ];
  const rows = all.map((facts) => Object.values(COLUMNS).map((column) => column(facts)));
  return [Object.keys(COLUMNS), ...rows].map(csvRow).join("");
}

function whom({ name, group }: PeerDocument): Pick<CsvFacts, "name" | "group"> {
  return { name, group };
}

function stageOf(peer: PeerDocument | undefined, wanted: string) {
  return peer?.stages.find(({ stage }) => stage === wanted);
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms) / 1000;
}
