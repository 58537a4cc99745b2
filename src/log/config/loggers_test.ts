import assert from "node:assert/strict";
import { toBytes } from "./byte_text.ts";
import { configureLogging } from "./mod.ts";
import { configureLines, createTestingHost, testEvent } from "./testing_host.ts";
import type { LogLevel } from "../types.ts";

/** A console appender that prints its own name with every message. */
function named(name: string): string[] {
  const at = `log4cplus.appender.${name}`;
  return [
    `${at} = log4cplus::ConsoleAppender`,
    `${at}.layout = log4cplus::PatternLayout`,
    `${at}.layout.ConversionPattern = ${name}:%m%n`,
  ];
}

function start(...lines: string[]) {
  const host = createTestingHost();
  const setup = configureLines(host, [...lines, ...named("a"), ...named("b")]);
  const log = (logger: string, level: LogLevel, text = "x") =>
    setup.sink.log({ logger, level, text, time: host.time });
  return { host, log, ...setup };
}

Deno.test("an event passes by the level of the nearest logger that has one", () => {
  const { sink } = start(
    "log4cplus.rootLogger = WARN, a",
    "log4cplus.logger.dcmtk = debug",
    "log4cplus.logger.dcmtk.dcmnet = INHERITED",
    "log4cplus.logger.dcmtk.apps = Fatal",
    "log4cplus.logger.dcm = TRACE",
  );
  assert.equal(sink.isEnabled("root", "info"), false);
  assert.equal(sink.isEnabled("root", "warn"), true);
  assert.equal(sink.isEnabled("other.name", "info"), false);
  assert.equal(sink.isEnabled("dcmtk.dcmnet", "debug"), true);
  assert.equal(sink.isEnabled("dcmtk.dcmnet", "trace"), false);
  assert.equal(sink.isEnabled("dcmtk.apps.echoscu", "error"), false);
  assert.equal(sink.isEnabled("dcmtkx", "debug"), false);
});

Deno.test("an event goes to its own appenders first, then to those above, whatever their level", () => {
  const { host, log } = start(
    "log4cplus.rootLogger = FATAL, a",
    "log4cplus.logger.dcmtk.apps = INFO, b, a, b",
  );
  log("dcmtk.apps.echoscu", "info");
  assert.equal(host.out, "b:x\na:x\na:x\n");
});

Deno.test("a logger that is not additive keeps its events to itself", () => {
  const { host, log } = start(
    "log4cplus.rootLogger = INFO, a",
    "log4cplus.logger.dcmtk = INHERITED, b",
    "log4cplus.additivity.dcmtk = FALSE",
    "log4cplus.additivity.dcmtk.apps = maybe",
  );
  log("dcmtk.apps.echoscu", "info");
  assert.equal(host.out, "b:x\n");
});

Deno.test("an event without any appender is complained of once", () => {
  const { host, log } = start("log4cplus.rootLogger = INFO");
  log("dcmtk.dcmnet", "info");
  log("dcmtk.apps.echoscu", "info");
  assert.equal(
    host.err,
    "log4cplus:ERROR No appenders could be found for logger (dcmtk.dcmnet).\n" +
      "log4cplus:ERROR Please initialize the log4cplus system properly.\n",
  );
});

Deno.test("a logger line drops blanks but not tabs, and names unknown appenders", () => {
  const { host, log } = start("log4cplus.rootLogger = I N F O,,\ta, a,,A,", "log4cplus.logger. =");
  log("dcmtk.apps.echoscu", "info");
  assert.equal(host.out, "a:x\n");
  const place = "log4cplus:ERROR PropertyConfigurator::configureLogger()- ";
  assert.equal(
    host.err,
    `${place}Invalid appender: \ta\n${place}Invalid appender: A\n` +
      `${place}Invalid config string(Logger = root): ""\n`,
  );
});

Deno.test("a root logger without any text stays at INFO on standard error", () => {
  const { host, log } = start("log4cplus.rootLogger =");
  log("dcmtk.apps.echoscu", "debug", "no");
  log("dcmtk.apps.echoscu", "info", "one\ntwo");
  assert.match(host.err, /Invalid config string\(Logger = root\): ""\nI: one\nI: two\n$/);
});

Deno.test("a logger with an empty name is the root logger, one called root is not", () => {
  const { host, log } = start(
    "log4cplus.rootLogger = WARNING, a",
    "log4cplus.logger. = FATAL, b",
    "log4cplus.logger.root = TRACE, a",
  );
  log("root", "info");
  log("root", "fatal");
  assert.equal(host.out, "b:x\n");
});

Deno.test("an unconditional event passes all levels but no threshold", () => {
  const { host, sink } = start(
    "log4cplus.rootLogger = OFF, a, b",
    "log4cplus.appender.b.Threshold = WARN",
  );
  sink.log({ logger: "root", level: "info", text: "calling\n", time: 0, unconditional: true });
  assert.equal(host.out, "a:calling\na:\n");
});

Deno.test("an unknown level of the root logger is refused before any file is touched (D8)", () => {
  for (const level of ["INHERITED", "WARNING", "", "20000", "notset"]) {
    const host = createTestingHost();
    const lines = [
      `log4cplus.rootLogger = ${level},f`,
      "log4cplus.appender.f = log4cplus::FileAppender",
      "log4cplus.appender.f.File = f.log",
    ];
    assert.deepEqual(configureLogging(toBytes(lines.join("\n")), host), {
      kind: "refused",
      message: "Specified --log-config file sets log4cplus.rootLogger to the unknown level " +
        `"${level}" (known: OFF FATAL ERROR WARN INFO DEBUG TRACE ALL)`,
    });
    assert.deepEqual(host.files.contents(), {});
  }
});

Deno.test("what else ends the reference is refused with the name of the setting (D8)", () => {
  const refusal = (...lines: string[]) => {
    const file = ["log4cplus.rootLogger = INFO, x", ...lines].join("\n");
    const setup = configureLogging(toBytes(file), createTestingHost());
    return setup.kind === "refused" ? setup.message : "";
  };
  assert.match(
    refusal("log4cplus.appender.x = log4cplus::AsyncAppender"),
    /does not say which appender belongs to log4cplus\.appender\.x$/,
  );
  assert.match(
    refusal(
      "log4cplus.appender.x = log4cplus::AsyncAppender",
      "log4cplus.appender.x.Appender = log4cplus::AsyncAppender",
    ),
    /belongs to log4cplus\.appender\.x\.Appender$/,
  );
  const layout = "log4cplus.appender.x.layout";
  assert.match(refusal(`${layout}.ConversionPattern = %m%5D{%}`), /date without any text/);
  assert.match(refusal(`${layout}.DateFormat = %`), /date without any text/);
  assert.equal(refusal(`${layout}.ConversionPattern = %%D{%}%D{%%}`), "");
});

Deno.test("the quiet mode follows the root level and silences the engine", () => {
  assert.equal(start("log4cplus.rootLogger = ERROR, a").quiet, false);
  for (const level of ["FATAL", "OFF"]) {
    const { quiet, host, log } = start(
      `log4cplus.rootLogger = ${level}`,
      "log4cplus.quietMode = 0",
    );
    assert.equal(quiet, true);
    log("dcmtk.apps.echoscu", "fatal");
    assert.equal(host.err, "");
  }
});

Deno.test("quietMode hides what is said while configuring, also by the environment", () => {
  const { host, log } = start("log4cplus.quietMode = true", "log4cplus.rootLogger = INFO, nobody");
  log("dcmtk.apps.echoscu", "info");
  assert.match(host.err, /^log4cplus:ERROR No appenders/);
  const other = createTestingHost();
  other.environment.set("DCMTK_LOG4CPLUS_LOGLOG_QUIETMODE", "1");
  configureLines(other, ["log4cplus.rootLogger = INFO, nobody"]);
  assert.equal(other.err, "");
});

Deno.test("configDebug reports on standard output what becomes of appenders", async () => {
  const host = createTestingHost();
  const { sink } = configureLines(host, [
    "log4cplus.configDebug = 1",
    "log4cplus.rootLogger = INFO, a, n",
    "log4cplus.logger.dcmtk = INFO, a, r",
    ...named("a"),
    "log4cplus.appender.n = log4cplus::NullAppender",
    "log4cplus.appender.unused1 = log4cplus::NullAppender",
    "log4cplus.appender.unused2 = log4cplus::ConsoleAppender",
    "log4cplus.appender.r = log4cplus::RollingFileAppender",
    "log4cplus.appender.r.File = r.log",
  ]);
  const configured = host.out;
  await sink.close();
  const console = "log4cplus: Entering ConsoleAppender::close()..\n";
  const destroy = (name: string) => `log4cplus: Destroying appender named [${name}].\n`;
  assert.equal(
    configured,
    "log4cplus: Just opened file: r.log\n" + destroy("") + console + destroy("unused2") + console +
      destroy("unused1"),
  );
  assert.equal(
    host.out.slice(configured.length),
    console + destroy("n") + console + destroy("a") + destroy("r") + destroy("r"),
  );
});

Deno.test("a closed sink drops events and closes once", async () => {
  const { host, sink } = start("log4cplus.rootLogger = INFO, a");
  await sink.close();
  await sink.close();
  sink.log(testEvent(host, "late"));
  assert.equal(host.out, "");
});
