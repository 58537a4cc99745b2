/** The recorded runs of the reference against TLS peers, and how one is played with another program. */

import recorded from "../golden/tls_cases.json" with { type: "json" };
import { normalise } from "../support/normalise.ts";
import { limitsTimes } from "../support/patiently.ts";
import { type ClosedPort, closedPort } from "../support/ports.ts";
import type { Player } from "../support/players.ts";
import type { Run } from "../support/run_program.ts";
import {
  type RawPeer,
  startRawPeer,
  startTlsServer,
  type TlsServer,
} from "../support/tls_servers.ts";
import type { Outcome } from "./outcome.ts";

/** One recorded run. */
export interface TlsCase {
  /** Unique name. */
  readonly name: string;
  /** What it is about. */
  readonly group: string;
  /** Command line of the server, `{port}` as placeholder. */
  readonly serverCommand?: readonly string[];
  /** A peer that sends fixed bytes. */
  readonly rawPeer?: RawPeer;
  /** Arguments, `{port}` as placeholder. */
  readonly args: readonly string[];
  /** Variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input, without a controlling terminal. */
  readonly stdin?: string;
  /** What was typed on a controlling terminal. */
  readonly tty?: { readonly stdinIs: string; readonly typed: string };
  /** What that terminal showed. */
  readonly terminal?: string;
  /** Exit code. */
  readonly exit: number;
  /** Standard output. */
  readonly stdout?: string;
  /** Standard error. */
  readonly stderr?: string;
  /** All outcomes of a race. */
  readonly alternatives?: readonly { exit: number; stdout: string; stderr: string }[];
  /** How long it took, when that was long. */
  readonly seconds?: number;
  /** Files it wrote. */
  readonly filesAfter?: Readonly<Record<string, { size: number; mode: string }>>;
}

/** All recorded runs. */
export function tlsCases(): readonly TlsCase[] {
  return recorded as readonly TlsCase[];
}

/** Whether a limit of the case is so short that other work on the machine can use it up. */
export function hasShortLimit({ args }: TlsCase): boolean {
  return args.some((arg, at) => /^-t[osad]$/.test(arg) && Number(args[at + 1]) < 5);
}

/** The same case with limits 15 times as wide, also where the reference names them. */
export function widened(one: TlsCase): TlsCase {
  const limits = limitsTimes(15);
  const { stderr, args } = one;
  const said = stderr === undefined ? {} : { stderr: limits.text(stderr) };
  return { ...one, args: limits.args(args), ...said };
}

/** What the reference came to: one outcome, or those of a race. */
export function recordedTlsOutcomes(one: TlsCase): readonly Outcome[] {
  const runs = one.alternatives ?? [one];
  return runs.map(({ exit, stdout = "", stderr = "" }) => ({
    exit,
    stdout: smooth(stdout),
    stderr: smooth(stderr),
  }));
}

/** The blocks of host and library names differ from machine to machine; dates of certificates made now, from day to day. */
function smooth(text: string): string {
  return normalise(text)
    .replace(/^\$\w+: .*\$$/m, "{IDENTIFICATION}")
    .replace(/^(?:Host type|Character encoding|Build options):.*\n/gm, "")
    .replace(/not before .* GMT, not after .*$/gm, "{VALIDITY}");
}

/** Starts servers, each command line once, and stops them all. */
export class Servers implements AsyncDisposable {
  readonly #folder: string;
  readonly #running = new Map<string, Promise<TlsServer | ClosedPort>>();

  /** Makes servers that find the test PKI in `folder`. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The port of the server of a case; of nothing at all when it has none. */
  async portFor(one: TlsCase): Promise<number> {
    const { serverCommand, rawPeer } = one;
    const key = JSON.stringify(serverCommand ?? rawPeer ?? "nothing");
    const start = () => {
      if (serverCommand !== undefined) return startTlsServer(serverCommand, this.#folder);
      return rawPeer === undefined ? closedPort() : startRawPeer(rawPeer);
    };
    const running = this.#running.get(key) ?? start();
    this.#running.set(key, running);
    return (await running).port;
  }

  /** Stops all of them. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const running of this.#running.values()) await (await running)[Symbol.asyncDispose]();
  }
}

/** Plays a case in the folder of the test PKI. */
export async function playTlsCase(
  one: TlsCase,
  at: { readonly play: Player; readonly folder: string; readonly port: number },
): Promise<Run> {
  return await at.play({
    args: one.args.map((word) => word.replace("{port}", String(at.port))),
    cwd: at.folder,
    ...(one.env === undefined ? {} : { env: one.env }),
    ...(one.stdin === undefined ? {} : { stdin: one.stdin }),
    timeoutMs: 90_000,
  });
}

/** Our outcome, smoothed as the recorded ones. */
export function tlsOutcome(run: Run): Outcome {
  return { exit: run.code, stdout: smooth(run.stdout), stderr: smooth(run.stderr) };
}
