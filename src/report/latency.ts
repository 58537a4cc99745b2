/** Response times of the echoes of one check, in short. */

/** Response times in milliseconds. */
export interface Latency {
  /** Arithmetic mean. */
  readonly average: number;
  /** Smallest. */
  readonly fastest: number;
  /** Greatest. */
  readonly slowest: number;
}

/** Sums up times in milliseconds, of which there is at least one. */
export function latencyOf(times: readonly number[]): Latency {
  let [sum, fastest, slowest] = [0, Infinity, -Infinity];
  for (const ms of times) {
    sum += ms;
    fastest = Math.min(fastest, ms);
    slowest = Math.max(slowest, ms);
  }
  return { average: sum / times.length, fastest, slowest };
}
