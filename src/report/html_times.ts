/** Where the time went, as bars. */

import { type Markup, markup } from "./markup.ts";
import type { EntryDocument } from "./report_schema.ts";
import { durationText } from "./values.ts";

/** One stage of a check. */
export type Timing = NonNullable<EntryDocument["timings"]>[number];

/** The stages that have a colour, in the order of a check. */
const COLOURED = ["resolve", "connect", "tls", "associate", "echo", "release", "abort"];

/** Which colour is which, for the stages that occur. */
export function legend(timings: readonly Timing[]): Markup {
  const found = new Set(timings.map(({ stage }) => stage));
  return markup`<ul class="legend">${
    COLOURED.filter((stage) => found.has(stage))
      .map((stage) => markup`<li><i class="${stage}"></i>${stage}</li>`)
  }</ul>`;
}

/** One row for each stage: when it began, how long it took. */
export function timeline({ timings = [], elapsedMs = 0 }: EntryDocument): Markup | undefined {
  const stages = merged(timings);
  if (stages.length === 0) return undefined;
  const whole = Math.max(elapsedMs, ...stages.map(({ startedMs, spanMs }) => startedMs + spanMs));
  const rows = stages.map(({ stage, startedMs, spanMs, elapsedMs }) => {
    // The last pixels stay free: what took no time to speak of is still to be seen.
    const left = `min(${percent(startedMs, whole)}%,100% - 3px)`;
    const place = `margin-left:${left};width:${percent(spanMs, whole)}%`;
    const bar = markup`<i class="${colourOf(stage)}" style="${place}"></i>`;
    return markup`<span>${stage}</span><span class="track">${bar}</span><span>${
      durationText(elapsedMs)
    }</span>\n`;
  });
  return markup`<div class="times">${rows}</div>`;
}

/** The stages side by side, each as wide as its share. */
export function shareBar({ timings = [] }: EntryDocument): Markup | undefined {
  const stages = merged(timings);
  if (stages.length === 0) return undefined;
  const whole = stages.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
  const words = stages.map(({ stage, elapsedMs }) => `${stage} ${durationText(elapsedMs)}`)
    .join(", ");
  return markup`<div class="bar" role="img" aria-label="${words}" title="${words}">${
    stages.map(({ stage, elapsedMs }) =>
      markup`<i class="${colourOf(stage)}" style="width:${percent(elapsedMs, whole)}%"></i>`
    )
  }</div>`;
}

/** A stage with all of its parts. */
export interface MergedStage {
  /** Its name. */
  readonly stage: string;
  /** From the start of the check. */
  readonly startedMs: number;
  /** From the start of the first to the end of the last of its parts. */
  readonly spanMs: number;
  /** The parts summed up. */
  readonly elapsedMs: number;
}

/** Parts of one stage, such as repeated echoes, become one. */
export function merged(timings: readonly Timing[]): readonly MergedStage[] {
  return [...Map.groupBy(timings, ({ stage }) => stage)].map(([stage, parts]) => {
    const startedMs = parts[0]?.startedMs ?? 0;
    const last = parts.at(-1);
    const endMs = (last?.startedMs ?? 0) + (last?.elapsedMs ?? 0);
    const elapsedMs = parts.reduce((sum, part) => sum + part.elapsedMs, 0);
    return { stage, startedMs, spanMs: endMs - startedMs, elapsedMs };
  });
}

/** The class that colours a stage. */
export function colourOf(stage: string): string {
  return COLOURED.includes(stage) ? stage : "abort";
}

/** No more than what is left of the bar can be wanted, so that it never overflows. */
function percent(part: number, whole: number): string {
  return whole <= 0 ? "0" : Math.min(100, part / whole * 100).toFixed(2);
}
