/** Prepares TLS for the modes, and says what cannot be prepared. Nothing of it is loaded without TLS options. */

import type { Secure } from "../check/mod.ts";
import { loadTlsLines } from "../log/mod.ts";
import type { SecureServer } from "../scp/mod.ts";
import type { Options, TlsOptions } from "../options/mod.ts";
import type { FileReader, PreparedTls, Throwaway } from "../tls/mod.ts";
import { FILE_FAULTS, type FileContent, type FileFault } from "../system/mod.ts";
import { loadTlsTransport, type TlsTransport } from "../transport/mod.ts";
import { explainSetup } from "./explanation.ts";
import { logMessage, logMessages, type LogTo } from "./logging.ts";
import { findPassword } from "./tls_password.ts";

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
  context: LogTo & {
    readonly options: Options;
    readonly side: "client" | "server";
    readonly throwaway?: Throwaway;
  },
): Promise<TlsMeans | undefined> {
  const { world, side, throwaway } = context;
  const [tls, transport, lines] = await Promise.all([
    loadTls(),
    loadTlsTransport(),
    loadTlsLines(),
  ]);
  try {
    const prepared = await tls.prepareTls(wanted, {
      reader: await tlsFileReader(wanted, context),
      listFolder: world.listFolder,
      now: world.wallTime,
      password: (source) => findPassword(source, world),
      report: (event) => logMessages(context, lines.tlsSetupMessages(event)),
      side,
      ...(throwaway === undefined ? {} : { throwaway }),
    });
    return { ...prepared, transport };
  } catch (error) {
    if (!(error instanceof tls.TlsSetupError)) throw error;
    const { problem } = error;
    const messages = lines.tlsProblemMessages(problem, (profile) => tls.profileOf(profile).name);
    logMessages(context, messages);
    await explainSetup(problem, context);
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

/** As the system numbers them: the reference prints the numbers. */
const ERROR_NUMBERS: Readonly<Record<FileFault, number>> = {
  missing: 2,
  directory: 21,
  unreadable: 13,
  "not-allowed": 13,
  "too-large": 27,
  "not-regular": 22,
  "too-slow": 110,
};

/**
 * The world's files as the tls room reads them: those that `wanted` or `more` name are read now, from pipes too; those
 * of hashed directories when they are looked for, and only where they are regular files.
 */
export async function tlsFileReader(
  wanted: WantedTls | undefined,
  { more = [], ...to }: LogTo & { readonly more?: readonly string[] },
): Promise<FileReader> {
  const { world } = to;
  const named = new Map<string, FileContent>();
  for (const path of [...namedFiles(wanted), ...more]) {
    if (!named.has(path)) named.set(path, await world.readFile(path, "bytes"));
  }
  const readRegularFile = await world.loadRegularFiles();
  const told = new Set<string>();
  return {
    read(path) {
      const contents = named.get(path) ?? readRegularFile(path, "bytes");
      if (contents instanceof Uint8Array) return { ok: true, bytes: contents };
      const words = OWN_WORDS[contents.error];
      // Of a hashed directory that is locked, many files are asked for.
      const place = contents.error === "not-allowed" && !named.has(path) ? folderOf(path) : path;
      if (words !== undefined && !told.has(place)) {
        told.add(place);
        logMessage(to, { level: "warn", text: `'${place}' ${words}` });
      }
      return { ok: false, errno: ERROR_NUMBERS[contents.error] };
    },
  };
}

/** For what the reference has no line of its own. */
const OWN_WORDS: Partial<Readonly<Record<FileFault, string>>> = {
  "not-allowed": FILE_FAULTS["not-allowed"],
  "too-large": "is larger than 64 MiB, the most that is read",
  "not-regular": FILE_FAULTS["not-regular"],
  "too-slow": FILE_FAULTS["too-slow"],
};

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"))) || "/";
}

function namedFiles(wanted: WantedTls | undefined): readonly string[] {
  if (wanted === undefined) return [];
  const own = wanted.mode === "authenticated" ? [wanted.keyFile, wanted.certificateFile] : [];
  return [...wanted.certificateFiles, ...wanted.crlFiles, ...own];
}
