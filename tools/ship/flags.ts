/**
 * What an executable is compiled with.
 *
 * The permissions stand in one place, the `start` task of deno.json: everything that runs or compiles the program takes
 * them from there.
 */

import config from "../../deno.json" with { type: "json" };

/** The permissions of the program, and what it uses of the runtime that is not stable yet, as flags. */
export function permissionFlags(): readonly string[] {
  const words = config.tasks.start.command.split(" ");
  return words.filter((word) => /^--(allow|deny|unstable)-/.test(word));
}

/** Flags of `deno run` for a bundle, or for a script next to it. */
export function runFlags(): readonly string[] {
  return ["--quiet", "--no-config", "--no-lock", "--no-prompt", ...permissionFlags()];
}

/**
 * Flags of `deno compile` next to output and target.
 *
 * No code cache: it would be a file in the shared temporary folder, read at every start without asking who wrote it.
 * No compiler at run time (`--jitless`): a check is too short to gain by one, and without one no memory is ever writable
 * and executable, which hardened hosts forbid (systemd's `MemoryDenyWriteExecute`).
 * Nothing is left to fetch when the bundle is compiled: lock file and configuration have done their work before.
 */
export function compileFlags(): readonly string[] {
  const closed = ["--no-config", "--no-lock", "--no-remote", "--no-npm", "--no-check"];
  const safe = ["--no-code-cache", "--no-prompt", "--deny-import", "--v8-flags=--jitless"];
  return ["--quiet", ...closed, ...safe, ...permissionFlags()];
}

/** Flags of `deno bundle` next to the folder for its output; what is imported on demand stays in files of its own. */
export const BUNDLE_FLAGS: readonly string[] = [
  "--quiet",
  "--frozen",
  "--no-remote",
  "--minify",
  "--code-splitting",
  "--platform=browser",
];
