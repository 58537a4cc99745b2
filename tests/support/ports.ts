/** Ports of this machine: which are free, which stay closed, and which are being listened on. */

/**
 * Where free ports are looked for: below the range from which systems take the ports of connections and of listeners
 * that name none, so that no neighbor is given one between the look and its use.
 */
const FREE_PORTS = { first: 20_000, count: 12_000 };

/** So many ports that cannot be had in a row mean that none can. */
const TRIES = 1000;

const given = new Set<number>();

/** A port of the loopback where nothing listens at the moment; none is given twice. */
export function freePort(hostname = "127.0.0.1"): number {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = FREE_PORTS.first + Math.floor(Math.random() * FREE_PORTS.count);
    if (given.has(port)) continue;
    given.add(port);
    try {
      Deno.listen({ hostname, port }).close();
      return port;
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  throw new Error(`Cannot find a free port of ${hostname} in ${TRIES} tries`);
}

/** Whether another one may be had: Windows keeps whole ranges to itself, and calls that a lack of rights. */
function isTaken(error: unknown): boolean {
  return error instanceof Deno.errors.AddrInUse || error instanceof Deno.errors.PermissionDenied;
}

/** A port where nothing listens; `await using` gives it back. */
export interface ClosedPort extends AsyncDisposable {
  /** Its number. */
  readonly port: number;
  /** Gives it back. */
  end(): void;
}

/**
 * A port of the loopback that refuses connections for as long as it is held.
 *
 * It is the near end of a connection: the system gives it to nobody else, and nobody can listen on it.
 */
export async function closedPort(hostname = "127.0.0.1"): Promise<ClosedPort> {
  using listener = Deno.listen({ hostname, port: 0 });
  const [near, far] = await Promise.all([
    Deno.connect({ hostname, port: listener.addr.port }),
    listener.accept(),
  ]);
  const end = () => {
    // The far end first: the port that then waits for late packets is not the one that was held.
    far.close();
    near.close();
  };
  return {
    port: near.localAddr.port,
    end,
    [Symbol.asyncDispose]: () => Promise.resolve(end()),
  };
}

/** What to wait for, and when to give up. */
export interface ListenWait {
  /** False as soon as waiting has become pointless. */
  readonly alive: () => boolean;
  /** Longest wait; default 90 s: a busy machine is slow. */
  readonly timeoutMs?: number;
}

/**
 * Waits until somebody listens on a port; false when that did not happen.
 *
 * The kernel's tables are read where they exist: a bare connection would end CTN's programs and would block a DCMTK
 * acceptor for half a minute. Elsewhere a connection is tried.
 */
export async function untilListening(port: number, wait: ListenWait): Promise<boolean> {
  const deadline = performance.now() + (wait.timeoutMs ?? 90_000);
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
