/** How long the checks of a peer took, as a line over time. */

import { type Markup, markup } from "../markup.ts";
import { durationText } from "../values.ts";
import type { SampleDocument } from "./schema.ts";
import { clock, type PageTime } from "./words.ts";

const WIDTH = 600;
const HEIGHT = 120;

/** Space above the highest point, so that it is seen whole. */
const TOP = 8;

/** The line of `samples`, interrupted where a check failed, which is marked from top to bottom. */
export function chart(samples: readonly SampleDocument[], time: PageTime): Markup | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const from = Date.parse(first.at);
  const span = Math.max(1, Date.parse(last.at) - from);
  const slowest = Math.max(0, ...samples.flatMap((one) => one.passed ? one.elapsedMs : []));
  const x = ({ at }: SampleDocument) =>
    samples.length === 1 ? WIDTH / 2 : round((Date.parse(at) - from) / span * WIDTH);
  const y = ({ elapsedMs }: SampleDocument) =>
    round(HEIGHT - (slowest === 0 ? 0 : elapsedMs / slowest * (HEIGHT - TOP)));
  let isDrawing = false;
  const line = samples.map((one) => {
    const command = isDrawing ? "L" : "M";
    isDrawing = one.passed;
    // A point with a line of no length is seen by its round ends.
    return one.passed ? `${command}${x(one)} ${y(one)}h0` : "";
  }).join("");
  const failed = samples.filter(({ passed }) => !passed);
  const marks = failed.map((one) => `M${x(one)} 0v${HEIGHT}`).join("");
  const words = `${samples.length === 1 ? "1 check" : `${samples.length} checks`}, ${
    failed.length === 0 ? "none failed" : `${failed.length} failed`
  }${slowest === 0 ? "" : `, the slowest that passed took ${durationText(slowest)}`}`;
  return markup`<figure class="chart">
<p class="soft axis"><span>${slowest === 0 ? "" : durationText(slowest)}</span></p>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${words}"><path class="failed-at" d="${marks}"/><path class="took" d="${line}"/></svg>
<p class="soft axis"><span>${clock(first.at, time)}</span><span>${clock(last.at, time)}</span></p>
<figcaption class="soft">${words}.</figcaption>
</figure>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
