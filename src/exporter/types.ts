/** What the exporter is given, and what it reports. */

import type { CheckResult } from "../check/mod.ts";
import type { Clock, OwnHosts } from "../http/mod.ts";
import type { TargetPattern } from "../options/mod.ts";
import type { PlanPeer } from "../plan/types.ts";
import type { Reports, ReportSettings } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";

/** What is known of peers, as a whole: another one takes its place when the plan is reloaded. */
export interface ExporterPlan {
  /** Peers that are known by name, host and port, with their own settings. */
  readonly peers: readonly PlanPeer[];
  /** Settings for any other target by name, `default` where no other is asked for. Host and port count for nothing. */
  readonly modules: ReadonlyMap<string, PlanPeer>;
  /** Checks one of them; when the signal is raised it ends at once, with an `Interrupted` result. */
  readonly check: (peer: PlanPeer, signal: AbortSignal) => Promise<CheckResult>;
}

/** What else may be probed, and how. */
export interface ExporterSettings {
  /** Targets that may be probed though they are none of the peers. */
  readonly allow: readonly TargetPattern[];
  /** Most probes at once. */
  readonly jobs: number;
  /** Of them, most at the same host. */
  readonly jobsPerHost: number;
  /** Limit for a probe when the scraper names none, in seconds; what goes beyond yields to probes that wait. */
  readonly deadlineSeconds: number;
  /** Limit for a probe whatever the scraper says, in seconds. */
  readonly ceilingSeconds: number;
  /** By which hosts requests may call this exporter. */
  readonly hosts: OwnHosts;
  /** Most HTTP connections at once. */
  readonly maxConnections: number;
}

/** What the exporter works with. */
export interface ExporterDeps {
  /** What else may be probed, and how. */
  readonly settings: ExporterSettings;
  /** The plan that is in use; every request asks for it once. */
  readonly plan: () => ExporterPlan;
  /** Reloads the plan for `POST /-/reload`, and says in one sentence what came of it; `undefined`: not for clients. */
  readonly reload?:
    | (() => Promise<{ readonly isDone: boolean; readonly text: string }>)
    | undefined;
  /** What renders metrics and pages. */
  readonly reports: Reports;
  /** Settings of the reports. */
  readonly reportSettings: ReportSettings;
  /** Time. */
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly wallTime: () => number;
  /** Ends the service. */
  readonly signal: AbortSignal;
  /** Gets what happens. */
  readonly notice: (event: ExporterEvent) => void;
}

/** What happens in the exporter. */
export type ExporterEvent =
  /** A peer was probed. */
  | { readonly type: "probed"; readonly target: string; readonly report: RunReport }
  /** A probe was refused; `reason` is the sentence the client got. */
  | { readonly type: "refused"; readonly status: number; readonly reason: string }
  /** Our own code failed. */
  | { readonly type: "defect"; readonly error: unknown };
