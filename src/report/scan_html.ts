/** A scan as a page: one file, no script, nothing from elsewhere, as the report of checks. */

import { htmlPage } from "./html_page.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import type { ScanDocument } from "./scan_schema.ts";
import { EXTENSIONS, FITS, nameText, untilText, yesNo } from "./scan_text.ts";
import { hostAndPort } from "../common/host.ts";
import { durationText } from "./values.ts";

/** The page of a scan. */
export function scanHtml(scan: ScanDocument): string {
  const title = `TLS of ${hostAndPort(scan)}`;
  return htmlPage(title, {
    program: scan.program,
    head: markup`<p class="soft">${
      scan.startedAt.replace("T", " ").slice(0, 19)
    } UTC, ${scan.connections} connections in ${durationText(scan.elapsedMs)}</p>
${origin(scan)}`,
    main: markup`${verdict(scan)}
${scan.speaks === "tls" ? sections(scan) : undefined}`,
  });
}

function sections(scan: ScanDocument): Content {
  return [commands, audit, profiles, facts, versions, certificates].map((section) => section(scan));
}

function origin({ operator, machine, commit }: ScanDocument): Markup {
  return list([["operator", operator], ["machine", machine], ["commit", commit]]);
}

function list(rows: readonly (readonly [string, Content])[]): Markup {
  const known = rows.filter(([, value]) => value !== undefined);
  return markup`<dl>${
    known.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>\n`)
  }</dl>`;
}

function verdict({ verdict, usable, complete }: ScanDocument): Markup {
  const badge = usable ? "✓ usable" : "✗ not usable";
  const end = complete
    ? undefined
    : markup`<p class="what">Incomplete: not everything was asked.</p>`;
  return markup`<article class="card ${usable ? "passed" : "failed"}">
<div class="head"><span class="badge">${badge}</span></div>
<p class="what">${verdict}</p>${end}
</article>`;
}

function commands({ commands }: ScanDocument): Markup {
  const items = commands.map(({ client, line, needs }) =>
    markup`<article class="card passed"><div class="head"><h3>${
      client === "dcmtk" ? "DCMTK's echoscu" : "this echoscu"
    }</h3></div><p><code>${line}</code></p>${
      needs.map((need) => markup`<p class="hint"><b>needs</b> ${need}</p>`)
    }</article>\n`
  );
  return markup`<section><h2>What connects</h2>\n${
    items.length === 0 ? markup`<p>Nothing that we know.</p>` : items
  }</section>`;
}

const TONES = { must: "failed", should: "skipped", note: "" } as const;

function audit({ audit }: ScanDocument): Markup {
  if (audit.length === 0) {
    return markup`<section><h2>What an auditor would say</h2><p>Nothing.</p></section>`;
  }
  const rows = audit.map(({ weight, text, reference }) =>
    markup`<tr class="${
      TONES[weight]
    }"><td class="verdict"><span class="badge">${weight}</span></td><td>${text}</td><td>${reference}</td></tr>\n`
  );
  return markup`<section><h2>What an auditor would say</h2>
${table(["Weight", "What", "Where it is written"], rows)}</section>`;
}

const FIT_TONES = { fits: "passed", connects: "skipped", no: "failed" } as const;

function profiles({ profiles }: ScanDocument): Markup {
  const rows = profiles.map(({ short, name, fits, why }) =>
    markup`<tr class="${FIT_TONES[fits]}"><td class="verdict"><span class="badge">${
      FITS[fits]
    }</span></td><td><code>${short}</code> ${name}</td><td>${why}</td></tr>\n`
  );
  return markup`<section><h2>Profiles of DICOM</h2>
${table(["Fits", "Profile", "Why"], rows)}</section>`;
}

function table(heads: readonly string[], rows: readonly Markup[]): Markup {
  return markup`<table><colgroup><col class="verdict"><col><col></colgroup><thead><tr>${
    heads.map((head) => markup`<th scope="col">${head}</th>`)
  }</tr></thead><tbody>
${rows}</tbody></table>`;
}

function facts(scan: ScanDocument): Markup {
  const { clientCertificate: { wanted, authorities }, extensions } = scan;
  return markup`<section><h2>What it does</h2>${
    list([
      ["client certificate", wanted],
      ["accepted CAs", authorities.length === 0 ? undefined : lines(authorities)],
      ["server name", nameText(scan.serverName)],
      [
        "signature schemes",
        scan.signatureSchemes.length === 0 ? undefined : scan.signatureSchemes.join(", "),
      ],
      ["DH primes", scan.dhBits.length === 0 ? undefined : `${scan.dhBits.join(", ")} bits`],
      ...EXTENSIONS.map(([key, label]) => [label, yesNo(extensions[key])] as const),
    ])
  }</section>`;
}

function lines(texts: readonly string[]): Content {
  return texts.map((text, at) => at === 0 ? text : markup`<br>${text}`);
}

function versions({ versions }: ScanDocument): Markup {
  const items = versions.map(({ version, offered, refusal, suites, groups, order }) =>
    offered
      ? markup`<article class="card"><div class="head"><h3>${version}</h3><span class="soft">${
        order === undefined
          ? undefined
          : order === "server"
          ? "in the server's order"
          : "the client's order counts"
      }</span></div>${
        list([
          ["cipher suites", lines(suites.map(({ code, name }) => `${code} ${name}`))],
          ["groups", groups.length === 0 ? undefined : groups.join(", ")],
        ])
      }</article>\n`
      : markup`<p class="soft">${version}: no${refusal === undefined ? "" : ` (${refusal})`}</p>\n`
  );
  return markup`<section><h2>Versions</h2>\n${items}</section>`;
}

function certificates({ chains }: ScanDocument): Markup {
  const items = chains.map(({ versions, certificates, trusted, distrust }) =>
    markup`<article class="card ${trusted === false ? "failed" : ""}"><div class="head"><h3>${
      versions.join(", ")
    }</h3><span class="soft">${
      trusted === undefined ? undefined : trusted ? "trusted" : `not trusted: ${distrust ?? ""}`
    }</span></div>${
      certificates.map((one, at) =>
        markup`<section class="${at === 0 ? "" : "more"}">${
          list([
            ["subject", one.subject],
            ["issuer", one.isSelfSigned ? "itself" : one.issuer],
            ["for", one.hostNames.length === 0 ? undefined : one.hostNames.join(", ")],
            ["key", `${one.publicKey}, signed with ${one.signatureAlgorithm}`],
            ["until", untilText(one)],
            ["SHA-256", markup`<code>${one.sha256}</code>`],
          ])
        }</section>`
      )
    }</article>\n`
  );
  return markup`<section><h2>Certificates</h2>\n${items}</section>`;
}
