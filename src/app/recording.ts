/**
 * Records what this program sends and gets: `--pcap` and `--trace`. Loaded when one of them is given.
 *
 * Each connection is a conversation; over TLS it is tapped inside, so that what is recorded can be read.
 */

import {
  type CaptureEvent,
  type CaptureWriter,
  FileNames,
  MOST_FILE_BYTES,
  type Parties,
  PcapWriter,
  type Redactor,
  TraceWriter,
} from "../capture/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { loadUidNames } from "../dicom/mod.ts";
import { outputFile, VERSION } from "../options/mod.ts";
import type { ByteStream } from "../transport/types.ts";
import type { OpenBundle } from "./bundle.ts";
import type { ExpectedPeer, LogTo, ModeContext, Recording } from "./context.ts";
import { logMessage } from "./logging.ts";
import { newTalk, recordedCheck, recordedListen, type Talk } from "./recording_talk.ts";
import { learnPeer, redactorFor } from "./redaction.ts";

/** Begins the recordings that the options ask for. */
export async function openRecording(context: ModeContext): Promise<Recording> {
  const files = await openFiles(context);
  const redactor = context.options.redact ? redactorFor(context) : undefined;
  const bundle = await bundleFor({ ...context, redactor });
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
      const text = `cannot write the bundle to '${context.options.bundle}': ${outcome.failure}`;
      logMessage(context, { level: "error", text });
      return false;
    },
  };
}

async function bundleFor(
  context: ModeContext & Pick<Deps, "redactor">,
): Promise<OpenBundle | undefined> {
  const { bundle } = context.options;
  if (bundle === undefined) return undefined;
  return await (await import("./bundle.ts")).openBundle(bundle, context);
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
    return newTalk({ ...about, local, remote, number: ++number }, { world, emit, redactor });
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
