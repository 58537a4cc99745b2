/** What the tests of this room share: plans in memory. */

import type { Options } from "../options/mod.ts";
import type { FileContent } from "../system/mod.ts";
import { loadPlan } from "./load.ts";
import { problemLine } from "./problem.ts";
import type { PlanOutcome, PlanPeer } from "./types.ts";

/** The options of a command line without any. */
export const OPTIONS: Options = {
  mode: { kind: "selftest", withoutTls: true },
  logging: { level: "warn", config: undefined, format: "text" },
  callingAeTitle: "ECHOSCU",
  calledAeTitle: "ANY-SCP",
  proposeTransferSyntaxes: 1,
  proposePresentationContexts: 1,
  connectTimeoutSeconds: undefined,
  socketTimeoutSeconds: 60,
  acseTimeoutSeconds: 30,
  dimseTimeoutSeconds: undefined,
  maximumLength: 16_384,
  repeat: 1,
  intervalSeconds: undefined,
  peerDeadlineSeconds: undefined,
  abort: false,
  family: "any",
  sourceAddress: undefined,
  permissions: false,
  tls: { mode: "off" },
  explain: false,
  exitCodes: "default",
  color: "auto",
  reports: [],
  tlsReport: false,
  expiryWarnDays: undefined,
  operator: undefined,
  bundle: undefined,
  pcap: undefined,
  redact: false,
  history: undefined,
  historyKeepDays: undefined,
  notify: [],
  notifyAfter: 2,
  notifyAgainSeconds: undefined,
  notifyCaFile: undefined,
  notifyTokenFile: undefined,
  trace: undefined,
  warnLatencyMs: undefined,
  criticalLatencyMs: undefined,
};

/** A world with only these files; `null` is a directory. */
export function readerOf(
  files: Readonly<Record<string, string | null>>,
): (path: string) => FileContent {
  return (path) => {
    const content = files[path];
    if (content === undefined) return { error: "missing" };
    return content === null ? { error: "directory" } : new TextEncoder().encode(content);
  };
}

/** What a plan is read from, next to its own file. */
export interface Around {
  /** Other files. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** Environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the command line says. */
  readonly options?: Partial<Options>;
}

/** Reads `text` as `site/plan.yaml`. */
export function read(
  text: string,
  { files = {}, env = {}, options }: Around = {},
): Promise<PlanOutcome> {
  return loadPlan("site/plan.yaml", {
    readFile: readerOf({ "site/plan.yaml": text, ...files }),
    env: (name) => env[name],
    options: { ...OPTIONS, ...options },
  });
}

/** The peers of a plan without mistakes; throws the mistakes of any other. */
export async function peersOf(text: string, around: Around = {}): Promise<readonly PlanPeer[]> {
  const outcome = await read(text, around);
  if (outcome.kind === "plan") return outcome.plan.peers;
  throw new Error(linesOf(outcome).join("\n"));
}

/** The only peer of a plan. */
export async function peerOf(text: string, around: Around = {}): Promise<PlanPeer> {
  const [peer] = await peersOf(text, around);
  if (peer === undefined) throw new Error("no peer");
  return peer;
}

/** The mistakes of a plan, one a line. */
export async function problemsOf(text: string, around: Around = {}): Promise<readonly string[]> {
  return linesOf(await read(text, around));
}

function linesOf(outcome: PlanOutcome): readonly string[] {
  return outcome.kind === "problems" ? outcome.problems.map(problemLine) : [outcome.kind];
}
