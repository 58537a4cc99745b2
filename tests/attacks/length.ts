/** How long attacks last: some seconds in the gate, minutes by `deno task attacks` (`-- --long`). */

/** Whether the long forms were asked for. */
export const IS_LONG = Deno.args.includes("--long");

/** Seconds of an attack in its short and in its long form. */
export function secondsOf({ short, long }: { readonly short: number; readonly long: number }) {
  return IS_LONG ? long : short;
}
