/**
 * Records what this program sends and gets: `--pcap` and `--trace`. Loaded when one of them is given.
 *
 * Each connection is a conversation; over TLS it is tapped inside, so that what is recorded can be read.
 */

import {
  type CaptureEvent,
  type CaptureWriter,
  FileNames,
  type Parties,
  PcapWriter,
  type Redactor,
  TraceWriter,
} from "../capture/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { loadUidNames } from "../dicom/mod.ts";
import { outputFile, VERSION } from "../options/mod.ts";
import type { ByteStream } from "../transport/types.ts";
import type { ModeContext } from "./context.ts";
import { logMessage } from "./logging.ts";
import { learnPeer, redactorFor } from "./redaction.ts";
import type { OpenBundle } from "./bundle.ts";
import { RecordingFile } from "./recording_file.ts";
import { newTalk, recordedCheck, recordedListen, type Talk } from "./recording_talk.ts";
import type { ExpectedPeer, Recording } from "./recording_types.ts";

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
