/** Checks of a peer as a strip of blocks, the newest on the right. */

import { type Markup, markup } from "../markup.ts";
import type { SampleDocument } from "./schema.ts";

/** Blocks of a strip. */
const STRIP_BLOCKS = 60;

/** Width of a block and of the gap after it, in units of the drawing. */
const STEP = 4;
const BLOCK = 3;
const HEIGHT = 16;

/**
 * Blocks for the newest of `samples`: high for a check that failed, low for one that passed, so that no colour is
 * needed to tell them apart; a line where nothing was checked.
 */
export function strip(samples: readonly SampleDocument[], blocks = STRIP_BLOCKS): Markup {
  const shown = samples.slice(-blocks);
  const first = blocks - shown.length;
  const place = (at: number) => (first + at) * STEP;
  const path = (passed: boolean, top: number) =>
    shown.flatMap((one, at) =>
      one.passed === passed ? `M${place(at)} ${top}h${BLOCK}v${HEIGHT - top}h-${BLOCK}z` : []
    ).join("");
  const width = blocks * STEP - (STEP - BLOCK);
  const empty = first === 0
    ? undefined
    : markup`<path class="none" d="M0 ${HEIGHT - 1}h${first * STEP - 1}v1h-${first * STEP - 1}z"/>`;
  return markup`<svg class="strip" viewBox="0 0 ${width} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${
    stripWords(shown)
  }">${empty}<path class="pass" d="${path(true, 6)}"/><path class="fail" d="${
    path(false, 0)
  }"/></svg>`;
}

/** What the strip shows, in words. */
function stripWords(shown: readonly SampleDocument[]): string {
  const failed = shown.filter(({ passed }) => !passed).length;
  if (shown.length === 0) return "not checked yet";
  const count = shown.length === 1 ? "The last check" : `The last ${shown.length} checks`;
  return `${count}: ${failed === 0 ? "none failed" : `${failed} failed`}`;
}
