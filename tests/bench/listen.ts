/**
 * What the answering side can take (`deno task bench:listen`): echoes and associations a second of our `--listen`, next to
 * DCMTK's storescp and dcmqrscp, from 1, 50 and 500 clients; then what ours holds in memory over 100000 associations.
 *
 * A second of wall time depends on who else is busy; a second of the server's own processor time does not, and is what
 * one core gives. Options: `--clients=N,...`, `--seconds=N` for each figure (default 4), `--associations=N` of the last
 * part, `--json=FILE`. `ECHOSCU_BIN` names an executable to measure in place of the bundle.
 */

import { available, type PeerName, startRealPeer } from "../support/real_peers.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { type Program, startProgram } from "../support/run_program.ts";
import { requestsOf } from "./floor.ts";
import { type Load, put } from "./load.ts";
import { cpuSecondsOf, residentMiB } from "./process.ts";
import { shippedProgram } from "./shipped.ts";
import { Arguments, fill, machineLine, thisMachine, writeJson } from "./table.ts";

const SAMPLES = 10;

/** A server that runs. */
interface Server extends AsyncDisposable {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  /** The AE title to call it by. */
  readonly aeTitle: string;
}

/** One figure. */
interface Figure {
  readonly server: string;
  readonly what: "associations" | "echoes";
  readonly clients: number;
  readonly done: number;
  readonly rejected: number;
  readonly failed: number;
  readonly perSecond: number;
  /** For each second of the server's own processor time. */
  readonly perCpuSecond: number;
  readonly residentMiB: number;
}

async function main(args: readonly string[]): Promise<number> {
  const given = new Arguments(args, ["clients", "seconds", "associations", "json"]);
  const clients = given.counts("clients", [1, 50, 500]);
  const seconds = given.count("seconds", 4);
  const machine = thisMachine();
  console.log(machineLine(machine));
  if (Deno.build.os !== "linux") {
    console.error("cannot measure here: processor time of a server is read from /proc");
    return 1;
  }
  const program = await shippedProgram();
  const requests = await requestsTo(program);
  const figures: Figure[] = [];
  for (const start of [() => startOurs(program), ...others()]) {
    for (const keeps of [false, true]) {
      for (const count of clients) {
        // Each time a fresh one: some are left in disorder by too many clients.
        await using server = await start();
        const load = { clients: count, seconds, keeps, requests: called(requests, server) };
        figures.push(await measure(server, load));
      }
    }
  }
  for (const what of ["associations", "echoes"] as const) console.log(`\n${table(what, figures)}`);
  const memory = await overTime(program, {
    requests,
    total: given.count("associations", 100_000),
    clients: Math.min(50, ...clients.filter((count) => count > 1)),
  });
  await writeJson(given.text("json"), { machine, figures, memory });
  return 0;
}

async function requestsTo(program: Program): Promise<Load["requests"]> {
  await using peer = await startOurs(program);
  return await requestsOf(program, peer.port);
}

async function startOurs(program: Program): Promise<Server> {
  const port = freePort();
  const words = ["--listen", `127.0.0.1:${port}`, "--max-associations", "1000"];
  const running = startProgram(program, { args: words });
  if (!await untilListening(port, { alive: () => running.alive })) {
    throw new Error(`--listen did not come up: ${running.output()}`);
  }
  return {
    name: "our --listen",
    pid: running.pid,
    port,
    aeTitle: "ANY-SCP",
    [Symbol.asyncDispose]: () => running.stop().then(() => {}),
  };
}

function others(): readonly (() => Promise<Server>)[] {
  return (["storescp", "dcmqrscp"] as const satisfies readonly PeerName[]).flatMap((name) => {
    const lacking = available(name);
    if (lacking !== undefined) console.log(`${name} is left out: ${lacking}`);
    return lacking === undefined ? [() => startRealPeer(name)] : [];
  });
}

/** The requests with the server's AE title in the first one (PS3.8 Table 9-11: bytes 11 to 26). */
function called(requests: Load["requests"], { aeTitle }: Server): Load["requests"] {
  const [associate, ...rest] = requests.map((request) => request.slice());
  if (associate === undefined) return requests;
  associate.set(new TextEncoder().encode(aeTitle.padEnd(16)), 10);
  return [associate, ...rest];
}

async function measure(server: Server, load: Omit<Load, "port">): Promise<Figure> {
  // What runs for long is measured, so that compilers have done their work before.
  await put({ ...load, seconds: (load.seconds ?? 0) / 2, port: server.port });
  const before = cpuSecondsOf(server.pid);
  const { done, rejected, failed, seconds } = await put({ ...load, port: server.port });
  const cpu = cpuSecondsOf(server.pid) - before;
  return {
    server: server.name,
    what: load.keeps ? "echoes" : "associations",
    clients: load.clients,
    done,
    rejected,
    failed,
    perSecond: done / seconds,
    perCpuSecond: done / cpu,
    residentMiB: residentMiB(server.pid),
  };
}

function table(what: Figure["what"], figures: readonly Figure[]): string {
  const rows = figures.filter((figure) => figure.what === what);
  const ours = (clients: number) => rows.find((row) => row.clients === clients);
  const times = (mine = NaN, theirs = NaN) => mine === theirs ? "" : (mine / theirs).toFixed(1);
  const heads = [
    "",
    "clients",
    "a second",
    "a CPU second",
    "MiB",
    "rejected",
    "failed",
    "ours: times",
    "CPU",
  ];
  return `${what}\n${
    fill(
      heads,
      rows.map((row) => [
        row.server,
        `${row.clients}`,
        row.perSecond.toFixed(0),
        row.perCpuSecond.toFixed(0),
        row.residentMiB.toFixed(0),
        `${row.rejected}`,
        `${row.failed}`,
        times(ours(row.clients)?.perSecond, row.perSecond),
        times(ours(row.clients)?.perCpuSecond, row.perCpuSecond),
      ]),
    )
  }`;
}

/** Resident memory of a server of ours at every tenth of so many associations. */
async function overTime(
  program: Program,
  { total, clients, requests }: Pick<Load, "clients" | "requests"> & { readonly total: number },
): Promise<readonly { readonly done: number; readonly residentMiB: number }[]> {
  await using server = await startOurs(program);
  const samples = [{ done: 0, residentMiB: residentMiB(server.pid) }];
  const step = Math.ceil(total / SAMPLES);
  await put({
    port: server.port,
    clients,
    requests,
    keeps: false,
    most: total,
    onEcho(done) {
      if (done % step === 0) samples.push({ done, residentMiB: residentMiB(server.pid) });
    },
  });
  console.log(`\nmemory of our --listen over ${total} associations of ${clients} clients`);
  const rows = samples.map(({ done, residentMiB }) => [`${done}`, residentMiB.toFixed(1)]);
  console.log(fill(["done", "resident MiB"], rows));
  return samples;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
