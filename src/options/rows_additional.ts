/** Rows of the options that the reference does not have. Long names only: they can never meet a new short one. */

import { parseListenAddress } from "./address.ts";
import type { OptionRow } from "./row.ts";
import { PLAN_ROWS } from "./rows_plan.ts";
import { LISTEN_ROWS } from "./rows_listen.ts";
import { SURVEY_ROWS } from "./rows_survey.ts";
import { USER_ROWS } from "./rows_user.ts";
import { ADDITIONAL_TLS_ROWS, TLS_SCAN_ROWS } from "./rows_tls_additional.ts";
import { NOTIFY_ROWS } from "./rows_notify.ts";
import { HISTORY_REPORT_ROWS, HISTORY_ROWS } from "./rows_history.ts";
import { RECORDING_ROWS } from "./rows_recording.ts";
import { SERVE_ROWS } from "./rows_serve.ts";
import { EXPORTER_ROWS, REPORT_ROWS } from "./rows_report.ts";

const group = "additional options:";
const modes = "instead of a check of peer and port:";
const output = "what is printed, and the exit code:";

/** What checks no single peer, checks it again and again, or reports one result. */
const NOT_DIAGNOSED = [
  "--listen",
  "--selftest",
  "--plan",
  "--peers",
  "--exporter",
  "--watch",
  "--wait-until-up",
  "--retries",
  "--verify-cert",
  "--is-root-cert",
  "--report",
];

/** Our own options, in the order of the usage text. */
export const ADDITIONAL_ROWS = [
  {
    long: "--listen",
    group,
    subgroup: modes,
    values: [{
      kind: "parsed",
      label: "[a]ddress",
      note: "[HOST:]PORT",
      parse: parseListenAddress,
    }],
    help: ["answer C-ECHO requests at a until interrupted"],
    order: 400,
    parameters: "none",
  },
  {
    long: "--max-associations",
    group,
    subgroup: modes,
    values: [{
      kind: "integer",
      label: "[n]umber",
      reading: "unsigned",
      minimum: 1,
      maximum: 10_000,
      default: 50,
      shows: "default",
    }],
    help: ["serve at most n peers at once (with --listen)"],
    order: 401,
    needs: [["--listen"]],
  },
  {
    long: "--selftest",
    group,
    subgroup: modes,
    values: [],
    help: ["check an answering side of our own on loopback"],
    order: 402,
    parameters: "none",
    conflicts: [["--listen"]],
  },
  {
    long: "--plan",
    group,
    subgroup: modes,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: ["check the peers of plan f (YAML or JSON)"],
    order: 430,
    parameters: "none",
    conflicts: [["--peers", "--listen", "--selftest"]],
  },
  {
    long: "--peers",
    group,
    subgroup: modes,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: [
      "check the peers that f lists, one a line: host,",
      "port and called title, or CSV; -: standard input",
    ],
    order: 431,
    parameters: "none",
    conflicts: [["--listen", "--selftest"]],
  },
  {
    long: "--explain-code",
    group,
    subgroup: modes,
    values: [],
    help: [
      "explain the words: rj 1/1/7, abort 2/1, status",
      "0122, tls 46, exit 62, 0006:0317, or a log line",
      "in quotes; -: standard input",
    ],
    order: 403,
    parameters: "words",
    conflicts: [[...NOT_DIAGNOSED, "--diagnose"]],
  },
  ...EXPORTER_ROWS,
  ...TLS_SCAN_ROWS,
  ...SURVEY_ROWS,
  ...HISTORY_REPORT_ROWS,
  ...LISTEN_ROWS,
  ...ADDITIONAL_TLS_ROWS,
  ...USER_ROWS,
  ...PLAN_ROWS,
  ...SERVE_ROWS,
  ...NOTIFY_ROWS,
  ...REPORT_ROWS,
  ...RECORDING_ROWS,
  ...HISTORY_ROWS,
  {
    long: "--explain",
    group,
    subgroup: output,
    values: [],
    help: ["add hints to errors, also without a terminal"],
    order: 410,
    sets: "explain",
  },
  {
    long: "--diagnose",
    group,
    subgroup: output,
    values: [],
    help: [
      "where the check fails, ask a few times in other",
      "ways (TLS, titles, ports); say what works",
    ],
    order: 446,
    conflicts: [NOT_DIAGNOSED],
  },
  {
    long: "--permissions",
    group,
    subgroup: output,
    values: [],
    help: [
      "print which permissions of Deno this command",
      "line needs, and do nothing else",
    ],
    order: 448,
    sets: "permissions",
  },
  {
    long: "--exit-codes",
    group,
    subgroup: output,
    values: [{
      kind: "choice",
      label: "[s]et",
      choices: ["default", "detailed"],
      default: "default",
    }],
    help: ["codes of the reference, or one for each kind of", "failure"],
    order: 411,
    sets: "exitCodes",
  },
  {
    long: "--log-format",
    group,
    subgroup: output,
    values: [{ kind: "choice", label: "[f]ormat", choices: ["text", "json"], default: "text" }],
    help: ["log lines of text, or one JSON object per event"],
    order: 120,
    conflicts: [["--log-config"]],
  },
  {
    long: "--print-log-config",
    group,
    subgroup: output,
    values: [],
    help: ["print a sample file for --log-config and exit"],
    order: 15,
    parameters: "ignored",
    prints: true,
  },
  {
    long: "--print-plan",
    group,
    subgroup: output,
    values: [],
    help: ["print a sample file for --plan and exit"],
    order: 16,
    parameters: "ignored",
    prints: true,
  },
  {
    long: "--print-plan-schema",
    group,
    subgroup: output,
    values: [],
    help: ["print the JSON Schema of plans, for editors, and", "exit"],
    order: 17,
    parameters: "ignored",
    prints: true,
  },
  {
    long: "--completions",
    group,
    subgroup: output,
    values: [{
      kind: "choice",
      label: "[s]hell",
      choices: ["bash", "zsh", "fish", "powershell"],
    }],
    help: ["print the completion script for s and exit"],
    order: 14,
    parameters: "ignored",
    prints: true,
  },
  {
    long: "--color",
    group,
    subgroup: output,
    values: [{
      kind: "choice",
      label: "[w]hen",
      choices: ["auto", "always", "never"],
      default: "auto",
    }],
    help: ["color in the reports of many checks; auto: on a", "terminal, unless NO_COLOR is set"],
    order: 444,
    sets: "color",
  },
] as const satisfies readonly OptionRow[];
