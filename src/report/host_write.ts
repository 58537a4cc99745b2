/** Writes reports where people and other programs look for them. */

import {
  errorWords,
  isNullDevice,
  type Links,
  loadLinks,
  type WriteOutcome,
} from "../system/mod.ts";
import { renamePatiently } from "./host_rename.ts";
import type { Appending, FileReport } from "./load.ts";

const isWindows = Deno.build.os === "windows";

/**
 * Writes `bytes` to `file`; says what came of it.
 *
 * A file is written next to its place and then renamed, so that whoever reads it sees the old report or the new one,
 * never a part; on failure the old one stays. Where reports are added to what is there it is opened and closed for each,
 * so that it can be rotated. What is not a regular file, such as a pipe, is written to: whoever reads
 * it has `PIPE_MS` for it, and once `signal` is raised `LAST_MS`. Links are followed, but not those that others may have
 * planted (src/system/links.ts).
 */
export async function writeReport(
  file: string,
  { bytes, signal, appending }: FileReport,
): Promise<WriteOutcome> {
  if (isNullDevice(file, isWindows)) return "written";
  try {
    const links = await loadLinks();
    // A link stays a link: what it points to is replaced, or made.
    const path = await links.whereLinksLead(file);
    const existing = await lookAt(path);
    if (existing?.isDirectory) throw new Deno.errors.IsADirectory("Is a directory");
    if (existing !== undefined && !existing.isFile) {
      return await inTime(writeSpecial(path, { bytes, existing }), signal);
    }
    if (appending === undefined) await replace(path, { bytes, existing, links });
    else return await append(path, { bytes, existing, appending });
    return "written";
  } catch (error) {
    return { failure: errorWords(error) };
  }
}

/** In one write, so that a reader sees whole lines. */
async function append(
  path: string,
  { bytes, existing, appending }: {
    readonly bytes: Uint8Array;
    readonly existing: Deno.FileInfo | undefined;
    readonly appending: Appending;
  },
): Promise<WriteOutcome> {
  const how = existing === undefined ? { createNew: true } : {};
  using file = await Deno.open(path, { append: true, ...how });
  const { ino, dev, size } = await file.stat();
  if (existing !== undefined && (ino !== existing.ino || dev !== existing.dev)) return ANOTHER;
  const { first } = size === 0 ? appending : { first: new Uint8Array() };
  const whole = new Uint8Array(first.length + bytes.length);
  whole.set(first);
  whole.set(bytes, first.length);
  writeAll(file, whole);
  return "written";
}

/** Somebody put another file there meanwhile. */
const ANOTHER: WriteOutcome = { failure: "it has become another file" };

/** How long a pipe may take to be read: 10 s. */
const PIPE_MS = 10_000;
/** And once the end is wanted: 1 s. */
const LAST_MS = 1000;

async function writeSpecial(
  path: string,
  { bytes, existing }: { readonly bytes: Uint8Array; readonly existing: Deno.FileInfo },
): Promise<WriteOutcome> {
  using special = await Deno.open(path, { write: true });
  const { ino, dev } = await special.stat();
  if (ino !== existing.ino || dev !== existing.dev) return ANOTHER;
  for (let sent = 0; sent < bytes.length;) sent += await special.write(bytes.subarray(sent));
  return "written";
}

/** What a pipe does not take in time is left to itself. */
async function inTime(
  writing: Promise<WriteOutcome>,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const { promise, resolve } = Promise.withResolvers<WriteOutcome>();
  const give = (ms: number) =>
    AbortSignal.timeout(ms).addEventListener(
      "abort",
      () => resolve({ failure: "nobody reads it" }),
    );
  const onAbort = () => give(LAST_MS);
  signal.addEventListener("abort", onAbort);
  give(signal.aborted ? LAST_MS : PIPE_MS);
  try {
    return await Promise.race([writing, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    writing.catch(() => {});
  }
}

async function replace(
  path: string,
  { bytes, existing, links }: {
    readonly bytes: Uint8Array;
    readonly existing: Deno.FileInfo | undefined;
    readonly links: Links;
  },
): Promise<void> {
  const temporary = `${links.folderOf(path)}.echoscu-${crypto.randomUUID().slice(0, 13)}.tmp`;
  // Where others may write, the file that was there may be theirs, and the name of a new one may become a link.
  const mode = existing !== undefined && !await links.isInSharedFolder(path)
    ? existing.mode
    : undefined;
  try {
    await writeNew(temporary, { bytes, mode });
    await renamePatiently({ rename: () => Deno.rename(temporary, path), isWindows, pause });
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((end) => AbortSignal.timeout(ms).addEventListener("abort", () => end()));
}

async function lookAt(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    const info = await Deno.lstat(path);
    // Such as a pipe that is open as /proc/self/fd/1.
    return info.isSymlink && path.startsWith("/proc/") ? await Deno.stat(path) : info;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The user's mask decides who may read a new file; one that was there keeps its mode. */
async function writeNew(
  path: string,
  { bytes, mode }: { readonly bytes: Uint8Array; readonly mode: number | null | undefined },
): Promise<void> {
  const kept = typeof mode === "number" && !isWindows ? mode & 0o777 : undefined;
  // From the start, so that nobody reads what only some may read.
  const open = kept === undefined ? {} : { mode: kept };
  using file = await Deno.open(path, { write: true, createNew: true, ...open });
  writeAll(file, bytes);
  await file.syncData();
  if (kept !== undefined) await Deno.chmod(path, kept);
}

function writeAll(to: { writeSync(bytes: Uint8Array): number }, bytes: Uint8Array): void {
  for (let sent = 0; sent < bytes.length;) sent += to.writeSync(bytes.subarray(sent));
}
