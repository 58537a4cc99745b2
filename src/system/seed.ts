/** Writes random seeds, as the reference does: over the start of the file, the rest stays. */

import { isInSharedFolder, whereLinksLead } from "./links.ts";
import type { WriteOutcome } from "./types.ts";
import { errorWords } from "./words.ts";

/**
 * Writes `bytes` to `path`, which only its owner may read from then on.
 *
 * A link that others may have planted is not followed; what a link of our own leads to keeps its mode.
 */
export async function writeSeed(path: string, bytes: Uint8Array): Promise<WriteOutcome> {
  try {
    const place = await whereLinksLead(path);
    const before = await Deno.lstat(place).catch(() => undefined);
    using file = before === undefined
      ? await Deno.open(place, { write: true, createNew: true, mode: 0o600 })
      : await Deno.open(place, { write: true });
    const after = await file.stat();
    const isShared = await isInSharedFolder(place);
    // Between the two looks somebody may have put another file there; a second name may lead to anybody's.
    const isAnother = before !== undefined &&
      (before.ino !== after.ino || before.dev !== after.dev);
    if (isAnother || (isShared && after.isFile && (after.nlink ?? 1) > 1)) {
      return {
        failure: `${path} is in a folder that others may write to, and may be another file`,
      };
    }
    const { isSymlink } = await Deno.lstat(path);
    if (Deno.build.os !== "windows" && after.isFile && !isSymlink && !isShared) {
      await Deno.chmod(place, 0o600);
    }
    for (let sent = 0; sent < bytes.length;) sent += await file.write(bytes.subarray(sent));
    return "written";
  } catch (error) {
    return { failure: errorWords(error) };
  }
}
