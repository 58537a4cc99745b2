import assert from "node:assert/strict";
import { configureLines, createTestingHost, testEvent, type TestingHost } from "./testing_host.ts";

const AT = "log4cplus.appender.t";

function start(className: string, changes: Partial<TestingHost> = {}) {
  const host = createTestingHost(changes);
  const { sink } = configureLines(host, [
    "log4cplus.rootLogger = TRACE, t",
    `${AT} = log4cplus::${className}`,
    `${AT}.host = h`,
  ]);
  const log = (count = 1) => {
    for (let at = 0; at < count; at++) sink.log(testEvent(host, "a"));
  };
  return { host, sink, log };
}

const CANNOT: Readonly<Record<string, string>> = {
  SocketAppender: "ERROR SocketAppender::append()- Cannot write to server",
  Log4jUdpAppender: "ERROR Log4jUdpAppender::append()- Cannot write to server",
  SysLogAppender: "WARN SysLogAppender::appendRemote- socket write failed",
};

Deno.test("a target that takes nothing is given up in time, and what it lost is counted once", async () => {
  for (const [name, line] of Object.entries(CANNOT)) {
    const { host, sink, log } = start(name, { hangs: true });
    await host.elapse(0);
    log(3);
    await host.elapse(5000);
    assert.equal(host.err, `log4cplus:${line}\n`, name);
    log(2);
    await sink.close();
    const lost = `log4cplus:WARN ${name}- 5 events were dropped: not taken in time\n`;
    assert.equal(host.err, `log4cplus:${line}\n${lost}`, name);
  }
});

Deno.test("a target that was given up gets what is logged later, and what it lost is said then", async () => {
  for (const name of Object.keys(CANNOT)) {
    const { host, sink, log } = start(name, { hangs: true });
    await host.elapse(0);
    log();
    await host.elapse(5000);
    host.hangs = false;
    log();
    await host.elapse(30_000);
    const before = host.err;
    log();
    await host.elapse(0);
    const lost = `log4cplus:WARN ${name}- 2 events were dropped: not taken in time\n`;
    assert.equal(host.err, before + lost, name);
    assert.equal(host.sent.filter((entry) => !entry.endsWith("closed")).length, 1, name);
    await sink.close();
    assert.equal(host.err, before + lost, name);
  }
});

Deno.test("no more events wait for a target than there is room for", async () => {
  const { host, sink, log } = start("SocketAppender", { hangs: true });
  await host.elapse(0);
  log(1500);
  const closing = sink.close();
  await host.elapse(2000);
  await closing;
  assert.equal(
    host.err,
    "log4cplus:WARN SocketAppender- 1500 events were dropped: not taken in time\n",
  );
});

Deno.test("the end does not wait for a server that answers no connection", async () => {
  const { host, sink, log } = start("SocketAppender", { connect: () => new Promise(() => {}) });
  log();
  const closing = sink.close();
  await host.elapse(2000);
  await closing;
  assert.match(
    host.err,
    /^log4cplus:WARN SocketAppender- \d events were dropped: not taken in time\n$/,
  );
});

Deno.test("a signal ends the wait for a target", async () => {
  const stop = new AbortController();
  const { host, sink, log } = start("SocketAppender", { hangs: true, signal: stop.signal });
  await host.elapse(0);
  log();
  const closing = sink.close();
  stop.abort("SIGINT");
  await host.elapse(500);
  await closing;
  assert.match(host.err, /1 event was dropped/);
});

Deno.test("SocketAppender connects again, counts what was lost meanwhile, and does not repeat itself", async () => {
  let connections = 0;
  const { host, sink, log } = start("SocketAppender");
  const { connect } = host;
  Object.assign(host, { connect: (...to: [string, number]) => (connections++, connect(...to)) });
  log();
  await host.elapse(0);
  host.failure = { code: 104, reason: "reset" };
  log();
  await host.elapse(0);
  log();
  await host.elapse(0);
  assert.equal(connections, 0);
  assert.equal(host.sent.length, 2);
  host.failure = undefined;
  await host.elapse(5000);
  log();
  await host.elapse(0);
  assert.equal(connections, 1);
  await sink.close();
  assert.match(host.err, /^log4cplus:ERROR SocketAppender::append\(\)- Cannot write to server\n/);
  assert.equal(host.err.match(/ERROR/g)?.length, 1);
});
