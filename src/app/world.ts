/** The world outside as one value: `main.ts` fills it in, tests bring their own. */

import type { Clock } from "../association/mod.ts";
import type { FileReader } from "../options/mod.ts";
import type { ReportWriter, WriteOutcome } from "../report/mod.ts";
import type {
  ByteStream,
  Listening,
  ListenOptions,
  ListenPlace,
  Target,
} from "../transport/types.ts";

/** What the program needs from the world around it. */
export interface World {
  /** Arguments without the program's name. */
  readonly args: readonly string[];
  /** `argv[0]`, as the program was called. */
  readonly programName: string;
  /** System and processor, such as `x86_64-unknown-linux-gnu`. */
  readonly target: string;
  /** Version of the runtime. */
  readonly runtimeVersion: string;
  /** Reads a whole file, or says why not. */
  readonly readFile: FileReader;
  /** Reads standard input to its end, or says why not. */
  readonly readInput: () => Promise<ReturnType<FileReader>>;
  /** Writes a file that only its owner may read; whether that worked. */
  readonly writeSecret: (path: string, bytes: Uint8Array) => boolean;
  /** Asks a person for a password without showing what is typed; `undefined` when nobody answers. */
  readonly askPassword: (prompt: string) => Promise<string | undefined>;
  /** Writes all bytes to standard output; `unread`: whoever read it has left, `failed`: it is full or closed. */
  readonly writeOut: (bytes: Uint8Array) => "written" | "unread" | "failed";
  /** The same while checks go on, which it does not hold up however slowly they are read. */
  readonly print: (bytes: Uint8Array) => Promise<WriteOutcome>;
  /** Writes all bytes to standard error; a closed or full one is no error. */
  readonly writeErr: (bytes: Uint8Array) => void;
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
  /** Monotonic time and timers. */
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly wallTime: () => number;
  /** Raised with `"SIGINT"` or `"SIGTERM"` when the user or the system wants an end. */
  readonly signal: AbortSignal;
  /** Opens a connection. */
  readonly dial: (target: Target, signal?: AbortSignal) => Promise<ByteStream>;
  /** Opens a listening socket. */
  readonly listen: (place: ListenPlace, options?: ListenOptions) => Promise<Listening>;
}
