/** Checked settings to `Options`. Nothing can fail here: every value has been read by its row. */

import type { ListenAddress } from "./address.ts";
import type { Settings } from "./evaluate.ts";
import type { Again, Mode, PlanMode } from "./modes.ts";
import type {
  LogConfigFile,
  LoggingOptions,
  LogLevel,
  Options,
  PasswordSource,
  ReportRequest,
  TlsOptions,
  TlsProfile,
  TlsSettings,
} from "./options.ts";
import type { LongName } from "./rows.ts";
import type { TargetPattern } from "./target_pattern.ts";

const VERBOSITY_LEVELS: Readonly<Record<string, LogLevel>> = {
  "--quiet": "fatal",
  "--verbose": "info",
  "--debug": "debug",
};

const FAMILIES: Readonly<Record<string, Options["family"]>> = {
  "--ipv4": "ipv4",
  "--ipv6": "ipv6",
  "--ip-auto": "any",
};

/** How to log. `config` has been read and checked already. */
export function loggingOf(settings: Settings, config: LogConfigFile | undefined): LoggingOptions {
  const verbosity = settings.winner("verbosity");
  return {
    level: VERBOSITY_LEVELS[verbosity ?? ""] ?? settings.values("--log-level")[0] as LogLevel,
    config,
    format: settings.values("--log-format")[0] as LoggingOptions["format"],
  };
}

/** What the program shall do; `peer` is what the parameters say. */
export function modeOf(settings: Settings, peer: { peer: string; port: number }): Mode {
  // In this order of precedence: the reference looks at --verify-cert first.
  const verify = textOf(settings, "--verify-cert");
  if (verify !== undefined) return { kind: "verify-cert", path: verify };
  const root = textOf(settings, "--is-root-cert");
  if (root !== undefined) return { kind: "is-root-cert", path: root };
  if (settings.has("--selftest")) {
    return { kind: "selftest", withoutTls: settings.has("--disable-tls") };
  }
  if (settings.has("--exporter")) return exporterModeOf(settings);
  if (settings.has("--plan") || settings.has("--peers")) return planModeOf(settings);
  const again = againOf(settings);
  if (again !== undefined) return { ...again, ...peer };
  if (!settings.has("--listen")) return { kind: "check", ...peer };
  const listen = settings.values("--listen")[0] as ListenAddress;
  const maxAssociations = settings.values("--max-associations")[0] as number;
  return { kind: "listen", address: listen.host, port: listen.port, maxAssociations };
}

function againOf(settings: Settings): Again | undefined {
  const watch = settings.values("--watch")[0] as number | undefined;
  if (watch !== undefined) return { kind: "watch", seconds: watch };
  const wait = settings.values("--wait-until-up")[0] as number | undefined;
  return wait === undefined ? undefined : { kind: "wait", seconds: wait };
}

function planModeOf(settings: Settings): PlanMode {
  const number = (long: LongName) => settings.values(long)[0] as number;
  const seconds = (long: LongName) => settings.values(long)[0] as number | undefined;
  const plan = textOf(settings, "--plan");
  const peers = textOf(settings, "--peers") ?? "";
  return {
    kind: "plan",
    source: plan === undefined ? { form: "peers", path: peers } : { form: "plan", path: plan },
    checkOnly: settings.has("--plan-check"),
    again: againOf(settings),
    only: settings.values("--only") as readonly string[],
    except: settings.values("--except") as readonly string[],
    jobs: number("--jobs"),
    jobsPerHost: number("--jobs-per-host"),
    deadlineSeconds: seconds("--deadline"),
    retries: number("--retries"),
    retryDelaySeconds: seconds("--retry-delay") ?? 1,
  };
}

function exporterModeOf(settings: Settings): Mode {
  const { host, port } = settings.values("--exporter")[0] as ListenAddress;
  const allow = settings.values("--exporter-allow") as readonly TargetPattern[];
  const plan = settings.has("--plan") || settings.has("--peers") ? planModeOf(settings) : undefined;
  return {
    kind: "exporter",
    address: host,
    port,
    allow,
    plan,
    jobs: settings.values("--jobs")[0] as number,
    jobsPerHost: settings.values("--jobs-per-host")[0] as number,
  };
}

/** Everything but the mode. */
export function optionsOf(settings: Settings, logging: LoggingOptions): Omit<Options, "mode"> {
  const number = (long: LongName) => settings.values(long)[0] as number;
  return {
    logging,
    callingAeTitle: settings.values("--aetitle")[0] as string,
    calledAeTitle: settings.values("--call")[0] as string,
    proposeTransferSyntaxes: number("--propose-ts"),
    proposePresentationContexts: number("--propose-pc"),
    connectTimeoutSeconds: settings.values("--timeout")[0] as number | undefined,
    socketTimeoutSeconds: number("--socket-timeout"),
    acseTimeoutSeconds: number("--acse-timeout"),
    dimseTimeoutSeconds: settings.values("--dimse-timeout")[0] as number | undefined,
    maximumLength: number("--max-pdu"),
    repeat: number("--repeat"),
    intervalSeconds: settings.values("--interval")[0] as number | undefined,
    peerDeadlineSeconds: settings.values("--peer-deadline")[0] as number | undefined,
    abort: settings.has("--abort"),
    family: FAMILIES[settings.winner("address-family") ?? ""] ?? "any",
    tls: tlsOf(settings),
    ...settings.has("--tls-report") ? { tlsReport: true } : {},
    ...expiryOf(settings),
    explain: settings.has("--explain"),
    exitCodes: settings.values("--exit-codes")[0] as Options["exitCodes"],
    color: settings.values("--color")[0] as Options["color"],
    reports: reportsOf(settings),
    warnLatencyMs: settings.values("--warn-latency")[0] as number | undefined,
    criticalLatencyMs: settings.values("--critical-latency")[0] as number | undefined,
  };
}

function reportsOf(settings: Settings): readonly ReportRequest[] {
  const reports = settings.values("--report") as readonly ReportRequest[];
  return settings.has("--json") ? [...reports, { format: "json", file: undefined }] : reports;
}

function expiryOf(settings: Settings): Pick<Options, "expiryWarnDays"> {
  const [expiryWarnDays] = settings.values("--expiry-warn") as readonly number[];
  return expiryWarnDays === undefined ? {} : { expiryWarnDays };
}

function tlsOf(settings: Settings): TlsOptions {
  if (settings.has("--anonymous-tls")) return { mode: "anonymous", ...tlsSettingsOf(settings) };
  if (!settings.has("--enable-tls")) {
    const serverName = textOf(settings, "--request-sni");
    return serverName === undefined ? { mode: "off" } : { mode: "off", serverName };
  }
  const [keyFile, certificateFile] = settings.values("--enable-tls") as [string, string];
  const password = passwordOf(settings);
  return {
    mode: "authenticated",
    keyFile,
    certificateFile,
    password,
    ...tlsSettingsOf(settings),
  };
}

function passwordOf(settings: Settings): PasswordSource {
  const password = textOf(settings, "--use-passwd");
  if (password !== undefined) return { kind: "given", password };
  const path = textOf(settings, "--password-file");
  if (path !== undefined) return { kind: "file", path };
  if (settings.has("--null-passwd")) return { kind: "given", password: "" };
  return settings.has("--std-passwd") ? { kind: "prompt" } : { kind: "unset" };
}

function tlsSettingsOf(settings: Settings): TlsSettings {
  const seedFile = textOf(settings, "--seed");
  const crlFiles = settings.values("--add-crl-file") as readonly string[];
  const isLeafChecked = settings.has("--enable-crl-vfy") || crlFiles.length > 0;
  return {
    fileFormat: settings.has("--der-keys") ? "der" : "pem",
    certificateFiles: settings.values("--add-cert-file") as readonly string[],
    certificateDirectories: settings.values("--add-cert-dir") as readonly string[],
    crlFiles,
    crlCheck: settings.has("--enable-crl-all") ? "chain" : isLeafChecked ? "leaf" : "none",
    profile: (settings.winner("tls-profile") ?? "").replace("--profile-", "") as TlsProfile,
    cipherSuites: settings.values("--cipher") as readonly string[],
    serverName: textOf(settings, "--request-sni"),
    seedFile,
    writeSeedFile: settings.has("--write-seed") ? seedFile : textOf(settings, "--write-seed-file"),
    peerCertificate: settings.has("--ignore-peer-cert") ? "ignore" : "require",
    ...nameOf(settings),
  };
}

/** Public roots vouch for names, so with them a name is always looked at. */
function nameOf(settings: Settings): Pick<TlsSettings, "wantedName" | "trustPublicRoots"> {
  const name = textOf(settings, "--verify-hostname-as");
  const roots = settings.has("--trust-public-roots") ? { trustPublicRoots: true } as const : {};
  if (name !== undefined) return { ...roots, wantedName: { kind: "name", name } };
  const isPeer = settings.has("--verify-hostname") || settings.has("--trust-public-roots");
  return isPeer ? { ...roots, wantedName: { kind: "peer" } } : roots;
}

/** The value of an option without default; `undefined` when it does not count. */
function textOf(settings: Settings, long: LongName): string | undefined {
  return settings.values(long)[0] as string | undefined;
}
