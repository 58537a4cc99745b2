/**
 * Connections from an address of one's choice, which the runtime's own `connect` cannot make: by `node:net`.
 *
 * Loaded only when a source address is given. All is as with `dial`, but that the addresses of a name are tried one
 * after another, and only those of the family of the source.
 */

import { connect, isIPv6, type Socket } from "node:net";
import { bareHost } from "../common/host.ts";
import { errorCode } from "../system/mod.ts";
import { addressesOf } from "./resolve.ts";
import { socketStream } from "./socket_stream.ts";
import type { ByteStream, SourceAddress, Target } from "./types.ts";

/** The source address cannot be used; the message says why, and what there is. */
class SourceError extends Error {
  /** Stable code. */
  override readonly name = "SourceError";
}

/** Connects from `source`. Rejects with a `SourceError`, the system's error, or the reason of `signal`. */
export async function dialFrom(
  source: SourceAddress,
  { target: { host, port, family }, signal }: {
    readonly target: Target;
    readonly signal: AbortSignal;
  },
): Promise<ByteStream> {
  const own = isIPv6(source.address.split("%")[0] ?? "") ? "ipv6" : "ipv4";
  const name = own === "ipv6" ? "IPv6" : "IPv4";
  if (family !== "any" && family !== own) {
    throw new SourceError(
      `the source address ${source.address} is an ${name} address, but only the other family may be used`,
    );
  }
  let failure: unknown;
  for (const address of await addressesOrNone(bareHost(host), { own, name, source })) {
    signal.throwIfAborted();
    try {
      return await dialOne({ address, port }, { source, signal });
    } catch (error) {
      signal.throwIfAborted();
      failure = sourceFault(error, source);
      if (failure instanceof SourceError) break;
    }
  }
  throw failure;
}

/** The addresses of `host` that can be reached from the source. */
async function addressesOrNone(
  host: string,
  { own, name, source }: {
    readonly own: "ipv4" | "ipv6";
    readonly name: string;
    readonly source: SourceAddress;
  },
): Promise<readonly string[]> {
  const all = await addressesOf(host, "any");
  const fitting = all.filter((address) => isIPv6(address.split("%")[0] ?? "") === (own === "ipv6"));
  if (fitting.length > 0) return fitting;
  throw new SourceError(
    `${host} has no ${name} address, which the source address ${source.address} needs`,
  );
}

/** The runtime would end the program where `node:net` lacks a permission, so it is asked before. */
async function permitted(places: readonly string[]): Promise<void> {
  for (const host of places) {
    const { state } = await Deno.permissions.query({ name: "net", host });
    if (state === "granted") continue;
    throw new Deno.errors.NotCapable(`Requires net access to "${host}"`);
  }
}

async function dialOne(
  place: { readonly address: string; readonly port: number },
  { source, signal }: { readonly source: SourceAddress; readonly signal: AbortSignal },
): Promise<ByteStream> {
  const inBrackets = (address: string) => isIPv6(address) ? `[${address}]` : address;
  await permitted([
    `${inBrackets(source.address)}:${source.port ?? 0}`,
    `${inBrackets(place.address)}:${place.port}`,
  ]);
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({
    host: place.address,
    port: place.port,
    localAddress: source.address,
    ...(source.port === undefined ? {} : { localPort: source.port }),
    allowHalfOpen: true,
    autoSelectFamily: false,
  });
  const onAbort = () => {
    socket.destroy();
    reject(signal.reason);
  };
  signal.addEventListener("abort", onAbort);
  socket.once("connect", () => resolve(socket));
  socket.once("error", reject);
  try {
    if (signal.aborted) onAbort();
    return socketStream(await promise);
  } finally {
    signal.removeEventListener("abort", onAbort);
    socket.off("error", reject);
  }
}

/** What the system says of the source, in our words; anything else as it is. */
function sourceFault(error: unknown, { address, port }: SourceAddress): unknown {
  const code = errorCode(error);
  const isAtSource = error instanceof Error && "syscall" in error && error.syscall === "bind";
  if (code === "EADDRINUSE") {
    return new SourceError(
      `port ${port} of ${address} is in use, or was until a moment ago: leave it out, or take another`,
    );
  }
  if (code === "EADDRNOTAVAIL" || (isAtSource && code === "EINVAL")) {
    return new SourceError(`${address} is not an address of this machine${thoseThere()}`);
  }
  if (isAtSource && (code === "EACCES" || code === "EPERM")) {
    return new SourceError(`port ${port} of this machine takes rights: take one above 1023`);
  }
  return error;
}

/** Most addresses that an error names. */
const MOST_NAMED = 8;

/** `, which has ...`; nothing where they may not be known. */
function thoseThere(): string {
  try {
    const all = Deno.networkInterfaces().map(({ address }) => address);
    const named = all.length > MOST_NAMED ? [...all.slice(0, MOST_NAMED), "others"] : all;
    return all.length === 0 ? "" : `, which has ${named.join(", ")}`;
  } catch {
    return "";
  }
}
