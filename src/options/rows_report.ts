/** Rows of the options for reports and for the exporter. */

import { parseHostNames, parseListenAddress } from "./address.ts";
import { REPORT_FORMATS } from "../common/choices.ts";
import { parseReport } from "./reports.ts";
import type { OptionRow } from "./row.ts";
import { parseTargetPattern } from "./target_pattern.ts";

const group = "additional options:";

const LATENCY = {
  kind: "integer",
  label: "[m]illiseconds",
  reading: "unsigned",
  minimum: 0,
  maximum: 3_600_000,
} as const;

/** Modes without a result to report. */
const NO_RESULT = ["--listen", "--selftest", "--exporter", "--verify-cert", "--is-root-cert"];

/** The exporter, in the order of the usage text. */
export const EXPORTER_ROWS = [
  {
    long: "--exporter",
    group,
    subgroup: "instead of a check of peer and port:",
    values: [{
      kind: "parsed",
      label: "[a]ddress",
      note: "[HOST:]PORT",
      parse: parseListenAddress,
    }],
    help: ["serve metrics of peers to Prometheus at a"],
    order: 450,
    parameters: "none",
    conflicts: [["--listen", "--selftest"]],
  },
  {
    long: "--exporter-allow",
    group,
    subgroup: "instead of a check of peer and port:",
    values: [{
      kind: "parsed",
      label: "[p]attern",
      note: "HOST:PORT",
      parse: parseTargetPattern,
    }],
    help: [
      "peers it may check: a name with *, an address or",
      "a network such as 10.1.0.0/16; a port, a range",
      "such as 104-120, or *; may be given again",
    ],
    order: 451,
    accumulates: true,
    needs: [["--exporter"]],
  },
  {
    long: "--exporter-host",
    group,
    subgroup: "instead of a check of peer and port:",
    values: [{
      kind: "parsed",
      label: "[n]ames",
      note: "NAME[,NAME...]",
      parse: parseHostNames,
    }],
    help: [
      "host names that requests may call it by, besides",
      "the addresses it listens on; * is any",
    ],
    order: 456,
    accumulates: true,
    needs: [["--exporter"]],
  },
  {
    long: "--exporter-reload",
    group,
    subgroup: "instead of a check of peer and port:",
    values: [],
    help: ["let POST /-/reload read the plan again, as", "SIGHUP does"],
    order: 457,
    needs: [["--exporter"], ["--plan", "--peers"]],
  },
] as const satisfies readonly OptionRow[];

/** Reports, in the order of the usage text. */
export const REPORT_ROWS = [
  {
    long: "--report",
    group,
    subgroup: "what is printed, and the exit code:",
    values: [{
      kind: "parsed",
      label: "[f]ormat",
      note: "FORMAT[=FILE]",
      parse: parseReport,
      suggestions: REPORT_FORMATS,
    }],
    help: [
      "report to FILE or standard output as text, json,",
      "jsonl, junit, prometheus, nagios, csv or html;",
      "may be given several times",
    ],
    order: 452,
    accumulates: true,
    conflicts: [NO_RESULT],
  },
  {
    long: "--json",
    group,
    subgroup: "what is printed, and the exit code:",
    values: [],
    help: ["same as --report json"],
    order: 453,
    conflicts: [NO_RESULT],
  },
  {
    long: "--operator",
    group,
    subgroup: "what is printed, and the exit code:",
    values: [{ kind: "text", label: "[n]ame" }],
    help: ["who makes the check, for the reports"],
    order: 453.5,
    sets: "operator",
    conflicts: [NO_RESULT],
  },
  {
    long: "--warn-latency",
    group,
    subgroup: "what is printed, and the exit code:",
    values: [LATENCY],
    help: ["slower echoes are a WARNING (--report nagios)"],
    order: 454,
    sets: "warnLatencyMs",
  },
  {
    long: "--critical-latency",
    group,
    subgroup: "what is printed, and the exit code:",
    values: [LATENCY],
    help: ["slower echoes are CRITICAL (--report nagios)"],
    order: 455,
    sets: "criticalLatencyMs",
  },
] as const satisfies readonly OptionRow[];
