/** Logging never changes the verdict: whatever happens to a target, the check goes on and ends as it would. */

import assert from "node:assert/strict";
import { startLogPeer } from "../differential/log_peers.ts";
import { closedPort } from "../support/ports.ts";
import { ourProgram, type Program, runProgram } from "../support/run_program.ts";
import { isOfWindows } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";

interface Failing {
  /** What is wrong. */
  readonly name: string;
  /** Class and properties of the appender. */
  readonly appender: readonly [className: string, ...properties: string[]];
  /** Different lines on standard error; each at most as often as there are events. */
  readonly said: readonly RegExp[];
  /** How the program is run; default: with the permissions of the task `start`. */
  readonly program?: Program | undefined;
  /** Not everywhere. */
  readonly onlyOn?: typeof Deno.build.os;
}

const CASES: readonly Failing[] = [
  {
    name: "a directory that does not exist",
    appender: ["FileAppender", "File = missing/x.log"],
    said: [/^log4cplus:ERROR Unable to open file: missing\/x\.log$/],
  },
  {
    name: "a directory in the place of the file",
    appender: ["RollingFileAppender", "File = ."],
    said: [/^log4cplus:ERROR Unable to open file: \.$/],
  },
  {
    name: "a place where nobody may write",
    appender: ["FileAppender", "File = /proc/x.log"],
    said: [
      /^log4cplus:ERROR Unable to open file: \/proc\/x\.log \(the runtime lets no program use it\)$/,
    ],
    onlyOn: "linux",
  },
  {
    name: "a program without the permission to write",
    appender: ["FileAppender", "File = x.log"],
    said: [/^log4cplus:ERROR Unable to open file: x\.log \(Requires write access to .*\)$/],
    program: withFlags((flag) => flag !== "--allow-write"),
  },
  {
    name: "a full disk",
    appender: ["FileAppender", "File = /dev/full"],
    said: [/^log4cplus:ERROR file is not open: \/dev\/full \(No space left on device\)$/],
    program: withFlags((flag) => !flag.startsWith("--allow-"), ["--allow-all"]),
    onlyOn: "linux",
  },
  {
    name: "no file name",
    appender: ["DailyRollingFileAppender", "Schedule = DAILY"],
    said: [/^log4cplus:ERROR Invalid filename$/, /^log4cplus:ERROR Failed to open file $/],
  },
  {
    name: "a lock file that cannot be made",
    appender: ["FileAppender", "File = x.log", "UseLockFile = true", "LockFile = missing/lock"],
    said: [
      /^log4cplus:ERROR could not open or create file missing\/lock$/,
      /^log4cplus:ERROR file is not open: x\.log$/,
    ],
  },
  {
    name: "no system log",
    appender: ["SysLogAppender"],
    said: [/^log4cplus:WARN SysLogAppender- no local system log: .+$/],
    program: withFlags((flag) => flag !== "--unstable-net"),
  },
  {
    name: "a system log on an unknown host",
    appender: ["SysLogAppender", "host = no.such.host.invalid"],
    said: [/^log4cplus:WARN SysLogAppender::appendRemote- socket write failed$/],
  },
  {
    name: "a log server that does not listen",
    appender: ["SocketAppender", "host = 127.0.0.1", "port = CLOSED"],
    said: [/^log4cplus:ERROR SocketAppender::ConnectorThread::run\(\)- Cannot connect to server$/],
  },
  {
    name: "an event log where there is none",
    appender: ["NTEventLogAppender", "source = echoscu"],
    said: [
      /Cannot find AppenderFactory: log4cplus::NTEventLogAppender$/,
      /Invalid appender: a$/,
      /No appenders could be found for logger \(dcmtk\.apps\.echoscu\)\.$/,
      /Please initialize the log4cplus system properly\.$/,
    ],
    onlyOn: "linux",
  },
  {
    name: "the event log of Windows",
    appender: ["NTEventLogAppender", "source = echoscu"],
    said: [/^log4cplus:ERROR NTEventLogAppender- this program cannot write to the event log: /],
    onlyOn: "windows",
  },
];

/** Wine runs programs of another system than ours. */
const OS = await isOfWindows(ourProgram()) ? "windows" : Deno.build.os;

/** Our program as the task `start` runs it, with some of its flags and some others. */
function withFlags(
  keeps: (flag: string) => boolean,
  added: readonly string[] = [],
): Program | undefined {
  const { command, args } = ourProgram();
  if (args.length === 0) return undefined;
  return { command, args: [...args.slice(0, -1).filter(keeps), ...added, args.at(-1) ?? ""] };
}

for (const failing of CASES) {
  testWith({
    name: `a check verifies and fails as ever with ${failing.name} for its log`,
    missing: reasonNot(failing),
    fn: () => judge(failing),
  });
}

function reasonNot(failing: Failing): string | undefined {
  const { onlyOn = OS } = failing;
  if (onlyOn !== OS) return `only on ${onlyOn}`;
  const isCompiled = ourProgram().args.length === 0 && "program" in failing;
  return isCompiled ? "an executable has its permissions compiled in" : undefined;
}

async function judge({ appender, said, program = ourProgram() }: Failing): Promise<void> {
  const [className, ...properties] = appender;
  const config = [
    "log4cplus.rootLogger = INFO, a",
    `log4cplus.appender.a = log4cplus::${className}`,
    ...properties.map((property) => `log4cplus.appender.a.${property}`),
  ].join("\n");
  const cwd = await Deno.makeTempDir();
  await using closed = await closedPort();
  try {
    await Deno.writeTextFile(`${cwd}/log.cfg`, config.replace("CLOSED", `${closed.port}`));
    for (const [peer, exit] of [["accepting", 0], ["rejecting", 1]] as const) {
      await using running = await startLogPeer(peer);
      const args = ["-lc", "log.cfg", "127.0.0.1", running.port];
      const { code, stdout, stderr } = await runProgram(program, { args, cwd });
      assert.equal(code, exit, stderr);
      assert.equal(stdout, "");
      const lines = [...new Set(stderr.split("\n").slice(0, -1))];
      assert.equal(lines.length, said.length, stderr);
      for (const [at, pattern] of said.entries()) assert.match(lines[at] ?? "", pattern);
    }
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
}

testWith({
  name: "a check goes on when the standard streams are closed or full",
  missing: Deno.build.os === "linux" ? undefined : "/dev/full is there on Linux only",
  fn: async () => {
    await using peer = await startLogPeer("accepting");
    const { command, args } = ourProgram();
    const words = [command, ...args, "-d", "127.0.0.1", peer.port];
    for (const redirection of [">/dev/full 2>/dev/full", ">&- 2>&-"]) {
      const shell = { command: "sh", args: ["-c", `"$@" ${redirection}`, "sh"] };
      const { code } = await runProgram(shell, { args: words });
      assert.equal(code, 0, redirection);
    }
  },
});

Deno.test("a log file named /dev/stderr is standard error", async () => {
  const cwd = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(
      `${cwd}/log.cfg`,
      "log4cplus.rootLogger = INFO, a\nlog4cplus.appender.a = log4cplus::FileAppender\n" +
        "log4cplus.appender.a.File = /dev/stderr\n",
    );
    await using peer = await startLogPeer("accepting");
    const args = ["-lc", "log.cfg", "127.0.0.1", peer.port];
    const { code, stderr } = await runProgram(ourProgram(), { args, cwd });
    assert.equal(code, 0);
    assert.match(
      stderr,
      /^INFO - Requesting Association\n(INFO - .*\n){3}INFO - Releasing Association\n$/,
    );
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
});
