import assert from "node:assert/strict";
import { NOTIFY_FORMATS, type NotifyFormat } from "../common/choices.ts";
import type { NoticeEvent } from "../report/mod.ts";
import { noticeOf } from "./notice.ts";
import { happened } from "./testing.ts";
import { webMessage } from "./web_formats.ts";

const URL_OF = "https://host.example/a/topic?auth=x";

function made(
  format: NotifyFormat,
  events: readonly NoticeEvent[],
  url = URL_OF,
  // deno-lint-ignore no-explicit-any -- each format has its own
): { readonly url: string; readonly text: string; readonly value: any } {
  const summary = { total: 1, passed: 0, failed: 1, skipped: 0 };
  const notice = noticeOf(events, { program: "echoscu 0.1.0", machine: "vm", site: "S", summary });
  const { url: to, body } = webMessage(notice, { format, url, offsetMinutes: () => 60 });
  return { url: to, text: body, value: JSON.parse(body) };
}

const DOWN = happened("Archive", "down", {
  reason: "nobody listens",
  hint: "start it",
  contact: "4711",
  host: "10.1.2.3",
  port: 104,
  calledAeTitle: "ARCHIVE",
  text: "Archive down (2 checks in a row): nobody listens",
});

const HOSTILE = "<!channel> @everyone *b* `c` [l](http://x) & | \\";

Deno.test("the text of every chat format says who, why, where, since when, what to try, whom to call", () => {
  for (const format of ["slack", "mattermost", "teams", "discord", "ntfy"] as const) {
    const { text } = made(format, [DOWN]);
    const plain = text.replaceAll(/\\\\/g, "");
    for (
      const part of [
        "S: Archive down (2 checks in a row): nobody listens",
        "10.1.2.3 104, AE title ARCHIVE, down since 2026-01-31 09:00:00 +01:00",
        "Try: start it",
        "Contact: 4711",
      ]
    ) assert.ok(plain.includes(part), `${format}: ${part}: ${text}`);
  }
});

Deno.test("names and texts of peers are no markup and call nobody", () => {
  const events = [{ ...DOWN, text: HOSTILE, hint: HOSTILE, contact: HOSTILE }];
  const slack = made("slack", events);
  assert.doesNotMatch(slack.text, /<|>/);
  assert.match(slack.text, /&lt;!channel&gt;/);
  for (const part of slack.value.blocks) assert.equal(part.text.type, "plain_text");
  const discord = made("discord", events).value;
  assert.deepEqual(discord.allowed_mentions, { parse: [] });
  for (
    const text of [
      discord.embeds[0].description,
      made("mattermost", events).value.attachments[0].text,
    ]
  ) {
    assert.doesNotMatch(text, /@everyone/);
    assert.doesNotMatch(text, /(?<!\\)[*`[\]|]/);
  }
  const card = made("teams", events).value.attachments[0].content;
  for (const block of card.body) assert.equal(block.type, "RichTextBlock");
  assert.equal(card.body[1].inlines[0].text, HOSTILE);
});

Deno.test("500 peers that go down for one reason are one paragraph, and no message is larger than its system takes", () => {
  const many = Array.from({ length: 500 }, (_, at) => ({
    ...DOWN,
    name: `${"M".repeat(300)} ${at}`,
    text: "x".repeat(600),
    hint: "h".repeat(600),
  }));
  const apart = many.map((one, at) => ({ ...one, reason: `${"r".repeat(500)} ${at}` }));
  for (const events of [many, apart]) {
    for (const { text } of made("slack", events).value.blocks) assert.ok(text.text.length <= 3000);
    const [embed] = made("discord", events).value.embeds;
    assert.ok(embed.title.length <= 256 && embed.description.length <= 4096);
    assert.ok(new TextEncoder().encode(made("teams", events).text).length < 28_000);
    assert.ok(new TextEncoder().encode(made("ntfy", events).value.message).length <= 4096);
    assert.ok(made("mattermost", events).value.attachments[0].text.length < 16_000);
  }
  assert.match(
    made("discord", many).value.embeds[0].description,
    /^500 down: nobody listens\n.*and 470 more\n/,
  );
  assert.match(made("teams", apart).text, /\.\.\. and 4\d\d more/);
});

Deno.test("where names have no room for all of them, as many as have are named, and why it happens is said", () => {
  const many = Array.from(
    { length: 30 },
    (_, at) => ({ ...DOWN, name: `${"N".repeat(56)} ${at}` }),
  );
  const { message } = made("ntfy", many).value;
  assert.match(
    message,
    /^30 down: nobody listens\n(?:N+ \d+, ){10,}and \d+ more\nTry: start it\nContact: 4711$/,
  );
});

Deno.test("an event and its end are one alert to Alertmanager", () => {
  const up = {
    ...happened("Archive", "up"),
    host: "10.1.2.3",
    port: 104,
    at: "2026-01-31T09:00:00.000Z",
  };
  const down = made("alertmanager", [DOWN], "http://localhost:9093/am/").value[0];
  const { url, value } = made("alertmanager", [up], "http://localhost:9093/api/v2/alerts");
  assert.deepEqual(value[0].labels, down.labels);
  assert.deepEqual(down.labels, {
    alertname: "DicomPeerNotAsExpected",
    job: "echoscu",
    instance: "10.1.2.3:104",
    name: "Archive",
    site: "S",
    severity: "warning",
  });
  assert.equal(value[0].endsAt, up.at);
  assert.ok(Date.parse(down.endsAt) > Date.parse(DOWN.at));
  assert.equal(down.startsAt, DOWN.since);
  assert.equal(url, "http://localhost:9093/api/v2/alerts");
  assert.equal(
    made("alertmanager", [up], "http://localhost:9093/am/").url,
    "http://localhost:9093/am/api/v2/alerts",
  );
});

Deno.test("ntfy gets JSON at the server, with the topic of the address", () => {
  const { url, value } = made("ntfy", [{ ...DOWN, severity: "critical" }]);
  assert.equal(url, "https://host.example/a/?auth=x");
  assert.deepEqual([value.topic, value.priority], ["topic", 5]);
  assert.equal(made("ntfy", [DOWN], "https://ntfy.sh/t%C3%BCr/").url, "https://ntfy.sh/");
});

Deno.test("every format is JSON without characters that could move a cursor", () => {
  for (const format of NOTIFY_FORMATS) {
    const { text } = made(format, [{ ...DOWN, text: "a\u202eb\u001b[31m\ud800" }]);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(text, /[\u0000-\u001f\u202e]/, format);
  }
});
