/**
 * What the program does where something is missing: files, rights, descriptors, memory, environment.
 *
 * The check itself still works, or one sentence says what is missing. These tests run the compiled program, because
 * `deno run` itself keeps caches and needs its own files.
 */

import assert from "node:assert/strict";
import {
  emptyRootMissing,
  inEmptyRoot,
  limited,
  withoutEnvironment,
} from "../support/confinement.ts";
import { type Executable, executable } from "../support/executable.ts";
import { findProgram } from "../support/installed.ts";
import { type OurPeer, startOurPeer } from "../support/our_peer.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { type Program, runProgram, startProgram } from "../support/run_program.ts";
import { tlsMissing } from "../support/runtime_of.ts";
import { slowness } from "../support/slowness.ts";
import { testWith } from "../support/test_with.ts";

const folder = await Deno.makeTempDir({ prefix: "echoscu-e2e-" });
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
// On a folder that everybody may enter: the program runs as nobody.
if (Deno.build.os !== "windows") await Deno.chmod(folder, 0o755);
const made: Executable = await executable(folder);
const absent = "missing" in made ? made.missing : undefined;
const notUnix = Deno.build.os === "windows" ? "ulimit and env are for Unix systems" : absent;
const noRoot = absent ?? emptyRootMissing();
const noTls = "missing" in made ? undefined : await tlsMissing(made.program);

function program(): Program {
  if ("missing" in made) throw new Error(made.missing);
  return made.program;
}

/** Checks an answering side that itself runs unconfined. */
async function verifies(confined: Program): Promise<void> {
  await using peer: OurPeer = await startOurPeer(program());
  const { code, stderr } = await runProgram(confined, { args: ["-v", ...peer.args] });
  assert.match(stderr, /^I: Requesting Association\n[^]*I: Received Echo Response \(Success\)\n/);
  assert.equal(code, 0);
}

/** The self-test, whose second part is TLS; where that cannot be, as another test says, it is not waited for. */
async function passesSelftest(confined: Program): Promise<void> {
  const limit = noTls === undefined ? {} : { timeoutMs: 5000 * slowness() };
  const { code, stdout } = await runProgram(confined, { args: ["--selftest"], ...limit });
  const passed = stdout.split("\n").filter((line) => line.startsWith("Self-test passed: "));
  assert.equal(passed.length, noTls === undefined ? 2 : 1, stdout);
  if (noTls === undefined) assert.equal(code, 0);
}

testWith({
  name: "the executable passes the self-test over TCP",
  missing: absent,
  fn: () => passesSelftest(program()),
});

testWith({
  name: "the executable passes the self-test over TCP and TLS",
  missing: absent ?? noTls,
  fn: () => passesSelftest(program()),
});

testWith({
  name: "the executable verifies a peer without any environment",
  missing: notUnix,
  fn: () => verifies(withoutEnvironment(program())),
});

testWith({
  name: "the executable verifies a peer with 20 descriptors",
  missing: notUnix,
  fn: () => verifies(limited(program(), "-n 20")),
});

testWith({
  name: "the executable verifies a peer with 200 MB of data memory",
  missing: Deno.build.os === "linux" ? absent : "only Linux limits data memory",
  fn: () => verifies(limited(program(), "-d 200000")),
});

testWith({
  name: "the executable verifies a peer when its temporary folder does not exist",
  missing: absent,
  async fn() {
    await using peer = await startOurPeer(program());
    const env = { TMPDIR: "/nowhere", TMP: "Z:\\nowhere", TEMP: "Z:\\nowhere", HOME: "/nowhere" };
    assert.equal((await runProgram(program(), { args: peer.args, env })).code, 0);
  },
});

testWith({
  name: "the executable verifies a peer although nobody can read what it says",
  missing: Deno.build.os === "linux" ? absent : "only Linux has /dev/full",
  async fn() {
    await using peer = await startOurPeer(program());
    const script = '"$@" >/dev/full 2>/dev/full';
    const args = ["-c", script, "bash", program().command, "-d", ...peer.args];
    assert.equal((await runProgram({ command: "bash", args }, { args: [] })).code, 0);
  },
});

testWith({
  name: "the executable does all its jobs as nobody in an empty read-only root",
  missing: noRoot,
  async fn(t) {
    const confined = await inEmptyRoot(program(), `${folder}/confined`);
    await t.step("a check", () => verifies(confined));
    await t.step("--selftest", () => passesSelftest(confined));
    await t.step("--plan", async () => {
      await using peer = await startOurPeer(program());
      const plan = `peers:\n  - host: 127.0.0.1\n    port: ${peer.port}\n`;
      await Deno.writeTextFile(`${folder}/confined/plan.yaml`, plan);
      const { code, stderr } = await runProgram(confined, { args: ["--plan", "/plan.yaml"] });
      assert.equal(code, 0, stderr);
    });
    await t.step("--listen", async () => {
      const port = freePort();
      const args = ["--listen", `127.0.0.1:${port}`];
      await using running = startProgram(confined, { args });
      assert.ok(await untilListening(port, { alive: () => running.alive }), running.output());
      const check = await runProgram(program(), { args: ["127.0.0.1", `${port}`] });
      assert.equal(check.code, 0);
      assert.equal(await running.stop("SIGTERM"), 143);
    });
    await t.step("a name that nobody can look up is said to be unknown", async () => {
      const { code, stderr } = await runProgram(confined, { args: ["pacs.example", "104"] });
      // The laboratory's runtime, which is older, warns of a module of its own when a name is looked up again.
      const said = stderr.replace(/^\(node:\d+\) \[DEP0040\] .*\n/, "");
      assert.match(
        said,
        /^F: Association Request Failed: 0006:0320 Attempt to connect to unknown host: /,
      );
      assert.equal(code, 1);
    });
  },
});

const UNUSABLE_TARGETS = `log4cplus.rootLogger = INFO, file, system
log4cplus.appender.file = log4cplus::FileAppender
log4cplus.appender.file.File = /nowhere/echoscu.log
log4cplus.appender.system = log4cplus::SysLogAppender
`;

testWith({
  name: "a log that can be written nowhere is said in one line each, and the check goes on",
  missing: noRoot,
  async fn() {
    const confined = await inEmptyRoot(program(), `${folder}/logging`);
    await Deno.writeTextFile(`${folder}/logging/log.cfg`, UNUSABLE_TARGETS);
    await using peer = await startOurPeer(program());
    const args = ["-lc", "/log.cfg", ...peer.args];
    const { code, stderr } = await runProgram(confined, { args });
    assert.match(
      stderr,
      /^log4cplus:ERROR Unable to open file: \/nowhere\/echoscu\.log\nlog4cplus:WARN SysLogAppender- no local system log: [^\n]+\n$/,
    );
    assert.equal(code, 0);
  },
});

testWith({
  name: "the executable opens nothing for writing and makes no file unless it is asked to",
  missing: absent ?? noStrace(),
  async fn(t) {
    await using peer = await startOurPeer(program());
    const plan = `peers:\n  - host: 127.0.0.1\n    port: ${peer.port}\n`;
    await Deno.writeTextFile(`${folder}/traced.yaml`, plan);
    const runs = [["-d", ...peer.args], ["--json", "--plan", `${folder}/traced.yaml`], ["--help"]];
    for (const args of runs) {
      await t.step(args[0] ?? "", async () => {
        const lines = await traced(CALLS_ON_FILES, args);
        assert.ok(lines.some((line) => line.includes("O_RDONLY")));
        assert.deepEqual(lines.filter(changesFiles), []);
      });
    }
  },
});

const CALLS_ON_FILES =
  "open,openat,openat2,creat,truncate,chmod,fchmodat,utimensat,mknod,mknodat," +
  "mkdir,mkdirat,unlink,unlinkat,rename,renameat,renameat2,link,linkat,symlink,symlinkat";

testWith({
  name: "no memory of the executable is ever writable and executable, nor made executable later",
  missing: absent ?? noStrace(),
  async fn() {
    await using peer = await startOurPeer(program());
    const lines = await traced("mmap,mprotect,pkey_mprotect", ["-v", ...peer.args]);
    const executable = lines.filter((line) => line.includes("PROT_EXEC"));
    // What remains are the libraries, which the system's loader maps from their files.
    assert.ok(executable.length > 0);
    assert.deepEqual(executable.filter((line) => /PROT_WRITE|mprotect\(/.test(line)), []);
  },
});

testWith({
  name:
    "an argument that is not UTF-8 ends the executable before it sends another one in its place",
  missing: Deno.build.os === "linux" ? absent : "only Linux passes any bytes on",
  async fn() {
    await using peer = await startOurPeer(program());
    const script = `exec "$0" -v -aet $'\\xe4' "$@"`;
    const args = ["-c", script, program().command, ...peer.args];
    const { code, stderr } = await runProgram({ command: "bash", args }, { args: [] });
    assert.notEqual(code, 0);
    assert.doesNotMatch(stderr, /Requesting Association/);
  },
});

/** The system calls of a run that ends with 0, one a line. */
async function traced(calls: string, words: readonly string[]): Promise<readonly string[]> {
  const report = `${folder}/strace`;
  const trace = ["-f", "-qq", "-e", `trace=${calls}`, "-o", report];
  const args = [...trace, program().command, ...words];
  assert.equal((await runProgram({ command: "strace", args }, { args: [] })).code, 0);
  return (await Deno.readTextFile(report)).trim().split("\n");
}

function noStrace(): string | undefined {
  if (Deno.build.os !== "linux") return "only Linux has strace";
  return findProgram("strace") === undefined ? "strace is not installed" : undefined;
}

/** Whether a traced call could have changed a file: anything but opening for reading. */
function changesFiles(line: string): boolean {
  const call = /^\d+ +(\w+)\(/.exec(line)?.[1];
  if (call === undefined) return false;
  if (!call.startsWith("open")) return true;
  return /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/.test(line) && !/"\/dev\/(null|tty)"/.test(line);
}
