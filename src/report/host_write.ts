/** Writes reports where people and other programs look for them. */

import { errorWords, type WriteOutcome } from "../system/mod.ts";

/**
 * Writes `bytes` to `file`; says what came of it.
 *
 * A file is written next to its place and then renamed, so that whoever reads it sees the old report or the new one,
 * never a part; on failure the old one stays. What is not a regular file, such as a pipe, is written to: whoever reads
 * it has `PIPE_MS` for it, and once `signal` is raised `LAST_MS`.
 */
export async function writeReport(
  file: string,
  { bytes, signal }: { readonly bytes: Uint8Array; readonly signal: AbortSignal },
): Promise<WriteOutcome> {
  try {
    const existing = await lookAt(file);
    if (existing?.isDirectory) throw new Deno.errors.IsADirectory("Is a directory");
    if (existing === undefined || existing.isFile) await replace(file, { bytes, existing });
    else return await inTime(writeSpecial(file, bytes), signal);
    return "written";
  } catch (error) {
    return { failure: systemWords(error) };
  }
}

/** How long a pipe may take to be read: 10 s. */
const PIPE_MS = 10_000;
/** And once the end is wanted: 1 s. */
const LAST_MS = 1000;

async function writeSpecial(file: string, bytes: Uint8Array): Promise<WriteOutcome> {
  using special = await Deno.open(file, { write: true });
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
  file: string,
  { bytes, existing }: {
    readonly bytes: Uint8Array;
    readonly existing: Deno.FileInfo | undefined;
  },
): Promise<void> {
  // A link stays a link: what it points to is replaced, or made.
  const path = existing === undefined ? await whereLinkPoints(file) : await Deno.realPath(file);
  const temporary = `${folderOf(path)}.echoscu-${crypto.randomUUID().slice(0, 13)}.tmp`;
  try {
    await writeNew(temporary, { bytes, mode: existing?.mode });
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

async function lookAt(file: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Where a link points that points to nothing yet; any other `file` is itself. */
async function whereLinkPoints(file: string): Promise<string> {
  const target = await Deno.readLink(file).catch(() => undefined);
  if (target === undefined) return file;
  const isAbsolute = /^[/\\]|^[A-Za-z]:/.test(target);
  return await whereLinkPoints(isAbsolute ? target : folderOf(file) + target);
}

/** The user's mask decides who may read a new file; one that was there keeps its mode. */
async function writeNew(
  path: string,
  { bytes, mode }: { readonly bytes: Uint8Array; readonly mode: number | null | undefined },
): Promise<void> {
  const kept = typeof mode === "number" && Deno.build.os !== "windows" ? mode & 0o777 : undefined;
  // From the start, so that nobody reads what only some may read.
  const open = kept === undefined ? {} : { mode: kept };
  using file = await Deno.open(path, { write: true, createNew: true, ...open });
  writeAll(file, bytes);
  await file.syncData();
  if (kept !== undefined) await Deno.chmod(path, kept);
}

/** With its separator at the end; empty for the working directory. */
function folderOf(path: string): string {
  const backslash = Deno.build.os === "windows" ? path.lastIndexOf("\\") : -1;
  return path.slice(0, Math.max(path.lastIndexOf("/"), backslash) + 1);
}

function writeAll(to: { writeSync(bytes: Uint8Array): number }, bytes: Uint8Array): void {
  for (let sent = 0; sent < bytes.length;) sent += to.writeSync(bytes.subarray(sent));
}

/** For most of `/dev` the runtime's own words advise what users of an executable cannot do. */
function systemWords(error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  if (message.includes("--allow-all")) return "the runtime lets no program write there";
  return errorWords(error);
}
