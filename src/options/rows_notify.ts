/** Rows of the options for being told of changes. */

import { NOTIFY_FORMATS } from "../common/choices.ts";
import { parseNotifyTarget } from "./notify_target.ts";
import type { OptionRow } from "./row.ts";
import { parseSeconds } from "./seconds.ts";

const group = "additional options:";
const subgroup = "being told of changes (with --watch):";

/** Notices, in the order of the usage text. */
export const NOTIFY_ROWS = [
  {
    long: "--notify",
    group,
    subgroup,
    values: [{
      kind: "parsed",
      label: "[t]arget",
      note: "https://...",
      form: "a web hook (https://HOST/PATH, or FORMAT+https://HOST/PATH with the FORMAT " +
        `${NOTIFY_FORMATS.join(", ")}), a log server (syslog://HOST[:PORT], syslog+tcp://, ` +
        "syslog+tls://), the system log (syslog:), or file:PATH",
      parse: parseNotifyTarget,
      isSecret: true,
    }],
    help: [
      "tell t when a peer goes down or comes up: a web",
      "hook (JSON; slack+https://..., teams+, ntfy+,",
      "...), syslog:, syslog://HOST[:PORT], file:PATH;",
      "may be given several times",
    ],
    order: 462.1,
    accumulates: true,
    sets: "notify",
    needs: [["--watch"]],
  },
  {
    long: "--notify-after",
    group,
    subgroup,
    values: [{
      kind: "integer",
      label: "[n]umber",
      reading: "unsigned",
      minimum: 1,
      maximum: 1000,
      default: 2,
      shows: "default",
    }],
    help: ["after n failures in a row"],
    order: 462.2,
    sets: "notifyAfter",
    needs: [["--notify"], ["--watch"]],
  },
  {
    long: "--notify-again",
    group,
    subgroup,
    values: [{
      kind: "parsed",
      label: "[s]econds",
      form: "seconds, such as 3600, without a unit",
      note: "3600, ...",
      parse: parseSeconds,
    }],
    help: ["again every s while it is still down"],
    order: 462.3,
    sets: "notifyAgainSeconds",
    needs: [["--notify"], ["--watch"]],
  },
  {
    long: "--notify-ca",
    group,
    subgroup,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: ["trust the certificates (PEM) in f, besides the", "public ones"],
    order: 462.4,
    sets: "notifyCaFile",
    needs: [["--notify"], ["--watch"]],
  },
  {
    long: "--notify-token-file",
    group,
    subgroup,
    values: [{ kind: "text", label: "[f]ilename", isNeeded: true, completes: "file" }],
    help: ["send the bearer token in f to web hooks of JSON,", "ntfy and Alertmanager"],
    order: 462.5,
    sets: "notifyTokenFile",
    needs: [["--notify"], ["--watch"]],
  },
] as const satisfies readonly OptionRow[];
