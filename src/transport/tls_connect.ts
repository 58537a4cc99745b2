/** Chooses who makes a handshake: the runtime's TLS, our own engine, or the one after the other. */

import type { TlsProblem } from "../tls/types.ts";
import { TlsError } from "./tls_error.ts";
import type { Handshake } from "./tls_limits.ts";
import type { ByteStream } from "./types.ts";

/** A handshake as a client. */
export interface ClientHandshake extends Handshake {
  /** Makes another connection to the same place, after `problem`; absent: there is one try. */
  readonly redial?: (problem: TlsProblem) => Promise<ByteStream>;
}

/**
 * Becomes the client of `stream`. Throws `TlsError`, or the reason of the signal; the connection is closed then.
 *
 * Where the runtime's hello or abilities may be what failed, our own engine tries on a second connection; when there
 * is none to be had, the first failure counts.
 */
export async function secureClient(
  stream: ByteStream,
  { redial, ...handshake }: ClientHandshake,
): Promise<ByteStream> {
  const { engine } = handshake.settings;
  if (engine === "own") return await own(stream, handshake);
  const runtime = await import("./tls_handshake.ts");
  try {
    return await runtime.secureClient(stream, handshake);
  } catch (error) {
    const mayHelp = engine === "own-too" && error instanceof TlsError && isOursToTry(error.problem);
    if (!mayHelp || redial === undefined) throw error;
    handshake.signal?.throwIfAborted();
    const second = await redial(error.problem).catch(() => undefined);
    handshake.signal?.throwIfAborted();
    if (second === undefined) throw error;
    return await own(second, handshake);
  }
}

async function own(stream: ByteStream, handshake: Handshake): Promise<ByteStream> {
  const { secureByOwnEngine } = await import("./tls_own.ts");
  return await secureByOwnEngine(stream, handshake);
}

/** Becomes the server of `stream`, always with the runtime's TLS. Throws as `secureClient` does. */
export async function secureServer(stream: ByteStream, handshake: Handshake): Promise<ByteStream> {
  const runtime = await import("./tls_handshake.ts");
  return await runtime.secureServer(stream, handshake);
}

/** Handshake failure, illegal parameter, protocol version, insufficient security. */
const ABOUT_THE_HELLO = [40, 47, 70, 71];

/** Whether another hello, another verification of the handshake, or more patience with old keys can change it. */
function isOursToTry(problem: TlsProblem): boolean {
  switch (problem.kind) {
    case "alert":
      return !problem.isLate && problem.ownCertificate !== "asked for, none sent" &&
        ABOUT_THE_HELLO.includes(problem.alert);
    case "ended":
      // Who asked for a certificate liked our hello.
      return problem.how !== "close-notify" &&
        (problem.progress?.ownCertificate ?? "not asked for") === "not asked for";
    case "refused":
      return problem.refusal.kind === "outside-profile";
    case "key-proof":
    case "unusable-certificate":
    case "malformed":
    case "unsupported-version":
      return true;
    case "nothing-in-common":
    case "not-tls":
    case "timed-out":
    case "too-long":
    case "violation":
      return false;
  }
}
