import assert from "node:assert/strict";
import type { NoticeEvent } from "../report/mod.ts";
import { noticeOf } from "./notice.ts";
import { counted, localMessage, syslogMessage } from "./syslog.ts";
import { happened } from "./testing.ts";

const SUMMARY = { total: 1, passed: 0, failed: 1, skipped: 0 };

/** Takes a message of RFC 5424 apart, by its grammar. */
function parse(bytes: Uint8Array) {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const head = /^<(\d{1,3})>1 (\S+) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) /.exec(text);
  assert.ok(head, text);
  const [whole, priority, time, host, app, pid, id] = head;
  let at = whole.length;
  const params = new Map<string, string>();
  const [element = "", sdId] = /^\[([^\s=\]"]{1,32})/.exec(text.slice(at)) ?? [];
  assert.ok(element, text.slice(at));
  at += element.length;
  while (text[at] === " ") {
    const [start = "", name = ""] = /^ ([^\s=\]"]{1,32})="/.exec(text.slice(at)) ?? [];
    assert.ok(start);
    at += start.length;
    let value = "";
    for (; text[at] !== '"'; at++) {
      assert.notEqual(text[at], "]");
      if (text[at] === "\\") at++;
      value += text[at];
    }
    at++;
    params.set(name, value);
  }
  assert.equal(text.slice(at, at + 2), "] ");
  return { priority, time, host, app, pid, id, sdId, params, message: text.slice(at + 2) };
}

function message(event: NoticeEvent, machine = "vm"): Uint8Array {
  const notice = noticeOf([event], { program: "echoscu 0.1.0", site: "S", summary: SUMMARY });
  return syslogMessage(event, { notice, machine, pid: 7 });
}

Deno.test("an event is a message of RFC 5424 with its facts as structured data", () => {
  const event = happened("A", "down", {
    text: "A down",
    hint: "start it",
    contact: 'a "b" \\ ]c',
    host: "h",
    port: 104,
    situation: "port-refused",
    downMs: 61_000,
  });
  const { params, ...rest } = parse(message(event));
  assert.deepEqual(rest, {
    priority: "27",
    time: "2026-01-31T08:00:00.000Z",
    host: "vm",
    app: "echoscu",
    pid: "7",
    id: "down",
    sdId: "echoscu@32473",
    message: "A down; try: start it",
  });
  assert.equal(params.get("contact"), 'a "b" \\ ]c');
  assert.equal(params.get("situation"), "port-refused");
  assert.equal(params.get("downSeconds"), "61");
  assert.equal(params.get("site"), "S");
});

Deno.test("severities: critical, error, warning for what is mild, notice for what is good", () => {
  const of = (event: NoticeEvent["event"], severity: NoticeEvent["severity"]) =>
    parse(message(happened("A", event, { severity }))).priority;
  assert.deepEqual(
    [of("down", "critical"), of("down", "warning"), of("certificate", "warning"), of("up", "info")],
    ["26", "27", "28", "29"],
  );
});

Deno.test("text beyond ASCII is marked as UTF-8, and nothing of a peer ends a line or an element", () => {
  const event = happened("R\u00f6ntgen", "down", {
    text: "R\u00f6ntgen\n<0>1 down",
    contact: "\n]",
  });
  const { message: text, params } = parse(message(event, "\u00f6 \u0000"));
  assert.equal(text, "\ufeffR\u00f6ntgen\\x0a<0>1 down");
  assert.equal(params.get("contact"), "\\x0a]");
  assert.equal(parse(message(event, "\u00f6 ")).host, "-");
});

Deno.test("the largest message fits what receivers should take", () => {
  const long = "x".repeat(600);
  const event = happened(long, "down", {
    text: long,
    hint: long,
    contact: "c".repeat(100),
    host: "h".repeat(100),
    callingAeTitle: "A".repeat(16),
    calledAeTitle: "B".repeat(16),
    situation: "s".repeat(40),
  });
  assert.ok(message(event).length <= 2048, `${message(event).length}`);
});

Deno.test("in a stream a message has its length before it, in bytes", () => {
  const bytes = counted(new TextEncoder().encode("\u00f6"));
  assert.equal(new TextDecoder().decode(bytes), "2 \u00f6");
});

Deno.test("the log of this computer gets what the C library sends", () => {
  const time = Date.UTC(2026, 0, 3, 9, 5, 7);
  const bytes = localMessage(happened("A", "up"), { pid: 7, time });
  assert.equal(new TextDecoder().decode(bytes), "<29>Jan  3 09:05:07 echoscu[7]: A up");
});
