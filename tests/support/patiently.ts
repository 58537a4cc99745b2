/**
 * Tests with short limits on machines that have much else to do.
 *
 * A limit of a second makes a test quick, but a busy machine may use the second up before anybody had a chance to
 * answer. So a test that fails with short limits is run again with wide ones, and only that run judges.
 */

import { slowness } from "./slowness.ts";

/** The limits of one run of a test. */
export interface Limits {
  /** How many times wider than asked for they are: 1, or 15 and more. */
  readonly factor: number;
  /** Arguments with the values of `-to`, `-ta`, `-td` and `-ts` as many times higher; 0 stays, which is not a limit. */
  args(words: readonly string[]): string[];
  /** A text with such limits in it, as hints (`1 s (-ta)`) and the reference (`timeout to 1 seconds`) name them. */
  text(text: string): string;
}

const WIDE = 15;

/** Limits that are `factor` times as wide. */
export function limitsTimes(factor: number): Limits {
  const times = (_: string, head: string, seconds: string, tail: string) =>
    `${head}${Number(seconds) * factor}${tail}`;
  return {
    factor,
    args: (words) =>
      words.map((word, at) =>
        /^-t[osad]$/.test(words[at - 1] ?? "") ? times(word, "", word, "") : word
      ),
    text: (text) =>
      text.replace(/()\b(\d+)( s \(-t[osad]\))/g, times)
        .replace(/(timeout to )(\d+)( seconds)/g, times),
  };
}

/** Runs `body` with its own limits and, where that fails, with limits 15 times as wide, which a printed line says. */
export async function patiently(body: (limits: Limits) => Promise<void>): Promise<void> {
  try {
    await body(limitsTimes(1));
  } catch (error) {
    const [line] = String(error).split("\n");
    const wide = WIDE * slowness();
    console.log(`once more with limits ${wide} times as wide, after: ${line}`);
    await body(limitsTimes(wide));
  }
}
