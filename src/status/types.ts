/** What the status page is given, and what it reports. */

import type { Clock, OwnHosts } from "../http/mod.ts";
import type { PastFigures, Reports, ReportSettings, StatusPages } from "../report/mod.ts";
import type { Board, ReportEntry } from "../runner/mod.ts";

/** How the page is served. */
export interface StatusSettings {
  /** By which hosts requests may call it. */
  readonly hosts: OwnHosts;
  /** What who may read it has to know; `undefined`: everybody who reaches it may. */
  readonly token: string | undefined;
  /** The port it is served at, by which its cookie is told apart from those of others on the same host. */
  readonly port: number;
  /** From the beginning of one run to that of the next, in seconds. */
  readonly everySeconds: number;
  /** Most HTTP connections at once. */
  readonly maxConnections: number;
  /** Of them, most that wait for events. */
  readonly maxListeners: number;
}

/** What the status page works with. */
export interface StatusDeps {
  /** How it is served. */
  readonly settings: StatusSettings;
  /** What is known of the peers; read at every request, and never asked for more. */
  readonly board: Board;
  /** The log lines of a check that failed; empty where they are not known. */
  readonly linesOf: (entry: ReportEntry) => readonly string[];
  /** How available a peer was, by its name; `undefined` where that is not known. */
  readonly pastOf: (name: string) => PastFigures | undefined;
  /** What makes pages. */
  readonly pages: StatusPages;
  /** What renders metrics. */
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
  readonly notice: (event: StatusEvent) => void;
}

/** What happens at the status page. */
export type StatusEvent =
  /** A request was refused; `reason` is the sentence the client got. */
  | { readonly type: "refused"; readonly status: number; readonly reason: string }
  /** Our own code failed. */
  | { readonly type: "defect"; readonly error: unknown };
