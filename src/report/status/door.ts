/** Pages for who is not let in, and for who has just been. */

import { type Content, type Markup, markup } from "../markup.ts";

/** What somebody without the token sees. */
export function doorPage(): string {
  return page("This page is not for everybody", {
    text:
      markup`<p>Open it by the link that you were given; it ends with <code>?token=</code> and more.
A browser that has opened that link once is let in from then on, as long as the token stays the same.</p>
<p>Programs send the token in the header <code>Authorization: Bearer</code>.</p>`,
  });
}

/**
 * What somebody with the right token sees for a moment: a page, since a browser that came from another site would not
 * send the cookie where it is only redirected.
 */
export function enteredPage(): string {
  return page("You are let in", {
    extra: markup`<meta http-equiv="refresh" content="0;url=/">\n`,
    text: markup`<p><a href="/">Go on to the status page</a></p>`,
  });
}

function page(
  title: string,
  { extra, text }: { readonly extra?: Markup; readonly text: Content },
): string {
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${extra}<title>${title}</title>
<link rel="icon" href="/icon-good.svg" type="image/svg+xml">
<link rel="stylesheet" href="/status.css">
</head>
<body>
<main>
<h1>${title}</h1>
${text}
</main>
</body>
</html>
`.html;
}
