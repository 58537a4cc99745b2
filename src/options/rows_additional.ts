/** Rows of the options that the reference does not have. Long names only: they can never meet a new short one. */

import { parseListenAddress } from "./address.ts";
import type { OptionRow } from "./row.ts";

const group = "additional options:";
const modes = "instead of a check of peer and port:";
const tls = "transport layer security:";
const output = "what is printed, and the exit code:";

const TLS = ["--enable-tls", "--anonymous-tls"] as const;

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
    long: "--password-file",
    group,
    subgroup: tls,
    values: [{ kind: "text", label: "[f]ilename", completes: "file" }],
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
    values: [{ kind: "text", label: "[n]ame" }],
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
    long: "--tls-report",
    group,
    subgroup: tls,
    values: [],
    help: ["print what the peer's TLS is and shows"],
    order: 377,
    needs: [TLS],
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
    help: ["warn of certificates of the peer that end", "within d days"],
    order: 378,
    needs: [TLS],
  },
  {
    long: "--explain",
    group,
    subgroup: output,
    values: [],
    help: ["add hints to errors, also without a terminal"],
    order: 410,
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
  },
  {
    long: "--log-format",
    group,
    subgroup: output,
    values: [{ kind: "choice", label: "[f]ormat", choices: ["text", "json"], default: "text" }],
    help: ["log lines of text, or one JSON object per event"],
    order: 120,
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
] as const satisfies readonly OptionRow[];
