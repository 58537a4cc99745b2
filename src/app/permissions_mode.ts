/** Says which permissions of Deno a command line needs, and does nothing of it: `--permissions`. Loaded when it is given. */

import { bareHost, hostAndPort } from "../common/host.ts";
import { escapeControls, jsonText } from "../common/visible.ts";
import type {
  ExporterMode,
  LoggingOptions,
  NotifyTarget,
  Options,
  PlanMode,
  TlsOptions,
  UserOptions,
} from "../options/mod.ts";
import type { Plan } from "../plan/mod.ts";
import type { Target } from "../transport/types.ts";
import type { ModeContext, World } from "./context.ts";
import type { Outcome } from "./outcome.ts";

/** No log: mistakes in a plan go to standard error. */
export const UNLOGGED: LoggingOptions = { level: "off", config: undefined, format: "text" };

/** The variables at which the YAML reader looks. */
const YAML_VARIABLES = ["LOG_TOKENS", "LOG_STREAM"];

/** Prints the flags, one a line; with `--json` an object. A plan is read for it, and nobody is contacted. */
export async function runPermissions(context: ModeContext): Promise<Outcome> {
  const { options, world } = context;
  const needs = new Needs();
  for (const word of world.args) {
    if (word.length > 1 && word.startsWith("@")) needs.add("read", word.slice(1));
  }
  const failure = await addMode(needs, context);
  if (failure !== undefined) return failure;
  addTls(needs, options.tls);
  addUser(needs, options.user);
  addOutputs(needs, options);
  for (const target of options.notify) addNotice(needs, target);
  const text = options.reports.some(({ format, file }) => format === "json" && file === undefined)
    ? `${jsonText(needs.document, 2)}\n`
    : needs.flags.map((flag) => `${escapeControls(flag)}\n`).join("");
  world.writeOut(new TextEncoder().encode(text));
  const notes = needs.notes.map((note) => `note: ${escapeControls(note)}\n`).join("");
  world.writeErr(new TextEncoder().encode(notes));
  return { kind: "done" };
}

async function addMode(needs: Needs, context: ModeContext): Promise<Outcome | undefined> {
  const { mode } = context.options;
  switch (mode.kind) {
    case "check":
    case "watch":
    case "wait":
    case "tls-scan":
    case "survey":
    case "probe-titles":
      addTarget(needs, { host: mode.peer, port: mode.port, ...targetOf(context.options) });
      return undefined;
    case "diagnose":
      needs.add("net", bareHost(mode.peer).includes(":") ? `[${bareHost(mode.peer)}]` : mode.peer);
      return undefined;
    case "listen":
      addListening(needs, mode);
      return undefined;
    case "selftest":
      needs.add("net", "127.0.0.1");
      return undefined;
    case "exporter":
      addListening(needs, mode);
      addAllowed(needs, mode);
      return mode.plan && await addPlan(needs, { mode: mode.plan, context });
    case "plan":
      addServing(needs, mode);
      return await addPlan(needs, { mode, context });
    case "surveys":
      return await addPlan(needs, { mode: mode.plan, context });
    case "verify-cert":
    case "is-root-cert":
      needs.add("read", mode.path);
      return undefined;
    case "history":
    case "explain-code":
      return undefined;
  }
}

function targetOf(
  { family, sourceAddress }: Options,
): Pick<Target, "family" | "source"> {
  return { family, ...(sourceAddress === undefined ? {} : { source: sourceAddress }) };
}

/** What an exporter may be asked to check. */
function addAllowed(needs: Needs, { allow }: ExporterMode): void {
  for (const { host, firstPort, lastPort } of allow) {
    if (host.kind === "text" && !host.text.includes("*") && firstPort === lastPort) {
      needs.addPlace({ host: host.text, port: firstPort });
    } else needs.addWhole("net", "--exporter-allow names peers by a pattern");
  }
}

/** A name is looked up by the program itself where the family or the source decides among its addresses. */
function addTarget(needs: Needs, target: Omit<Target, "connectTimeoutSeconds">): void {
  const { host, port, family, source } = target;
  const isName = /[^0-9.]/.test(host) && !host.includes(":");
  if (isName && (family !== "any" || source !== undefined)) {
    return needs.addWhole("net", `the addresses of ${host} are not known yet`);
  }
  needs.addPlace({ host, port });
  if (source !== undefined) needs.addPlace({ host: source.address, port: source.port ?? 0 });
}

function addListening(
  needs: Needs,
  { address, port }: { readonly address: string | undefined; readonly port: number },
): void {
  for (const host of address === undefined ? ["0.0.0.0", "::"] : [address]) {
    needs.addPlace({ host, port });
  }
}

function addServing(needs: Needs, { serve }: PlanMode): void {
  if (serve === undefined) return;
  addListening(needs, serve);
  if (serve.tokenFile !== undefined) needs.add("read", serve.tokenFile);
}

/** Reads the plan as a run would, and takes down which files and variables it asks for. */
async function addPlan(
  needs: Needs,
  { mode, context }: { readonly mode: PlanMode; readonly context: ModeContext },
): Promise<Outcome | undefined> {
  const { readPeers } = await import("./plan_peers.ts");
  const plan = await readPeers(mode, {
    ...context,
    options: { ...context.options, logging: UNLOGGED },
    world: watched(context.world, needs),
  });
  if ("obstacle" in plan) return plan;
  if (mode.source.form === "plan") needs.add("env", ...YAML_VARIABLES);
  addPeers(needs, plan);
  return undefined;
}

function watched(world: World, needs: Needs): World {
  const saw = (path: string) => needs.add("read", path);
  return {
    ...world,
    readFile(path, as) {
      saw(path);
      return world.readFile(path, as);
    },
    async loadRegularFiles() {
      const read = await world.loadRegularFiles();
      return (path, as) => {
        saw(path);
        return read(path, as);
      };
    },
    env(name) {
      needs.add("env", name);
      return world.env(name);
    },
  };
}

function addPeers(needs: Needs, { peers }: Plan): void {
  for (const { check, tls, user } of peers) {
    addTarget(needs, check.target);
    addTls(needs, tls);
    addUser(needs, user);
  }
}

function addTls(needs: Needs, tls: TlsOptions): void {
  if (tls.mode === "off") return;
  needs.add("read", ...tls.certificateFiles, ...tls.certificateDirectories, ...tls.crlFiles);
  if (tls.seedFile !== undefined) needs.add("read", tls.seedFile);
  if (tls.writeSeedFile !== undefined) needs.addReport(tls.writeSeedFile);
  if (tls.trustPublicRoots === true) {
    needs.addWhole("sys", "Deno has no narrower name for the public roots");
  }
  if (tls.mode !== "authenticated") return;
  needs.add("read", tls.keyFile, tls.certificateFile);
  const { password } = tls;
  if (password.kind === "file") needs.add("read", password.path);
  if (password.kind === "unset") needs.add("env", "ECHOSCU_KEY_PASSWORD");
}

function addUser(needs: Needs, user: UserOptions | undefined): void {
  if (user === undefined) return;
  const { identity } = user;
  if (identity.kind !== "name") return needs.add("read", identity.path);
  const { password } = identity;
  if (password?.kind === "file") needs.add("read", password.path);
  if (password?.kind === "variable") needs.add("env", password.name);
}

function addNotice(needs: Needs, target: NotifyTarget): void {
  switch (target.kind) {
    case "web": {
      const { hostname, port, protocol } = new URL(target.url);
      const usual = protocol === "https:" ? 443 : 80;
      return needs.addPlace({ host: hostname, port: port === "" ? usual : Number(port) });
    }
    case "syslog": {
      const { by, host, port } = target;
      if (by === "local") return addSystemLog(needs);
      needs.addPlace({ host, port });
      if (by === "udp") needs.addPlace({ host: host.includes(":") ? "::" : "0.0.0.0", port: 0 });
      return;
    }
    case "file":
      return needs.addReport(target.path);
  }
}

function addSystemLog(needs: Needs): void {
  needs.usesLocalSockets = true;
  for (const kind of ["net", "read", "write"] as const) {
    needs.addWhole(kind, "the system log is reached by a socket of its own");
  }
}

function addOutputs(needs: Needs, options: Options): void {
  for (const { file } of options.reports) {
    if (file !== undefined) needs.addReport(file);
  }
  for (const file of [options.pcap, options.trace, options.bundle]) {
    if (file !== undefined) needs.addReport(file);
  }
  for (const file of [options.notifyCaFile, options.notifyTokenFile]) {
    if (file !== undefined) needs.add("read", file);
  }
  if (options.history !== undefined) {
    needs.addDatabase(options.history, { isRead: options.mode.kind === "history" });
  }
  const { config } = options.logging;
  if (config !== undefined) {
    needs.add("read", config.path);
    addLogConfig(new TextDecoder().decode(config.bytes), needs);
  }
}

/** Permissions that take a list of names. */
const KINDS = ["net", "read", "write", "env", "sys"] as const;

/** One of them. */
export type NeedKind = (typeof KINDS)[number];

/** What a command line needs. */
export class Needs {
  readonly #names = new Map<NeedKind, Set<string>>();
  readonly #whole = new Set<NeedKind>();
  readonly #notes: string[] = [];
  /** Whether sockets of the local kind are used. */
  usesLocalSockets = false;

  /** Needs `name` of a kind; paths are as they were given. */
  add(kind: NeedKind, ...names: readonly string[]): void {
    const known = this.#names.get(kind) ?? new Set();
    for (const name of names) known.add(name);
    this.#names.set(kind, known);
  }

  /** Needs all of a kind, because `why`: what is needed is not known before. */
  addWhole(kind: NeedKind, why: string): void {
    this.#whole.add(kind);
    this.#notes.push(`--allow-${kind} is whole because ${why}`);
  }

  /** Needs to connect to, or to listen at, a place. */
  addPlace(place: { readonly host: string; readonly port: number }): void {
    this.add("net", hostAndPort(place));
  }

  /** Needs the folder of a file that is written under another name first. */
  addReport(file: string): void {
    const end = Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\"));
    const folder = end < 0 ? "." : file.slice(0, Math.max(end, 1));
    this.add("read", folder);
    this.add("write", folder);
  }

  /** Needs a database, next to which SQLite puts files of its own; `isRead`: nothing is written to it. */
  addDatabase(file: string, { isRead = false } = {}): void {
    const files = ["", "-wal", "-shm", "-journal"].map((end) => `${file}${end}`);
    this.add("read", ...files);
    if (!isRead) this.add("write", ...files);
  }

  /** Something else to be said, as a sentence without a full stop. */
  note(text: string): void {
    if (!this.#notes.includes(text)) this.#notes.push(text);
  }

  /** What is said besides the flags. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** The names of a kind in their order; `true`: all. */
  of(kind: NeedKind): readonly string[] | true {
    return this.#whole.has(kind) ? true : [...this.#names.get(kind) ?? []];
  }

  /** As flags for `deno run`. A comma in a name is doubled there. */
  get flags(): readonly string[] {
    const flags = KINDS.flatMap((kind) => {
      const names = this.of(kind);
      if (names === true) return [`--allow-${kind}`];
      const list = names.map((name) => name.replaceAll(",", ",,")).join(",");
      return names.length === 0 ? [] : [`--allow-${kind}=${list}`];
    });
    return this.usesLocalSockets ? [...flags, "--unstable-net"] : flags;
  }

  /** All of it as a value for JSON. */
  get document(): object {
    const kinds = KINDS.map((kind) => [kind, this.of(kind)] as const)
      .filter(([, names]) => names === true || names.length > 0);
    return { flags: this.flags, ...Object.fromEntries(kinds), notes: this.notes };
  }
}

/** What a log configuration (`-lc`) needs besides its own file. */
export function addLogConfig(text: string, needs: Needs): void {
  for (const line of text.split(/[\r\n]+/).map((one) => one.trim())) {
    if (line.startsWith("#")) continue;
    for (const [, name = ""] of line.matchAll(/\$\{([A-Za-z0-9_]+)\}/g)) needs.add("env", name);
    const equals = line.indexOf("=");
    const [key, value] = [line.slice(0, equals).trim(), line.slice(equals + 1).trim()];
    if (/\.File$/i.test(key)) needs.addReport(value);
    if (/\.ConversionPattern$/i.test(key) && /%[-.\d]*[hH]/.test(value)) {
      needs.add("sys", "hostname");
    }
    if (/SysLogAppender$/.test(value)) needs.usesLocalSockets = true;
    if (/\.(?:host|port|logServer)$/i.test(key) || /SysLogAppender$/.test(value)) {
      needs.note(
        "the log configuration writes to a log server or to the system log: see docs/logging.md",
      );
    }
  }
}
