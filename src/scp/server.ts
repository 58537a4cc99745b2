/**
 * Answers many peers at once until a signal ends it.
 *
 * The end: no more connections; those without a running association are closed; running ones have a short time to
 * end by themselves, since most are over in a moment and should not fail because of us; then they are aborted.
 */

import { type Clock, TimerPool } from "../association/mod.ts";
import type { ByteStream, Listening } from "../transport/types.ts";
import type { Behavior } from "./behavior.ts";
import type { ScpTrace } from "./events.ts";
import type { ServiceLimits } from "./limits.ts";
import { type Place, Places } from "./places.ts";
import { serve } from "./service.ts";
import type { SecureServer } from "./session.ts";

/** What the answering side takes. */
export interface ScpDeps {
  /** Most associations at once; further requests are rejected. */
  readonly maxAssociations: number;
  /** Maximum length to announce, in bytes. */
  readonly maximumLength: number;
  /** Time limits of each connection. */
  readonly limits: ServiceLimits;
  /** Time. */
  readonly clock: Clock;
  /** Ends the service. */
  readonly signal: AbortSignal;
  /** Puts TLS over each connection; absent: plain TCP. */
  readonly secure?: SecureServer | undefined;
  /** What is done other than a good answering side does; absent: nothing. */
  readonly behavior?: Behavior | undefined;
  /** Gets what happens, in order. */
  readonly trace: ScpTrace;
}

/** What was served in all. */
export interface ScpTotals {
  /** Associations that were accepted. */
  readonly associations: number;
  /** C-ECHO requests that were answered. */
  readonly echoes: number;
}

/** How long running associations have to end by themselves: our judgement, a person waits for us. */
const GRACE_SECONDS = 2;

/** How long an A-ABORT may take before its connection is closed all the same. */
const ABORT_SECONDS = 1;

/** Serves the connections of `listening`; resolves when the signal has ended it and every connection is closed. */
export async function serveAssociations(
  listening: Listening,
  deps: ScpDeps,
): Promise<ScpTotals> {
  const clock = new TimerPool(deps.clock);
  const places = new Places(deps.maxAssociations);
  const abort = new AbortController();
  const services = new Set<Promise<void>>();
  const totals = { associations: 0, echoes: 0 };
  const onSignal = () => listening.close();
  deps.signal.addEventListener("abort", onSignal);
  if (deps.signal.aborted) onSignal();
  const { local } = listening;
  deps.trace({ type: "listening", local, maxAssociations: deps.maxAssociations });
  let number = 0;
  for await (const stream of listening.connections) {
    const place = places.admit(stream);
    const serving = { ...deps, number: ++number, place, clock, signal: abort.signal };
    const service = serve(metered(stream, place), serving).then(({ answer, echoes }) => {
      totals.associations += answer === undefined ? 0 : 1;
      totals.echoes += echoes;
      services.delete(service);
    });
    services.add(service);
  }
  deps.signal.removeEventListener("abort", onSignal);
  await windUp(places, { deps, clock, abort, services });
  clock.stop();
  deps.trace({ type: "stopped", ...totals });
  return totals;
}

/** Lets `place` know what comes, from the first byte on. */
function metered(stream: ByteStream, place: Place): ByteStream {
  const reader = stream.readable.getReader();
  const readable = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      place.came(value);
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
  const { local, remote, write } = stream;
  return {
    readable,
    get writable() {
      return stream.writable;
    },
    ...(write === undefined ? {} : { write }),
    local,
    remote,
    get ending() {
      return stream.ending;
    },
    close: () => stream.close(),
  };
}

async function windUp(
  places: Places,
  running: {
    readonly deps: ScpDeps;
    readonly clock: Clock;
    readonly abort: AbortController;
    readonly services: ReadonlySet<Promise<void>>;
  },
): Promise<void> {
  const { deps, clock, abort, services } = running;
  places.dismiss("idle");
  deps.trace({
    type: "stopping",
    reason: deps.signal.reason,
    running: places.running,
    graceSeconds: GRACE_SECONDS,
  });
  await Promise.race([places.whenNoneRuns(), pause(clock, GRACE_SECONDS)]);
  abort.abort();
  await Promise.race([Promise.all(services), pause(clock, ABORT_SECONDS)]);
  places.dismiss("all");
  await Promise.all(services);
}

function pause(clock: Clock, seconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.after(seconds * 1000, resolve);
  return promise;
}
