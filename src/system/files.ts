/**
 * Reads files that somebody names: bounded in size, and never so that a signal has to wait.
 *
 * Regular files come as fast as the disk. Pipes (`<(...)` of a shell, a FIFO) and devices are read piece by piece
 * while signals are heard, and only where a person names them on the command line.
 */

import { PIPE_MS } from "./limits.ts";
import { isKeptByRuntime } from "./words.ts";
import type { FileContent } from "./types.ts";

export { plainText } from "./text.ts";

/** How much is read. */
export interface ReadLimits {
  /** Most bytes. */
  readonly bytes: number;
  /** Most milliseconds for what is not a regular file; default `PIPE_MS`. */
  readonly ms?: number;
  /** Raised when nobody wants the file any more. */
  readonly signal?: AbortSignal;
}

/** Most bytes of a single piece. */
const PIECE_BYTES = 65_536;

/**
 * Reads the file, pipe or device at `path`.
 *
 * Rejects with the reason of `limits.signal` once that is raised.
 */
export async function readFile(path: string, limits: ReadLimits): Promise<FileContent> {
  limits.signal?.throwIfAborted();
  const content = readRegularFile(path, limits);
  if (content instanceof Uint8Array || content.error !== "not-regular") return content;
  return await inTime(readPieces(path, limits), limits);
}

/** Reads the regular file at `path`; anything else is an error. */
export function readRegularFile(path: string, { bytes: most }: ReadLimits): FileContent {
  if (path === "") return { error: "missing" };
  try {
    const { isFile, isDirectory, size } = Deno.statSync(path);
    if (isDirectory) return { error: "directory" };
    if (!isFile) return { error: "not-regular" };
    if (size > most) return { error: "too-large" };
    using file = Deno.openSync(path);
    return readAtMost(file, { size, most });
  } catch (error) {
    return { error: faultOf(error) };
  }
}

/** A folder is not expected to hold more; whoever looks for some names must not wait for all of them. */
const MOST_NAMES = 100_000;

/** The names in the folder at `path`, at most `MOST_NAMES` of them; `undefined` where there is none to be read. */
export function listFolder(path: string): readonly string[] | undefined {
  try {
    const names: string[] = [];
    for (const { name } of Deno.readDirSync(path)) {
      if (names.push(name) >= MOST_NAMES) break;
    }
    return names;
  } catch {
    return undefined;
  }
}

/** A file may grow while it is read, and some have no size that can be known. */
function readAtMost(
  file: { readSync(into: Uint8Array): number | null },
  { size, most }: { readonly size: number; readonly most: number },
): FileContent {
  let room = new Uint8Array(size + 1);
  let length = 0;
  for (;;) {
    const count = file.readSync(room.subarray(length));
    if (count === null) return room.slice(0, length);
    length += count;
    if (length > most) return { error: "too-large" };
    if (length === room.length) room = enlarged(room);
  }
}

function enlarged(room: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(room.length * 2 + PIECE_BYTES);
  larger.set(room);
  return larger;
}

/** Opening a pipe waits for whoever writes to it: off the thread that hears signals. */
async function readPieces(path: string, limits: ReadLimits): Promise<FileContent> {
  try {
    using file = await Deno.open(path);
    return await readStream(file, limits);
  } catch (error) {
    return { error: faultOf(error) };
  }
}

/** Reads standard input to its end, as long as that takes. Rejects as `readFile` does. */
export async function readInput(limits: ReadLimits): Promise<FileContent> {
  limits.signal?.throwIfAborted();
  const reading = readStream(Deno.stdin, limits)
    .catch((error: unknown): FileContent => ({ error: faultOf(error) }));
  return await inTime(reading, { ...limits, ms: Infinity });
}

async function readStream(
  stream: { read(into: Uint8Array): Promise<number | null> },
  { bytes: most, signal }: Pick<ReadLimits, "bytes" | "signal">,
): Promise<FileContent> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const piece = new Uint8Array(PIECE_BYTES);
  for (;;) {
    const count = await stream.read(piece);
    if (count === null) return joined(pieces, length);
    length += count;
    if (length > most) return { error: "too-large" };
    if (signal?.aborted) return { error: "too-slow" }; // Nobody waits for it any more.
    pieces.push(piece.slice(0, count));
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** A read that is under way cannot be called back: it is left to itself. */
async function inTime(
  reading: Promise<FileContent>,
  { signal, ms = PIPE_MS }: ReadLimits,
): Promise<FileContent> {
  const { promise, resolve, reject } = Promise.withResolvers<FileContent>();
  const timer = ms === Infinity ? new AbortController().signal : AbortSignal.timeout(ms);
  const onTime = () => resolve({ error: "too-slow" });
  const onAbort = () => reject(signal?.reason);
  timer.addEventListener("abort", onTime);
  signal?.addEventListener("abort", onAbort);
  try {
    return await Promise.race([reading, promise]);
  } finally {
    timer.removeEventListener("abort", onTime);
    signal?.removeEventListener("abort", onAbort);
  }
}

function faultOf(error: unknown): "missing" | "directory" | "unreadable" | "not-allowed" | "kept" {
  if (isKeptByRuntime(error)) return "kept";
  if (error instanceof Deno.errors.NotFound) return "missing";
  // A file where the path has a folder: so a file that `+cd` names has no certificates, as for the reference.
  if (error instanceof Deno.errors.NotADirectory) return "missing";
  if (error instanceof Deno.errors.NotCapable) return "not-allowed";
  return error instanceof Deno.errors.IsADirectory ? "directory" : "unreadable";
}
