/** Rows of the options that say who we are when an association is asked for (PS3.7 D.3.3.7). */

import type { OptionRow } from "./row.ts";

const group = "additional options:";
const subgroup = "user identity, of our side:";

/** Modes in which no association is asked for, or only from ourselves. */
const WITHOUT_PEER = [
  "--listen",
  "--selftest",
  "--verify-cert",
  "--is-root-cert",
  "--explain-code",
  "--tls-scan",
] as const;
const TOKENS = ["--jwt-file", "--saml-file", "--kerberos-file"] as const;

/** Options of the user identity, in the order of the usage text. */
export const USER_ROWS = [
  {
    long: "--user",
    group,
    subgroup,
    values: [{ kind: "text", label: "[n]ame" }],
    help: ["send user name n with the association request"],
    order: 480,
    conflicts: [WITHOUT_PEER, TOKENS],
  },
  {
    long: "--user-password-file",
    group,
    subgroup,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: ["and the password in f, without its line end"],
    order: 481,
    needs: [["--user"]],
  },
  {
    long: "--user-password-env",
    group,
    subgroup,
    values: [{ kind: "text", label: "[v]ariable", isNeeded: true }],
    help: ["and the password in environment variable v"],
    order: 482,
    needs: [["--user"]],
    conflicts: [["--user-password-file"]],
  },
  {
    long: "--jwt-file",
    group,
    subgroup,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: ["send the JSON Web Token in f instead"],
    order: 483,
    conflicts: [WITHOUT_PEER, ["--saml-file", "--kerberos-file"]],
  },
  {
    long: "--saml-file",
    group,
    subgroup,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: ["send the SAML assertion in f instead"],
    order: 484,
    conflicts: [WITHOUT_PEER, ["--kerberos-file"]],
  },
  {
    long: "--kerberos-file",
    group,
    subgroup,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: ["send the Kerberos service ticket in f instead"],
    order: 485,
    conflicts: [WITHOUT_PEER],
  },
  {
    long: "--user-response",
    group,
    subgroup,
    values: [],
    help: ["ask the peer to confirm the identity"],
    order: 486,
    needs: [["--user", ...TOKENS]],
  },
] as const satisfies readonly OptionRow[];
