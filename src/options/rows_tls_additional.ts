/** Rows of the TLS options that the reference does not have. */

import { TLS_ENGINES } from "../common/choices.ts";
import { parseCertificateHost } from "./address.ts";
import type { OptionRow } from "./row.ts";
import { parseSecondsOrZero } from "./seconds.ts";

const group = "additional options:";
const tls = "transport layer security:";

/** Modes in which nobody would look at what ends soon. */
const WITHOUT_OWN_END = [
  "--watch",
  "--diagnose",
  "--tls-scan",
  "--selftest",
  "--exporter",
] as const;

/** Modes without an end of their own: nothing is printed there about TLS alone. */
const ONCE = [
  "--watch",
  "--diagnose",
  "--tls-scan",
  "--listen",
  "--selftest",
  "--exporter",
] as const;

const TLS = ["--enable-tls", "--anonymous-tls"] as const;

/** In a plan or a list it may come from there. */
const TLS_OR_PLAN = [...TLS, "--plan", "--peers"] as const;

/** What the scan is not: other modes, and what is about one check. */
const NOT_SCANNED = [
  "--listen",
  "--selftest",
  "--plan",
  "--peers",
  "--exporter",
  "--watch",
  "--wait-until-up",
  "--diagnose",
  "--retries",
  "--verify-cert",
  "--is-root-cert",
] as const;

/** Our own TLS options, in the order of the usage text. */
export const ADDITIONAL_TLS_ROWS = [
  {
    long: "--password-file",
    group,
    subgroup: tls,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: ["the password of the private key is the", "first line of f (only with --enable-tls)"],
    order: 313,
    block: "key-password",
    needs: [["--enable-tls"]],
  },
  {
    long: "--verify-hostname",
    group,
    subgroup: tls,
    values: [],
    help: ["the peer's certificate must be for PEER"],
    order: 352,
    block: "host-name",
    needs: [TLS],
  },
  {
    long: "--verify-hostname-as",
    group,
    subgroup: tls,
    values: [{ kind: "parsed", label: "[n]ame", parse: parseCertificateHost }],
    help: ["the peer's certificate must be for n"],
    order: 353,
    block: "host-name",
    needs: [TLS],
  },
  {
    long: "--trust-public-roots",
    group,
    subgroup: tls,
    values: [],
    help: [
      "trust the public root certificates too (for",
      "peers with a certificate for their name)",
    ],
    order: 376,
    needs: [TLS],
  },
  {
    long: "--tls-engine",
    group,
    subgroup: tls,
    values: [{ kind: "choice", label: "[e]ngine", choices: ["auto", ...TLS_ENGINES] }],
    help: [
      "who speaks TLS: auto, runtime or own (default:",
      "auto: own where the runtime's cannot)",
    ],
    order: 379,
    needs: [TLS],
  },
  {
    long: "--tls-report",
    group,
    subgroup: tls,
    values: [],
    help: ["print what the peer's TLS is and shows"],
    order: 377,
    sets: "tlsReport",
    needs: [TLS_OR_PLAN],
    conflicts: [ONCE],
  },
  {
    long: "--expiry-warn",
    group,
    subgroup: tls,
    values: [{
      kind: "integer",
      label: "[d]ays",
      reading: "unsigned",
      minimum: 1,
      maximum: 36_500,
    }],
    help: ["warn of certificates and lists that end", "within d days"],
    order: 378,
    sets: "expiryWarnDays",
    needs: [TLS_OR_PLAN],
    conflicts: [WITHOUT_OWN_END],
  },
] as const satisfies readonly OptionRow[];

/** The scan, in the order of the usage text. */
export const TLS_SCAN_ROWS = [
  {
    long: "--tls-scan",
    group,
    subgroup: "instead of a check of peer and port:",
    values: [],
    help: [
      "ask peer and port which TLS they speak, by many",
      "connections; say what fits, and what is weak",
    ],
    order: 404,
    conflicts: [NOT_SCANNED],
  },
  {
    long: "--scan-pause",
    group,
    subgroup: "instead of a check of peer and port:",
    values: [{
      kind: "parsed",
      label: "[s]econds",
      note: "default: 0.1",
      parse: parseSecondsOrZero,
    }],
    help: ["pause for s between its connections"],
    order: 405,
    needs: [["--tls-scan"]],
  },
] as const satisfies readonly OptionRow[];
