/** The exporter over connections in memory, with a clock that only its test moves. */

import { type CheckResult, Interrupted } from "../../src/check/mod.ts";
import { diagnose } from "../../src/diagnosis/mod.ts";
import {
  type ExporterDeps,
  type ExporterEvent,
  type ExporterPlan,
  type ExporterSettings,
  serveMetrics,
} from "../../src/exporter/mod.ts";
import type { PlanPeer } from "../../src/plan/mod.ts";
import { loadReports } from "../../src/report/mod.ts";
import { JumpingClock } from "./jumping_clock.ts";
import { MemoryClient } from "./memory_http.ts";
import { listenInMemory } from "./memory_stream.ts";
import { checkOf, failed, verified } from "./report_runs.ts";

/** A peer of a plan without anything special. */
export function peer(name: string, host = "", changes: Partial<PlanPeer> = {}): PlanPeer {
  return {
    name,
    tags: [],
    check: checkOf({}, host),
    tls: { mode: "off" },
    expect: { reachable: true },
    ...changes,
  };
}

const FAST = peer("fast", "", { check: checkOf({ calledAeTitle: "FAST", repeat: 2 }) });

/** Two peers of a plan, a second module, and targets that are allowed. */
export const SETTINGS: ExporterSettings & Omit<ExporterPlan, "check"> = {
  peers: [
    peer("archive", "pacs.lan", { check: checkOf({ calledAeTitle: "ARCH" }, "pacs.lan") }),
    peer("gone", "old.lan", { expect: { reachable: false } }),
  ],
  modules: new Map([["default", peer("default")], ["fast", FAST]]),
  allow: [{ host: { kind: "text", text: "*.ct.lan" }, firstPort: 100, lastPort: 200 }],
  jobs: 2,
  jobsPerHost: 1,
  deadlineSeconds: 10,
  ceilingSeconds: 120,
  hosts: { names: ["exporter"], anyAddress: false },
  maxConnections: 20,
};

/** Starts an exporter whose checks succeed, unless `check` says otherwise. */
export async function exporter(
  check?: ExporterPlan["check"],
  changes: Partial<ExporterSettings & ExporterPlan> & Pick<ExporterDeps, "reload"> = {},
) {
  const clock = new JumpingClock();
  const listening = listenInMemory();
  const stop = new AbortController();
  const checked: PlanPeer[] = [];
  const events: ExporterEvent[] = [];
  const plan: ExporterPlan = { ...SETTINGS, ...changes, check: checkInto(checked, check) };
  const done = serveMetrics(listening, {
    settings: { ...SETTINGS, ...changes },
    plan: () => plan,
    reload: changes.reload,
    reports: await loadReports(),
    reportSettings: { program: "echoscu 1.2.3", diagnose },
    clock,
    wallTime: () => 1_769_846_400_000,
    signal: stop.signal,
    notice: (event) => events.push(event),
  });
  const ask = (path: string, ...headers: readonly string[]) =>
    answerOf(new MemoryClient(listening), [path, ...headers]);
  const askFrom = (host: string, path: string) =>
    answerOf(new MemoryClient(listening, host), [path]);
  const send = async (text: string) => {
    const client = new MemoryClient(listening);
    await client.send(text);
    return await client.answer();
  };
  const end = async () => {
    stop.abort("SIGINT");
    await clock.until(done);
  };
  return { clock, listening, checked, events, ask, askFrom, send, stop, done, end };
}

/** Makes `check`, which succeeds by default, and notes the peer in `checked`. */
function checkInto(
  checked: PlanPeer[],
  check?: ExporterPlan["check"],
): ExporterPlan["check"] {
  return async (peer, signal) => {
    checked.push(peer);
    return await check?.(peer, signal) ?? verified(peer.check);
  };
}

async function answerOf(client: MemoryClient, request: readonly [string, ...string[]]) {
  await client.get(...request);
  return await client.answer();
}

/** A check that ends only when it is told to. */
export function endless(peer: PlanPeer, signal: AbortSignal): Promise<CheckResult> {
  const { promise, resolve } = Promise.withResolvers<CheckResult>();
  const end = () => resolve(failed(new Interrupted("associate", signal.reason), peer.check));
  signal.addEventListener("abort", end);
  if (signal.aborted) end();
  return promise;
}
