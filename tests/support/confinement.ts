/** Takes things away from a program: files, rights, descriptors, memory, environment. Linux only. */

import { findProgram } from "./installed.ts";
import type { Program } from "./run_program.ts";

/** Says why a program cannot be put into a root of its own here; `undefined` when it can. */
export function emptyRootMissing(): string | undefined {
  if (Deno.build.os !== "linux") return "only Linux has name spaces";
  if (Deno.uid() !== 0) return "an empty root needs the rights of root";
  const absent = ["unshare", "chroot", "mount", "ldd"].find((name) =>
    findProgram(name) === undefined
  );
  if (absent !== undefined) return `${absent} is not installed`;
  const { success, stderr } = new Deno.Command("unshare", {
    args: ["-m", "--", "mount", "--bind", "/mnt", "/mnt"],
  }).outputSync();
  return success ? undefined : `no name spaces here: ${new TextDecoder().decode(stderr).trim()}`;
}

/**
 * The program as uid 65534 in a read-only root that holds nothing but itself, its libraries and /proc: no /dev, /tmp,
 * /etc, no home, no environment.
 */
export async function inEmptyRoot(program: Program, root: string): Promise<Program> {
  await Deno.mkdir(`${root}/proc`, { recursive: true });
  await Deno.copyFile(program.command, `${root}/echoscu`);
  const { stdout } = await new Deno.Command("ldd", { args: [program.command] }).output();
  for (const [library] of new TextDecoder().decode(stdout).matchAll(/\/\S+/g)) {
    await Deno.mkdir(`${root}${library.replace(/[^/]*$/, "")}`, { recursive: true });
    await Deno.copyFile(library, `${root}${library}`);
  }
  const script = [
    'mount --bind "$0" "$0"',
    'mount --rbind /proc "$0/proc"',
    'mount -o remount,ro,bind "$0"',
    'exec env -i "$(command -v chroot)" --userspec=65534:65534 --groups= "$0" /echoscu "$@"',
  ].join(" && ");
  return { command: "unshare", args: ["-m", "--", "bash", "-c", script, root] };
}

/** The program after a shell's `ulimit`, such as `-n 20`. */
export function limited(program: Program, limit: string): Program {
  const script = `ulimit ${limit} && exec "$@"`;
  return { command: "bash", args: ["-c", script, "bash", program.command, ...program.args] };
}

/** The program without any environment. */
export function withoutEnvironment(program: Program): Program {
  return { command: "env", args: ["-i", program.command, ...program.args] };
}
