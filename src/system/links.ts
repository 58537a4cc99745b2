/**
 * Links in folders that others may write to: whoever can plant one chooses which file a program of somebody else's
 * rights writes to. They are never followed.
 *
 * A folder is another's where its mode lets everybody write to it, or where its owner is neither we nor root; where its
 * group may write to it, our own links and those of root are followed still. Windows has none of this in the mode of
 * files, and its users need a right of their own to make links.
 */

/** A link that is not followed. */
export class PlantedLinkError extends Error {
  /** Stable code. */
  override readonly name = "PlantedLinkError";

  /** `path` is the link's. */
  constructor(path: string) {
    super(`${path} is a link in a folder that others may write to, and is not followed`);
  }
}

/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * Where `path` leads when all its links are followed, the last one too; what does not exist is left as it is.
 *
 * Throws `PlantedLinkError` for a link that others may have planted, and the system's error for too many links.
 */
export async function whereLinksLead(path: string): Promise<string> {
  let { root: at, steps } = stepsOf(path);
  for (let links = 0; steps.length > 0;) {
    const [step = "", ...rest] = steps;
    const next = `${at}${step}`;
    steps = rest;
    const info = await lookAtLink(next);
    if (info?.isSymlink !== true) {
      at = steps.length > 0 ? `${next}/` : next;
      continue;
    }
    links += 1;
    if (links > MOST_LINKS) {
      throw new Deno.errors.FilesystemLoop("Too many levels of symbolic links");
    }
    if (await isPlanted(at, info)) throw new PlantedLinkError(next);
    const written = await Deno.readLink(next);
    if (isOpenFile(next, written)) {
      at = next;
      continue;
    }
    const target = stepsOf(written);
    if (target.root !== "") at = target.root;
    steps = [...target.steps, ...rest];
  }
  const led = at === "" && path !== "" ? "." : at;
  return path.endsWith("/") && !led.endsWith("/") ? `${led}/` : led;
}

/** Whether others than we and root can change what is in the folder of `path`. */
export async function isInSharedFolder(path: string): Promise<boolean> {
  const folder = await lookAtFolder(folderOf(path));
  return folder === undefined || isForeign(folder) || ((folder.mode ?? 0) & GROUP_WRITES) !== 0;
}

const GROUP_WRITES = 0o020;
const ALL_WRITE = 0o002;

function stepsOf(path: string): { readonly root: string; readonly steps: readonly string[] } {
  const isWindows = Deno.build.os === "windows";
  const forward = isWindows ? path.replaceAll("\\", "/") : path;
  const root = forward.startsWith("/")
    ? "/"
    : isWindows && /^[A-Za-z]:/.test(forward)
    ? `${forward.slice(0, 2)}/`
    : "";
  const steps = forward.slice(root.length).split("/").filter((step) => step !== "" && step !== ".");
  return { root, steps };
}

/** `/proc/self/fd/1` of a pipe: its text is not a path, and only the system can follow it. */
function isOpenFile(link: string, written: string): boolean {
  return link.startsWith("/proc/") && !written.startsWith("/") && written.includes(":[");
}

async function isPlanted(at: string, link: Deno.FileInfo): Promise<boolean> {
  if (Deno.build.os === "windows") return false;
  const folder = await lookAtFolder(at);
  if (folder === undefined || isForeign(folder)) return true;
  return ((folder.mode ?? 0) & GROUP_WRITES) !== 0 && isAnothers(link);
}

function isForeign(folder: Deno.FileInfo): boolean {
  return ((folder.mode ?? 0) & ALL_WRITE) !== 0 || isAnothers(folder);
}

/** Who may not know who we are takes only root for trustworthy, and whoever made the folder. */
function isAnothers({ uid }: Deno.FileInfo): boolean {
  const own = ownUid();
  return uid !== null && uid !== 0 && own !== undefined && uid !== own;
}

function ownUid(): number | undefined {
  try {
    return Deno.uid() ?? undefined;
  } catch {
    return undefined;
  }
}

/** `undefined` where there is nothing, and where the runtime does not let us look: then it cannot lead us astray. */
async function lookAtLink(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) {
      return undefined;
    }
    throw error;
  }
}

async function lookAtFolder(folder: string): Promise<Deno.FileInfo | undefined> {
  return await Deno.stat(folder === "" ? "." : folder).catch(() => undefined);
}

/** With its separator at the end; empty for the working directory. */
export function folderOf(path: string): string {
  const backslash = Deno.build.os === "windows" ? path.lastIndexOf("\\") : -1;
  return path.slice(0, Math.max(path.lastIndexOf("/"), backslash) + 1);
}
