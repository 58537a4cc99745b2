/**
 * Every command of docs/tls.md, run as it is there, in its order, in one empty folder; what is shown for it is compared.
 *
 * Hosts of the page become this machine, its ports free ones. Dates, times and the ports of clients are compared by
 * their form. A line of three dots in the page leaves lines out.
 */

import assert from "node:assert/strict";
import { findProgram } from "../support/installed.ts";
import { fromFileUrl } from "../support/paths.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { ourProgram, type Running, runProgram, startProgram } from "../support/run_program.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";

const PAGE = fromFileUrl(new URL("../../docs/tls.md", import.meta.url));

/** What the page shows for a command that must fail. */
const FAILURE = /^(?:F: |E: certificate verification failed|failed\t|DICOM (?:WARNING|CRITICAL))/m;

/** What needs the old device, which DCMTK plays. */
const OLD_DEVICE = /^storescp | oldct\.example\.org |^echoscu --plan site\.yaml$/;

/** A command of the page with the output that is shown for it, or the text of the file that it shows. */
interface Shown {
  readonly command: string;
  readonly output: string;
}

/** Where the commands run. */
interface World {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** What was left running, the last one last. */
  readonly running: Running[];
  /** Ports of this machine by those of the page. */
  readonly ports: Map<string, string>;
}

testWith({
  name: "every command of docs/tls.md works and prints what is shown",
  missing: await lacking(),
  async fn(t) {
    const shown = commandsOf(await Deno.readTextFile(PAGE));
    assert.ok(shown.length > 40);
    const folder = await Deno.makeTempDir({ prefix: "echoscu-tls-docs-" });
    const world: World = { folder, env: await pathWithOurs(folder), running: [], ports: new Map() };
    const hasOldDevice = findProgram("storescp") !== undefined;
    try {
      for (const one of shown) {
        const ignore = !hasOldDevice && OLD_DEVICE.test(one.command);
        const name = ignore ? `${one.command} (left out: storescp is not installed)` : one.command;
        await t.step({ name, ignore, fn: () => treat(localised(one, world), world) });
      }
    } finally {
      await stopAll(world);
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function lacking(): Promise<string | undefined> {
  if (Deno.build.os === "windows") return "the commands are those of a Unix shell";
  if (findProgram("bash") === undefined) return "bash is not installed";
  const missing = await tlsTestsMissing();
  if (missing !== undefined) return missing;
  const { stdout } = await runProgram({ command: "openssl", args: ["version"] }, { args: [] });
  return stdout.startsWith("OpenSSL ") ? undefined : `this openssl is another: ${stdout.trim()}`;
}

/** The commands between fences of `console`; what follows a command up to the next one is its output. */
function commandsOf(page: string): readonly Shown[] {
  const blocks = [...page.matchAll(/^```console\n([^]*?)^```$/gm)].map(([, block = ""]) => block);
  return blocks.flatMap((block) => block.split(/^\$ /m).slice(1)).map((piece) => {
    const end = piece.indexOf("\n");
    return { command: piece.slice(0, end), output: piece.slice(end + 1).trimEnd() };
  });
}

/** The command with this machine in place of the hosts and ports of the page; one port stays one port. */
function localised({ command, output }: Shown, { ports }: World): Shown {
  const here = (text: string) =>
    text
      .replaceAll(/\b(?:pacs|oldct)\.example\.org\b/g, "localhost")
      .replaceAll(/\b(?:276[23]|1111[23])\b(?! is usual)/g, (port) => {
        const own = ports.get(port) ?? `${freePort()}`;
        ports.set(port, own);
        return own;
      });
  return { command: here(command), output: here(output) };
}

/** A folder of programs that holds `echoscu`, first on the path. */
async function pathWithOurs(folder: string): Promise<Readonly<Record<string, string>>> {
  const { command, args } = ourProgram();
  const words = [command, ...args].map((word) => `'${word}'`).join(" ");
  const bin = `${folder}/bin`;
  await Deno.mkdir(bin);
  await Deno.writeTextFile(`${bin}/echoscu`, `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
  return { PATH: `${bin}:${Deno.env.get("PATH") ?? ""}` };
}

/** Does with a command what a reader does. What openssl prints differs by version: the page shows none of it. */
async function treat({ command, output }: Shown, world: World): Promise<void> {
  const file = /^cat (\S+\.(?:cnf|yaml))$/.exec(command)?.[1];
  if (file !== undefined) return await Deno.writeTextFile(`${world.folder}/${file}`, `${output}\n`);
  if (command === "kill $(jobs -p)") return await stopAll(world);
  if (command.endsWith(" &")) return await leaveRunning(command, world);
  if (command.startsWith("tail ")) return await becomes({ command, output }, world);
  const { code, text } = await run(command, world);
  assert.equal(code !== 0, FAILURE.test(output), text);
  if (!command.startsWith("openssl ")) assertShown(text, output);
}

async function run(command: string, { folder, env }: World) {
  const bash = { command: "bash", args: ["-c", `{ ${command}; } 2>&1`] };
  const { code, stdout } = await runProgram(bash, { args: [], cwd: folder, env });
  return { code, text: stdout.trimEnd() };
}

/** Starts what ends with `&`, and waits until it listens. */
async function leaveRunning(command: string, { folder, env, running }: World): Promise<void> {
  const bash = { command: "bash", args: ["-c", `exec ${command.replace(/ &$/, "")}`] };
  const one = startProgram(bash, { args: [], cwd: folder, env });
  running.push(one);
  const port = Number(/(?:--listen |\+pa )(\d+)/.exec(command)?.[1]);
  assert.ok(await untilListening(port, { alive: () => one.alive }), one.output());
}

/** A log is written while its reader goes on. */
async function becomes({ command, output }: Shown, world: World): Promise<void> {
  const end = Date.now() + 10_000;
  for (;;) {
    const { text } = await run(command, world);
    if (comparable(text) === comparable(output) || Date.now() > end) {
      return assertShown(text, output);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function stopAll({ running }: World): Promise<void> {
  await Promise.all(running.splice(0).map((one) => one.stop()));
}

/** Compares all of it, but for what three dots leave out: that may be anything. */
function assertShown(text: string, output: string): void {
  const actual = `${comparable(text)}\n`;
  const pieces = `${comparable(output)}\n`.split(/^\.\.\.\n/m);
  const [first = ""] = pieces;
  if (pieces.length === 1) return assert.equal(actual, first);
  assert.ok(actual.startsWith(first) && actual.endsWith(pieces.at(-1) ?? ""), text);
  let from = 0;
  for (const piece of pieces) {
    const at = actual.indexOf(piece, from);
    assert.ok(at >= 0, `not shown: ${piece}\n${text}`);
    from = at + piece.length;
  }
}

/** Text without what differs from run to run. */
function comparable(text: string): string {
  return text
    .replaceAll(/\b\d{4}-\d\d-\d\d\b/g, "DATE")
    .replaceAll(/\b[\d.]+ ?m?s\b/g, "TIME")
    .replaceAll(/from \S+ port \d+/g, "from CLIENT");
}
