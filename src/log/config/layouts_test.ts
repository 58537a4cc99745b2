import assert from "node:assert/strict";
import fc from "fast-check";
import type { EngineEvent } from "./engine_event.ts";
import { configureLines, createTestingHost, TEST_TIME, testEvent } from "./testing_host.ts";
import { Diagnostics } from "./diagnostics.ts";
import { parsePattern, renderPattern } from "./pattern.ts";
import type { LogEvent } from "../types.ts";

const CONSOLE = [
  "log4cplus.rootLogger = TRACE, c",
  "log4cplus.appender.c = log4cplus::ConsoleAppender",
];

/** What one event looks like through the given layout lines, and what the engine said about them. */
function show(layout: readonly string[], changes: Partial<LogEvent> = {}) {
  const host = createTestingHost();
  const lines = layout.map((line) => `log4cplus.appender.c.layout${line}`);
  const { sink } = configureLines(host, [...CONSOLE, ...lines]);
  sink.log({ ...testEvent(host, "Requesting Association"), ...changes });
  return { text: host.out, said: host.err };
}

function pattern(text: string, changes: Partial<LogEvent> = {}) {
  return show([" = log4cplus::PatternLayout", `.ConversionPattern = ${text}`], changes);
}

Deno.test("PatternLayout prints every conversion", () => {
  const { text, said } = pattern(
    "%p|%P|%c|%c{1}|%c{2}|%c{9}|%c{x}|%i|%t|%T|%h|%H|%r|%x|%X|%X{k}|%%|%m|%n",
  );
  assert.equal(
    text,
    "INFO|I|dcmtk.apps.echoscu|echoscu|apps.echoscu|dcmtk.apps.echoscu|dcmtk.apps.echoscu|4242|" +
      "140000000004242|4242|vm|vm.example.org|17||||%|Requesting Association|\n",
  );
  assert.equal(said, "");
});

Deno.test("PatternLayout prints positions, and colon or nothing where there is none", () => {
  const all = "%F|%b|%L|%l|%M%n";
  assert.equal(
    pattern(all).text,
    "./dcmnet/apps/echoscu.cc|echoscu.cc|392|./dcmnet/apps/echoscu.cc:392|int main(int, char**)\n",
  );
  assert.equal(pattern(all, { text: "unknown" }).text, "|||:|\n");
  const position = { file: "a/b.cc", line: 7, function: "void f()" };
  assert.equal(pattern(all, { position }).text, "a/b.cc|b.cc|7|a/b.cc:7|void f()\n");
});

Deno.test("PatternLayout prints local time for D and UTC for d", () => {
  const time = TEST_TIME + 827.852;
  assert.equal(
    pattern("%d|%D|%d{}|%D{%H:%M %Z}|%d{%Z}|%20D{%q}|%-6d{%q}|", { time }).text,
    "2026-11-23 07:54:00|2026-11-23 02:54:00|2026-11-23 07:54:00|02:54 EST|GMT|" +
      `${"827".padStart(20)}|827   |`,
  );
});

Deno.test("PatternLayout keeps the right end and then pads no more", () => {
  assert.equal(
    pattern("[%6p][%-6p][%06p][%.2p][%6.3p][%-6.3p][%.0m][%--6p][%.10m]").text,
    "[  INFO][INFO  ][  INFO][FO][NFO][NFO][][INFO  ][ssociation]",
  );
});

Deno.test("PatternLayout counts bytes", () => {
  assert.equal(
    pattern("[%.3m][%5m]", { text: "äöü" }).text,
    "[\u00b6\u00c3\u00bc][\u00c3\u00a4\u00c3\u00b6\u00c3\u00bc]",
  );
});

Deno.test("PatternLayout prints the bytes of words that are not UTF-8", () => {
  assert.equal(pattern("%m", { text: "a\udce4b" }).text, "a\u00e4b");
  assert.equal(pattern("\u00e4%m\u00fc", { text: "" }).text, "\u00e4\u00fc");
});

Deno.test("PatternLayout prints what is not a conversion and says where", () => {
  const { text, said } = pattern("%m%5k %.x %5-p %m%5%n%-%|%5");
  assert.equal(text, "Requesting Association%5k %.x %5-p Requesting Association%5%n%-%|%5");
  assert.equal(
    said,
    [
      "Unexpected char [k] at position 5 in conversion pattern.",
      'Error occurred in position 9.\n Was expecting digit, instead got char "x".',
      "Unexpected char [-] at position 13 in conversion pattern.",
      "Unexpected char [%] at position 20 in conversion pattern.",
      "Unexpected char [%] at position 24 in conversion pattern.",
    ].map((line) => `log4cplus:ERROR ${line}\n`).join(""),
  );
});

Deno.test("PatternLayout loses the rest after an open brace", () => {
  const { text, said } = pattern("%m|%c{1|%p%n");
  assert.equal(text, "Requesting Association|dcmtk.apps.echoscu");
  assert.match(said, /No matching '}' found in conversion pattern string "%m\|%c\{1\|%p%n"/);
});

Deno.test("PatternLayout takes braces only after codes that have options", () => {
  assert.equal(pattern("%p{1}%m{2}").text, "INFO{1}Requesting Association{2}");
});

Deno.test("PatternLayout applies the whole pattern to every line, and %T only to whole messages", () => {
  assert.equal(
    pattern("%P[%T]: %m%n", { text: "a\n\nb\n" }).text,
    "I[]: a\nI[]: \nI[]: b\nI[]: \n",
  );
  const once = show([
    " = log4cplus::PatternLayout",
    ".ConversionPattern = %P[%T]: %m%n",
    ".FormatEachLine = 0",
  ], { text: "a\nb" });
  assert.equal(once.text, "I[4242]: a\nb\n");
});

Deno.test("PatternLayout survives an empty pattern, the old property and none", () => {
  assert.deepEqual(pattern(""), {
    text: "Requesting Association",
    said: "log4cplus:WARN PatternLayout pattern is empty.  Using default...\n",
  });
  const old = show([" = log4cplus::PatternLayout", ".Pattern = %p"]);
  assert.equal(old.text, "INFO");
  assert.match(
    old.said,
    /^log4cplus:WARN PatternLayout- the "Pattern" property has been deprecated\. {2}Use/,
  );
  const none = show([" = log4cplus::PatternLayout"]);
  assert.equal(none.text, "INFO - Requesting Association\n");
  assert.equal(none.said.split("\n").length, 3);
});

Deno.test("SimpleLayout and TTCCLayout write a message once, however many lines it has", () => {
  assert.equal(show([" = log4cplus::SimpleLayout"], { text: "a\nb" }).text, "INFO - a\nb\n");
  assert.equal(
    show([" = log4cplus::TTCCLayout"], { text: "a\nb" }).text,
    "17 [140000000004242] INFO dcmtk.apps.echoscu <> - a\nb\n",
  );
});

Deno.test("TTCCLayout prints a date in local time or UTC when it is given a format", () => {
  const dated = [" = log4cplus::TTCCLayout", ".DateFormat = %H:%M:%S.%q"];
  assert.match(show(dated).text, /^02:54:00\.000 \[/);
  assert.match(show([...dated, ".Use_gmtime = TRUE"]).text, /^07:54:00\.000 \[/);
});

Deno.test("a layout that cannot be made leaves the simple one and takes threshold and filters with it", () => {
  const host = createTestingHost();
  const { sink } = configureLines(host, [
    ...CONSOLE,
    "log4cplus.appender.c.layout = PatternLayout",
    "log4cplus.appender.c.Threshold = OFF",
    "log4cplus.appender.c.filters.1 = log4cplus::spi::DenyAllFilter",
    "log4cplus.appender.c.logToStdErr = true",
  ]);
  sink.log(testEvent(host, "a"));
  assert.equal(host.err, 'log4cplus:ERROR Cannot find LayoutFactory: "PatternLayout"\nINFO - a\n');
});

Deno.test("parsePattern() keeps every text without percent signs and never throws", () => {
  const host = createTestingHost();
  const context = { host, diagnostics: new Diagnostics(host) };
  const event: EngineEvent = {
    logger: "a.b",
    level: 0,
    levelName: "TRACE",
    message: "m",
    isPiece: false,
    time: TEST_TIME,
    position: undefined,
  };
  fc.assert(fc.property(fc.string({ unit: "binary-ascii" }), (text) => {
    const plain = text.replaceAll("%", "");
    assert.equal(renderPattern(parsePattern(plain, context), event), plain);
    renderPattern(parsePattern(text, context), event);
  }));
});
