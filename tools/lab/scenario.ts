/**
 * The short scenario: what users of a system meet on the first day, done in a laboratory, driven from here.
 *
 * Where this machine is the measure, the same arguments are run here, and both must come to the same.
 */

import assert from "node:assert/strict";
import { freePort, untilListening } from "../../tests/support/ports.ts";
import { ourSources, type Run, runProgram, startProgram } from "../../tests/support/run_program.ts";
import type { Laboratory } from "./laboratory.ts";
import type { LabProgram } from "./programs.ts";

/** Where a step runs. */
export interface Place {
  /** The system. */
  readonly laboratory: Laboratory;
  /** The program. */
  readonly program: LabProgram;
  /** An empty folder there, as this machine names it; the program runs in it. */
  readonly folder: string;
}

/** One step. */
export interface ScenarioStep {
  /** Reads as a fact. */
  readonly name: string;
  /** Throws when it does not hold. */
  readonly run: (place: Place) => Promise<void>;
}

/** Emulated processors are slow, on a busy machine more so. */
const TIMEOUT_MS = 900_000;

function run({ program, folder }: Place, ...args: readonly string[]): Promise<Run> {
  return runProgram(program.program, { args, cwd: folder, timeoutMs: TIMEOUT_MS });
}

function start({ program, folder }: Place, ...args: readonly string[]) {
  return startProgram(program.program, { args, cwd: folder });
}

/** The same arguments here and there give the same code and the same words. */
async function sameAsHere(place: Place, ...args: readonly string[]): Promise<void> {
  const here = await runProgram(ourSources(), { args, cwd: place.folder });
  assert.deepEqual(seenOf(await run(place, ...args)), seenOf(here), args.join(" "));
}

function seenOf({ code, stdout, stderr }: Run) {
  return { code, stdout, stderr };
}

const OVER_TCP = /^Self-test passed: 1 echo verified over TCP at 127\.0\.0\.1 port /m;

/** The runtime of the laboratory accepts no TLS: what comes after the first line is not waited for. */
async function verifiesOverTcp(place: Place): Promise<void> {
  await using program = start(place, "--selftest");
  const end = performance.now() + TIMEOUT_MS;
  while (program.alive && performance.now() < end && !OVER_TCP.test(program.output())) {
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.match(program.output(), OVER_TCP);
}

/** What every program does before anything else: the shortest form. */
export const FIRST_STEPS: readonly ScenarioStep[] = [
  {
    name: "--selftest verifies over TCP, and over TLS",
    async run(place) {
      if (place.program.made === "compiled") return await verifiesOverTcp(place);
      const { code, stdout } = await run(place, "--selftest");
      assert.match(stdout, OVER_TCP);
      assert.match(stdout, /\nSelf-test passed: 1 echo verified over TLSv1\.[23] /);
      assert.equal(code, 0);
    },
  },
  {
    name: "--listen answers over IPv4 and IPv6, and Ctrl-C ends it",
    async run(place) {
      const port = freePort();
      await using peer = start(place, "--listen", `${port}`, "-v");
      assert.ok(
        await untilListening(port, { alive: () => peer.alive, timeoutMs: TIMEOUT_MS }),
        peer.output(),
      );
      assert.deepEqual(seenOf(await run(place, "127.0.0.1", `${port}`)), NOTHING_SAID);
      for (const address of ["127.0.0.1", "::1"]) {
        const { code, stderr } = await runProgram(ourSources(), { args: [address, `${port}`] });
        assert.equal(code, 0, `${address}: ${stderr}`);
      }
      assert.equal(await peer.stop("SIGINT"), 130);
      assert.match(peer.output(), /Stopped after 3 associations, 3 echoes/);
    },
  },
];

const NOTHING_SAID = { code: 0, stdout: "", stderr: "" };

/** The rest of the scenario. */
const FURTHER_STEPS: readonly ScenarioStep[] = [
  {
    name: "--version names the system",
    async run(place) {
      const { stdout } = await run(place, "--version");
      assert.ok(stdout.includes(`\nHost type: ${place.laboratory.triple}\n`), stdout);
    },
  },
  {
    name: "an unknown host is one, by its own line and exit code",
    run: (place) => sameAsHere(place, "no.such.host.invalid", "104", "--exit-codes", "detailed"),
  },
  {
    name: "a port where nobody listens refuses, in the same words",
    run: (place) => sameAsHere(place, "127.0.0.1", `${freePort()}`, "--exit-codes", "detailed"),
  },
  {
    name: "a web server that answers, and then resets, is known as one",
    async run(place) {
      using server = impatientWebServer();
      await sameAsHere(place, "127.0.0.1", `${server.port}`, "--explain");
    },
  },
  {
    name: "a log file in the root folder has what the log says",
    async run(place) {
      const { here, there } = place.laboratory.rootFile;
      await Deno.remove(here).catch(() => {});
      const layout = "log4cplus::PatternLayout";
      await write(`${place.folder}/logger.cfg`, [
        "log4cplus.rootLogger = INFO, file",
        "log4cplus.appender.file = log4cplus::FileAppender",
        `log4cplus.appender.file.File = ${there.replaceAll("\\", "\\\\")}`,
        `log4cplus.appender.file.layout = ${layout}`,
        "log4cplus.appender.file.layout.ConversionPattern = %p %m%n",
      ]);
      const { code } = await run(place, "-lc", "logger.cfg", "127.0.0.1", `${freePort()}`);
      const text = await Deno.readTextFile(here);
      assert.equal(code, 1);
      assert.match(text, /^INFO Requesting Association\r?\nFATAL Association Request Failed: /);
    },
  },
  {
    name: "a command file and a plan with CRLF are read",
    async run(place) {
      const port = `${freePort()}`;
      await write(`${place.folder}/words.txt`, ["-v", "127.0.0.1", port]);
      await sameAsHere(place, "@words.txt");
      await write(`${place.folder}/plan.yaml`, [
        "peers:",
        "  - name: one",
        "    host: 127.0.0.1",
        `    port: ${port}`,
      ]);
      const { code } = await run(place, "--plan", "plan.yaml", "--report", "json=report.json");
      const report = JSON.parse(await Deno.readTextFile(`${place.folder}/report.json`));
      assert.deepEqual([code, report.entries?.[0]?.name], [1, "one"]);
    },
  },
  {
    name: "a list in UTF-16 is read",
    async run(place) {
      const text = `\uFEFF127.0.0.1 ${freePort()} PACS\r\n`;
      const units = Uint16Array.from(text, (character) => character.charCodeAt(0));
      await Deno.writeFile(`${place.folder}/list.txt`, new Uint8Array(units.buffer));
      const { code, stdout } = await run(place, "--peers", "list.txt", "--report", "csv");
      assert.equal(code, 1);
      assert.match(stdout, /\nPACS@127\.0\.0\.1:/);
    },
  },
  {
    name: "a report to the null device goes nowhere",
    async run(place) {
      const device = place.laboratory.name === "windows" ? "NUL" : "/dev/null";
      const port = `${freePort()}`;
      const { code, stdout, stderr } = await run(
        place,
        "--report",
        `json=${device}`,
        "127.0.0.1",
        port,
      );
      assert.deepEqual([code, stdout], [1, ""], stderr);
      assert.equal(stderr.split("\n").length, 2, stderr);
      assert.deepEqual([...Deno.readDirSync(place.folder)].filter(isNull), []);
    },
  },
  {
    name: "a port that is taken is said to be",
    async run(place) {
      using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
      await sameAsHere(place, "--listen", `127.0.0.1:${listener.addr.port}`);
    },
  },
  {
    name: "a folder where a file belongs comes to the same as here",
    async run(place) {
      await Deno.mkdir(`${place.folder}/folder`);
      await sameAsHere(place, "@folder");
      await sameAsHere(place, "--plan", "folder");
      await sameAsHere(place, "--peers", "folder");
      await sameAsHere(place, "-lc", "folder", "127.0.0.1", "104");
      await sameAsHere(place, "--report", "json=folder", "127.0.0.1", `${freePort()}`);
      await sameAsHere(place, "--report", "json=none/report", "127.0.0.1", `${freePort()}`);
    },
  },
];

/** Steps for systems without the folders of Unix. */
const FOREIGN_STEPS: readonly ScenarioStep[] = [
  {
    name: "no file of a Unix system is looked for: whoever made it would be believed",
    async run(place) {
      const { laboratory: { lookups }, program, folder } = place;
      assert.ok(lookups);
      await write(`${folder}/logger.cfg`, [
        "log4cplus.rootLogger = INFO, file",
        "log4cplus.appender.file = log4cplus::FileAppender",
        "log4cplus.appender.file.File = echoscu.log",
        "log4cplus.appender.file.layout = log4cplus::PatternLayout",
        "log4cplus.appender.file.layout.ConversionPattern = %D{%H:%M %Z} %h %H %m%n",
      ]);
      await write(`${folder}/key`, [
        "-----BEGIN ENCRYPTED PRIVATE KEY-----",
        "MAA=",
        "-----END ENCRYPTED PRIVATE KEY-----",
      ]);
      const peer = ["127.0.0.1", `${freePort()}`];
      const looks = await Promise.all(
        [["--json", "-lc", "logger.cfg", ...peer], ["+tls", "key", "key", ...peer]].map(
          async (args) => {
            const { env, line } = lookups;
            const { stderr } = await runProgram(program.program, {
              args,
              env,
              cwd: folder,
              timeoutMs: TIMEOUT_MS,
            });
            return [...stderr.matchAll(line)].map(([, path = ""]) => path);
          },
        ),
      );
      assert.ok(looks[0]?.some((path) => path.endsWith("echoscu.log")), "what is there is seen");
      assert.ok(looks[1]?.some((path) => path.endsWith("key")), "what is there is seen");
      assert.deepEqual(looks.flat().filter((path) => OF_UNIX.test(path)), []);
    },
  },
];

const OF_UNIX = /^[A-Z]:\\\\(?:dev|etc|proc|run|tmp|var|usr\\\\share\\\\zoneinfo)\\\\/;

/** All steps that make sense there. */
export function scenarioOf({ lookups }: Laboratory): readonly ScenarioStep[] {
  return [...FIRST_STEPS, ...FURTHER_STEPS, ...lookups === undefined ? [] : FOREIGN_STEPS];
}

/** Writes a text file as editors of Windows do. */
async function write(path: string, lines: readonly string[]): Promise<void> {
  await Deno.writeTextFile(path, lines.map((line) => `${line}\r\n`).join(""));
}

function isNull({ name }: Deno.DirEntry): boolean {
  return name.toLowerCase().startsWith("nul");
}

/**
 * Answers everybody, and later closes without having read what came: the system then sends a reset.
 *
 * Later, because Windows throws away what nobody has read when a reset comes: what comes together is lost there.
 */
function impatientWebServer(): Disposable & { readonly port: number } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const answer = new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
  void (async () => {
    for await (const connection of listener) {
      await connection.write(answer).catch(() => {});
      await new Promise((done) => setTimeout(done, 2000));
      connection.close();
    }
  })();
  return { port: listener.addr.port, [Symbol.dispose]: () => listener.close() };
}
