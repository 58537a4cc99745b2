/** Opens TCP connections; every address of a name is tried, and the first to answer wins (RFC 8305). */

import { errorCode, systemText } from "./system_text.ts";
import { tcpStream } from "./tcp_stream.ts";
import type { ByteStream, DialReason, Target } from "./types.ts";

/** No connection came about. */
export class DialError extends Error {
  /** Stable code. */
  override readonly name = "DialError";
  /** What kind of failure. */
  readonly reason: DialReason;
  /** The message is the system's words, without its error number. Makes an error of kind `reason` from what the system threw. */
  constructor(reason: DialReason, cause: unknown) {
    super(reason === "timed-out" ? "Operation now in progress" : systemText(cause), { cause });
    this.reason = reason;
  }
}

/**
 * Connects to `target`: resolves its name, tries its addresses, gives up after `connectTimeoutSeconds` in all.
 *
 * Throws `DialError`; when `signal` is raised, its reason.
 */
export async function dial(target: Target, signal?: AbortSignal): Promise<ByteStream> {
  const limits = limitOf(target);
  const [limit] = limits;
  const stop = AbortSignal.any([...limits, ...(signal === undefined ? [] : [signal])]);
  try {
    return tcpStream(await unlessStopped(connect(target, stop), stop));
  } catch (error) {
    signal?.throwIfAborted();
    throw new DialError(limit?.aborted ? "timed-out" : reasonOf(error), error);
  }
}

/** What a timer can hold: 2^31-1 ms, some 24 days; a longer limit would fire at once, so it is none. */
const LONGEST_TIMER_MS = 0x7fff_ffff;

function limitOf({ connectTimeoutSeconds }: Target): readonly AbortSignal[] {
  const ms = connectTimeoutSeconds === undefined ? Infinity : connectTimeoutSeconds * 1000;
  return ms > LONGEST_TIMER_MS ? [] : [AbortSignal.timeout(ms)];
}

async function connect(target: Target, signal: AbortSignal): Promise<Deno.TcpConn> {
  const { port, family } = target;
  const hostname = target.host.replace(/^\[(.*)\]$/, "$1");
  if (family === "any") return await Deno.connect({ hostname, port, signal });
  const { addressesOf } = await import("./resolve.ts");
  let failure: unknown;
  for (const address of await addressesOf(hostname, family)) {
    try {
      return await Deno.connect({ hostname: address, port, signal });
    } catch (error) {
      signal.throwIfAborted();
      failure = error;
    }
  }
  throw failure;
}

/** The name lookup cannot be cancelled: it is left behind, and a connection that still comes is closed. */
async function unlessStopped(
  attempt: Promise<Deno.TcpConn>,
  signal: AbortSignal,
): Promise<Deno.TcpConn> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([attempt, promise]);
  } catch (error) {
    attempt.then((late) => late.close(), () => {});
    throw error;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

const REASON_OF_CODE: Readonly<Record<string, DialReason>> = {
  EACCES: "not-permitted",
  EPERM: "not-permitted",
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "host-unreachable",
  ENETUNREACH: "network-unreachable",
  EADDRNOTAVAIL: "network-unreachable",
  ECONNRESET: "reset",
  ETIMEDOUT: "timed-out-by-system",
  EMFILE: "no-descriptors",
  ENFILE: "no-descriptors",
  ENOTFOUND: "unknown-host",
  EAI_AGAIN: "lookup-failed",
};

function reasonOf(error: unknown): DialReason {
  const known = REASON_OF_CODE[errorCode(error) ?? ""];
  if (known !== undefined) return known;
  if (error instanceof Deno.errors.NotCapable) return "not-allowed";
  if (error instanceof URIError) return "invalid-host";
  const message = error instanceof Error ? error.message : "";
  if (!message.startsWith("failed to lookup address information")) return "other";
  return /temporary failure/i.test(message) ? "lookup-failed" : "unknown-host";
}
