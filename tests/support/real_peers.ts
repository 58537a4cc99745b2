/** Starts and stops real SCPs of other vendors on free ports of this machine. */

import { missing } from "./installed.ts";
import { type Setup, SETUPS } from "./peer_setups.ts";
import { freePort, isListening, untilListening } from "./ports.ts";
import { signalChild } from "./signal_child.ts";

/** Name of a peer. */
export type PeerName = keyof typeof SETUPS;

/** A running SCP; `await using` stops it. */
export interface RealPeer extends AsyncDisposable {
  /** Its name. */
  readonly name: PeerName;
  /** Address to connect to. */
  readonly host: string;
  /** Port to connect to. */
  readonly port: number;
  /** The AE title to call it by. */
  readonly aeTitle: string;
  /** Process id. */
  readonly pid: number;
  /** Everything it printed so far. */
  log(): string;
}

/** How long a program is given to end by itself after SIGTERM; Orthanc would take seconds. */
const STOP_MS = 500;
/** A port that was free may be taken by somebody else before the peer has it. */
const ATTEMPTS = 3;

/** All names. */
export const PEER_NAMES = Object.keys(SETUPS) as readonly PeerName[];

/** Says why a peer cannot run here; `undefined` when it can. */
export function available(name: PeerName): string | undefined {
  return missing(SETUPS[name].need);
}

/** Starts a peer; resolves when it listens. */
export async function startRealPeer(name: PeerName): Promise<RealPeer> {
  let log = "";
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const peer = await tryStart(name);
    if (typeof peer !== "string") return peer;
    log = peer;
  }
  throw new Error(`${name} did not start:\n${log.slice(-2000)}`);
}

/** Starts a peer once; gives what it printed when that failed. */
async function tryStart(name: PeerName): Promise<RealPeer | string> {
  const setup: Setup = SETUPS[name];
  const folder = await Deno.makeTempDir({ prefix: `${name}-` });
  const port = freePort("0.0.0.0");
  const child = launch(setup, { folder, port });
  let alive = true;
  const ended = child.status.then(() => alive = false);
  const log = () => Deno.readTextFileSync(`${folder}/log`);
  let isStopped = false;
  async function stop(): Promise<void> {
    if (isStopped) return;
    isStopped = true;
    if (alive) signalChild(child, "SIGTERM");
    const timer = setTimeout(() => alive && signalChild(child, "SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(timer);
    await untilClosed(port);
    await Deno.remove(folder, { recursive: true });
  }
  if (await untilListening(port, { alive: () => alive })) {
    const { aeTitle } = setup;
    return {
      name,
      host: "127.0.0.1",
      port,
      aeTitle,
      pid: child.pid,
      log,
      [Symbol.asyncDispose]: stop,
    };
  }
  const printed = log();
  await stop();
  return printed;
}

/** The log is a file, because a pipe would stay open in children that outlive their parent. */
function launch(setup: Setup, site: { folder: string; port: number }): Deno.ChildProcess {
  const command = setup.prepare(site);
  return new Deno.Command("sh", {
    args: ["-c", 'exec "$@" > log 2>&1', "sh", ...command],
    cwd: site.folder,
    env: { LC_ALL: "C", ...setup.env },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

/** A forked child may hold the port for a moment after its parent is gone. */
async function untilClosed(port: number): Promise<void> {
  for (let tries = 0; tries < 50 && await isListening(port); tries += 1) {
    await new Promise((done) => setTimeout(done, 20));
  }
}
