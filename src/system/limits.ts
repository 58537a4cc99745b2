/** How much is read of files that somebody names, and the words for what is not. */

import type { FileFault } from "./types.ts";

/** Most bytes of a plan, a list, a command file, a log configuration, a dictionary or a password file: 4 MiB. */
export const MOST_TEXT_BYTES: number = 4 * 1024 * 1024;

/** Most bytes of a file with keys, certificates or CRLs, of which large organizations have long ones: 64 MiB. */
export const MOST_CERTIFICATE_BYTES: number = 64 * 1024 * 1024;

/** How long a pipe or a device may take to its end: 60 s. */
export const PIPE_MS = 60_000;

/** Why a file of `MOST_TEXT_BYTES` cannot be used, after its path. */
export const FILE_FAULTS: Readonly<Record<FileFault, string>> = {
  missing: "does not exist",
  directory: "is a directory",
  unreadable: "cannot be read",
  "not-allowed": "needs the right to be read (--allow-read)",
  kept: "is one that the runtime lets no program read",
  "too-large": "is larger than 4 MiB, the most that is read",
  "not-regular": "is not a regular file",
  "too-slow": "did not come to its end within 60 s",
};
