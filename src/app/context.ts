/** What a mode gets: the options, the log, the world outside, and what keeps what happens. */

import type { Clock } from "../association/mod.ts";
import type { Answering, ExpectedPeer, TracedConnecting } from "../capture/mod.ts";
import type { CheckEvent } from "../check/mod.ts";
import type { AddressFamily } from "../common/choices.ts";
import type { ElementNames } from "../dicom/mod.ts";
import type { LogMessage, LogSink } from "../log/mod.ts";
import type { Options } from "../options/mod.ts";
import type { ReportWriter } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import type { ScreenSize, TerminalUse } from "../system/mod.ts";
import type { FileContent, StreamName, WriteOutcome } from "../system/types.ts";
import type {
  ByteStream,
  Listening,
  ListenOptions,
  ListenPlace,
  Target,
} from "../transport/types.ts";

/**
 * How a file is read: as `text` (the default) of at most `MOST_TEXT_BYTES`, in UTF-8 also where it was saved as UTF-16
 * with a byte order mark; as the `bytes` it has, at most `MOST_CERTIFICATE_BYTES`.
 */
export type FileKind = "text" | "bytes";

/** What to print where `count` lines of a stream are missing; `undefined`: nothing. */
export type LossWords = (stream: StreamName, count: number) => Uint8Array | undefined;

/** A terminal that was taken. */
export interface Terminal {
  /** How large its screen is now. */
  readonly size: () => ScreenSize;
  /** Wants an end, as Ctrl-C does elsewhere. */
  readonly interrupt: () => void;
  /** Wants one because nobody can see the screen any more. */
  readonly hangUp: () => void;
  /** Gives it back; standard error is what it was. */
  readonly giveBack: () => void;
}

/** The world outside, which `main.ts` fills in; tests bring their own. */
export interface World {
  /** Arguments without the program's name. */
  readonly args: readonly string[];
  /** `argv[0]`, as the program was called. */
  readonly programName: string;
  /** System and processor, such as `x86_64-unknown-linux-gnu`. */
  readonly target: string;
  /** Version of the runtime. */
  readonly runtimeVersion: string;
  /** Reads a whole file, pipe or device, or says why not. Rejects with the reason of `signal` when that is raised. */
  readonly readFile: (path: string, as?: FileKind) => FileContent | Promise<FileContent>;
  /** Loads what reads regular files at once: for names that are found in files, where nobody waits for a pipe. */
  readonly loadRegularFiles: () => Promise<(path: string, as?: FileKind) => FileContent>;
  /** Lists the names in a folder, at most 100000 of them; `undefined` where there is none that can be read. */
  readonly listFolder: (path: string) => Promise<readonly string[] | undefined>;
  /** Reads standard input to its end, or says why not. Rejects as `readFile` does. */
  readonly readInput: () => Promise<FileContent>;
  /** Writes a seed to a file that only its owner may read; says what came of it. */
  readonly writeSeed: (path: string, bytes: Uint8Array) => Promise<WriteOutcome>;
  /** Asks a person for a password without showing what is typed; `undefined` when nobody answers. */
  readonly askPassword: (prompt: string) => Promise<string | undefined>;
  /**
   * Has the bytes written to standard output, after what was printed before; resolves with what came of it. Where far
   * too much waits for a reader they are dropped, counted and called written.
   */
  readonly writeOut: (bytes: Uint8Array) => Promise<WriteOutcome>;
  /** The same, and never drops anything: for what has an end. */
  readonly print: (bytes: Uint8Array) => Promise<WriteOutcome>;
  /** Has the bytes written to standard error; a closed or full one is not an error. */
  readonly writeErr: (bytes: Uint8Array) => void;
  /** Sets what is printed on standard error where lines are missing because nobody read them. */
  readonly wordLosses: (words: LossWords) => void;
  /** Writes a report to a file, of which nobody ever sees a part, or to standard output. */
  readonly writeReport: ReportWriter;
  /** Whether a person may be reading standard output. */
  readonly stdoutIsTerminal: boolean;
  /** Whether a person may be reading standard error. */
  readonly stderrIsTerminal: boolean;
  /** How many columns the terminal has; `undefined` without one. */
  readonly columns: () => number | undefined;
  /** An environment variable; `undefined` when unset or not readable. */
  readonly env: (name: string) => string | undefined;
  /** The name of this machine; `undefined` when it may not be asked for. */
  readonly machineName: () => string | undefined;
  /** Monotonic time and timers. */
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly wallTime: () => number;
  /** Raised with `"SIGINT"` or `"SIGTERM"` when the user or the system wants an end. */
  readonly signal: AbortSignal;
  /**
   * Takes the terminal to draw on, with every key as it is typed; `undefined` where standard input is not one. What is
   * written to standard error goes to whoever has it.
   */
  readonly takeTerminal: (use: TerminalUse) => Promise<Terminal | undefined>;
  /** Sets what SIGHUP does in place of ending the program, where there is that signal. */
  readonly setHangup: (handler: () => void) => void;
  /** Opens a connection. */
  readonly dial: (target: Target, signal?: AbortSignal) => Promise<ByteStream>;
  /** The addresses of a name, in the system's order. Rejects with the system's error when there are none. */
  readonly lookUp: (host: string, family: AddressFamily) => Promise<readonly string[]>;
  /** Opens a listening socket. */
  readonly listen: (place: ListenPlace, options?: ListenOptions) => Promise<Listening>;
}

/** Words the events that it knows; `undefined` for the others. */
export type SpecialLines = (event: CheckEvent) => readonly LogMessage[] | undefined;

/** A log and the world, whose clock its events are stamped with. */
export interface LogTo {
  readonly log: LogSink;
  readonly world: World;
  /** Names of elements from dictionary files, where there are any. */
  readonly elements?: ElementNames | undefined;
  /** Words events of its own, before the usual lines. */
  readonly special?: SpecialLines | undefined;
}

/** The options, the log, and the world. */
export interface ModeContext extends LogTo {
  /** What the command line asks for. */
  readonly options: Options;
  /** Records what goes over connections, where that was asked for. */
  readonly recording?: Recording | undefined;
  /** Keeps results over time, where that was asked for. */
  readonly history?: History | undefined;
  /** Tells people what watched peers do, where that was asked for. */
  readonly notices?: Notices | undefined;
}

/** How a run ended. */
export interface RecordingEnd {
  /** What came of it; absent: nobody was checked. */
  readonly report?: RunReport | undefined;
  /** Why nobody was checked. */
  readonly obstacle?: string | undefined;
  /** The exit code. */
  readonly exitCode: number;
}

/** What is recorded while the program runs. */
export interface Recording {
  /** Begins the files of these peers of a plan, in their order. */
  readonly expect: (peers: readonly ExpectedPeer[]) => void;
  /** `connecting` for one check of a peer, recorded. */
  readonly ofCheck: (connecting: TracedConnecting, peer: ExpectedPeer) => TracedConnecting;
  /** `answering`, recorded. */
  readonly ofListen: (answering: Answering) => Answering;
  /** Resolves once everything is written; whether that went well. */
  readonly close: (end: RecordingEnd) => Promise<boolean>;
}

/** Where results are kept over time. */
export interface History {
  /** Adds the results of a run; resolves when they are written, or it has been said why they are not. */
  readonly add: (report: RunReport) => Promise<void>;
  /** Waits for what is being written; whether all of it was. */
  readonly close: () => Promise<boolean>;
}

/** Who tells people what watched peers do. */
export interface Notices {
  /** Looks at a run, and has told what is worth it; returns at once. */
  readonly see: (report: RunReport) => void;
  /** Delivers what waits, for a few seconds at most. */
  readonly close: () => Promise<void>;
}
