/**
 * The seed of tests that choose at random: the same one in every run, unless `--seed=N` after `--` names another.
 *
 *     deno test ... tests/differential -- --seed=7
 */

/** The seed that was named, or else `usual`, which is 1 by default. */
export function seedOfRun(usual = 1): number {
  const named = Deno.args.find((arg) => /^--seed=\d{1,10}$/.test(arg));
  return named === undefined ? usual : Number(named.slice("--seed=".length)) >>> 0;
}
