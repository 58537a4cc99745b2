/** HTML that cannot be broken by what is put into it: every text is escaped unless it is markup already. */

import { escapeControls } from "../common/visible.ts";

/** A piece of HTML. */
export interface Markup {
  /** The HTML itself. */
  readonly html: string;
}

/** What can stand in a template: text, numbers, markup, lists of these, or nothing. */
export type Content = string | number | undefined | Markup | readonly Content[];

/** Makes markup from a template; values are escaped, for element content and quoted attributes alike. */
export function markup(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const pieces = parts.map((part, at) => at === 0 ? part : rendered(values[at - 1]) + part);
  return { html: pieces.join("") };
}

function rendered(content: Content): string {
  if (content === undefined) return "";
  if (typeof content === "number") return `${content}`;
  if (typeof content === "string") return escaped(content);
  return "html" in content ? content.html : content.map(rendered).join("");
}

/** Control characters and direction marks are made visible, so that a peer cannot rearrange what is read. */
function escaped(text: string): string {
  return escapeControls(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
