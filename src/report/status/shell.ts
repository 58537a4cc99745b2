/** What every page of watched peers is put in. */

import { type Content, type Markup, markup } from "../markup.ts";
import type { StatusDocument } from "./schema.ts";
import { clock, type PageTime, zone } from "./words.ts";

/** What goes into it. */
export interface PageParts {
  /** Of the window. */
  readonly title: string;
  /** Whether anything is wrong, for the icon. */
  readonly isBad: boolean;
  /** The heading with what is next to it; refreshed. */
  readonly head: Content;
  /** What is not refreshed, so that nothing is typed in vain. */
  readonly tools?: Content;
  /** Everything else; refreshed. */
  readonly main: Content;
}

/** What every page says of the program and of the newest run. */
export type PageAbout = Pick<
  StatusDocument,
  "program" | "machine" | "everySeconds" | "runStartedAt" | "at"
>;

/** Least and most seconds after which a browser without scripts asks again. */
const REFRESH_SECONDS = { least: 5, most: 300 };

/** The whole page. */
export function shell(
  { title, isBad, head, tools, main }: PageParts,
  { about, time }: { readonly about: PageAbout; readonly time: PageTime },
): string {
  const refresh = Math.min(
    REFRESH_SECONDS.most,
    Math.max(REFRESH_SECONDS.least, about.everySeconds),
  );
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/icon-${isBad ? "bad" : "good"}.svg" type="image/svg+xml">
<link rel="stylesheet" href="/status.css">
<noscript><meta http-equiv="refresh" content="${Math.ceil(refresh)}"></noscript>
<script src="/status.js" defer></script>
</head>
<body>
<a class="skip" href="#live">Skip to the peers</a>
<header id="top" data-bad="${isBad ? "yes" : "no"}">
${head}
</header>
<p id="lost" class="lost" role="alert" hidden></p>
<p id="said" class="aside" role="status"></p>
<main>
${tools}
<div id="live" tabindex="-1">
${main}
</div>
</main>
<footer id="foot">${footer(about, time)}</footer>
</body>
</html>
`.html;
}

/** Who checks, how often, and when the last time was. */
function footer(
  { program, machine, everySeconds, runStartedAt }: PageAbout,
  time: PageTime,
): Markup {
  const run = runStartedAt === undefined
    ? undefined
    : markup`Newest check at ${clock(runStartedAt, time)}. `;
  const where = machine === undefined ? "" : ` on ${machine}`;
  return markup`<p>${run}Peers are checked every ${
    secondsText(everySeconds)
  } by ${program}${where}, and never because somebody looks. Times are ${zone(time)}.</p>`;
}

function secondsText(seconds: number): string {
  return seconds === 1 ? "second" : `${seconds} seconds`;
}
