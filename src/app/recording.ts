/**
 * Records what this program sends and gets: `--pcap`, `--trace`, and the file for a vendor, `--bundle`. Loaded when one of
 * them is given.
 *
 * Each connection is a conversation; over TLS it is tapped inside, so that what is recorded can be read.
 */

import {
  type Bundle,
  BUNDLE_VERSION,
  BundleCollector,
  type BundleLookup,
  type CaptureEvent,
  type CaptureWriter,
  type ExpectedPeer,
  FileNames,
  learnPeer,
  learnReport,
  maskIdentity,
  MOST_FILE_BYTES,
  newTalk,
  type Parties,
  PcapWriter,
  recordedCheck,
  recordedListen,
  type Redactor,
  redactorFor,
  renderBundleHtml,
  shownArgument,
  type Talk,
  TraceWriter,
} from "../capture/mod.ts";
import type { CheckEvent, CheckTrace } from "../check/mod.ts";
import { bareHost, hostAndPort } from "../common/host.ts";
import { jsonText } from "../common/visible.ts";
import { loadUidNames } from "../dicom/mod.ts";
import { loadTlsLines, type LogSink } from "../log/mod.ts";
import { COMMIT, OPTION_ROWS, type OptionRow, outputFile, VERSION } from "../options/mod.ts";
import { loadReports } from "../report/mod.ts";
import type { WriteOutcome } from "../system/types.ts";
import type { ByteStream } from "../transport/types.ts";
import type { LogTo, ModeContext, Recording, RecordingEnd } from "./context.ts";
import { logMessage, logTrace } from "./logging.ts";

/** Begins the recordings that the options ask for. */
export async function openRecording(context: ModeContext): Promise<Recording> {
  const files = await openFiles(context);
  const { options, world } = context;
  const redactor = options.redact ? redactorFor(options, world.machineName()) : undefined;
  const bundle = options.bundle === undefined
    ? undefined
    : await openBundle(options.bundle, { ...context, redactor });
  const begin = beginner({ context, files, redactor, bundle });
  const learn = (peer: ExpectedPeer) => {
    if (redactor !== undefined) learnPeer(redactor, peer);
  };
  return {
    expect(peers) {
      peers.forEach(learn);
      for (const { name } of peers) files.emitterOf(redactor?.text(name) ?? name);
    },
    ofCheck(connecting, peer) {
      learn(peer);
      const about = { name: peer.name, role: "requestor" } as const;
      const recorded = recordedCheck(
        connecting,
        (stream, isSecured) => begin(stream, { ...about, isSecured }),
      );
      return { ...recorded, trace: bundle?.traceOf(connecting.trace, peer) ?? connecting.trace };
    },
    ofListen: (answering) =>
      recordedListen(answering, (stream, isSecured) => {
        return begin(stream, { name: hostAndPort(stream.remote), role: "acceptor", isSecured });
      }),
    async close(end) {
      const outcome = await bundle?.write(end) ?? "written";
      const isWritten = await files.close();
      if (typeof outcome === "string") return isWritten;
      const text = `cannot write the bundle to '${options.bundle}': ${outcome.failure}`;
      logMessage(context, { level: "error", text });
      return false;
    },
  };
}

/** What a conversation needs. */
interface Deps {
  readonly context: ModeContext;
  readonly files: Files;
  readonly redactor: Redactor | undefined;
  readonly bundle: OpenBundle | undefined;
}

/** Begins conversations, which it numbers. */
function beginner({ context: { world }, files, redactor, bundle }: Deps) {
  let number = 0;
  return (stream: ByteStream, about: Pick<Parties, "name" | "role" | "isSecured">): Talk => {
    const { local, remote } = stream;
    const write = files.emitterOf(redactor?.text(about.name) ?? about.name);
    const emit = (event: CaptureEvent) => {
      write(event);
      bundle?.collector.add(event);
    };
    const { clock, wallTime } = world;
    const parties = { ...about, local, remote, number: ++number };
    return newTalk(parties, { clock, wallTime, emit, redactor });
  };
}

/** Where the conversations of a peer go. */
interface Files {
  readonly emitterOf: (name: string) => (event: CaptureEvent) => void;
  readonly close: () => Promise<boolean>;
}

/** Files of one kind. */
interface FileKind {
  readonly what: string;
  readonly names: FileNames | undefined;
  readonly writer: () => CaptureWriter;
}

async function openFiles(context: ModeContext): Promise<Files> {
  const { pcap, trace } = context.options;
  const application = `echoscu ${VERSION}`;
  const uidNames = await loadUidNames();
  const kinds = [
    kindOf(pcap, { what: "capture", writer: () => new PcapWriter(application) }),
    kindOf(trace, { what: "trace", writer: () => new TraceWriter(application, uidNames) }),
  ].filter((kind) => kind !== undefined);
  const opened = new Map<string, RecordingFile>();
  const fileOf = ({ what, names, writer }: FileKind, name: string): RecordingFile => {
    const file = names?.of(name);
    const known = opened.get(`${what} ${file}`);
    if (known !== undefined) return known;
    const made = new RecordingFile(writer(), { ...context, what, file });
    opened.set(`${what} ${file}`, made);
    return made;
  };
  for (const kind of kinds) {
    if (kind.names?.isOne !== false) fileOf(kind, "");
  }
  return {
    emitterOf(name) {
      const files = kinds.map((kind) => fileOf(kind, name));
      return (event) => files.forEach((file) => file.add(event));
    },
    async close() {
      const written = await Promise.all([...opened.values()].map((file) => file.flushed()));
      return written.every((isWritten) => isWritten);
    },
  };
}

function kindOf(
  word: string | undefined,
  { what, writer }: Pick<FileKind, "what" | "writer">,
): FileKind | undefined {
  if (word === undefined) return undefined;
  const file = outputFile(word);
  return { what, names: file === undefined ? undefined : new FileNames(file), writer };
}

/** Where a recording goes. */
export interface RecordingPlace extends LogTo {
  /** The file; `undefined`: standard output. */
  readonly file: string | undefined;
  /** What it is, for complaints: `capture`, `trace`. */
  readonly what: string;
}

/** One file, or standard output. */
export class RecordingFile {
  readonly #place: RecordingPlace;
  readonly #writer: CaptureWriter;
  #pending: Uint8Array[] = [];
  #running: Promise<void> | undefined;
  #size = 0;
  #isFull = false;
  #isBegun = false;
  #failure: string | undefined;

  /** Begins the file at once: it is replaced. */
  constructor(writer: CaptureWriter, place: RecordingPlace) {
    this.#writer = writer;
    this.#place = place;
    this.#add(writer.head);
  }

  /** Adds `event`, as long as the file is not as large as it may be. */
  add(event: CaptureEvent): void {
    if (this.#isFull || this.#failure !== undefined) return;
    const bytes = this.#writer.write(event);
    if (bytes.length === 0) return;
    const { world, file } = this.#place;
    const last = this.#writer.full(world.wallTime() * 1000);
    if (this.#size + bytes.length + last.length <= MOST_FILE_BYTES) return this.#add(bytes);
    this.#isFull = true;
    this.#add(last);
    const name = file === undefined ? `the ${this.#place.what}` : `'${file}'`;
    const text = `${name} holds ${MOST_FILE_BYTES / 2 ** 20} MiB, the most that is recorded: ` +
      "what comes later is left out";
    logMessage(this.#place, { level: "warn", text });
  }

  /** Resolves once everything is written; whether that went well. */
  async flushed(): Promise<boolean> {
    while (this.#running !== undefined) await this.#running;
    return this.#failure === undefined;
  }

  #add(bytes: Uint8Array): void {
    this.#size += bytes.length;
    this.#pending.push(bytes);
    this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    // What happens in one go is written in one go.
    await undefined;
    while (this.#pending.length > 0 && this.#failure === undefined) {
      const bytes = joined(this.#pending);
      this.#pending = [];
      await this.#write(bytes);
    }
    this.#running = undefined;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const { world, file, what } = this.#place;
    const appending = this.#isBegun && file !== undefined
      ? { first: this.#writer.head }
      : undefined;
    this.#isBegun = true;
    const outcome = await world.writeReport(file, bytes, appending);
    if (outcome === "written") return;
    this.#failure = outcome === "unread" ? "nobody reads it" : outcome.failure;
    if (outcome === "unread") return;
    const where = file === undefined ? "standard output" : `'${file}'`;
    const text = `cannot write the ${what} to ${where}: ${outcome.failure}`;
    logMessage(this.#place, { level: "error", text });
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** A bundle while it is filled. */
interface OpenBundle {
  /** Takes what goes over connections. */
  readonly collector: BundleCollector;
  /** Logs the events of a check of `peer` in it, next to what `trace` does. */
  readonly traceOf: (trace: CheckTrace, peer: ExpectedPeer) => CheckTrace;
  /** Writes it. */
  readonly write: (end: RecordingEnd) => Promise<WriteOutcome>;
}

/** Begins the bundle that goes to `file`. */
async function openBundle(
  file: string,
  context: ModeContext & { readonly redactor: Redactor | undefined },
): Promise<OpenBundle> {
  const { world, redactor } = context;
  const collector = new BundleCollector();
  let peer = "";
  const hosts = new Set<string>();
  const log: LogSink = {
    isEnabled: () => true,
    close: () => {},
    log({ level, text, time }) {
      collector.line({ at: new Date(time).toISOString(), level, peer, text });
    },
  };
  const { tlsMessagesOf } = await loadTlsLines();
  const own = await logTrace({ ...context, log, special: tlsMessagesOf });
  return {
    collector,
    traceOf(trace, { name, check }) {
      if (hosts.size < MOST_LOOKUPS) hosts.add(bareHost(check.target.host));
      return (event) => {
        trace(event);
        peer = name;
        own(cleaned(event, redactor));
      };
    },
    async write(end) {
      const lookups = await lookUpAll([...hosts], context);
      const bundle = await bundleOf(end, { ...context, collector, lookups });
      const text = /\.html?$/i.test(file) ? renderBundleHtml(bundle) : `${jsonText(bundle, 2)}\n`;
      return await world.writeReport(file, new TextEncoder().encode(text));
    },
  };
}

/** An event whose bytes hold no secret, for dumps in hex. */
function cleaned(event: CheckEvent, redactor: Redactor | undefined): CheckEvent {
  if (event.type !== "pdu-received" && event.type !== "pdu-sent") return event;
  const masked = maskIdentity(event.bytes);
  return { ...event, bytes: redactor?.bytes(masked) ?? masked };
}

async function bundleOf(
  { report, obstacle, exitCode }: RecordingEnd,
  { options, world, redactor, collector, lookups }: ModeContext & {
    readonly redactor: Redactor | undefined;
    readonly collector: BundleCollector;
    readonly lookups: readonly BundleLookup[];
  },
): Promise<Bundle> {
  const { settingsOf } = await import("./reports.ts");
  const result = report === undefined ? undefined : JSON.parse(
    (await (await loadReports()).loadRenderer("json"))(report, settingsOf({ options, world })),
  );
  if (redactor !== undefined) learnReport(redactor, result);
  const words = argumentsOf(world.args, redactor);
  const { conversations, log, isCut } = collector.kept();
  const clean = <Value>(value: Value): Value =>
    redactor === undefined ? value : redactor.value(value) as Value;
  return {
    version: BUNDLE_VERSION,
    kind: "bundle",
    madeAt: new Date(world.wallTime()).toISOString(),
    redacted: redactor !== undefined,
    program: `echoscu ${VERSION}`,
    ...(COMMIT === undefined ? {} : { commit: COMMIT }),
    runtime: `Deno ${world.runtimeVersion}`,
    system: world.target,
    arguments: clean(words),
    exitCode,
    ...(result === undefined ? {} : { report: clean(result) }),
    ...(obstacle === undefined ? {} : { obstacle: clean(obstacle) }),
    lookups: clean(lookups),
    conversations,
    log: clean(log),
    isCut,
  };
}

/** What was typed; secrets, and what is in command files, are not shown. */
function argumentsOf(words: readonly string[], redactor: Redactor | undefined): readonly string[] {
  const rows: readonly OptionRow[] = OPTION_ROWS;
  const shown: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const row = rows.find(({ long, short }) => word === long || word === short);
    if (row === undefined) {
      shown.push(
        word.startsWith("@") && redactor !== undefined ? redactor.learn("file", word) : word,
      );
      continue;
    }
    shown.push(word);
    for (const spec of row.values) {
      at += 1;
      shown.push(shownArgument(words[at] ?? "", { row, spec, redactor }));
    }
  }
  return shown;
}

/** Names that are looked up at most, and how long that may take in all. */
const MOST_LOOKUPS = 100;
const LOOKUP_MS = 2000;

/** What the names stand for now; the runtime does not say what it tried. */
async function lookUpAll(
  hosts: readonly string[],
  { options: { family }, world }: ModeContext,
): Promise<readonly BundleLookup[]> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const stop = world.clock.after(LOOKUP_MS, resolve);
  const lookups = await Promise.all(hosts.map(async (host): Promise<BundleLookup> => {
    const found = world.lookUp(host, family)
      .then((addresses) => ({ host, addresses }), (error) => ({ host, error: wordsOf(error) }));
    return await Promise.race([found, late.then(() => ({ host, error: "no answer in time" }))]);
  }));
  stop();
  return lookups;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
