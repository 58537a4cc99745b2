/** Runs of made-up plans: their peers play scripts, and no time passes. */

import type { PlanPeer } from "../../src/plan/mod.ts";
import type { RunReport } from "../../src/runner/mod.ts";
import { type RunEnvironment, runPlan, type RunSettings } from "../../src/runner/mod.ts";
import { JumpingClock } from "./jumping_clock.ts";
import {
  type Scripted,
  type ScriptedChecks,
  scriptedChecks,
  SETTINGS,
  told,
} from "./scripted_checks.ts";

/** A run that came to its end, with what was seen of it. */
export interface Seen extends ScriptedChecks {
  readonly report: RunReport;
  readonly events: readonly string[];
  readonly clock: JumpingClock;
}

/** How to run next to the peers. */
export interface Around {
  readonly settings?: Partial<RunSettings>;
  readonly environment?: Partial<RunEnvironment>;
  /** Called with the clock before it moves. */
  readonly before?: (clock: JumpingClock) => void;
}

/** Runs `peers`, whose attempts do what `scripts` say. */
export async function runScripted(
  peers: readonly PlanPeer[],
  scripts: (peer: PlanPeer) => readonly Scripted[],
  { settings, environment, before }: Around = {},
): Promise<Seen> {
  const clock = new JumpingClock();
  const checks = scriptedChecks(scripts, clock);
  const events: string[] = [];
  before?.(clock);
  const report = await clock.until(runPlan({ title: "a plan", peers }, {
    settings: { ...SETTINGS, ...settings },
    environment: {
      check: checks.check,
      clock,
      wallTime: () => 1000 + clock.now(),
      notice: (event) => events.push(told(event)),
      ...environment,
    },
  }));
  return { ...checks, report, events, clock };
}

/** Each peer with its verdict and its number of attempts. */
export function verdicts(report: RunReport): readonly string[] {
  return report.entries.map(({ name, verdict, attempts }) => `${name} ${verdict} ${attempts}`);
}
