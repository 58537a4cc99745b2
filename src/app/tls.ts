/** Prepares TLS for the modes, and says what cannot be prepared. Nothing of it is loaded without TLS options. */

import type { Secure } from "../check/mod.ts";
import { loadTlsLines } from "../log/mod.ts";
import type { SecureServer } from "../scp/mod.ts";
import type { Options, TlsOptions } from "../options/mod.ts";
import type { FileReader, PreparedTls, Throwaway } from "../tls/mod.ts";
import { loadTlsTransport, type TlsTransport } from "../transport/mod.ts";
import { explainSetup } from "./explanation.ts";
import { logMessages, type LogTo } from "./logging.ts";
import { findPassword } from "./tls_password.ts";
import type { World } from "./world.ts";

/** TLS that is asked for. */
export type WantedTls = Exclude<TlsOptions, { mode: "off" }>;

/** TLS, ready for connections. */
export interface TlsMeans extends PreparedTls {
  /** Makes handshakes. */
  readonly transport: TlsTransport;
}

/** Loads the room that decides on certificates. */
export async function loadTls() {
  return await import("../tls/mod.ts");
}

/** Prepares what `wanted` asks for, for one side; logs what is wrong. `undefined`: TLS cannot be. */
export async function prepareTlsMeans(
  wanted: WantedTls,
  means: LogTo & {
    readonly options: Options;
    readonly side: "client" | "server";
    readonly throwaway?: Throwaway;
  },
): Promise<TlsMeans | undefined> {
  const { world, side, throwaway } = means;
  const [tls, transport, lines] = await Promise.all([
    loadTls(),
    loadTlsTransport(),
    loadTlsLines(),
  ]);
  try {
    const prepared = await tls.prepareTls(wanted, {
      reader: tlsFileReader(world),
      now: world.wallTime,
      password: (source) => findPassword(source, world),
      report: (event) => logMessages(means, lines.tlsSetupMessages(event)),
      side,
      ...(throwaway === undefined ? {} : { throwaway }),
    });
    return { ...prepared, transport };
  } catch (error) {
    if (!(error instanceof tls.TlsSetupError)) throw error;
    const { problem } = error;
    const messages = lines.tlsProblemMessages(problem, (profile) => tls.profileOf(profile).name);
    logMessages(means, messages);
    await explainSetup(problem, means);
    return undefined;
  }
}

/** How an answering side puts TLS over its connections. */
export function secureServerBy({ transport, settings }: TlsMeans): SecureServer {
  return (stream, { idleSeconds, signal }) =>
    transport.secureServer(stream, {
      settings,
      host: stream.remote.host,
      idleSeconds,
      totalSeconds: idleSeconds,
      signal,
    });
}

/** How a check puts TLS over its connections. */
export function secureBy({ transport, settings }: TlsMeans): Secure {
  return (stream, about) => transport.secureClient(stream, { settings, ...about });
}

const ERROR_NUMBERS = { missing: 2, directory: 21, unreadable: 13 } as const;

/** The world's files as the tls room reads them. */
export function tlsFileReader({ readFile }: World): FileReader {
  return {
    read(path) {
      const contents = readFile(path);
      if (contents instanceof Uint8Array) return { ok: true, bytes: contents };
      return { ok: false, errno: ERROR_NUMBERS[contents.error] };
    },
  };
}
