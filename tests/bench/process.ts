/** What a process has used so far, from the tables of Linux. */

/** In most Linux systems; processor time is counted in these. */
const TICKS_A_SECOND = 100;

/** User and system time of a process and of its children that have ended. */
export function cpuSecondsOf(pid: number): number {
  // The name, in parentheses, may hold spaces.
  const [, rest = ""] = Deno.readTextFileSync(`/proc/${pid}/stat`).split(/\) /);
  const fields = rest.split(" ").map(Number);
  return fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) / TICKS_A_SECOND;
}

/** Resident memory. */
export function residentMiB(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) / 1024;
}
