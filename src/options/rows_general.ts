/** Rows of the general options. */

import { LOG_LEVELS } from "../common/choices.ts";
import type { OptionRow } from "./row.ts";

const group = "general options:";
const VERBOSITY = ["--verbose", "--debug", "--quiet"] as const;

/** General options, in the order of the usage text. */
export const GENERAL_ROWS = [
  {
    long: "--help",
    short: "-h",
    group,
    values: [],
    help: ["show this text and exit"],
    order: 10,
    parameters: "ignored",
    prints: true,
  },
  {
    long: "--version",
    group,
    values: [],
    help: ["show versions of program and runtime and exit"],
    order: 11,
    parameters: "ignored",
    prints: true,
  },
  {
    long: "--arguments",
    group,
    values: [],
    help: ["log the arguments after command file expansion"],
    order: 200,
  },
  {
    long: "--quiet",
    short: "-q",
    group,
    values: [],
    help: ["log fatal errors only"],
    order: 102,
    choice: "fatal",
    block: "verbosity",
  },
  {
    long: "--verbose",
    short: "-v",
    group,
    values: [],
    help: ["log what is being done"],
    order: 101,
    choice: "info",
    block: "verbosity",
  },
  {
    long: "--debug",
    short: "-d",
    group,
    values: [],
    help: ["log in detail, with all association parameters"],
    order: 100,
    choice: "debug",
    block: "verbosity",
  },
  {
    long: "--log-level",
    short: "-ll",
    group,
    values: [{
      kind: "choice",
      label: "[l]evel",
      choices: LOG_LEVELS,
      unlisted: ["off", "all"],
      anyCase: true,
      default: "warn",
      complaint: "Invalid log level for --log-level option",
    }],
    help: ["log events of level l and above"],
    order: 110,
    conflicts: [VERBOSITY],
  },
  {
    long: "--log-config",
    short: "-lc",
    group,
    values: [{ kind: "text", label: "[f]ilename", completes: "file" }],
    help: ["set up the logger from configuration file f"],
    order: 111,
    conflicts: [["--log-level"], VERBOSITY],
  },
] as const satisfies readonly OptionRow[];
