import assert from "node:assert/strict";
import { pathOf } from "../support/installed.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { startLogPeer } from "./log_peers.ts";

const WRITER = pathOf("../support/log_writer.ts");
const WRITERS = ["anna", "bert", "cleo"] as const;
const LAYOUT = [
  "log4cplus.appender.f.layout = log4cplus::PatternLayout",
  "log4cplus.appender.f.layout.ConversionPattern = %m%n",
  "log4cplus.appender.f.File = shared.log",
];

Deno.test("processes that share a rolling file lose and tear no line", async () => {
  const files = await writeTogether(3000, [
    "log4cplus.rootLogger = INFO, f",
    "log4cplus.appender.f = log4cplus::RollingFileAppender",
    "log4cplus.appender.f.MaxFileSize = 200KB",
    "log4cplus.appender.f.MaxBackupIndex = 50",
    ...LAYOUT,
  ]);
  assert.ok(files.size > 3, `rolled over several times: ${[...files.keys()]}`);
  checkLines([...files.values()], 3000);
  for (const [name, text] of files) {
    if (name !== "shared.log") {
      assert.ok(text.length > 204_800, `${name} was rolled over when full`);
    }
  }
});

Deno.test("processes that share a daily rolling file lose no line when each rolls it over at its end", async () => {
  const files = await writeTogether(300, [
    "log4cplus.rootLogger = INFO, f",
    "log4cplus.appender.f = log4cplus::DailyRollingFileAppender",
    "log4cplus.appender.f.Schedule = MONTHLY",
    ...LAYOUT,
  ]);
  checkLines([...files.values()], 300);
});

Deno.test("processes that append to one file lose and tear no line", async () => {
  const files = await writeTogether(1000, [
    "log4cplus.rootLogger = INFO, f",
    "log4cplus.appender.f = log4cplus::FileAppender",
    "log4cplus.appender.f.Append = true",
    ...LAYOUT,
  ]);
  assert.deepEqual([...files.keys()], ["shared.log"]);
  checkLines([...files.values()], 1000);
});

const CHECKS = 3;
const ECHOES = 400;

Deno.test("checks that share a rolling file lose and tear no line", async () => {
  const directory = Deno.makeTempDirSync();
  try {
    await using peer = await startLogPeer("accepting");
    const config = [
      "log4cplus.rootLogger = DEBUG, f",
      "log4cplus.appender.f = log4cplus::RollingFileAppender",
      "log4cplus.appender.f.MaxFileSize = 200KB",
      "log4cplus.appender.f.MaxBackupIndex = 50",
      "log4cplus.appender.f.File = shared.log",
      "log4cplus.appender.f.layout = log4cplus::PatternLayout",
      `log4cplus.appender.f.layout.ConversionPattern = %i|%m|${"-".repeat(150)}%n`,
    ];
    Deno.writeTextFileSync(`${directory}/log.cfg`, config.join("\n"));
    const args = ["-lc", "log.cfg", "--repeat", String(ECHOES), "127.0.0.1", peer.port];
    const runs = Array.from(
      { length: CHECKS },
      () => runProgram(ourProgram(), { args, cwd: directory }),
    );
    for (const { code, stdout, stderr } of await Promise.all(runs)) {
      assert.deepEqual([code, stdout, stderr], [0, "", ""]);
    }
    checkEchoes(directory);
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
});

/** Every echo of every check is reported once, in whole lines, in several files. */
function checkEchoes(directory: string): void {
  const names = [...Deno.readDirSync(directory)].map(({ name }) => name)
    .filter((name) => name.startsWith("shared.log"));
  assert.ok(names.length > 1, `rolled over: ${names}`);
  const told = new Set<string>();
  for (const name of names) {
    for (const line of Deno.readTextFileSync(`${directory}/${name}`).split("\n").slice(0, -1)) {
      const match = /^(\d+)\|([^|]*)\|-{150}$/.exec(line);
      assert.ok(match, `whole line: ${line}`);
      const [, pid, message = ""] = match;
      if (message.startsWith("Sending Echo Request")) told.add(`${pid} ${message}`);
    }
  }
  assert.equal(told.size, CHECKS * ECHOES);
}

/** Runs all writers at the same time; resolves with what the files hold. */
async function writeTogether(
  count: number,
  config: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const directory = Deno.makeTempDirSync();
  try {
    Deno.writeTextFileSync(`${directory}/log.cfg`, config.join("\n"));
    const runs = WRITERS.map((name) =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "--no-check", "--quiet", "-A", WRITER, "log.cfg", name, String(count)],
        cwd: directory,
      }).output()
    );
    for (const { code, stderr } of await Promise.all(runs)) {
      assert.deepEqual([code, new TextDecoder().decode(stderr)], [0, ""]);
    }
    Deno.removeSync(`${directory}/log.cfg`);
    const names = [...Deno.readDirSync(directory)].map((entry) => entry.name).sort();
    return new Map(names.map((name) => [name, Deno.readTextFileSync(`${directory}/${name}`)]));
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
}

/** Every line of every writer is there once, whole, and in its writer's order within each file. */
function checkLines(texts: readonly string[], count: number): void {
  const seen = new Set<string>();
  for (const text of texts) {
    const last = new Map<string, number>();
    for (const line of text.split("\n").slice(0, -1)) {
      const match = /^([a-z]+) ([0-9]+) -{80} end$/.exec(line);
      assert.ok(match, `whole line: ${line}`);
      const [, name = "", number = ""] = match;
      assert.ok(Number(number) > (last.get(name) ?? -1), `in order: ${line}`);
      last.set(name, Number(number));
      seen.add(`${name} ${number}`);
    }
  }
  assert.equal(seen.size, WRITERS.length * count);
}
