/** Carries out the probes of a scan: one connection each, within limits. */

import type { Clock } from "../association/mod.ts";
import { DialError } from "../transport/mod.ts";
import type { ByteStream, Target } from "../transport/types.ts";
import type { Answer } from "./answer.ts";
import type { HandshakeProbe, HelloProbe } from "./probe.ts";
import { type Talk, talkOf } from "./talk.ts";

/** Limits of one connection, in seconds. */
export interface TalkLimits {
  /** Longest wait for the next bytes. */
  readonly idleSeconds: number;
  /** All of it, from the first byte we send. */
  readonly totalSeconds: number;
}

/** A late alert about a certificate that we did not show comes within this. */
const LINGER_SECONDS = 0.7;

/** What asking takes. */
export interface AskDeps {
  /** Opens a connection. */
  readonly dial: (target: Target, signal?: AbortSignal) => Promise<ByteStream>;
  /** Whom to ask. */
  readonly target: Target;
  /** How long it may take. */
  readonly limits: TalkLimits;
  /** Measures that. */
  readonly clock: Clock;
  /** Ends it. */
  readonly signal: AbortSignal;
}

type WaitDeps = Pick<AskDeps, "clock" | "signal">;

/** Connects and asks. Throws the reason of `signal`. */
export async function askByTls(
  probe: HelloProbe | HandshakeProbe,
  { dial, target, ...deps }: AskDeps,
): Promise<Answer> {
  let stream: ByteStream;
  try {
    stream = await dial(target, deps.signal);
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    return { kind: "unreachable", reason: error.reason, text: error.message };
  }
  try {
    const talk = talkOf(probe, (length) => crypto.getRandomValues(new Uint8Array(length)));
    return await converse(stream, { ...deps, talk });
  } finally {
    stream.close();
  }
}

async function converse(
  stream: ByteStream,
  { talk, limits, ...wait }: WaitDeps & Pick<AskDeps, "limits"> & { readonly talk: Talk },
): Promise<Answer> {
  const reader = stream.readable.getReader();
  const writer = stream.writable.getWriter();
  // What cannot be sent is found by the next read.
  const send = (bytes: Uint8Array) =>
    bytes.length === 0 ? undefined : writer.write(bytes).catch(() => {});
  const { clock } = wait;
  const endMs = clock.now() + limits.totalSeconds * 1000;
  await within(limits.idleSeconds * 1000, { work: send(talk.start()), ...wait });
  let waitSeconds = limits.idleSeconds;
  while (true) {
    const waitMs = Math.min(waitSeconds * 1000, endMs - clock.now());
    const read = waitMs <= 0 ? undefined : await within(waitMs, { work: reader.read(), ...wait });
    if (read === undefined) return talk.end("silent");
    if (read.done) return talk.end("closed");
    const step = talk.receive(read.value);
    await within(limits.idleSeconds * 1000, { work: send(step.send), ...wait });
    if (step.answer !== undefined) return step.answer;
    if (step.isDone) waitSeconds = LINGER_SECONDS;
  }
}

/** What `work` comes to, or `undefined` after `ms`; throws the reason of the signal. */
async function within<T>(
  ms: number,
  { work, clock, signal }: WaitDeps & { readonly work: Promise<T> | undefined },
): Promise<T | undefined> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  const cancel = clock.after(ms, () => resolve(undefined));
  try {
    return await Promise.race([work, promise]);
  } finally {
    cancel();
    signal.removeEventListener("abort", onAbort);
    work?.catch(() => {});
  }
}
