/** Carries out the probes of a scan: one connection each, within limits. */

import type { Answer, Probe, Talk } from "../tls_scan/mod.ts";
import type { Random } from "../tls_engine/mod.ts";
import { type ByteStream, DialError, type Target } from "../transport/mod.ts";
import type { World } from "./context.ts";

/** Limits of one connection, in seconds. */
export interface TalkLimits {
  /** Longest wait for the next bytes. */
  readonly idleSeconds: number;
  /** All of it, from the first byte we send. */
  readonly totalSeconds: number;
}

/** A late alert about a certificate that we did not show comes within this. */
const LINGER_SECONDS = 0.7;

/** What it takes to ask. */
export interface Asking {
  readonly world: Pick<World, "dial" | "clock" | "signal">;
  readonly target: Target;
  readonly limits: TalkLimits;
  /** Makes the talk of a probe. */
  readonly talkOf: (probe: Exclude<Probe, { kind: "plain" }>, random: Random) => Talk;
}

/** Connects and asks. Throws the reason of the world's signal. */
export async function askByTls(
  probe: Exclude<Probe, { kind: "plain" }>,
  { world, target, limits, talkOf }: Asking,
): Promise<Answer> {
  let stream: ByteStream;
  try {
    stream = await world.dial(target, world.signal);
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    return { kind: "unreachable", reason: error.reason, text: error.message };
  }
  try {
    const talk = talkOf(probe, (length) => crypto.getRandomValues(new Uint8Array(length)));
    return await converse(stream, { talk, limits, world });
  } finally {
    stream.close();
  }
}

async function converse(
  stream: ByteStream,
  { talk, limits, world }: Pick<Asking, "limits" | "world"> & { readonly talk: Talk },
): Promise<Answer> {
  const reader = stream.readable.getReader();
  const writer = stream.writable.getWriter();
  // What cannot be sent is found by the next read.
  const send = (bytes: Uint8Array) =>
    bytes.length === 0 ? undefined : writer.write(bytes).catch(() => {});
  const { clock } = world;
  const endMs = clock.now() + limits.totalSeconds * 1000;
  await within(limits.idleSeconds * 1000, { work: send(talk.start()), world });
  let waitSeconds = limits.idleSeconds;
  while (true) {
    const waitMs = Math.min(waitSeconds * 1000, endMs - clock.now());
    const read = waitMs <= 0 ? undefined : await within(waitMs, { work: reader.read(), world });
    if (read === undefined) return talk.end("silent");
    if (read.done) return talk.end("closed");
    const step = talk.receive(read.value);
    await within(limits.idleSeconds * 1000, { work: send(step.send), world });
    if (step.answer !== undefined) return step.answer;
    if (step.isDone) waitSeconds = LINGER_SECONDS;
  }
}

/** What `work` comes to, or `undefined` after `ms`; throws the reason of the signal. */
async function within<T>(
  ms: number,
  { work, world: { clock, signal } }: {
    readonly work: Promise<T> | undefined;
    readonly world: Pick<World, "clock" | "signal">;
  },
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
