/** Rows of the options that record what goes over the wire. */

import type { OptionRow } from "./row.ts";

const group = "additional options:";
const subgroup = "what is printed, and the exit code:";

/** Modes that contact no peer of the user's, or too many for a file. */
const NO_PEER = ["--selftest", "--exporter", "--verify-cert", "--is-root-cert"];

/** Recordings, in the order of the usage text. */
export const RECORDING_ROWS = [
  {
    long: "--pcap",
    group,
    subgroup,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: [
      "write a capture for Wireshark, without the TLS;",
      "{name} in f is each peer of a plan",
    ],
    order: 458,
    sets: "pcap",
    conflicts: [NO_PEER],
  },
  {
    long: "--trace",
    group,
    subgroup,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: [
      "write the same as text: offsets, items, sections",
      "of the standard; -: standard output",
    ],
    order: 459,
    sets: "trace",
    conflicts: [NO_PEER],
  },
  {
    long: "--bundle",
    group,
    subgroup,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: [
      "write one file for a vendor: versions, options,",
      "result, hints, PDUs and log, as JSON, or as HTML",
      "where f ends in .html",
    ],
    order: 460,
    sets: "bundle",
    conflicts: [[...NO_PEER, "--listen", "--watch", "--diagnose"]],
  },
  {
    long: "--redact",
    group,
    subgroup,
    values: [],
    help: [
      "in these files: addresses, host names,",
      "titles and users replaced by host-1, title-1,...",
    ],
    order: 461,
    sets: "redact",
    needs: [["--pcap", "--trace", "--bundle"]],
  },
] as const satisfies readonly OptionRow[];
