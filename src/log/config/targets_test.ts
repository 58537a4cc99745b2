import assert from "node:assert/strict";
import { NAME_NOT_FOUND } from "../host.ts";
import { configureLines, createTestingHost, testEvent, type TestingHost } from "./testing_host.ts";

const AT = "log4cplus.appender.t";
const BARE = ["layout = log4cplus::PatternLayout", "layout.ConversionPattern = %m"];

function start(className: string, lines: readonly string[], changes: Partial<TestingHost> = {}) {
  const host = createTestingHost(changes);
  const { sink } = configureLines(host, [
    "log4cplus.rootLogger = TRACE, t",
    `${AT} = log4cplus::${className}`,
    ...lines.map((line) => `${AT}.${line}`),
  ]);
  return { host, sink };
}

Deno.test("SysLogAppender sends the local log what syslog(3) does", async () => {
  const { host, sink } = start("SysLogAppender", ["facility = Local0", "ident = me"]);
  sink.log(testEvent(host, "a\nb"));
  await sink.close();
  assert.deepEqual(host.sent, ["log <134>Nov 23 02:54:00 me: INFO - a\nb\n", "log closed"]);
});

Deno.test("SysLogAppender uses the program's name and the user facility by default", async () => {
  const { host, sink } = start("SysLogAppender", BARE);
  for (const level of ["trace", "debug", "info", "warn", "error", "fatal"] as const) {
    sink.log(testEvent(host, "a", level));
  }
  await sink.close();
  const priorities = host.sent.slice(0, -1).map((entry) =>
    /^log <([0-9]+)>.* echoscu: a$/.exec(entry)?.[1]
  );
  assert.deepEqual(priorities, ["15", "15", "14", "12", "11", "10"]);
});

Deno.test("SysLogAppender warns once when there is no local log (D50)", async () => {
  const none = start("SysLogAppender", BARE, { hasSystemLog: false });
  none.sink.log(testEvent(none.host, "a"));
  none.sink.log(testEvent(none.host, "b"));
  const broken = start("SysLogAppender", BARE, { failure: { code: 2, reason: "No such file" } });
  broken.sink.log(testEvent(broken.host, "a"));
  broken.sink.log(testEvent(broken.host, "b"));
  await none.sink.close();
  await broken.sink.close();
  const warning = "log4cplus:WARN SysLogAppender- no local system log: No such file\n";
  assert.equal(none.host.err, warning);
  assert.equal(broken.host.err, warning);
});

Deno.test("SysLogAppender sends one datagram per event to another host", async () => {
  const lines = [
    ...BARE,
    "host = loghost",
    "port = 5140",
    "ident = ${appname}",
    "facility = daemon",
  ];
  const { host, sink } = start("SysLogAppender", lines);
  sink.log({ ...testEvent(host, "a\nb", "error"), time: host.time + 5 });
  await sink.close();
  assert.deepEqual(host.sent, [
    "loghost:5140 <27>1 2026-11-23T07:54:00.005Z vm.example.org echoscu 4242 dcmtk.apps.echoscu - ab",
    "loghost:5140 closed",
  ]);
});

Deno.test("SysLogAppender reports unknown facilities, odd ports and failed sends", async () => {
  const { host, sink } = start("SysLogAppender", ["host = h", "port = x", "facility = NTP"], {
    failure: { code: NAME_NOT_FOUND, reason: "unknown" },
  });
  sink.log(testEvent(host, "a"));
  sink.log(testEvent(host, "b"));
  await sink.close();
  assert.equal(
    host.err,
    "log4cplus:ERROR Unknown syslog facility: ntp\n" +
      "log4cplus:WARN SysLogAppender::appendRemote- socket write failed\n".repeat(2),
  );
  assert.deepEqual(host.sent, ["h:514 closed"]);
});

Deno.test("Log4jUdpAppender sends log4j's XML with escapes", async () => {
  const { host, sink } = start("Log4jUdpAppender", BARE);
  sink.log(testEvent(host, "Requesting Association <&>'\"\n\u0007"));
  sink.log({ ...testEvent(host, "x"), logger: "root" });
  await sink.close();
  const head = (logger: string) =>
    `localhost:5000 <log4j:event logger="${logger}" level="INFO" timestamp="${host.time}" ` +
    'thread="140000000004242"><log4j:message>';
  const middle = "</log4j:message><log4j:NDC></log4j:NDC><log4j:locationInfo";
  assert.deepEqual(host.sent, [
    // The pattern has no %n, and every line of the message went through it.
    `${head("dcmtk.apps.echoscu")}Requesting Association &lt;&amp;&gt;&apos;&quot;&#x07;${middle}` +
    ' class="" file="./dcmnet/apps/echoscu.cc" method="int main(int, char**)" line="392"/></log4j:event>',
    `${head("root")}x${middle} class="" file="" method="" line="-1"/></log4j:event>`,
    "localhost:5000 closed",
  ]);
});

Deno.test("Log4jUdpAppender reports unknown hosts from failed writes", async () => {
  for (const [code, word] of [[NAME_NOT_FOUND, "connect"], [111, "write"]] as const) {
    const { host, sink } = start("Log4jUdpAppender", ["host = h", "port = 1"], {
      failure: { code, reason: "" },
    });
    sink.log(testEvent(host, "a"));
    await sink.close();
    assert.equal(
      host.err,
      `log4cplus:ERROR Log4jUdpAppender::append()- Cannot ${word} to server\n`,
    );
  }
});

Deno.test("SocketAppender sends the records of a log4cplus client", async () => {
  const { host, sink } = start("SocketAppender", ["host = h", "ServerName = srv"]);
  sink.log({ ...testEvent(host, "Requesting Association"), time: host.time + 0.25 });
  await sink.close();
  const text = (value: string) => `\0\0\0${String.fromCharCode(value.length)}${value}`;
  // Taken from a run of the reference; time, thread and server name are this test's own.
  const body = `\x03\x01${text("srv")}${text("dcmtk.apps.echoscu")}\0\0N ${text("")}` +
    `${text("Requesting Association")}${text("140000000004242")}` +
    `${bigEndian(host.time / 1000)}${bigEndian(250)}` +
    `${text("./dcmnet/apps/echoscu.cc")}${bigEndian(392)}${text("int main(int, char**)")}`;
  assert.deepEqual(host.sent, [`tcp ${bigEndian(body.length)}${body}`, "tcp closed"]);
});

Deno.test("SocketAppender leaves out a text that does not fit and says so", async () => {
  const { host, sink } = start("SocketAppender", ["host = h"]);
  sink.log(testEvent(host, "x".repeat(8188)));
  await sink.close();
  assert.equal(
    host.err,
    "log4cplus:ERROR SocketBuffer::appendString()- Attempt to write beyond end of buffer\n",
  );
  assert.ok((host.sent[0] ?? "").length < 200);
});

Deno.test("SocketAppender says once that there is no server (D53)", async () => {
  const { host, sink } = start("SocketAppender", ["host = h"], {
    failure: { code: 111, reason: "" },
  });
  sink.log(testEvent(host, "a"));
  sink.log(testEvent(host, "b"));
  await sink.close();
  assert.equal(
    host.err,
    "log4cplus:ERROR SocketAppender::ConnectorThread::run()- Cannot connect to server\n",
  );
});

Deno.test("NTEventLogAppender says on Windows, before anything is logged, what to use in its place", async () => {
  const other = start("NTEventLogAppender", ["source = me"]);
  assert.match(other.host.err, /Cannot find AppenderFactory: log4cplus::NTEventLogAppender/);
  const { host, sink } = start("NTEventLogAppender", ["source = me"], { isWindows: true });
  const said = "log4cplus:ERROR NTEventLogAppender- this program cannot write to the event log: " +
    "use a FileAppender, or a SysLogAppender with the host of a collector\n";
  assert.equal(host.err, said);
  sink.log(testEvent(host, "a"));
  await sink.close();
  assert.equal(host.err, said);
});

function bigEndian(value: number): string {
  return String.fromCharCode(value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255);
}
