/** How slow the program may be where it runs. */

/** How many times more time it is given: `ECHOSCU_SLOW`, which laboratories set; else 1. */
export function slowness(): number {
  return Number(Deno.env.get("ECHOSCU_SLOW") ?? 1);
}
