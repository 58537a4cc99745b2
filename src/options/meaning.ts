/** Checked settings to `Options`. Nothing can fail here: every value has been read by its row. */

import type { KeyPassword, TlsRequestBase } from "../common/tls_request.ts";
import type { ListenAddress } from "./address.ts";
import type { Settings } from "./evaluate.ts";
import type { Again, CheckMode, ListenMode, Mode, Moment, PlanMode } from "./modes.ts";
import type { LogConfigFile, LoggingOptions, Options, TlsOptions, TlsSeeds } from "./options.ts";
import type { ReportRequest } from "./reports.ts";
import { userOf } from "./user.ts";

/** How to log. `config` has been read and checked already. */
export function loggingOf(settings: Settings, config: LogConfigFile | undefined): LoggingOptions {
  return {
    level: settings.choice("verbosity") ?? settings.value("--log-level"),
    config,
    format: settings.value("--log-format"),
  };
}

/** What the program shall do; `parameters` are the peer, or words. */
export function modeOf(
  settings: Settings,
  { words, ...peer }: { peer: string; port: number; words?: readonly string[] },
): Mode {
  if (words !== undefined) return { kind: "explain-code", words };
  // In this order of precedence: the reference looks at --verify-cert first.
  const verify = settings.value("--verify-cert");
  if (verify !== undefined) return { kind: "verify-cert", path: verify };
  const root = settings.value("--is-root-cert");
  if (root !== undefined) return { kind: "is-root-cert", path: root };
  if (settings.has("--selftest")) {
    return { kind: "selftest", withoutTls: settings.has("--disable-tls") };
  }
  const since = settings.value("--since");
  if (since !== undefined) return historyModeOf(settings, since);
  const exporter = settings.value("--exporter");
  if (exporter !== undefined) return exporterModeOf(settings, exporter);
  const survey = settings.value("--survey");
  if (settings.has("--plan") || settings.has("--peers")) {
    const plan = planModeOf(settings);
    return survey === undefined ? plan : { kind: "surveys", plan, groups: survey.groups };
  }
  if (settings.has("--diagnose")) return { kind: "diagnose", ...peer };
  if (settings.has("--tls-scan")) return tlsScanOf(settings, peer);
  if (settings.has("--probe-titles")) return { kind: "probe-titles", ...peer };
  if (survey !== undefined) return { kind: "survey", ...peer, groups: survey.groups };
  const again = againOf(settings);
  if (again?.kind === "wait") return { ...again, ...peer };
  if (again !== undefined) return { ...again, ...peer, ...retriesOf(settings) };
  const listen = settings.value("--listen");
  if (listen === undefined) return { kind: "check", ...peer, ...retriesOf(settings) };
  return listenModeOf(settings, listen);
}

function historyModeOf(settings: Settings, since: Moment): Mode {
  const file = settings.value("--history") ?? "";
  return { kind: "history", file, since, until: settings.value("--until") };
}

function listenModeOf(settings: Settings, { host, port }: ListenAddress): Mode {
  const back = settings.value("--verify-back");
  return {
    kind: "listen",
    address: host,
    port,
    maxAssociations: settings.value("--max-associations"),
    ...behaviorOf(settings),
    ...(back === undefined ? {} : { back }),
  };
}

function behaviorOf(settings: Settings): Pick<ListenMode, "behavior"> {
  const asked = {
    acceptTitles: settings.value("--accept-titles")?.titles,
    reject: settings.value("--reject"),
    status: settings.value("--status"),
    delaySeconds: settings.value("--delay"),
    abortAfter: settings.values("--abort-after")[0],
    drop: settings.has("--drop") ? true : undefined,
  };
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  return given.length === 0 ? {} : { behavior: Object.fromEntries(given) };
}

function tlsScanOf(settings: Settings, peer: { peer: string; port: number }): Mode {
  return { kind: "tls-scan", ...peer, pauseSeconds: settings.value("--scan-pause") ?? 0.1 };
}

function retriesOf(settings: Settings): Pick<CheckMode, "retries"> {
  const count = settings.value("--retries");
  const delaySeconds = settings.value("--retry-delay") ?? 1;
  return count === 0 ? {} : { retries: { count, delaySeconds } };
}

function againOf(settings: Settings): Again | undefined {
  const watch = settings.value("--watch");
  if (watch !== undefined) return { kind: "watch", seconds: watch };
  const wait = settings.value("--wait-until-up");
  return wait === undefined ? undefined : { kind: "wait", seconds: wait };
}

function planModeOf(settings: Settings): PlanMode {
  const plan = settings.value("--plan");
  const peers = settings.value("--peers") ?? "";
  return {
    kind: "plan",
    source: plan === undefined ? { form: "peers", path: peers } : { form: "plan", path: plan },
    checkOnly: settings.has("--plan-check"),
    again: againOf(settings),
    only: settings.values("--only"),
    except: settings.values("--except"),
    jobs: settings.value("--jobs"),
    jobsPerHost: settings.value("--jobs-per-host"),
    deadlineSeconds: settings.value("--deadline"),
    retries: settings.value("--retries"),
    retryDelaySeconds: settings.value("--retry-delay") ?? 1,
    ...serveOf(settings),
  };
}

function serveOf(settings: Settings): Pick<PlanMode, "serve"> {
  const place = settings.value("--serve");
  if (place === undefined) return {};
  const { host: address = "127.0.0.1", port } = place;
  const hosts = settings.values("--serve-host").flatMap(({ names }) => names);
  const tokenFile = settings.value("--serve-token-file");
  return { serve: { address, port, hosts, ...(tokenFile === undefined ? {} : { tokenFile }) } };
}

function exporterModeOf(settings: Settings, { host, port }: ListenAddress): Mode {
  const allow = settings.values("--exporter-allow");
  const plan = settings.has("--plan") || settings.has("--peers") ? planModeOf(settings) : undefined;
  return {
    kind: "exporter",
    address: host,
    port,
    allow,
    hosts: settings.values("--exporter-host").flatMap(({ names }) => names),
    plan,
    reloads: settings.has("--exporter-reload"),
    jobs: settings.value("--jobs"),
    jobsPerHost: settings.value("--jobs-per-host"),
  };
}

/** Everything but the mode: what rows say themselves, and what several make together. */
export function optionsOf(settings: Settings, logging: LoggingOptions): Omit<Options, "mode"> {
  return {
    ...settings.fields("sets"),
    logging,
    tls: tlsOf(settings),
    ...userOptionsOf(settings),
    reports: reportsOf(settings),
  };
}

function userOptionsOf(settings: Settings): Pick<Options, "user"> {
  const user = userOf(settings);
  return user === undefined ? {} : { user };
}

function reportsOf(settings: Settings): readonly ReportRequest[] {
  const reports = settings.values("--report");
  return settings.has("--json") ? [...reports, { format: "json", file: undefined }] : reports;
}

function tlsOf(settings: Settings): TlsOptions {
  if (settings.has("--anonymous-tls")) return { mode: "anonymous", ...tlsSettingsOf(settings) };
  if (!settings.has("--enable-tls")) {
    const serverName = settings.value("--request-sni");
    return serverName === undefined ? { mode: "off" } : { mode: "off", serverName };
  }
  const [keyFile = "", certificateFile = ""] = settings.values("--enable-tls");
  const password = passwordOf(settings);
  return {
    mode: "authenticated",
    keyFile,
    certificateFile,
    password,
    ...tlsSettingsOf(settings),
  };
}

function passwordOf(settings: Settings): KeyPassword {
  const password = settings.value("--use-passwd");
  if (password !== undefined) return { kind: "given", password };
  const path = settings.value("--password-file");
  if (path !== undefined) return { kind: "file", path };
  if (settings.has("--null-passwd")) return { kind: "given", password: "" };
  return settings.has("--std-passwd") ? { kind: "prompt" } : { kind: "unset" };
}

function tlsSettingsOf(settings: Settings): TlsRequestBase & TlsSeeds {
  const fields = settings.fields("setsTls");
  const { seedFile, crlFiles } = fields;
  const isLeafChecked = settings.has("--enable-crl-vfy") || crlFiles.length > 0;
  return {
    ...fields,
    crlCheck: settings.has("--enable-crl-all") ? "chain" : isLeafChecked ? "leaf" : "none",
    writeSeedFile: settings.has("--write-seed") ? seedFile : settings.value("--write-seed-file"),
    ...(settings.has("--require-peer-cert") ? { requiresCertificate: true } as const : {}),
    ...nameOf(settings),
    ...engineOf(settings),
  };
}

/** Public roots vouch for names, so with them a name is always looked at. */
function nameOf(settings: Settings): Pick<TlsRequestBase, "wantedName" | "trustPublicRoots"> {
  const name = settings.value("--verify-hostname-as");
  const roots = settings.has("--trust-public-roots") ? { trustPublicRoots: true } as const : {};
  if (name !== undefined) return { ...roots, wantedName: { kind: "name", name } };
  const isPeer = settings.has("--verify-hostname") || settings.has("--trust-public-roots");
  return isPeer ? { ...roots, wantedName: { kind: "peer" } } : roots;
}

function engineOf(settings: Settings): Pick<TlsRequestBase, "engine"> {
  const engine = settings.value("--tls-engine");
  return engine === undefined || engine === "auto" ? {} : { engine };
}
