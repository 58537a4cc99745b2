/**
 * A history of a year that is made up: its size, and the time of reports: `deno task bench:history`.
 *
 * `--days N` (30), `--peers N` (60), `--every S` (60): how much is made up. Each peer is down once in some days, and the
 * watch itself is off for an hour each week.
 */

import { cpuUsage } from "node:process";
import { Zone } from "../../src/availability/mod.ts";
import { type HistoryRow, loadHistoryReader, loadHistoryWriter } from "../../src/history/mod.ts";
import { Dice } from "../support/dice.ts";

const DAY_MS = 86_400_000;

function option(name: string, standard: number): number {
  const at = Deno.args.indexOf(name);
  return at < 0 ? standard : Number(Deno.args[at + 1]);
}

const days = option("--days", 30);
const peers = option("--peers", 60);
const everySeconds = option("--every", 60);
const untilMs = Date.UTC(2026, 11, 31);
const dice = new Dice(1);

function rowOf(peer: number, startedMs: number): HistoryRow {
  const isDown = Math.floor(startedMs / 1_800_000) % (97 + peer * 13) === 0;
  const [connectMs, associateMs, echoMs] = [1, 10, 5].map((ms) => ms + dice.below(1000) / 100);
  return {
    name: `ARCHIVE_${peer}`,
    group: `Group ${peer % 6}`,
    host: `10.0.0.${peer + 1}`,
    port: 104,
    callingAeTitle: "MONITOR",
    calledAeTitle: `ARCHIVE_${peer}`,
    startedMs,
    elapsedMs: 20 + dice.below(2000) / 100,
    verdict: isDown ? "failed" : "passed",
    outcome: isDown ? "failed" : "verified",
    attempts: 1,
    stage: isDown ? "connect" : null,
    fault: isDown ? "network" : null,
    situation: isDown ? "port-refused" : null,
    message: isDown ? `cannot connect to 10.0.0.${peer + 1} port 104: Connection refused` : null,
    resolveMs: null,
    connectMs: connectMs ?? null,
    tlsMs: null,
    associateMs: isDown ? null : associateMs ?? null,
    echoMs: isDown ? null : echoMs ?? null,
    endMs: isDown ? null : 1.5,
    tlsDaysLeft: null,
  };
}

async function makeUp(file: string): Promise<void> {
  const writeHistory = await loadHistoryWriter();
  const facts = { elapsedMs: 900, everySeconds, title: "made up", site: null, machine: null };
  for (let day = days; day > 0; day -= 1) {
    const runs = [];
    for (
      let at = untilMs - day * DAY_MS;
      at < untilMs - (day - 1) * DAY_MS;
      at += everySeconds * 1000
    ) {
      if (Math.floor(at / 3_600_000) % 168 === 0) continue;
      const rows = Array.from({ length: peers }, (_, peer) => rowOf(peer, at + peer * 10));
      runs.push({ startedMs: at, ...facts, rows });
    }
    const outcome = await writeHistory(file, { runs, keepFromMs: undefined });
    if (outcome !== "written") throw new Error(JSON.stringify(outcome));
  }
}

async function report(file: string, length: number): Promise<void> {
  const { openHistoryReader, readOverTime } = await loadHistoryReader();
  const begin = performance.now();
  const before = cpuUsage();
  const reader = await openHistoryReader(file);
  const opened = performance.now();
  const period = { sinceMs: untilMs - length * DAY_MS, untilMs };
  const found = await readOverTime(reader, { ...period, zone: new Zone("Europe/Berlin") });
  reader.close();
  const results = found.peers.reduce((sum, one) => sum + one.results + one.earlier.results, 0);
  const { user, system } = cpuUsage(before);
  const { rss } = Deno.memoryUsage();
  console.log(
    `${length} days: opened in ${(opened - begin).toFixed(0)} ms, read in ` +
      `${((performance.now() - opened) / 1000).toFixed(2)} s, ${
        ((user + system) / 1e6).toFixed(2)
      } s of CPU ` +
      `(${results} results, with those before), ` +
      `memory ${(rss / 1e6).toFixed(0)} MB`,
  );
}

const folder = await Deno.makeTempDir();
try {
  const file = `${folder}/h.db`;
  const begin = performance.now();
  await makeUp(file);
  const { size } = await Deno.stat(file);
  const count = days * DAY_MS / everySeconds / 1000 * peers;
  console.log(
    `${peers} peers every ${everySeconds} s for ${days} days: ${(size / 1e6).toFixed(0)} MB, ` +
      `${(size / count).toFixed(0)} bytes a result; made up in ${
        ((performance.now() - begin) / 1000).toFixed(0)
      } s`,
  );
  for (const length of [1, 7, 30, 365]) if (length <= days) await report(file, length);
} finally {
  await Deno.remove(folder, { recursive: true });
}
