/** The permissions of Deno that something needs, gathered one by one, as flags. */

import { hostAndPort } from "../common/host.ts";

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

  /** Needs a database, next to which SQLite puts files of its own. */
  addDatabase(file: string): void {
    const files = ["", "-wal", "-shm", "-journal"].map((end) => `${file}${end}`);
    this.add("read", ...files);
    this.add("write", ...files);
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
