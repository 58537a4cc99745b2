/** Rows of the options for many peers, and for checks again and again. */

import { parseSourceAddress } from "./address.ts";
import type { OptionRow } from "./row.ts";
import { parseSeconds, parseSecondsOrZero } from "./seconds.ts";

const group = "additional options:";
const many = "many peers (with --plan or --peers):";
const again = "how long, how often, and from where:";

const SECONDS = {
  kind: "parsed",
  label: "[s]econds",
  form: "seconds, such as 0.5 or 5, without a unit",
} as const;

const PLAN = ["--plan", "--peers"] as const;
const PLAN_OR_EXPORTER = [...PLAN, "--exporter"] as const;
/** Waiting tries again until its own end. */
const NOT_EXPORTER_OR_WAIT = ["--exporter", "--wait-until-up"] as const;
const NOT_AGAIN = ["--listen", "--selftest", "--exporter"] as const;

/** Options for many checks, in the order of the usage text. */
export const PLAN_ROWS = [
  {
    long: "--plan-check",
    group,
    subgroup: many,
    values: [],
    help: ["say what is wrong with the plan, contact nobody"],
    order: 432,
    needs: [PLAN],
    conflicts: [["--exporter", "--watch", "--wait-until-up"]],
  },
  {
    long: "--only",
    group,
    subgroup: many,
    values: [{ kind: "text", label: "[t]ag", isNeeded: true }],
    help: ["check peers with tag t only"],
    order: 433,
    accumulates: true,
    needs: [PLAN],
  },
  {
    long: "--except",
    group,
    subgroup: many,
    values: [{ kind: "text", label: "[t]ag", isNeeded: true }],
    help: ["leave out peers with tag t"],
    order: 434,
    accumulates: true,
    needs: [PLAN],
  },
  {
    long: "--jobs",
    group,
    subgroup: many,
    values: [{
      kind: "integer",
      label: "[n]umber",
      reading: "unsigned",
      minimum: 1,
      maximum: 10_000,
      default: 32,
      shows: "default",
    }],
    help: ["check at most n peers at once"],
    order: 435,
    needs: [PLAN_OR_EXPORTER],
  },
  {
    long: "--jobs-per-host",
    group,
    subgroup: many,
    values: [{
      kind: "integer",
      label: "[n]umber",
      reading: "unsigned",
      minimum: 1,
      maximum: 10_000,
      default: 2,
      shows: "default",
    }],
    help: ["of them at most n at the same host"],
    order: 436,
    needs: [PLAN_OR_EXPORTER],
  },
  {
    long: "--deadline",
    group,
    subgroup: many,
    values: [{ ...SECONDS, note: "0.5, 5, ...", parse: parseSeconds }],
    help: ["end the whole run after s; what is not done by", "then is skipped"],
    order: 438,
    needs: [PLAN],
    conflicts: [NOT_EXPORTER_OR_WAIT],
  },
  {
    long: "--retries",
    group,
    subgroup: again,
    values: [{
      kind: "integer",
      label: "[n]umber",
      reading: "unsigned",
      minimum: 0,
      maximum: 1000,
      default: 0,
      shows: "default",
    }],
    help: [
      "try again up to n times what may be gone soon:",
      "no connection, no answer, transient rejection",
    ],
    order: 439,
    conflicts: [[...NOT_AGAIN, "--wait-until-up"]],
  },
  {
    long: "--retry-delay",
    group,
    subgroup: again,
    values: [{ ...SECONDS, note: "default: 1", parse: parseSecondsOrZero }],
    help: [
      "wait s before each of them, and between the",
      "attempts of --wait-until-up with a plan",
    ],
    order: 440,
    conflicts: [NOT_AGAIN],
  },
  {
    long: "--peer-deadline",
    group,
    subgroup: again,
    values: [{ ...SECONDS, note: "0.5, 5, ...", parse: parseSeconds }],
    help: [
      "end a check that takes longer than s, whatever",
      "it waits for (a plan may say otherwise)",
    ],
    order: 437,
    sets: "peerDeadlineSeconds",
    conflicts: [["--listen", "--selftest"]],
  },
  {
    long: "--source-address",
    group,
    subgroup: again,
    values: [{
      kind: "parsed",
      label: "[a]ddress",
      note: "ADDRESS[:PORT]",
      form:
        "an IPv4 or IPv6 address of this machine, with :PORT if need be: 10.1.2.3, [fd00::3]:11112",
      parse: parseSourceAddress,
    }],
    help: ["connect from address a of this machine"],
    order: 447,
    sets: "sourceAddress",
    conflicts: [["--listen", "--selftest"]],
  },
  {
    long: "--interval",
    group,
    subgroup: again,
    values: [{ ...SECONDS, note: "default: 0", parse: parseSecondsOrZero }],
    help: [
      "pause for s between the echoes of --repeat; with",
      "--verbose their times are summed up",
    ],
    order: 441,
    sets: "intervalSeconds",
    needs: [["--repeat", "--plan", "--peers"]],
  },
  {
    long: "--watch",
    group,
    subgroup: again,
    values: [{ ...SECONDS, note: "0.5, 5, ...", parse: parseSeconds }],
    help: [
      "check every s until interrupted, and print when",
      "a peer goes down or comes up; many peers on a",
      "terminal: a table that stays in place",
    ],
    order: 442,
    conflicts: [NOT_AGAIN],
  },
  {
    long: "--wait-until-up",
    group,
    subgroup: again,
    values: [{ ...SECONDS, note: "0.5, 5, ...", parse: parseSeconds }],
    help: ["check until the peer is verified, or all peers", "have passed, for at most s"],
    order: 443,
    conflicts: [["--watch", ...NOT_AGAIN]],
  },
] as const satisfies readonly OptionRow[];
