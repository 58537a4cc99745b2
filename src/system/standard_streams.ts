/** The standard streams of this process. */

import { Output, type WriteFailure } from "./output.ts";
import type { StreamName, WriteOutcome } from "./types.ts";
import { errorCode, errorWords } from "./words.ts";

/** Opens standard output and standard error; `wordLoss` says what to print where lines are missing. */
export function openOutput(
  wordLoss: (stream: StreamName, count: number) => Uint8Array | undefined,
): Output {
  return new Output({
    write: (stream, bytes) => Deno[stream].write(bytes),
    failureOf,
    areApart,
    pause,
    wordLoss,
  });
}

/** A pipe to somebody who reads. */
export interface Pipe {
  /** Writes, or drops what finds no room any more; resolves with what came of it. */
  readonly put: (bytes: Uint8Array) => Promise<WriteOutcome>;
  /** Closes it once all is written; resolves then. */
  readonly close: () => Promise<void>;
}

/** Opens the pipe at `path` once something is written, and waits for no reader. */
export function openPipe(path: string): Pipe {
  let opened: Promise<Deno.FsFile> | undefined;
  const output = new Output({
    async write(_stream, bytes) {
      opened ??= Deno.open(path, { append: true });
      return await (await opened).write(bytes);
    },
    failureOf,
    areApart: () => false,
    pause,
    wordLoss: () => undefined,
  });
  return {
    put: (bytes) => output.put("stdout", bytes),
    async close() {
      await output.flushed();
      const file = await opened?.catch(() => undefined);
      file?.close();
    },
  };
}

function failureOf(error: unknown): WriteFailure {
  switch (errorCode(error)) {
    case "EAGAIN":
      return "again";
    case "EPIPE":
      return "unread";
    default:
      return { failure: errorWords(error) };
  }
}

/** Where the system cannot tell they count as one: order matters more than what one of them holds up. */
function areApart(): boolean {
  if (Deno.build.os === "windows") return false;
  try {
    const paths = ["/dev/fd/1", "/dev/fd/2"];
    // Who was started with fewer rights must not be asked for more.
    const isAllowed = (path: string) =>
      Deno.permissions.querySync({ name: "read", path }).state === "granted";
    if (!paths.every(isAllowed)) return false;
    const [out, err] = paths.map((path) => Deno.statSync(path));
    return out?.ino !== err?.ino || out?.dev !== err?.dev;
  } catch {
    return false;
  }
}

function pause(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  AbortSignal.timeout(ms).addEventListener("abort", () => resolve());
  return promise;
}
