/** Rows of the options of the status page. */

import { parseHostNames, parseListenAddress } from "./address.ts";
import type { OptionRow } from "./row.ts";

const group = "additional options:";
const subgroup = "status page (with --watch and --plan or --peers):";

/** What there is to show: peers that are watched. */
const WATCHED = [["--plan", "--peers"], ["--watch"]] as const;

/** The status page, in the order of the usage text. */
export const SERVE_ROWS = [
  {
    long: "--serve",
    group,
    subgroup,
    values: [{
      kind: "parsed",
      label: "[a]ddress",
      note: "[HOST:]PORT",
      form: "a port, or an address of this machine and a port: 8080, 0.0.0.0:8080, [::]:8080",
      parse: parseListenAddress,
    }],
    help: [
      "show what is up and down as a web page at a, and",
      "as JSON and metrics; without HOST on 127.0.0.1",
    ],
    order: 463.1,
    needs: WATCHED,
  },
  {
    long: "--serve-host",
    group,
    subgroup,
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
    order: 463.2,
    accumulates: true,
    needs: [["--serve"], ...WATCHED],
  },
  {
    long: "--serve-token-file",
    group,
    subgroup,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: ["answer only who knows the token in f"],
    order: 463.3,
    needs: [["--serve"], ...WATCHED],
  },
] as const satisfies readonly OptionRow[];
