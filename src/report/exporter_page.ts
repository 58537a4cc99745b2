/** The page of the exporter for people who open it in a browser. */

import { type Markup, markup } from "./markup.ts";

/** What the page reports. */
export interface ExporterPage {
  /** Program and version. */
  readonly program: string;
  /** Names of the known peers. */
  readonly peers: readonly string[];
  /** Names of the modules. */
  readonly modules: readonly string[];
  /** How many patterns allow further targets. */
  readonly patterns: number;
}

/** How many peers are listed. */
const LISTED_PEERS = 500;

const STYLE = `:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem; }
li { margin: 0.2rem 0; overflow-wrap: anywhere; }`;

/** Says what can be asked for, with a link for each known peer. */
export function renderExporterPage({ program, peers, modules, patterns }: ExporterPage): string {
  const style: Markup = { html: `<style>${STYLE}</style>` };
  const more = peers.length - LISTED_PEERS;
  const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>echoscu exporter</title>
${style}
</head>
<body>
<h1>DICOM echo exporter</h1>
<p>${program}</p>
<ul>
<li><a href="/metrics">/metrics</a>: metrics of the exporter itself</li>
<li><code>/probe?target=HOST:PORT</code>: checks that peer, answers with its metrics; also with
<code>called</code> and <code>calling</code> for AE titles and <code>module</code> for settings: ${
    modules.join(", ")
  }</li>
<li><a href="/sd">/sd</a>: the peers as targets for <code>http_sd_configs</code></li>
<li><a href="/-/healthy">/-/healthy</a>: says that the exporter runs</li>
</ul>
<h2>Peers</h2>
<ul>
${peers.slice(0, LISTED_PEERS).map(peerItem)}
${more > 0 ? markup`<li>and ${more} more</li>` : undefined}
</ul>
<p>${othersText(patterns)}</p>
</body>
</html>
`;
  return page.html;
}

function peerItem(name: string): Markup {
  const target = encodeURIComponent(name.toWellFormed());
  return markup`<li><a href="/probe?target=${target}">${name}</a></li>`;
}

function othersText(patterns: number): string {
  if (patterns === 0) return "No other target is allowed.";
  return `Further targets are allowed by ${patterns} ${patterns === 1 ? "pattern" : "patterns"}.`;
}
