/** Writes reports where people and other programs look for them. */

/**
 * Writes `bytes` to `file`, or to standard output; gives the system's words when that failed.
 *
 * A file is written beside its place and then renamed, so that whoever reads it sees the old report or the new one,
 * never a part; on failure the old one stays. What is no regular file, such as a pipe, is written to.
 */
export async function writeReport(
  file: string | undefined,
  bytes: Uint8Array,
): Promise<string | undefined> {
  try {
    if (file === undefined) writeAll(Deno.stdout, bytes);
    else await writeFile(file, bytes);
    return undefined;
  } catch (error) {
    // Whoever read the beginning and left, such as `head`, has seen enough.
    if (file === undefined && error instanceof Deno.errors.BrokenPipe) return undefined;
    return systemWords(error);
  }
}

async function writeFile(file: string, bytes: Uint8Array): Promise<void> {
  const existing = await lookAt(file);
  if (existing?.isDirectory) throw new Deno.errors.IsADirectory("Is a directory");
  if (existing !== undefined && !existing.isFile) {
    using special = await Deno.open(file, { write: true });
    return writeAll(special, bytes);
  }
  // A link stays a link: what it points to is replaced.
  const path = existing === undefined ? file : await Deno.realPath(file);
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

/** The user's mask decides who may read a new file; one that was there keeps its mode. */
async function writeNew(
  path: string,
  { bytes, mode }: { readonly bytes: Uint8Array; readonly mode: number | null | undefined },
): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  writeAll(file, bytes);
  await file.syncData();
  if (typeof mode === "number" && Deno.build.os !== "windows") {
    await Deno.chmod(path, mode & 0o777);
  }
}

/** With its separator at the end; empty for the working directory. */
function folderOf(path: string): string {
  return path.slice(0, path.search(Deno.build.os === "windows" ? /[^/\\]*$/ : /[^/]*$/));
}

function writeAll(to: { writeSync(bytes: Uint8Array): number }, bytes: Uint8Array): void {
  for (let sent = 0; sent < bytes.length;) sent += to.writeSync(bytes.subarray(sent));
}

/** `Permission denied (os error 13): open 'x'` without its number and what follows. */
function systemWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/ \(os error \d+\).*$/s, "");
}
