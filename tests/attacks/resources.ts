/** What a process of this machine holds at a moment, as Linux reports it. */

/** Memory and descriptors. */
export interface Held {
  /** Resident memory in bytes. */
  readonly residentBytes: number;
  /** Open descriptors. */
  readonly descriptors: number;
}

/** Looks at a process; `undefined` where it is gone or the system does not tell. */
export function heldBy(pid: number): Held | undefined {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    const kib = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
    const descriptors = [...Deno.readDirSync(`/proc/${pid}/fd`)].length;
    return { residentBytes: kib * 1024, descriptors };
  } catch {
    return undefined;
  }
}
