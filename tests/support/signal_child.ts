/** Signals to child processes, which may end at any moment. */

/** Sends a signal (default SIGTERM); a child that has ended meanwhile gets none. */
export function signalChild(child: Deno.ChildProcess, signal?: Deno.Signal): void {
  try {
    child.kill(signal);
  } catch (error) {
    if (!HAS_ENDED.some((kind) => error instanceof kind)) throw error;
  }
}

/** Ended and known to have; ended and not yet known: of Unix, of Windows. */
const HAS_ENDED = [TypeError, Deno.errors.NotFound, Deno.errors.PermissionDenied];
