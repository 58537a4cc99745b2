/** Where `--notify` sends messages. */

import { NOTIFY_FORMATS, type NotifyFormat } from "../common/choices.ts";
import { bareHost } from "../common/host.ts";
import type { ValueOutcome } from "./row.ts";

/** A server that takes messages by HTTP POST. */
export interface WebTarget {
  /** Tag. */
  readonly kind: "web";
  /** What the server understands. */
  readonly format: NotifyFormat;
  /** `https:`, or `http:` to loopback. Its path and query may be secret: only `shown` is for people. */
  readonly url: string;
  /** Scheme, host and port. */
  readonly shown: string;
}

/** A log server of RFC 5424, or the log of this computer. */
export interface SyslogTarget {
  /** Tag. */
  readonly kind: "syslog";
  /** `local`: this computer's own. */
  readonly by: "local" | "udp" | "tcp" | "tls";
  /** Name or address without brackets; empty for `local`. */
  readonly host: string;
  /** 1..65535; 0 for `local`. */
  readonly port: number;
  /** The same for people. */
  readonly shown: string;
}

/** A file to which messages are added. */
export interface FileTarget {
  /** Tag. */
  readonly kind: "file";
  /** The path as typed. */
  readonly path: string;
  /** The same for people. */
  readonly shown: string;
}

/** One of them. */
export type NotifyTarget = WebTarget | SyslogTarget | FileTarget;

/** Services whose addresses say what they understand; anywhere else it is JSON unless a prefix says otherwise. */
const SERVICES: readonly (readonly [RegExp, NotifyFormat])[] = [
  [/^hooks\.slack(?:-gov)?\.com$/, "slack"],
  [/(?:^|\.)discord(?:app)?\.com$/, "discord"],
  [/\.(?:webhook\.office\.com|logic\.azure\.com|powerplatform\.com)$/, "teams"],
  [/^ntfy\.sh$/, "ntfy"],
];

/** Ports where none is given: RFC 5426, RFC 6587, RFC 5425. */
const SYSLOG_PORTS = { udp: 514, tcp: 514, tls: 6514 } as const;

/** Longest target. */
const LONGEST = 8192;

/** Reads what `--notify` takes: `[FORMAT+]https://...`, `syslog[+tcp|+tls]://HOST[:PORT]`, `syslog:`, `file:PATH`. */
export function parseNotifyTarget(word: string): ValueOutcome<NotifyTarget> {
  if (word.length > LONGEST) return wrong("it is too long");
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(word) ?? [];
  const [first = "", second, ...more] = scheme.toLowerCase().split("+");
  if (more.length > 0) return { reason: "invalid" };
  if (first === "file" && second === undefined) return fileTarget(rest);
  if (first === "syslog") return syslogTarget(second, rest);
  const format = NOTIFY_FORMATS.find((one) => one === first);
  if (second === undefined) {
    return isWeb(first) ? webTarget(word, undefined) : { reason: "invalid" };
  }
  if (format === undefined || !isWeb(second)) return { reason: "invalid" };
  return webTarget(`${second}:${rest}`, format);
}

function isWeb(scheme: string): boolean {
  return scheme === "http" || scheme === "https";
}

function wrong(because: string): { readonly reason: "invalid"; readonly because: string } {
  return { reason: "invalid", because };
}

function webTarget(text: string, given: NotifyFormat | undefined): ValueOutcome<NotifyTarget> {
  const url = URL.parse(text);
  if (url === null || !/^https?:\/\//i.test(text)) return wrong("it is not a URL");
  if (url.username !== "" || url.password !== "") {
    return wrong("a URL holds no name and password here: use --notify-token-file");
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return wrong("http is for this computer only (localhost, 127.0.0.1, [::1]): use https");
  }
  url.hash = "";
  const format = given ?? SERVICES.find(([host]) => host.test(url.hostname))?.[1] ?? "json";
  return { value: { kind: "web", format, url: url.href, shown: url.origin } };
}

/** Names and addresses that never leave this computer; the URL parser has made numbers of any form decimal. */
function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function fileTarget(rest: string): ValueOutcome<NotifyTarget> {
  const [, path = rest] = /^\/\/(?:localhost)?(\/.*)$/s.exec(rest) ?? [];
  if (path === "" || path === "-") return wrong("it needs a file");
  return { value: { kind: "file", path, shown: `file '${path}'` } };
}

function syslogTarget(by: string | undefined, rest: string): ValueOutcome<NotifyTarget> {
  if (rest === "" && by === undefined) {
    return { value: { kind: "syslog", by: "local", host: "", port: 0, shown: "the system log" } };
  }
  const way = (["udp", "tcp", "tls"] as const).find((one) => one === (by ?? "udp"));
  const [, host = "", digits] =
    /^\/\/(\[[0-9a-fA-F:.]+\]|[^:/@[\]\s]+)(?::(\d{1,5}))?\/?$/.exec(rest) ??
      [];
  if (way === undefined || host === "") return { reason: "invalid" };
  const port = digits === undefined ? SYSLOG_PORTS[way] : Number(digits);
  if (port < 1 || port > 65_535) return wrong("a port is 1..65535");
  const shown = `syslog${by === undefined ? "" : `+${by}`}://${host}:${port}`;
  return { value: { kind: "syslog", by: way, host: bareHost(host), port, shown } };
}
