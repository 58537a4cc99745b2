/** The page that scans and surveys are put in: one file, no script, nothing from elsewhere, in the look of the report. */

import { STYLE } from "./html_style.ts";
import { type Content, type Markup, markup } from "./markup.ts";

/** What goes into the page besides its title. */
interface PageParts {
  /** What made it. */
  readonly program: string;
  /** What comes below the title. */
  readonly head: Content;
  /** Everything else. */
  readonly main: Content;
  /** Style sheet besides that of all pages. */
  readonly style?: string;
  /** What clocks its times are of; default UTC. */
  readonly clock?: string;
}

/** The whole page. */
export function htmlPage(title: string, {
  program,
  head,
  main,
  style: more = "",
  clock = "UTC",
}: PageParts): string {
  const style: Markup = { html: `<style>${STYLE}${more}</style>` };
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
${style}
</head>
<body>
<header>
<h1>${title}</h1>
${head}
</header>
<main>
${main}
</main>
<footer><p>Made by ${program}. Times are ${clock}.</p></footer>
</body>
</html>
`.html;
}
