/** Rows of the options that make the answering side a partner for tests of callers. */

import type { OptionRow } from "./row.ts";
import { parseCodes, parseStatus, parseTitles, parseVerifyBack } from "./listen_values.ts";
import { parseSeconds } from "./seconds.ts";

const group = "additional options:";
const subgroup = "what the answering side does (with --listen):";
const needs = [["--listen"]] as const;

/** Options of `--listen`, in the order of the usage text. */
export const LISTEN_ROWS = [
  {
    long: "--accept-titles",
    group,
    subgroup,
    values: [{
      kind: "parsed",
      label: "[l]ist",
      form: "AE titles with commas between them",
      parse: parseTitles,
    }],
    help: ["reject who calls an AE title that is not in l", "(A,B,...), with 1/1/7"],
    order: 407,
    needs,
  },
  {
    long: "--reject",
    group,
    subgroup,
    values: [{
      kind: "parsed",
      label: "[c]odes",
      form: "RESULT/SOURCE/REASON such as 1/1/7",
      parse: parseCodes,
      suggestions: ["1/1/7", "1/1/3", "1/1/1", "2/3/2"],
    }],
    help: ["reject every association with c, as 1/1/7"],
    order: 407.1,
    needs,
    conflicts: [["--accept-titles"]],
  },
  {
    long: "--status",
    group,
    subgroup,
    values: [{
      kind: "parsed",
      label: "[h]ex",
      form: "four hexadecimal digits such as 0122",
      parse: parseStatus,
      suggestions: ["0122", "0110", "0210", "0211"],
    }],
    help: ["answer every echo with status h, as 0122"],
    order: 407.2,
    needs,
  },
  {
    long: "--delay",
    group,
    subgroup,
    values: [{ kind: "parsed", label: "[s]econds", parse: parseSeconds }],
    help: ["wait for s before each answer"],
    order: 407.3,
    needs,
  },
  {
    long: "--abort-after",
    group,
    subgroup,
    values: [{
      kind: "integer",
      label: "[n]umber",
      reading: "unsigned",
      minimum: 0,
      maximum: 1_000_000,
    }],
    help: ["abort after n echoes (0: once it is accepted)"],
    order: 407.4,
    needs,
  },
  {
    long: "--drop",
    group,
    subgroup,
    values: [],
    help: ["close instead of answering an association"],
    order: 407.5,
    needs,
    conflicts: [["--reject", "--accept-titles"]],
  },
  {
    long: "--verify-back",
    group,
    subgroup,
    values: [{
      kind: "parsed",
      label: "[t]arget",
      form: "AETITLE@HOST:PORT",
      parse: parseVerifyBack,
    }],
    help: ["after a peer has called, echo to t; say whether", "both directions work"],
    order: 407.6,
    needs,
  },
] as const satisfies readonly OptionRow[];
