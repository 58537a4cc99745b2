/** How long the checks of a peer took, as a line over time. */

import { type Markup, markup } from "../markup.ts";
import { durationText } from "../values.ts";
import type { SampleDocument } from "./schema.ts";
import { clock, type PageTime } from "./words.ts";

const WIDTH = 600;
const HEIGHT = 120;

/** Space above the highest point, so that it is seen whole. */
const TOP = 8;

/** Least width of the mark of a failure. */
const NARROWEST = 3;

/** Checks further apart than so many intervals, and a minute, are not joined: nothing was measured between them. */
const GAP_INTERVALS = 3;

/** The line of `samples`, interrupted where checks failed: from the first of them to the next that passed is shaded. */
export function chart(
  samples: readonly SampleDocument[],
  { everySeconds, time }: { readonly everySeconds: number; readonly time: PageTime },
): Markup | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const from = Date.parse(first.at);
  const span = Math.max(1, Date.parse(last.at) - from);
  const slowest = Math.max(0, ...samples.flatMap((one) => one.passed ? one.elapsedMs : []));
  const x = ({ at }: SampleDocument) =>
    samples.length === 1 ? WIDTH / 2 : round((Date.parse(at) - from) / span * WIDTH);
  const y = ({ elapsedMs }: SampleDocument) =>
    round(HEIGHT - (slowest === 0 ? 0 : elapsedMs / slowest * (HEIGHT - TOP)));
  const gapMs = everySeconds * 1000 * GAP_INTERVALS + 60_000;
  const line = samples.map((one, at) => {
    const before = samples[at - 1];
    const isJoined = before?.passed === true && Date.parse(one.at) - Date.parse(before.at) <= gapMs;
    const command = isJoined ? "L" : "M";
    // A point with a line of no length is seen by its round ends.
    return one.passed ? `${command}${x(one)} ${y(one)}h0` : "";
  }).join("");
  const failed = samples.filter(({ passed }) => !passed);
  const bands = failedRuns(samples).map(([begin, end]) => {
    const left = Math.min(x(begin), WIDTH - NARROWEST);
    const width = round(Math.max(NARROWEST, x(end) - left));
    return markup`<rect class="failed-at" x="${left}" width="${width}" height="${HEIGHT}"/><rect class="failed-edge" x="${left}" width="${width}" height="4"/>`;
  });
  const words = `${samples.length === 1 ? "1 check" : `${samples.length} checks`}, ${
    failed.length === 0 ? "none failed" : `${failed.length} failed`
  }${slowest === 0 ? "" : `, the slowest that passed took ${durationText(slowest)}`}`;
  const shade = failed.length === 0 ? "" : " Shaded: from a failed check to the next that passed.";
  return markup`<figure class="chart">
<p class="soft axis"><span>${slowest === 0 ? "" : durationText(slowest)}</span></p>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${words}">${bands}<path class="took" d="${line}"/></svg>
<p class="soft axis"><span>${clock(first.at, time)}</span><span>${clock(last.at, time)}</span></p>
<figcaption class="soft">${words}.${shade}</figcaption>
</figure>`;
}

/** The first failed check of each outage, and the first after it that passed, or the last. */
function failedRuns(
  samples: readonly SampleDocument[],
): readonly (readonly [SampleDocument, SampleDocument])[] {
  return samples.flatMap((begin, at) => {
    if (begin.passed || samples[at - 1]?.passed === false) return [];
    const end = samples.slice(at).find(({ passed }) => passed) ?? samples.at(-1) ?? begin;
    return [[begin, end]] as const;
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
