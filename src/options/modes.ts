/** What the program can be told to do. */

import type { SurveyGroup } from "../common/survey_groups.ts";
import type { BackTarget, RejectionWords } from "./listen_values.ts";
import type { TargetPattern } from "./target_pattern.ts";

/** How often to try one peer again. */
export interface Retries {
  /** `--retries`; at least 1. */
  readonly count: number;
  /** `--retry-delay`; default 1. */
  readonly delaySeconds: number;
}

/** Check one peer: the reference's mode. */
export interface CheckMode {
  /** Tag. */
  readonly kind: "check";
  /** Host name or address as typed, brackets of an IPv6 address included; may be empty. */
  readonly peer: string;
  /** 1..65535. */
  readonly port: number;
  /** Absent: one attempt. */
  readonly retries?: Retries;
}

/** Check one peer, and ask in other ways what its failure leaves open (`--diagnose`). */
export interface DiagnoseMode {
  /** Tag. */
  readonly kind: "diagnose";
  /** As in `CheckMode`. */
  readonly peer: string;
  /** 1..65535. */
  readonly port: number;
}

/** Find out which TLS a peer speaks (`--tls-scan`). */
export interface TlsScanMode {
  /** Tag. */
  readonly kind: "tls-scan";
  /** As in `CheckMode`. */
  readonly peer: string;
  /** 1..65535. */
  readonly port: number;
  /** `--scan-pause`: between connections; default 0.1. */
  readonly pauseSeconds: number;
}

/** Find out which SOP classes and transfer syntaxes a peer accepts (`--survey`). */
export interface SurveyMode {
  /** Tag. */
  readonly kind: "survey";
  /** As in `CheckMode`. */
  readonly peer: string;
  /** 1..65535. */
  readonly port: number;
  /** Which classes. */
  readonly groups: readonly SurveyGroup[];
}

/** Find out the same of many peers, one after another (`--survey` with `--plan` or `--peers`). */
export interface SurveysMode {
  /** Tag. */
  readonly kind: "surveys";
  /** The peers, and what chooses among them; its jobs and tries do not count. */
  readonly plan: PlanMode;
  /** Which classes. */
  readonly groups: readonly SurveyGroup[];
}

/** Find out whether a peer looks at AE titles (`--probe-titles`). */
export interface ProbeTitlesMode {
  /** Tag. */
  readonly kind: "probe-titles";
  /** As in `CheckMode`. */
  readonly peer: string;
  /** 1..65535. */
  readonly port: number;
}

/** What the answering side does for tests of callers; each is absent where it was not asked for. */
export interface ListenBehavior {
  /** `--accept-titles`. */
  readonly acceptTitles?: readonly string[];
  /** `--reject`. */
  readonly reject?: RejectionWords;
  /** `--status`: 0 to 65535. */
  readonly status?: number;
  /** `--delay`. */
  readonly delaySeconds?: number;
  /** `--abort-after`: so many echoes. */
  readonly abortAfter?: number;
  /** `--drop`. */
  readonly drop?: true;
}

/** Answer C-ECHO requests (`--listen`). */
export interface ListenMode {
  /** Tag. */
  readonly kind: "listen";
  /** Address or name without brackets; `undefined`: all addresses. */
  readonly address: string | undefined;
  /** 0..65535; 0: any free port. */
  readonly port: number;
  /** `--max-associations`; default 50. */
  readonly maxAssociations: number;
  /** What it does other than a good one; absent: nothing. */
  readonly behavior?: ListenBehavior;
  /** `--verify-back`: whom to call once somebody has called. */
  readonly back?: BackTarget;
}

/** Serve metrics of peers to Prometheus (`--exporter`). */
export interface ExporterMode {
  /** Tag. */
  readonly kind: "exporter";
  /** Address or name without brackets; `undefined`: all addresses. */
  readonly address: string | undefined;
  /** 0..65535; 0: any free port. */
  readonly port: number;
  /** `--exporter-allow`: peers that may be checked besides those of the plan. */
  readonly allow: readonly TargetPattern[];
  /** `--exporter-host`: names that requests may call it by, in lower case, besides its addresses; `*` is any. */
  readonly hosts: readonly string[];
  /** `--plan` or `--peers`, with what chooses among its peers. */
  readonly plan: PlanMode | undefined;
  /** `--exporter-reload`: whether clients may have the plan read again. */
  readonly reloads: boolean;
  /** `--jobs`; default 32. */
  readonly jobs: number;
  /** `--jobs-per-host`; default 2. */
  readonly jobsPerHost: number;
}

/** Check an answering side of our own on loopback (`--selftest`). */
export interface SelftestMode {
  /** Tag. */
  readonly kind: "selftest";
  /** Leave TLS out: `--disable-tls` was given. */
  readonly withoutTls: boolean;
}

/** Check one peer again and again, and tell changes (`--watch`). */
export interface WatchMode {
  /** Tag. */
  readonly kind: "watch";
  /** As in `CheckMode`. */
  readonly peer: string;
  /** 1..65535. */
  readonly port: number;
  /** From the beginning of one check to that of the next. */
  readonly seconds: number;
  /** As in `CheckMode`. */
  readonly retries?: Retries;
}

/** Check one peer until it is verified (`--wait-until-up`). */
export interface WaitMode {
  /** Tag. */
  readonly kind: "wait";
  /** As in `CheckMode`. */
  readonly peer: string;
  /** 1..65535. */
  readonly port: number;
  /** When to give up. */
  readonly seconds: number;
}

/** How often to check many peers. */
export interface Again {
  /** `watch`: until a signal comes; `wait`: until all have passed. */
  readonly kind: "watch" | "wait";
  /** From the beginning of one run to that of the next; or when to give up. */
  readonly seconds: number;
}

/** Check many peers (`--plan`, `--peers`). */
export interface PlanMode {
  /** Tag. */
  readonly kind: "plan";
  /** `plan`: YAML or JSON; `peers`: a list, of which the path `-` is standard input. */
  readonly source: { readonly form: "plan" | "peers"; readonly path: string };
  /** `--plan-check`: look for mistakes only. */
  readonly checkOnly: boolean;
  /** `--watch` or `--wait-until-up`; `undefined`: once. */
  readonly again: Again | undefined;
  /** `--only`: a peer must have one of these tags; empty: any peer. */
  readonly only: readonly string[];
  /** `--except`: a peer must have none of these tags. */
  readonly except: readonly string[];
  /** `--jobs`; default 32. */
  readonly jobs: number;
  /** `--jobs-per-host`; default 2. */
  readonly jobsPerHost: number;
  /** `--deadline`; `undefined`: no limit. */
  readonly deadlineSeconds: number | undefined;
  /** `--retries`; default 0. */
  readonly retries: number;
  /** `--retry-delay`; default 1. */
  readonly retryDelaySeconds: number;
  /** `--serve`, only with `--watch`; absent: there is no status page. */
  readonly serve?: ServeSettings;
}

/** Where and for whom the status page is (`--serve`). */
export interface ServeSettings {
  /** Address or name without brackets; default 127.0.0.1. */
  readonly address: string;
  /** 0..65535; 0: any free port. */
  readonly port: number;
  /** `--serve-host`: names that requests may call it by, in lower case, besides its addresses; `*` is any. */
  readonly hosts: readonly string[];
  /** `--serve-token-file`; absent: everybody who reaches it may read it. */
  readonly tokenFile?: string;
}

/** A moment as it is written: so long before now, or what clocks on the wall or in UTC show. */
export type Moment =
  | { readonly kind: "ago"; readonly ms: number }
  | { readonly kind: "day"; readonly year: number; readonly month: number; readonly day: number }
  | {
    readonly kind: "time";
    readonly year: number;
    readonly month: number;
    readonly day: number;
    readonly hour: number;
    readonly minute: number;
    readonly second: number;
  }
  | { readonly kind: "at"; readonly ms: number };

/** Report what a history holds (`--since`), without any peer. */
export interface HistoryMode {
  /** Tag. */
  readonly kind: "history";
  /** `--history`: the path as typed. */
  readonly file: string;
  /** `--since`: a day begins at its first moment. */
  readonly since: Moment;
  /** `--until`: a day counts whole; `undefined`: now. */
  readonly until: Moment | undefined;
}

/** Explain codes and lines of a log (`--explain-code`), without any peer. */
export interface ExplainCodeMode {
  /** Tag. */
  readonly kind: "explain-code";
  /** At least one, in their order; they make one text. */
  readonly words: readonly string[];
}

/** Check a certificate file against the trusted ones (`--verify-cert`). Exit code 0 or 22. */
export interface VerifyCertificateMode {
  /** Tag. */
  readonly kind: "verify-cert";
  /** The path as typed. */
  readonly path: string;
}

/** Check whether a certificate file is a self-signed root (`--is-root-cert`). Exit code 0 or 22. */
export interface IsRootCertificateMode {
  /** Tag. */
  readonly kind: "is-root-cert";
  /** The path as typed. */
  readonly path: string;
}

/** What the program shall do. */
export type Mode =
  | CheckMode
  | DiagnoseMode
  | TlsScanMode
  | SurveyMode
  | SurveysMode
  | ProbeTitlesMode
  | ListenMode
  | SelftestMode
  | WatchMode
  | WaitMode
  | PlanMode
  | ExporterMode
  | ExplainCodeMode
  | HistoryMode
  | VerifyCertificateMode
  | IsRootCertificateMode;
