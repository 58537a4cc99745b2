/** All that is known of one peer, on a screen of its own. */

import { hostAndPort } from "../common/host.ts";
import { timesOf } from "../runner/mod.ts";
import type { ReportEntry } from "../runner/mod.ts";
import { type LiveLook, painted, secondsText, type Tone, whenText } from "./look.ts";
import type { LiveRow } from "./model.ts";
import { stripOf } from "./strip.ts";

/** The lines about `row`, as many as there are. */
export function peerLines(row: LiveRow, look: LiveLook): readonly string[] {
  const { text, settings, columns } = look;
  const { peer, known, entry } = row;
  const { check: { target, callingAeTitle, calledAeTitle } } = peer;
  const samples = known?.samples ?? [];
  const facts: readonly (readonly [label: string, value: string | undefined, tone?: Tone])[] = [
    ["", peer.name, "strong"],
    ["address", hostAndPort(target)],
    ["titles", `${text.peerText(callingAeTitle)} calls ${text.peerText(calledAeTitle)}`],
    ["group", peer.group],
    ["tags", peer.tags.join(", ")],
    ["note", peer.note],
    ["contact", peer.contact],
    ["state", stateOf(row, look), row.verdict === "failed" ? "bad" : "plain"],
    ["details", entry && text.detailsOf(entry, settings)],
    ["hint", entry && text.hintOf(entry, settings)],
    ["stages", entry?.result && text.stagesLine(entry.result.timings)],
    ["times", timesText(row, look)],
  ];
  const lines = facts.flatMap(([label, value, tone = "plain"]) =>
    factLines({ label, value, tone }, look)
  );
  const strip = samples.length === 0
    ? []
    : ["", painted(stripOf(samples, Math.min(columns, samples.length)), look)];
  return [...lines, ...strip, ...failureLines(known?.failures ?? [], look)];
}

/** Such as `failed since 08:13:05 (2 min 4 s)`. */
function stateOf({ verdict, since, hasChanged, isRunning }: LiveRow, look: LiveLook): string {
  const checking = isRunning ? ", being checked" : "";
  if (verdict === undefined || since === undefined) return `not known yet${checking}`;
  const [earlier, least] = hasChanged ? ["", ""] : [" or earlier", " at least"];
  const lasts = secondsText(look.now - since, look);
  return `${verdict} since ${whenText(since, look)}${earlier} (${lasts}${least})${checking}`;
}

function timesText({ known }: LiveRow, { text: { durationText } }: LiveLook): string | undefined {
  const samples = known?.samples ?? [];
  if (samples.length === 0) return undefined;
  const passed = samples.filter(({ hasPassed }) => hasPassed).length;
  const times = timesOf(samples);
  const how = times === undefined
    ? ""
    : `; median ${durationText(times.medianMs)}, slowest ${durationText(times.slowestMs)}`;
  return `${passed} of the last ${samples.length} passed${how}`;
}

const LABEL = 9;

function factLines(
  { label, value, tone }: {
    readonly label: string;
    readonly value: string | undefined;
    readonly tone: Tone;
  },
  look: LiveLook,
): readonly string[] {
  if (value === undefined || value === "") return [];
  const { text: { oneLine, wrapTo }, columns } = look;
  const room = Math.max(1, columns - LABEL);
  return wrapTo(oneLine(value), label === "" ? columns : room).map((line, at) =>
    painted([
      { tone: "dim", text: label === "" ? "" : (at === 0 ? label : "").padEnd(LABEL) },
      { tone, text: line },
    ], look)
  );
}

function failureLines(failures: readonly ReportEntry[], look: LiveLook): readonly string[] {
  if (failures.length === 0) return [];
  const { text: { detailsOf, oneLine }, settings } = look;
  const lines = failures.map((entry) => {
    const when = entry.startedAt === undefined ? "" : whenText(entry.startedAt, look);
    return painted([
      { tone: "dim", text: when.padEnd(LABEL) },
      { tone: "plain", text: oneLine(detailsOf(entry, settings)) },
    ], look);
  });
  return ["", painted([{ tone: "strong", text: "last failures" }], look), ...lines];
}
