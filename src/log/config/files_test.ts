import assert from "node:assert/strict";
import {
  configureLines,
  createTestingHost,
  TEST_TIME,
  testEvent,
  TestingFiles,
} from "./testing_host.ts";

const AT = "log4cplus.appender.f";

/** A host whose root logger has one appender `f` of the given class that prints bare messages. */
function start(className: string, lines: readonly string[], files = new TestingFiles()) {
  const host = createTestingHost({ files });
  const { sink } = configureLines(host, [
    "log4cplus.rootLogger = INFO, f",
    `${AT} = log4cplus::${className}`,
    `${AT}.layout = log4cplus::PatternLayout`,
    `${AT}.layout.ConversionPattern = %m%n`,
    ...lines.map((line) => `${AT}.${line}`),
  ]);
  return { host, files, sink, log: (text: string) => sink.log(testEvent(host, text)) };
}

function withFiles(contents: Readonly<Record<string, string>>): TestingFiles {
  const files = new TestingFiles();
  for (const [name, text] of Object.entries(contents)) {
    const file = files.open(name);
    if ("write" in file) file.write(new TextEncoder().encode(text));
  }
  return files;
}

const FULL = "x".repeat(204_801);

Deno.test("FileAppender empties its file unless told to append", () => {
  const old = { "a.log": "old\n" };
  const first = start("FileAppender", ["File = a.log"], withFiles(old));
  first.log("new");
  assert.deepEqual(first.files.contents(), { "a.log": "new\n" });
  const second = start("FileAppender", ["File = a.log", "Append = 1"], withFiles(old));
  second.log("new");
  assert.deepEqual(second.files.contents(), { "a.log": "old\nnew\n" });
});

Deno.test("FileAppender says once that a file has no name or cannot be opened", () => {
  const nameless = start("FileAppender", ["file = a.log"]);
  nameless.log("a");
  nameless.log("b");
  assert.equal(nameless.host.err, "log4cplus:ERROR Invalid filename\n");
  const missing = start("FileAppender", ["File = missing/a.log", "ReopenDelay = 0"]);
  missing.log("a");
  missing.log("b");
  assert.equal(missing.host.err, "log4cplus:ERROR Unable to open file: missing/a.log\n");
});

Deno.test("FileAppender tries again after its delay and loses what comes before", () => {
  const files = new TestingFiles();
  files.closed.add("a.log");
  const { host, log } = start("FileAppender", ["File = a.log", "ReopenDelay = 5"], files);
  log("lost");
  files.closed.clear();
  host.time += 4999;
  log("lost too");
  host.time += 1;
  log("kept");
  assert.deepEqual(files.contents(), { "a.log": "kept\n" });
});

Deno.test("FileAppender keeps an appended file when it opens it again, and empties another (D51)", () => {
  for (const append of ["true", "false"]) {
    const { files, log, host } = start("FileAppender", [
      "File = a.log",
      "ReopenDelay = 0",
      `Append = ${append}`,
    ]);
    log("first");
    files.full.add(1);
    log("lost");
    files.full.clear();
    log("again");
    assert.deepEqual(files.contents(), {
      "a.log": append === "true" ? "first\nagain\n" : "again\n",
    });
    assert.equal(host.err, "");
  }
});

Deno.test("FileAppender reports a failed write at the next event, or at the end (D50)", async () => {
  const { files, log, host } = start("FileAppender", ["File = a.log"]);
  files.full.add(1);
  log("a");
  assert.equal(host.err, "");
  log("b");
  log("c");
  assert.equal(host.err, "log4cplus:ERROR file is not open: a.log (No space left)\n");
  const last = start("FileAppender", ["File = a.log"]);
  last.files.full.add(1);
  last.log("a");
  await last.sink.close();
  assert.equal(
    last.host.err,
    "log4cplus:ERROR Unable to write to file: a.log (No space left)\n",
  );
});

Deno.test("FileAppender takes and gives back the lock around opening and every write", () => {
  const { files, log } = start("FileAppender", ["File = a.log", "UseLockFile = true"]);
  log("a");
  assert.deepEqual(files.lockLog, ["acquire", "release", "acquire", "release"]);
  assert.deepEqual(files.contents(), { "a.log": "a\n", "a.log.lock": "" });
});

Deno.test("FileAppender writes nothing without the lock file it wants", () => {
  const { host, log, files } = start("FileAppender", [
    "File = a.log",
    "UseLockFile = true",
    "LockFile = missing/lock",
  ]);
  log("a");
  log("b");
  const line = "log4cplus:ERROR could not open or create file missing/lock\n";
  assert.equal(host.err, `${line}${line}log4cplus:ERROR file is not open: a.log\n`);
  assert.deepEqual(files.contents(), {});
});

Deno.test("FileAppender writes on, with one warning, when a lock is never given back (D54)", () => {
  const files = new TestingFiles();
  files.locksTaken = true;
  const { log, host } = start("FileAppender", ["File = a.log", "UseLockFile = true"], files);
  log("a");
  log("b");
  assert.equal(files.contents()["a.log"], "a\nb\n");
  assert.equal(
    host.err,
    "log4cplus:WARN Another process keeps a lock file. Logging goes on without it.\n",
  );
  // Only once is anybody waited for; what is given back later is used again.
  assert.equal(files.waits, 1);
  files.locksTaken = false;
  log("c");
  assert.equal(files.lockLog.at(-1), "release");
});

Deno.test("FileAppender says once that there are no locks, and writes on", () => {
  const files = new TestingFiles();
  files.lockFailure = { code: 5, reason: "Access denied" };
  const { log, host } = start("FileAppender", ["File = a.log", "UseLockFile = true"], files);
  log("a");
  log("b");
  assert.equal(files.contents()["a.log"], "a\nb\n");
  assert.equal(
    host.err,
    "log4cplus:WARN Cannot lock a lock file (Access denied). Logging goes on without it.\n",
  );
});

Deno.test("FileAppender says so when a file cannot be emptied", () => {
  const files = withFiles({ "a.log": "old\n" });
  files.truncateFailure = { code: 13, reason: "Permission denied" };
  const { log, host } = start("FileAppender", ["File = a.log"], files);
  log("a");
  assert.equal(files.contents()["a.log"], "old\na\n");
  assert.equal(
    host.err,
    "log4cplus:ERROR Unable to empty file: a.log (Permission denied)\n",
  );
});

Deno.test("an unknown locale is reported and changes nothing", () => {
  const { host, log, files } = start("FileAppender", ["File = a.log", "Locale = nix"]);
  log("a");
  assert.equal(host.err, "log4cplus:ERROR Failed to create locale nix\n");
  assert.deepEqual(files.contents(), { "a.log": "a\n" });
});

Deno.test("RollingFileAppender rolls over after the event that makes the file too large", () => {
  const old = withFiles({ "r.log": FULL.slice(1), "r.log.1": "1", "r.log.2": "2", "r.log.3": "3" });
  const { files, log } = start("RollingFileAppender", [
    "File = r.log",
    "MaxFileSize = 1KB",
    "MaxBackupIndex = 2",
  ], old);
  assert.equal(files.contents()["r.log"], FULL.slice(1));
  log("a");
  log("b");
  assert.deepEqual(files.contents(), {
    "r.log": "b\n",
    "r.log.1": FULL.slice(1) + "a\n",
    "r.log.2": "1",
    "r.log.3": "3",
  });
});

Deno.test("RollingFileAppender reads sizes with their units", () => {
  const sizes: readonly (readonly [string, number])[] = [
    ["1KB", 204_800],
    ["0", 204_800],
    ["-5MB", 204_800],
    ["text", 204_800],
    ["1M", 204_800],
    ["204801", 204_801],
    ["201 kb", 205_824],
    ["1Mb", 1_048_576],
    ["250000B", 250_000],
    ["", 10_485_760],
  ];
  for (const [value, bytes] of sizes) {
    for (const [size, rolled] of [[bytes - 2, false], [bytes - 1, true]] as const) {
      const files = withFiles({ "r.log": "x".repeat(size) });
      start("RollingFileAppender", ["File = r.log", `MaxFileSize = ${value}`], files).log("a");
      assert.equal("r.log.1" in files.contents(), rolled, `${value}: ${size + 2} bytes`);
    }
  }
});

Deno.test("RollingFileAppender empties a file that cannot be renamed, and says so", () => {
  const files = withFiles({ "r.log": FULL });
  files.fixed.add("r.log");
  const { host, log } = start("RollingFileAppender", ["File = r.log", "MaxFileSize = 1KB"], files);
  log("a");
  assert.equal(host.err, "log4cplus:ERROR Failed to rename file from r.log to r.log.1; error 13\n");
  assert.deepEqual(files.contents(), { "r.log": "" });
});

Deno.test("two RollingFileAppenders on one file destroy nothing of each other", () => {
  const files = new TestingFiles();
  const lines = ["File = r.log", "MaxFileSize = 1KB", "MaxBackupIndex = 9"];
  const one = start("RollingFileAppender", lines, files);
  const two = start("RollingFileAppender", lines, files);
  one.log("one " + FULL);
  two.log("two");
  one.log("one again");
  assert.deepEqual(files.contents(), { "r.log": "two\none again\n", "r.log.1": `one ${FULL}\n` });
});

Deno.test("RollingFileAppender finds the new file also where files have only names", () => {
  const files = new TestingFiles();
  files.hasIdentities = false;
  const lines = ["File = r.log", "MaxFileSize = 1KB", "MaxBackupIndex = 9"];
  const one = start("RollingFileAppender", lines, files);
  const two = start("RollingFileAppender", lines, files);
  one.log("one " + FULL);
  two.log("two");
  one.log("one again");
  assert.deepEqual(files.contents(), { "r.log": "two\none again\n", "r.log.1": `one ${FULL}\n` });
});

Deno.test("RollingFileAppender leaves a file alone that another process keeps, with a warning", () => {
  const files = withFiles({ "r.log": FULL });
  const { host, log } = start("RollingFileAppender", ["File = r.log", "MaxFileSize = 1KB"], files);
  files.locksTaken = true;
  log("a");
  log("b");
  assert.equal(host.err, "log4cplus:WARN Another process keeps r.log from being rolled over.\n");
  assert.equal(files.waits, 1);
  files.locksTaken = false;
  log("c");
  assert.deepEqual(files.contents(), { "r.log": "", "r.log.1": `${FULL}a\nb\nc\n` });
});

Deno.test("RollingFileAppender rolls over without a lock where there are none, and says so once", () => {
  const files = withFiles({ "r.log": FULL });
  files.lockFailure = { code: 95, reason: "Not supported" };
  const { host, log } = start("RollingFileAppender", ["File = r.log", "MaxFileSize = 1KB"], files);
  log("a");
  log(FULL);
  assert.equal(files.contents()["r.log.1"], `${FULL}\n`);
  assert.equal(
    host.err,
    "log4cplus:WARN Cannot lock r.log, which is rolled over without a lock (Not supported)\n",
  );
});

Deno.test("DailyRollingFileAppender rolls over at its time, by the clock of the events", () => {
  const { host, files, log } = start("DailyRollingFileAppender", [
    "File = d.log",
    "Schedule = MINUTELY",
  ]);
  host.time = TEST_TIME + 59_999;
  log("first minute");
  host.time = TEST_TIME + 63_000;
  log("second");
  host.time = TEST_TIME + 122_999;
  log("still the second: periods are not aligned");
  host.time = TEST_TIME + 123_000;
  log("third");
  assert.deepEqual(files.contents(), {
    "d.log": "third\n",
    "d.log.2026-11-23-02-54": "first minute\n",
    "d.log.2026-11-23-02-55": "second\nstill the second: periods are not aligned\n",
  });
});

Deno.test("DailyRollingFileAppender rolls over at its end and keeps older files", async () => {
  const files = withFiles({ "d.log": "old\n" });
  for (const text of ["one", "two", "three"]) {
    const run = start("DailyRollingFileAppender", ["File = d.log", "MaxBackupIndex = 2"], files);
    run.log(text);
    await run.sink.close();
    assert.match(run.host.err, /^log4cplus:WARN Daily.*"Schedule" not valid: \n$/);
  }
  assert.deepEqual(files.contents(), {
    "d.log": "",
    "d.log.2026-11-23": "three\n",
    "d.log.2026-11-23.1": "two\n",
    "d.log.2026-11-23.2": "old\none\n",
  });
});

Deno.test("DailyRollingFileAppender does not roll over again what another process has rolled over", async () => {
  const files = new TestingFiles();
  const one = start("DailyRollingFileAppender", ["File = d.log", "Schedule = daily"], files);
  const two = start("DailyRollingFileAppender", ["File = d.log", "Schedule = daily"], files);
  one.log("one");
  two.log("two");
  await one.sink.close();
  await two.sink.close();
  assert.deepEqual(files.contents(), { "d.log": "", "d.log.2026-11-23": "one\ntwo\n" });
});

Deno.test("DailyRollingFileAppender rolls over once per logger it hangs on", async () => {
  const host = createTestingHost();
  const { sink } = configureLines(host, [
    "log4cplus.rootLogger = INFO, f",
    "log4cplus.logger.dcmtk = INFO, f",
    `${AT} = log4cplus::DailyRollingFileAppender`,
    `${AT}.File = d.log`,
    `${AT}.Schedule = DAILY`,
  ]);
  sink.log({ logger: "other", level: "info", text: "a", time: host.time });
  await sink.close();
  assert.deepEqual(host.files.contents(), {
    "d.log": "",
    "d.log.2026-11-23": "",
    "d.log.2026-11-23.1": "INFO - a\n",
  });
});

Deno.test("DailyRollingFileAppender says at both ends that it has no place to write to", async () => {
  const { sink, host } = start("DailyRollingFileAppender", [
    "File = missing/d.log",
    "Schedule = DAILY",
  ]);
  await sink.close();
  assert.equal(
    host.err,
    "log4cplus:ERROR Unable to open file: missing/d.log\n" +
      "log4cplus:ERROR Failed to open file missing/d.log\n",
  );
  const nameless = start("DailyRollingFileAppender", ["Schedule = DAILY"]);
  await nameless.sink.close();
  assert.equal(
    nameless.host.err,
    "log4cplus:ERROR Invalid filename\nlog4cplus:ERROR Failed to open file \n",
  );
});

Deno.test("an unused appender opens its file all the same", () => {
  const host = createTestingHost();
  configureLines(host, [
    "log4cplus.rootLogger = INFO",
    `${AT} = log4cplus::FileAppender`,
    `${AT}.File = a.log`,
  ]);
  assert.deepEqual(host.files.contents(), { "a.log": "" });
});

Deno.test("AsyncAppender hands events to the appender inside and ignores its own properties", async () => {
  const { host, files, log, sink } = start("AsyncAppender", [
    "Threshold = OFF",
    "Appender = log4cplus::DailyRollingFileAppender",
    "Appender.File = d.log",
    "Appender.Schedule = DAILY",
    "Appender.ImmediateFlush = false",
  ]);
  log("a");
  await sink.close();
  assert.deepEqual(files.contents(), { "d.log": "INFO - a\n" });
  assert.equal(host.err, "");
  const odd = start("AsyncAppender", ["Appender = Nothing"]);
  odd.log("a");
  assert.equal(
    odd.host.err,
    "log4cplus:ERROR AsyncAppender::AsyncAppender() - Cannot find AppenderFactory: Nothing\n",
  );
});
