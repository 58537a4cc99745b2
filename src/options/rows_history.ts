/** Rows of the options that keep results over time. */

import type { OptionRow } from "./row.ts";

const group = "additional options:";
const subgroup = "what is printed, and the exit code:";

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

/** The history, in the order of the usage text. */
export const HISTORY_ROWS = [
  {
    long: "--history",
    group,
    subgroup,
    values: [{ kind: "text", label: "[f]ilename", completes: "file" }],
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
