/** Notices as servers want them that take messages by HTTP POST. */

import type { NotifyFormat } from "../common/choices.ts";
import { jsonText } from "../common/visible.ts";
import type { NoticeDocument, NoticeEvent } from "../report/mod.ts";
import { type ChatLook, type ChatText, chatText } from "./chat_text.ts";

/** What is posted. */
export interface WebMessage {
  /** Where to; as secret as the target is. */
  readonly url: string;
  /** JSON. */
  readonly body: string;
}

/** `notice` for a server that understands `format`. */
export function webMessage(
  notice: NoticeDocument,
  { format, url, offsetMinutes }: Pick<ChatLook, "offsetMinutes"> & {
    readonly format: NotifyFormat;
    readonly url: string;
  },
): WebMessage {
  const { to = url, body } = MAKERS[format](notice, { url, offsetMinutes });
  return { url: to, body: jsonText(body) };
}

/** What a message is made with, besides the notice. */
interface Given {
  readonly url: string;
  readonly offsetMinutes: ChatLook["offsetMinutes"];
}

/** Makes the value that is posted, and where to if that is not the address itself. */
type Maker = (
  notice: NoticeDocument,
  given: Given,
) => { readonly to?: string; readonly body: unknown };

const MAKERS: Readonly<Record<NotifyFormat, Maker>> = {
  json: (body) => ({ body }),
  slack: (notice, given) => ({ body: slack(notice, given) }),
  mattermost: (notice, given) => ({ body: mattermost(notice, given) }),
  teams: (notice, given) => ({ body: teams(notice, given) }),
  discord: (notice, given) => ({ body: discord(notice, given) }),
  ntfy,
  alertmanager,
};

const COLORS: Readonly<Record<ChatText["tone"], number>> = { bad: 0xd13438, good: 0x107c41 };

function colorOf({ tone }: ChatText): string {
  return `#${COLORS[tone].toString(16).padStart(6, "0")}`;
}

/** What Slack reads as control characters. */
function inSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** What Markdown reads as markup; the blank of no width keeps an @ from calling people. */
function inMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]~|>]/g, "\\$&").replace(/^[#+-]/, "\\$&").replaceAll(
    "@",
    "@\u200b",
  );
}

function asIs(text: string): string {
  return text;
}

/** Plain text in blocks: nothing in it is markup, and a section holds 3000 characters. */
function slack(notice: NoticeDocument, { offsetMinutes }: Given): unknown {
  const chat = chatText(notice, { most: 2600, escape: inSlack, offsetMinutes });
  const text = (text: string) => ({ type: "plain_text", text, emoji: false });
  return {
    text: chat.title,
    blocks: [
      { type: "section", text: text(chat.title) },
      { type: "section", text: text(chat.lines.join("\n")) },
    ],
  };
}

function mattermost(notice: NoticeDocument, { offsetMinutes }: Given): unknown {
  const chat = chatText(notice, { most: 6000, escape: inMarkdown, offsetMinutes });
  const { title, lines } = chat;
  return {
    attachments: [{ fallback: title, color: colorOf(chat), title, text: lines.join("\n") }],
  };
}

/** An adaptive card as workflows ("when a webhook request is received") post it; text runs know no markup. */
function teams(notice: NoticeDocument, { offsetMinutes }: Given): unknown {
  const { title, tone, lines } = chatText(notice, { most: 8000, escape: asIs, offsetMinutes });
  const paragraph = (text: string, look: object) => ({
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text, ...look }],
  });
  const color = tone === "bad" ? "attention" : "good";
  return {
    type: "message",
    attachments: [{
      contentType: "application/vnd.microsoft.card.adaptive",
      contentUrl: null,
      content: {
        $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
        type: "AdaptiveCard",
        version: "1.4",
        msteams: { width: "Full" },
        fallbackText: title,
        body: [
          paragraph(title, { weight: "bolder", color }),
          ...lines.map((line) => ({ ...paragraph(line, {}), spacing: "small" })),
        ],
      },
    }],
  };
}

/** A title has 256 characters, a description 4096. */
function discord(notice: NoticeDocument, { offsetMinutes }: Given): unknown {
  const { title, tone, lines } = chatText(notice, {
    most: 3500,
    escape: inMarkdown,
    offsetMinutes,
  });
  const embed = { title: title.slice(0, 256).toWellFormed(), color: COLORS[tone] };
  return {
    embeds: [{ ...embed, description: lines.join("\n") }],
    allowed_mentions: { parse: [] },
  };
}

const PRIORITIES = { critical: 5, warning: 4, info: 3 } as const;

/** The topic is the last part of the address; JSON goes to the server itself. A message has 4096 bytes. */
function ntfy(notice: NoticeDocument, { url, offsetMinutes }: Given): ReturnType<Maker> {
  const { title, lines } = chatText(notice, { most: 1300, escape: asIs, offsetMinutes });
  const whole = new URL(url);
  const topic = whole.pathname.split("/").findLast((part) => part !== "") ?? "";
  const server = new URL(whole.pathname.endsWith("/") ? ".." : ".", whole);
  server.search = whole.search;
  const message = lines.join("\n");
  return {
    to: server.href,
    body: { topic: decoded(topic), title, message, priority: PRIORITIES[notice.severity] },
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** How long an alert goes on of which nothing more is heard: 30 days. */
const ALERT_MS = 2_592_000_000;

const ALERTS_PATH = "/api/v2/alerts";

/** Alerts by the names of those in `docs/monitoring/alerts.yml`. */
function alertmanager(notice: NoticeDocument, { url }: Given): ReturnType<Maker> {
  const to = new URL(url);
  if (!to.pathname.endsWith(ALERTS_PATH)) {
    to.pathname = `${to.pathname.replace(/\/$/, "")}${ALERTS_PATH}`;
  }
  return { to: to.href, body: notice.events.map((event) => alertOf(event, notice)) };
}

function alertOf(event: NoticeEvent, { title, site, machine }: NoticeDocument): unknown {
  const { name, group, tags, host, port, at, since, text, contact, hint, message } = event;
  const isOver = event.event === "up";
  const isCertificate = event.event === "certificate";
  const endsAt = isOver ? at : new Date(Date.parse(at) + ALERT_MS).toISOString();
  return {
    // What is in labels tells one alert from another: it must be the same when the peer comes up.
    labels: given({
      alertname: isCertificate ? "DicomCertificateEnds" : "DicomPeerNotAsExpected",
      job: "echoscu",
      instance: host === undefined || port === undefined ? name : `${host}:${port}`,
      name,
      group,
      site,
      severity: tags.includes("critical") ? "critical" : "warning",
    }),
    annotations: given({ summary: text, description: message, hint, contact, title, machine }),
    ...(isOver ? {} : { startsAt: isCertificate ? at : since }),
    endsAt,
  };
}

function given(members: Readonly<Record<string, string | undefined>>): unknown {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
