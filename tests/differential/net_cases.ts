/** The recorded network cases: what the reference did against scripted peers, and how to have a program do it again. */

import data from "../golden/net-cases.json" with { type: "json" };
import { hidePort, withoutIdentity } from "../support/normalise.ts";
import type { Player } from "../support/players.ts";
import { type Listen, type Peer, startScriptedPeer } from "../support/scripted_peer.ts";
import type { Received } from "../support/peer_connection.ts";
import { fromHex, type Step } from "../support/script.ts";
import { type Outcome, toOutcome } from "./outcome.ts";

/** One recorded run. */
export interface Recording {
  /** Arguments, with `{HOST}` and `{PORT}` as placeholders. */
  readonly args: readonly string[];
  /** Exit code. */
  readonly exit: number;
  /** Standard output. */
  readonly stdout: string;
  /** Standard error, with `{PORT}` for the port. */
  readonly stderr: string;
  /** Wall time. */
  readonly elapsedMs: number;
}

/** One recorded case: a script and what the reference did, without `-v`, with `-v`, with `-d` and with `-ll trace`. */
export interface NetCase extends Recording {
  /** Unique. */
  readonly name: string;
  /** What it shows. */
  readonly description: string;
  /** What it belongs to: `success`, `ac`, `timeout`, ... */
  readonly group: string;
  /** Where and how the peer listens. */
  readonly listen?: Listen;
  /** Variables for the program. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the peer does. */
  readonly scriptedPeer: readonly Step[];
  /** The run with `-v`. */
  readonly verbose: Recording;
  /** The run with `-d`. */
  readonly debug?: Recording;
  /** The run with `-ll trace`; only some cases have it. */
  readonly trace?: Recording;
  /** PDUs the reference sent with `-v`; the largest are not kept as bytes. */
  readonly client?: readonly { readonly pdu: string; readonly hex?: string }[];
  /** Why a run may come out in several ways. */
  readonly nondeterministic?: string;
  /** All ways it may come out. */
  readonly alternatives?: readonly { readonly exit: number; readonly stderrVerbose: string }[];
}

/** The levels of a case. */
export const LEVELS = ["plain", "verbose", "debug", "trace"] as const;

/** One of them. */
export type Level = typeof LEVELS[number];

/** How long a peer may take to see the end of a program that has ended. */
const LATEST_END_MS = 15_000;

/** How much sooner than the reference a run may end, in ms, or a tenth: it counts whole seconds in part. */
const EARLY_MS = 1_500;

/** All cases, in the order of their names. */
export function netCases(): readonly NetCase[] {
  return data as readonly NetCase[];
}

/** The recording of a level; some cases have none with `-d`. */
export function recordingOf(netCase: NetCase, level: Level): Recording | undefined {
  return level === "plain" ? netCase : netCase[level];
}

/** The longest of a case's runs. */
export function slowestMs(netCase: NetCase): number {
  return Math.max(...LEVELS.map((level) => recordingOf(netCase, level)?.elapsedMs ?? 0));
}

/** What the reference may come to: one outcome, or several where it is a race. */
export function recordedOutcomes(netCase: NetCase, level: Level): Outcome[] {
  const recording = recordingOf(netCase, level);
  if (recording === undefined) return [];
  const { exit, stdout, stderr } = recording;
  const sent = level === "verbose" ? recordedPdus(netCase) : undefined;
  const outcome: Outcome = { ...toOutcome({ code: exit, stdout, stderr }), sent };
  const others = netCase.alternatives ?? [];
  if (others.length === 0) return [outcome];
  return others.map((other) => ({
    exit: other.exit,
    stdout: outcome.stdout,
    stderr: level === "plain" ? withoutInfo(other.stderrVerbose) : other.stderrVerbose,
  }));
}

/** Plays a case. */
export async function replay(
  netCase: NetCase,
  { play, level }: { readonly play: Player; readonly level: Level },
): Promise<Outcome> {
  const recording = recordingOf(netCase, level) ?? netCase;
  await using peer = await startScriptedPeer(netCase.scriptedPeer, netCase.listen);
  const args = recording.args.map((arg) =>
    arg.replace("{HOST}", peer.host).replace("{PORT}", String(peer.port))
  );
  const timeoutMs = recording.elapsedMs + 20_000;
  const run = await play({ args, timeoutMs, env: netCase.env ?? {} });
  const outcome = toOutcome({ ...run, stderr: hidePort(run.stderr, peer.port) });
  const early = run.wallMs < recording.elapsedMs - Math.max(EARLY_MS, recording.elapsedMs / 10);
  if (netCase.alternatives !== undefined) {
    return {
      ...outcome,
      stderr: level === "debug" ? withoutDebug(outcome.stderr) : outcome.stderr,
      early,
    };
  }
  if (level !== "verbose" || netCase.client === undefined) return { ...outcome, early };
  const sent = (await receivedBy(peer)).map(({ pdu, bytes }) => `${pdu} ${withoutIdentity(bytes)}`);
  return { ...outcome, sent: keptPdus(netCase, sent), early };
}

/** What the peer got; nothing when the program never came, or when the peer cannot finish its script. */
async function receivedBy(peer: Peer): Promise<readonly Received[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const nothing = new Promise<readonly Received[]>((done) => {
    timer = setTimeout(() => done([]), LATEST_END_MS);
  });
  const all = peer.first().then(({ received }) => received);
  return await Promise.race([all, nothing]).finally(() => clearTimeout(timer));
}

function recordedPdus(netCase: NetCase): string[] | undefined {
  if (netCase.client === undefined) return undefined;
  const all = netCase.client.map(({ pdu, hex }) =>
    `${pdu} ${hex === undefined ? "" : withoutIdentity(fromHex(hex))}`
  );
  return keptPdus(netCase, all);
}

/** Blanks out the PDUs whose bytes the recording does not hold. */
function keptPdus(netCase: NetCase, pdus: readonly string[]): string[] {
  return pdus.map((text, index) => {
    const recorded = netCase.client?.[index];
    return recorded !== undefined && recorded.hex === undefined ? recorded.pdu : text;
  });
}

function withoutInfo(stderr: string): string {
  return stderr.replace(/^I: .*\n/gm, "");
}

function withoutDebug(stderr: string): string {
  return stderr.replace(/^D: .*\n/gm, "");
}
