/** What a handshake is made with, and how long it may take. */

import type { TlsProblem, TlsSettings } from "../tls/types.ts";

/** How to make one handshake. */
export interface Handshake {
  /** Prepared before. */
  readonly settings: TlsSettings;
  /** Host as dialled. */
  readonly host: string;
  /** Longest wait for the next bytes; `undefined`: no limit. */
  readonly idleSeconds: number | undefined;
  /** Longest time in all; default: a minute, or the idle limit when that is longer. */
  readonly totalSeconds?: number;
  /** Ends it at once. */
  readonly signal?: AbortSignal | undefined;
}

/** A handshake that goes on byte by byte still ends: after a minute, or the idle limit when that is longer. */
const TOTAL_SECONDS = 60;

/** Watches both limits; `touch` says that something came. */
export function startLimits(
  { idleSeconds, totalSeconds }: Handshake,
  fail: (problem: TlsProblem) => void,
): { touch(): void; stop(): void } {
  if (idleSeconds === undefined) return { touch() {}, stop() {} };
  const total = totalSeconds ?? Math.max(TOTAL_SECONDS, idleSeconds);
  const startIdle = () =>
    setTimeout(
      () => fail({ kind: "timed-out", limit: "idle", seconds: idleSeconds }),
      idleSeconds * 1000,
    );
  let idle = startIdle();
  const all = setTimeout(
    () => fail({ kind: "timed-out", limit: "total", seconds: total }),
    total * 1000,
  );
  let isOver = false;
  return {
    touch() {
      clearTimeout(idle);
      if (!isOver) idle = startIdle();
    },
    stop() {
      isOver = true;
      clearTimeout(idle);
      clearTimeout(all);
    },
  };
}
