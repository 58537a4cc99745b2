/** Ports of this machine: which are free, and which are being listened on. */

/** A port of the loopback where nothing listens at the moment. */
export function freePort(hostname = "127.0.0.1"): number {
  using listener = Deno.listen({ hostname, port: 0 });
  return listener.addr.port;
}

/** What to wait for, and when to give up. */
export interface ListenWait {
  /** False as soon as waiting has become pointless. */
  readonly alive: () => boolean;
  /** Longest wait; default 20 s. */
  readonly timeoutMs?: number;
}

/**
 * Waits until somebody listens on a port; false when that did not happen.
 *
 * The kernel's tables are read where they exist: a bare connection would end CTN's programs and would block a DCMTK
 * acceptor for half a minute. Elsewhere a connection is tried.
 */
export async function untilListening(port: number, wait: ListenWait): Promise<boolean> {
  const deadline = performance.now() + (wait.timeoutMs ?? 20_000);
  while (wait.alive() && performance.now() < deadline) {
    if (await isListening(port)) return true;
    await new Promise((done) => setTimeout(done, 20));
  }
  return false;
}

/** Whether somebody listens on a port. */
export async function isListening(port: number): Promise<boolean> {
  if (Deno.build.os === "linux") {
    return listed("/proc/net/tcp", port) || listed("/proc/net/tcp6", port);
  }
  return await Deno.connect({ hostname: "127.0.0.1", port }).then((connection) => {
    connection.close();
    return true;
  }, () => false);
}

/** Looks for a row in state LISTEN (0A) whose local address ends with the port. */
function listed(table: string, port: number): boolean {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return readTable(table).split("\n").some((row) => {
    const [, local = "", , state] = row.trim().split(/\s+/);
    return state === "0A" && local.endsWith(suffix);
  });
}

function readTable(table: string): string {
  try {
    return Deno.readTextFileSync(table);
  } catch {
    return "";
  }
}
