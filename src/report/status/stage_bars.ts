/** Where the time of a check went, drawn without any style of its own: a policy may forbid that. */

import { colourOf, merged, type Timing } from "../html_times.ts";
import { type Markup, markup } from "../markup.ts";
import { durationText } from "../values.ts";

/** A table with a bar for each stage; `undefined` where none was reached. */
export function stageBars(timings: readonly Timing[]): Markup | undefined {
  const stages = merged(timings);
  if (stages.length === 0) return undefined;
  const whole = Math.max(...stages.map(({ startedMs, spanMs }) => startedMs + spanMs), 0.001);
  const rows = stages.map(({ stage, startedMs, spanMs, elapsedMs }) => {
    const width = Math.max(0.6, spanMs / whole * 100);
    const left = Math.min(startedMs / whole * 100, 100 - width);
    return markup`<tr><th scope="row">${stage}</th><td class="bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="${
      colourOf(stage)
    }" x="${left.toFixed(2)}" width="${
      width.toFixed(2)
    }" height="8"/></svg></td><td class="number">${durationText(elapsedMs)}</td></tr>\n`;
  });
  return markup`<table class="stages">
<thead><tr><th scope="col">Stage</th><th scope="col">When</th><th scope="col" class="number">Time</th></tr></thead>
<tbody>${rows}</tbody>
</table>`;
}
