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
  TraceWriter,
} from "../capture/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { loadUidNames } from "../dicom/mod.ts";
import { outputFile, VERSION } from "../options/mod.ts";
import type { ByteStream } from "../transport/types.ts";
import type { ModeContext } from "./context.ts";
import { learnPeer, redactorFor } from "./redaction.ts";
import { RecordingFile } from "./recording_file.ts";
import { newTalk, recordedCheck, recordedListen, type Talk } from "./recording_talk.ts";
import type { Recording } from "./recording_types.ts";

/** Begins the recordings that the options ask for. */
export async function openRecording(context: ModeContext): Promise<Recording> {
  const files = await openFiles(context);
  const { world } = context;
  const redactor = context.options.redact ? redactorFor(context) : undefined;
  const nameOf = (name: string) => redactor?.text(name) ?? name;
  let number = 0;
  const begin = (stream: ByteStream, about: Pick<Parties, "name" | "role" | "isSecured">): Talk => {
    const { local, remote } = stream;
    const parties = { ...about, local, remote, number: ++number };
    const emit = files.emitterOf(nameOf(about.name));
    return newTalk(parties, { world, emit, redactor });
  };
  return {
    expect(peers) {
      for (const peer of peers) {
        if (redactor !== undefined) learnPeer(redactor, peer);
        files.emitterOf(nameOf(peer.name));
      }
    },
    ofCheck(connecting, peer) {
      if (redactor !== undefined) learnPeer(redactor, peer);
      const { name } = peer;
      return recordedCheck(
        connecting,
        (stream, isSecured) => begin(stream, { name, role: "requestor", isSecured }),
      );
    },
    ofListen: (answering) =>
      recordedListen(
        answering,
        (stream, isSecured) =>
          begin(stream, { name: hostAndPort(stream.remote), role: "acceptor", isSecured }),
      ),
    close: files.close,
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
