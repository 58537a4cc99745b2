/** Sends to log servers, and to the log of this computer. Part of the adapter to the runtime. */

import { loadLogTargets } from "../log/mod.ts";
import { errorWords } from "../system/mod.ts";
import type { SendOutcome } from "./courier.ts";
import { counted } from "./syslog.ts";

/** How long a log server may take: 10 s. */
const SEND_MS = 10_000;

/** Where to send. */
export interface SyslogPlace {
  /** How. */
  readonly by: "local" | "udp" | "tcp" | "tls";
  /** Name or address without brackets. */
  readonly host: string;
  /** 1..65535. */
  readonly port: number;
  /** Certificates (PEM) that are trusted besides the public ones. */
  readonly caCerts: readonly string[];
}

/** Sends messages one after the other; says what came of it. Nobody confirms them: a server may lose some all the same. */
export async function sendToSyslog(
  messages: readonly Uint8Array[],
  { signal, ...place }: SyslogPlace & { readonly signal: AbortSignal },
): Promise<SendOutcome> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(SEND_MS)]);
  const { promise: ended, resolve: end } = Promise.withResolvers<SendOutcome>();
  limit.addEventListener("abort", () => end({ failure: `not taken within ${SEND_MS / 1000} s` }));
  const sending = place.by === "udp" || place.by === "local"
    ? sendDatagrams(messages, place)
    : sendStream(messages, { ...place, limit });
  return await Promise.race([sending, ended]);
}

async function sendDatagrams(
  messages: readonly Uint8Array[],
  { by, host, port }: Omit<SyslogPlace, "caCerts">,
): Promise<SendOutcome> {
  const { openDatagrams, openSystemLog } = await loadLogTargets();
  const target = by === "local" ? openSystemLog() : openDatagrams(host, port);
  if ("reason" in target) return { failure: reasonText(target.reason) };
  try {
    for (const message of messages) {
      const failure = await target.send(message);
      if (failure !== undefined) return { failure: reasonText(failure.reason) };
    }
    return "sent";
  } finally {
    target.close();
  }
}

async function sendStream(
  messages: readonly Uint8Array[],
  { by, host, port, caCerts, limit }: SyslogPlace & { readonly limit: AbortSignal },
): Promise<SendOutcome> {
  try {
    using connection = by === "tls"
      ? await Deno.connectTls({ hostname: host, port, caCerts: [...caCerts] })
      : await Deno.connect({ hostname: host, port, signal: limit });
    // What nobody takes ends with the connection.
    limit.addEventListener("abort", () => close(connection));
    for (const message of messages) {
      const bytes = counted(message);
      for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
    }
    await connection.closeWrite();
    return "sent";
  } catch (error) {
    return { failure: reasonText(errorWords(error)) };
  }
}

/** What the runtime says of a missing permission differs from try to try. */
function reasonText(reason: string): string {
  return /^Requires \w+ access/.test(reason) ? "this program may not use it" : reason;
}

function close(connection: { close(): void }): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}

/** The number of this process. */
export function ownPid(): number {
  return Deno.pid;
}
