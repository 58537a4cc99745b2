/** Writes reports where people and other programs look for them. */

import type { WriteOutcome } from "./load.ts";

/**
 * Writes `bytes` to `file`, or to standard output; says what came of it.
 *
 * A file is written beside its place and then renamed, so that whoever reads it sees the old report or the new one,
 * never a part; on failure the old one stays. What is no regular file, such as a pipe, is written to.
 */
export async function writeReport(
  file: string | undefined,
  bytes: Uint8Array,
): Promise<WriteOutcome> {
  try {
    if (file === undefined) await print(bytes);
    else await writeFile(file, bytes);
    return "written";
  } catch (error) {
    // Whoever read the beginning and left, such as `head`, has seen enough.
    if (file === undefined && error instanceof Deno.errors.BrokenPipe) return "unread";
    return { failure: systemWords(error) };
  }
}

/** Without holding up what goes on meanwhile: a slow reader must not make peers look slow. */
async function print(bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await Deno.stdout.write(bytes.subarray(sent));
}

async function writeFile(file: string, bytes: Uint8Array): Promise<void> {
  const existing = await lookAt(file);
  if (existing?.isDirectory) throw new Deno.errors.IsADirectory("Is a directory");
  if (existing !== undefined && !existing.isFile) {
    using special = await Deno.open(file, { write: true });
    return writeAll(special, bytes);
  }
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

/** `Permission denied (os error 13): open 'x'` without its number and what follows. */
function systemWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // Such as for most of `/dev`; the runtime's own words advise what users of an executable cannot do.
  if (message.includes("--allow-all")) return "the runtime lets no program write there";
  return message.replace(/ \(os error \d+\).*/s, "");
}
