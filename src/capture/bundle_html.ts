/** A bundle as a page that needs nothing else: no scripts, nothing from elsewhere. */

import { escapeControls, jsonText } from "../common/visible.ts";
import type { Bundle, BundleConversation } from "./bundle.ts";

/** The page. */
export function renderBundleHtml(bundle: Bundle): string {
  const { program, runtime, system, madeAt, exitCode, report, lookups, log } = bundle;
  const cut = bundle.isCut ? "<p>More was sent, came or was logged than is kept.</p>" : "";
  const sections = [
    `<h1>${text(`Support bundle of ${program}`)}</h1>`,
    `<p>${text(`${madeAt}, ${runtime}, ${system}, exit code ${exitCode}`)}${
      bundle.redacted ? ", redacted" : ""
    }</p>${cut}`,
    section("Arguments", bundle.arguments.join(" ")),
    section("Result", bundle.obstacle ?? jsonText(report ?? {}, 2)),
    section("Names", lookups.map(lookupText).join("\n")),
    ...bundle.conversations.map((one) => section(titleOf(one), conversationText(one))),
    section("Log", log.map(({ at, level, text }) => `${at} ${level}: ${text}`).join("\n")),
  ];
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8"><title>echoscu support bundle</title>',
    "<style>body{font-family:sans-serif;margin:2em}pre{white-space:pre-wrap;overflow-wrap:anywhere}</style>",
    "</head><body>",
    ...sections,
    "</body></html>\n",
  ].join("\n");
}

function section(title: string, body: string): string {
  return `<h2>${text(title)}</h2>\n<pre>${text(body)}</pre>`;
}

function lookupText({ host, addresses, error }: Bundle["lookups"][number]): string {
  return `${host}: ${addresses?.join(", ") ?? error ?? ""}`;
}

function titleOf({ number, peer, tls }: BundleConversation): string {
  return `Conversation ${number} with ${peer}${tls ? ", inside TLS" : ""}`;
}

function conversationText({ at, local, remote, pdus, notes }: BundleConversation): string {
  return [
    `${at} ${local.host} port ${local.port} to ${remote.host} port ${remote.port}`,
    ...pdus.map((pdu) =>
      `${pdu.at} ${pdu.direction} ${pdu.type}, ${pdu.length} bytes\n  ${rows(pdu.hex)}`
    ),
    ...notes,
  ].join("\n");
}

/** Digits of a line: 32 bytes. */
const DIGITS_A_LINE = 64;

function rows(hex: string): string {
  const lines = [];
  for (let at = 0; at < hex.length; at += DIGITS_A_LINE) {
    lines.push(hex.slice(at, at + DIGITS_A_LINE));
  }
  return lines.join("\n  ");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function text(value: string): string {
  return value.split("\n").map(escapeControls).join("\n")
    .replace(/[&<>]/g, (one) => ENTITIES[one] ?? one);
}
