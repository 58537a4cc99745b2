import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { type HostFailure, loadLogEngine } from "../../src/log/mod.ts";
import { runProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";

const { configureLogging, createDenoLogHost } = await loadLogEngine();

function isFailure(result: object): result is HostFailure {
  return "reason" in result;
}

function opened<T extends object>(result: T): Exclude<T, HostFailure> {
  if (isFailure(result)) throw new Error(result.reason);
  return result as Exclude<T, HostFailure>;
}

async function inDirectory(action: (directory: string) => void | Promise<void>): Promise<void> {
  const directory = Deno.makeTempDirSync();
  try {
    await action(directory);
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
}

Deno.test("the real files append, tell who they are, and fail with the system's numbers", async () => {
  await inDirectory((directory) => {
    const { files } = createDenoLogHost({ directory });
    const one = opened(files.open("a.log"));
    const two = opened(files.open(`${directory}/a.log`));
    assert.equal(one.write(new TextEncoder().encode("one\n")), undefined);
    assert.equal(two.write(new TextEncoder().encode("two\n")), undefined);
    assert.equal(Deno.readTextFileSync(`${directory}/a.log`), "one\ntwo\n");
    assert.equal(one.size(), 8);
    assert.equal(files.rename("a.log", "a.log.1"), undefined);
    assert.equal(files.identity("a.log"), undefined);
    assert.equal(files.identity("a.log.1"), one.identity());
    one.truncate();
    assert.equal(two.size(), 0);
    one.close();
    one.close();
    two.close();
    assert.equal(files.remove("a.log.1"), undefined);
    assert.equal(files.remove("a.log.1")?.code, 2);
    assert.equal(files.rename("none", "other")?.code, 2);
    const directoryFailure = files.open(".");
    assert.equal(isFailure(directoryFailure) && directoryFailure.code, 21);
  });
});

Deno.test("the real locks keep others out until they are given back", async () => {
  await inDirectory((directory) => {
    const { files } = createDenoLogHost({ directory });
    const one = opened(files.openLock("l"));
    const two = opened(files.openLock("l"));
    assert.equal(one.acquire(true), "held");
    one.release();
    assert.equal(two.acquire(false), "held");
    // The wait is limited.
    assert.equal(one.acquire(true), "taken");
    assert.equal(one.acquire(false), "taken");
    two.release();
    assert.equal(one.acquire(false), "held");
    one.close();
    two.close();
  });
});

testWith({
  name: "a file that takes nothing is reported with the reason",
  missing: Deno.build.os === "linux" ? undefined : "/dev/full is there on Linux only",
  fn() {
    let said = "";
    const host = createDenoLogHost({
      writeErr: (bytes) => void (said += new TextDecoder().decode(bytes)),
    });
    const config = "log4cplus.rootLogger=INFO,f\nlog4cplus.appender.f=log4cplus::FileAppender\n" +
      "log4cplus.appender.f.File=/dev/full\n";
    const setup = configureLogging(new TextEncoder().encode(config), host);
    assert.equal(setup.kind, "ready");
    if (setup.kind !== "ready") return;
    setup.sink.log({ logger: "a", level: "info", text: "x", time: 0 });
    setup.sink.close();
    assert.match(
      said,
      /^log4cplus:ERROR Unable to write to file: \/dev\/full \(No space left on device\)\n$/,
    );
  },
});

Deno.test("datagrams arrive one by one, and an unknown host is reported from other failures", async () => {
  const receiver = createSocket("udp4");
  const received: string[] = [];
  const three = new Promise<void>((resolve) => {
    receiver.on("message", (bytes: Uint8Array) => {
      if (received.push(new TextDecoder().decode(bytes)) === 3) resolve();
    });
  });
  await new Promise<void>((resolve) => receiver.bind(0, "127.0.0.1", resolve));
  const host = createDenoLogHost();
  const target = host.openDatagrams("127.0.0.1", receiver.address().port);
  for (const text of ["a\nb", "", "c"]) {
    assert.equal(await target.send(new TextEncoder().encode(text)), undefined);
  }
  await three;
  assert.deepEqual(received, ["a\nb", "", "c"]);
  target.close();
  const nowhere = host.openDatagrams("no.such.host.invalid", 1);
  assert.equal((await nowhere.send(new Uint8Array(1)))?.code, -2);
  nowhere.close();
  await new Promise<void>((resolve) => receiver.close(() => resolve()));
});

Deno.test("targets that may not be reached fail without ending the program", {
  permissions: { net: false, read: true },
}, async () => {
  const host = createDenoLogHost();
  const target = host.openDatagrams("127.0.0.1", 9);
  assert.equal((await target.send(new Uint8Array(1)))?.code, 13);
  target.close();
  const stream = await host.connect("127.0.0.1", 9);
  assert.equal(isFailure(stream) && stream.code, 13);
  const file = host.files.open("log-host-test.log");
  assert.equal(isFailure(file) && file.code, 13);
});

Deno.test("a stream delivers its bytes, and a closed port is a failure", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const arrived = listener.accept().then((connection) => new Response(connection.readable).text());
  const host = createDenoLogHost();
  const target = opened(await host.connect("127.0.0.1", listener.addr.port));
  assert.equal(await target.send(new TextEncoder().encode("record")), undefined);
  target.close();
  assert.equal(await arrived, "record");
  const { port } = listener.addr;
  listener.close();
  const refused = await host.connect("127.0.0.1", port);
  assert.equal(isFailure(refused) && refused.code > 0, true);
});

/** What only a runtime with `--unstable-net` can do: what a local system log receives, and files that stay in /tmp. */
const SYSTEM_LOG_TRIED = `
const { openSystemLog } = await import(Deno.args[0]);
const path = Deno.makeTempDirSync() + "/log";
const receiver = Deno.listenDatagram({ transport: "unixpacket", path });
for (const isLinux of [Deno.build.os === "linux", false]) {
  const target = openSystemLog({ isLinux, paths: ["/nowhere/log", path] });
  const failure = await target.send(new TextEncoder().encode("<15>record"));
  const [bytes] = failure === undefined ? await receiver.receive() : [];
  target.close();
  console.log(failure ?? new TextDecoder().decode(bytes));
}
const own = "echoscu-log-" + Deno.pid + "-";
console.log([...Deno.readDirSync("/tmp")].filter(({ name }) => name.startsWith(own)).length);
receiver.close();
Deno.removeSync(path.slice(0, -4), { recursive: true });
`;

testWith({
  name:
    "the system log gets what is sent, also where sockets have no names but files, and no file stays",
  missing: Deno.build.os === "windows" ? "there is no such log" : undefined,
  async fn() {
    const module = new URL("../../src/log/host_deno_targets.ts", import.meta.url).href;
    const args = ["eval", "--quiet", "--no-lock", "--unstable-net", SYSTEM_LOG_TRIED, module];
    const { stdout, stderr } = await runProgram({ command: Deno.execPath(), args }, { args: [] });
    assert.equal(stdout, "<15>record\n<15>record\n0\n", stderr);
  },
});

Deno.test("the real world names this process, computer and time", () => {
  const host = createDenoLogHost({ env: (name) => name === "TZ" ? "XST-1:30" : undefined });
  assert.equal(host.pid, Deno.pid);
  assert.match(host.threadId, /^[0-9]{15}$/);
  assert.equal(host.hostName(), Deno.hostname());
  assert.ok(host.fullHostName().startsWith(Deno.hostname().split(".")[0] ?? ""));
  assert.deepEqual(host.zone(0), { offsetSeconds: 5400, name: "XST" });
  assert.ok(host.startedAt <= host.now());
  assert.equal(createDenoLogHost().env("ECHOSCU_NOT_SET"), undefined);
  assert.equal(createDenoLogHost().env("not=a name"), undefined);
});
