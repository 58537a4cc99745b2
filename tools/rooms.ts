/**
 * The room table: who may import whom. A room is a folder of `src/`.
 *
 * Values go down and results come up, so every arrow of this table points from what a program wants to what it is made
 * of. `src/errors.ts` and the files of
 * `src/common/` are leaves: every room may import them, and they import no room.
 */

/** What the files of one room may take from the other rooms. */
export interface Room {
  /** What it does, as a phrase for the map in ARCHITECTURE.md. */
  readonly does: string;
  /** Rooms whose values (and types) it may import, through their `mod.ts`. */
  readonly values: readonly string[];
  /** Rooms of which it may import types (through `mod.ts` or `types.ts`) and error classes (`mod.ts`) only. */
  readonly types: readonly string[];
  /** Whether `Deno` may be named: everywhere, nowhere, or only in files whose name starts with `host_`. */
  readonly deno: "everywhere" | "nowhere" | "host files";
}

/** Everything that happens on the way to a result, as types: what the rooms that turn things into text read. */
const WHAT_HAPPENS = [
  "check",
  "runner",
  "plan",
  "scp",
  "association",
  "transport",
  "tls",
  "tls_scan",
  "survey",
  "dimse",
];

const BELOW_APP: Readonly<Record<string, Room>> = {
  bytes: {
    does: "cursor and writer over bytes",
    values: [],
    types: [],
    deno: "nowhere",
  },
  system: {
    does: "the operating system: files to read, streams to write, errors by their codes",
    values: [],
    types: [],
    deno: "everywhere",
  },
  dicom: {
    does: "the standard's vocabulary: AE titles, UIDs, names, dictionary",
    values: ["bytes"],
    types: [],
    deno: "nowhere",
  },
  pdu: {
    does: "PS3.8 9.3: PDUs, decode, encode, the stream of PDUs",
    values: ["dicom", "bytes"],
    types: [],
    deno: "nowhere",
  },
  dimse: {
    does: "PS3.7: command sets, C-ECHO, status",
    values: ["dicom", "bytes"],
    types: ["pdu"],
    deno: "nowhere",
  },
  association: {
    does: "PS3.8 9.2: the state table, and the driver that performs it",
    values: ["pdu", "dicom"],
    types: ["transport"],
    deno: "nowhere",
  },
  transport: {
    does: "target to byte stream: names, TCP, TLS; opens the sockets",
    values: ["system", "tls_engine"],
    types: ["tls"],
    deno: "everywhere",
  },
  x509: {
    does: "certificates, revocation lists, trust, and the decision on a certificate",
    values: [],
    types: [],
    deno: "nowhere",
  },
  tls: {
    does: "profiles, keys, trust, certificate reports",
    values: ["bytes", "x509"],
    types: ["transport"],
    deno: "host files",
  },
  tls_engine: {
    does: "TLS 1.0 to 1.3 as a client, bytes in and bytes out: what the runtime's TLS lacks",
    values: ["tls"],
    types: [],
    deno: "nowhere",
  },
  tls_scan: {
    does: "which TLS a port speaks: what to ask next, asking, and what the answers mean",
    values: ["tls", "tls_engine"],
    types: ["association", "transport"],
    deno: "nowhere",
  },
  survey: {
    does: "which SOP classes and syntaxes a peer accepts: what to ask next, what answers mean",
    values: [],
    types: ["pdu"],
    deno: "nowhere",
  },
  check: {
    does: "one check to one result: dial, associate, echo, release; the only `catch`",
    values: ["association", "dimse", "dicom"],
    types: ["transport", "tls", "pdu"],
    deno: "nowhere",
  },
  scp: {
    does: "the answering side: accepts, answers C-ECHO, refuses",
    values: ["association", "dimse", "pdu", "dicom"],
    types: ["transport", "tls"],
    deno: "everywhere",
  },
  plan: {
    does: "command line or YAML to checks with all defaults applied",
    values: ["dicom", "system"],
    types: ["options", "check"],
    deno: "nowhere",
  },
  diagnosis: {
    does: "a failure to its situation and hint",
    values: ["dicom", "pdu"],
    types: WHAT_HAPPENS,
    deno: "nowhere",
  },
  codes: {
    does: "codes and lines of logs to what they mean",
    values: ["check", "diagnosis", "log", "report"],
    types: [],
    deno: "nowhere",
  },
  runner: {
    does: "checks to results: order, places, retries, deadlines, expectations",
    values: ["check", "plan", "dicom"],
    types: ["transport"],
    deno: "nowhere",
  },
  options: {
    does: "arguments to options: the table of rows; help, manual, completions",
    values: ["dicom", "system"],
    types: [],
    deno: "nowhere",
  },
  capture: {
    does: "conversations to files: captures for Wireshark, traces item by item",
    values: ["pdu", "dimse", "dicom", "bytes"],
    types: ["association", "transport", "check", "scp", "options"],
    deno: "nowhere",
  },
  report: {
    does: "results to text, JSON, JUnit, CSV, HTML, Nagios, Prometheus; exit codes",
    values: ["dicom", "pdu", "diagnosis", "system", "availability"],
    types: WHAT_HAPPENS,
    deno: "host files",
  },
  availability: {
    does: "results over time to availability, outages and times; days of a time zone",
    values: [],
    types: [],
    deno: "nowhere",
  },
  history: {
    does: "results over time, in a file of SQLite",
    values: ["system", "availability"],
    types: ["report", "runner"],
    deno: "host files",
  },
  http: {
    does: "answers HTTP within limits, and only those who may ask",
    values: [],
    types: ["check", "transport"],
    deno: "nowhere",
  },
  notify: {
    does: "changes to messages for people who do not look: what is worth one, and to whom",
    values: ["log", "report", "system"],
    types: ["options", "runner"],
    deno: "host files",
  },
  exporter: {
    does: "results to metrics over HTTP",
    values: ["report", "runner", "http"],
    types: ["check", "plan", "options", "transport"],
    deno: "nowhere",
  },
  live: {
    does: "watched peers as a table that stays in place on a terminal: keys in, lines out",
    values: ["runner"],
    types: ["report", "plan"],
    deno: "nowhere",
  },
  status: {
    does: "watched peers as pages, JSON and metrics over HTTP",
    values: ["http", "report", "runner"],
    types: ["check", "transport"],
    deno: "nowhere",
  },
  log: {
    does: "events to lines in the words of the reference; log configurations",
    values: ["dicom", "pdu", "system"],
    types: WHAT_HAPPENS,
    deno: "host files",
  },
};

/** The rooms of `src/` by folder name; `app` puts the others together for main.ts. */
export const ROOMS: Readonly<Record<string, Room>> = {
  ...BELOW_APP,
  app: {
    does: "puts the rooms together: one file for each kind of mode",
    values: Object.keys(BELOW_APP),
    types: [],
    deno: "nowhere",
  },
};

/** A source file in a room. */
export interface InRoom {
  /** Tag of the union. */
  readonly kind: "room";
  /** Folder name. */
  readonly room: string;
  /** The path below the room's folder. */
  readonly path: string;
}

/** Where a source file is: in a room, next to the rooms (`src/errors.ts`, `src/common/`), or outside `src/`. */
export type Place =
  | InRoom
  | { readonly kind: "leaf"; readonly path: string }
  | { readonly kind: "outside" };

/** Finds the place of a file by its path, absolute or from the top of the project. */
export function placeOf(path: string): Place {
  const [top, first = "", ...rest] = fromTop(path).split("/");
  if (top !== "src" || first === "") return { kind: "outside" };
  if (rest.length === 0) return { kind: "leaf", path: first };
  if (first === "common") return { kind: "leaf", path: [first, ...rest].join("/") };
  return { kind: "room", room: first, path: rest.join("/") };
}

function fromTop(path: string): string {
  const top = (import.meta.dirname ?? "").replaceAll("\\", "/").replace(/tools$/, "");
  const forward = path.replaceAll("\\", "/");
  return forward.startsWith(top) ? forward.slice(top.length) : forward;
}

/** Resolves a relative import as a path, so that it can be placed. */
export function resolveImport(from: string, specifier: string): string {
  const parts = from.replaceAll("\\", "/").split("/").slice(0, -1);
  for (const step of specifier.split("/")) {
    if (step === "..") parts.pop();
    else if (step !== ".") parts.push(step);
  }
  return parts.join("/");
}

/** One import of one file. */
export interface Import {
  /** Path of the importing file. */
  readonly from: string;
  /** What is after `from`: a relative path or a package name. */
  readonly specifier: string;
  /** Whether the whole statement is `import type`: nothing is loaded for it. */
  readonly typeOnly: boolean;
  /** Whether nothing but error classes is imported, which belong to a room's interface as its types do. */
  readonly errorsOnly?: boolean;
}

/**
 * Judges one import; `undefined` means it is allowed.
 *
 * Bare names (packages) are not judged here. A test may import any room, but through its `mod.ts` all the same.
 */
export function judgeImport(found: Import): string | undefined {
  if (!found.specifier.startsWith(".")) return undefined;
  const own = placeOf(found.from);
  const target = placeOf(resolveImport(found.from, found.specifier));
  if (target.kind === "outside") return judgeOutside(found, own);
  if (target.kind === "leaf") return undefined;
  if (own.kind === "room" && own.room === target.room) return undefined;
  if (own.kind === "leaf") return `src/${own.path} is a leaf: it imports no room`;
  const door = judgeDoor(found, target);
  if (door !== undefined || own.kind === "outside" || isTest(found.from)) return door;
  return judgeDirection(found, { own: own.room, target: target.room });
}

/** Whether a file is a test, which other rules leave alone. */
export function isTest(path: string): boolean {
  return /_test\.tsx?$/.test(path);
}

function judgeOutside(found: Import, own: Place): string | undefined {
  if (own.kind === "outside" || isTest(found.from) || /\.(?:json|cfg)$/.test(found.specifier)) {
    return undefined;
  }
  return `src/ imports nothing from outside itself, but "${found.specifier}" leaves it`;
}

function judgeDoor(found: Import, { room, path }: InRoom): string | undefined {
  if (path === "mod.ts" || (found.typeOnly && path === "types.ts")) return undefined;
  const door = path === "types.ts" ? "`import type`, or values from mod.ts" : `src/${room}/mod.ts`;
  return `src/${room}/${path} is an inner file of that room: use ${door}`;
}

function judgeDirection(found: Import, rooms: { own: string; target: string }): string | undefined {
  const { own, target } = rooms;
  const rules = ROOMS[own];
  if (rules === undefined) return `src/${own} is not in the room table (tools/rooms.ts)`;
  if (rules.values.includes(target)) return undefined;
  if (!rules.types.includes(target)) return `room ${own} must not import room ${target}`;
  if (found.typeOnly || found.errorsOnly) return undefined;
  return `room ${own} may import only types and errors of room ${target}: use \`import type\``;
}
