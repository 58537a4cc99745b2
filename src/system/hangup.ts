/** Whether this process was started with SIGHUP ignored, as `nohup` does. Loaded for what goes on for long. */

/**
 * Whether SIGHUP is ignored: asked before the first signal listener, for the runtime then takes all signals back.
 *
 * Linux alone says so, in `/proc/self/status`, which the runtime lets be imported but not read. False where it cannot
 * be had: on other systems, and without permission to read.
 */
export async function isHangupIgnored(): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  // Nobody is prompted for it.
  const read = { name: "read", path: "/proc/self/status" } as const;
  if (Deno.permissions.querySync(read).state !== "granted") return false;
  try {
    // In a variable: the file is there when the program runs, not when it is built.
    const status = "file:///proc/self/status";
    const { default: text } = await import(status, { with: { type: "text" } });
    return ignoresHangup(text);
  } catch {
    return false;
  }
}

/** Whether SIGHUP, the lowest bit, is in the mask `SigIgn` of a `status` (proc_pid_status(5)). */
export function ignoresHangup(status: string): boolean {
  const mask = /^SigIgn:\t[0-9a-f]{0,15}([0-9a-f])$/m.exec(status)?.[1];
  return mask !== undefined && (parseInt(mask, 16) & 1) === 1;
}
