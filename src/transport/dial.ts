/** Opens TCP connections; every address of a name is tried, and the first to answer wins (RFC 8305). */

import { bareHost } from "../common/host.ts";
import { errorCode, errorNumber, errorWords, type SystemKind } from "../system/mod.ts";
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
    super(reason === "timed-out" ? "Operation now in progress" : errorWords(cause), { cause });
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
  const stop = anyOf([...limits, ...(signal === undefined ? [] : [signal])]);
  try {
    if (target.source !== undefined) {
      const { dialFrom } = await import("./dial_from.ts");
      return await unlessStopped(dialFrom(target.source, { target, signal: stop }), stop);
    }
    return tcpStream(await unlessStopped(connect(target, stop), stop));
  } catch (error) {
    signal?.throwIfAborted();
    throw new DialError(limit?.aborted ? "timed-out" : await reasonOf(error, target), error);
  }
}

/** Raised with the first of some signals. */
function anyOf(signals: readonly AbortSignal[]): AbortSignal {
  const [only, ...more] = signals;
  return only !== undefined && more.length === 0 ? only : AbortSignal.any([...signals]);
}

/** What a timer can hold: 2^31-1 ms, some 24 days; a longer limit would fire at once, so it is none. */
const LONGEST_TIMER_MS = 0x7fff_ffff;

function limitOf({ connectTimeoutSeconds }: Target): readonly AbortSignal[] {
  const ms = connectTimeoutSeconds === undefined ? Infinity : connectTimeoutSeconds * 1000;
  return ms > LONGEST_TIMER_MS ? [] : [AbortSignal.timeout(ms)];
}

async function connect(target: Target, signal: AbortSignal): Promise<Deno.TcpConn> {
  const { port, family } = target;
  const hostname = bareHost(target.host);
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

/** The name lookup cannot be cancelled: it is left after, and a connection that still comes is closed. */
async function unlessStopped<Connection extends { close(): void }>(
  attempt: Promise<Connection>,
  signal: AbortSignal,
): Promise<Connection> {
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
  EAI_FAIL: "lookup-failed",
  EAI_MEMORY: "lookup-failed",
};

/** WSAHOST_NOT_FOUND, WSATRY_AGAIN, WSANO_RECOVERY and WSANO_DATA of Windows (`winsock2.h`). */
const REASON_OF_WINDOWS_ERROR: Readonly<Record<number, DialReason>> = {
  11001: "unknown-host",
  11002: "lookup-failed",
  11003: "lookup-failed",
  11004: "unknown-host",
};

/** The reason that an error of the system gives by its class and number; `undefined`: it gives none. */
export function reasonOfError(
  error: unknown,
  kind: SystemKind = { isWindows: Deno.build.os === "windows" },
): DialReason | undefined {
  const ofWindows = kind.isWindows ? REASON_OF_WINDOWS_ERROR[errorNumber(error) ?? 0] : undefined;
  if (ofWindows !== undefined) return ofWindows;
  if (error instanceof Deno.errors.NotCapable) return "not-allowed";
  if (error instanceof URIError) return "invalid-host";
  if (error instanceof Error && error.name === "SourceError") return "source-address";
  const reason = REASON_OF_CODE[errorCode(error, kind) ?? ""];
  const isMac = kind.isMac ?? Deno.build.os === "darwin";
  return reason === "host-unreachable" && isMac ? "host-unreachable-macos" : reason;
}

/** How long a second lookup may take to tell a name that does not exist from name servers that do not answer. */
const SECOND_LOOKUP_MS = 2000;

/** A failed lookup comes without class and number outside Windows: the name is looked up again to get one. */
async function reasonOf(error: unknown, { host }: Target): Promise<DialReason> {
  const known = reasonOfError(error);
  if (known !== undefined) return known;
  if (errorNumber(error) !== undefined) return "other";
  const { addressesOf } = await import("./resolve.ts");
  const { promise, resolve } = Promise.withResolvers<DialReason>();
  AbortSignal.timeout(SECOND_LOOKUP_MS).addEventListener("abort", () => resolve("lookup-failed"));
  const again = addressesOf(host, "any")
    .then((): DialReason => "other", (second: unknown) => reasonOfError(second) ?? "lookup-failed");
  return await Promise.race([again, promise]);
}
