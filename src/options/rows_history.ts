/** Rows of the options that keep results over time. */

import { parseMoment } from "./moment.ts";
import type { OptionRow } from "./row.ts";

const group = "additional options:";
const subgroup = "what is printed, and the exit code:";
const modes = "instead of a check of peer and port:";

/** Modes without results of peers, or with results of questions that nobody asks twice. */
const NO_RESULTS = [
  "--listen",
  "--selftest",
  "--explain-code",
  "--tls-scan",
  "--survey",
  "--probe-titles",
  "--diagnose",
  "--verify-cert",
  "--is-root-cert",
];

/** What a moment looks like. */
const FORM = "so long ago (30d, 12h, 90min), a day (2026-01-31) or a time (2026-01-31T08:00)";

/** What contacts peers, or writes to the history. */
const NO_REPORT_OVER_TIME = [
  ...NO_RESULTS,
  "--plan",
  "--peers",
  "--exporter",
  "--watch",
  "--wait-until-up",
  "--retries",
  "--history-keep",
  "--pcap",
  "--trace",
  "--bundle",
];

/** The history, in the order of the usage text. */
export const HISTORY_ROWS = [
  {
    long: "--history",
    group,
    subgroup,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: ["add every result to the SQLite database f"],
    order: 461.1,
    sets: "history",
    conflicts: [NO_RESULTS],
  },
  {
    long: "--history-keep",
    group,
    subgroup,
    values: [{
      kind: "integer",
      label: "[d]ays",
      reading: "unsigned",
      minimum: 1,
      maximum: 36_500,
    }],
    help: ["remove results from it that are older"],
    order: 461.2,
    sets: "historyKeepDays",
    needs: [["--history"]],
  },
] as const satisfies readonly OptionRow[];

/** What is said of it, in the order of the usage text. */
export const HISTORY_REPORT_ROWS = [
  {
    long: "--since",
    group,
    subgroup: modes,
    values: [{
      kind: "parsed",
      label: "[t]ime",
      note: "30d, 12h or 2026-01-31",
      form: FORM,
      parse: parseMoment,
    }],
    help: [
      "report availability and outages from t on, as",
      "--history has them; contact nobody",
    ],
    order: 402.5,
    parameters: "none",
    needs: [["--history"]],
    conflicts: [NO_REPORT_OVER_TIME],
  },
  {
    long: "--until",
    group,
    subgroup: modes,
    values: [{
      kind: "parsed",
      label: "[t]ime",
      note: "the same; a day counts whole",
      form: FORM,
      parse: parseMoment,
    }],
    help: ["the end of --since (default: now)"],
    order: 402.6,
    needs: [["--since"], ["--history"]],
  },
] as const satisfies readonly OptionRow[];
