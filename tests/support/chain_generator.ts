/** Chains with up to three things made wrong, from a seed. */

import {
  DATE_MUTATIONS,
  FILE_MUTATIONS,
  FLAG_MUTATIONS,
  IDENTIFIER_MUTATIONS,
  type Mutation,
  NAME_MUTATIONS,
  SIGNATURE_MUTATIONS,
} from "./chain_mutations.ts";
import { CONSTRAINT_MUTATIONS } from "./constraint_mutations.ts";
import { CRL_MUTATIONS } from "./crl_mutations.ts";
import { type GeneratedCase, type KeyRing, makeWorld, Random, renderWorld } from "./chain_world.ts";

const GROUPS: readonly Readonly<Record<string, Mutation>>[] = [
  NAME_MUTATIONS,
  DATE_MUTATIONS,
  FLAG_MUTATIONS,
  IDENTIFIER_MUTATIONS,
  SIGNATURE_MUTATIONS,
  FILE_MUTATIONS,
  CRL_MUTATIONS,
  CONSTRAINT_MUTATIONS,
];

/** All ways to change a chain. */
export const MUTATIONS: ReadonlyMap<string, Mutation> = new Map(
  GROUPS.flatMap((group) => Object.entries(group)),
);

/**
 * Case number `index` of a run. The first cases apply each change alone, so that even a short run sees all;
 * from then on none to three are drawn.
 */
export function generateCase(
  ring: KeyRing,
  options: { readonly seed: number; readonly index: number; readonly now: number },
): GeneratedCase {
  const { seed, index, now } = options;
  const random = new Random(seed * 1_000_003 + index);
  const world = makeWorld(ring, { random, now, tag: `${seed}/${index}` });
  const all = [...MUTATIONS];
  const single = all[index];
  const drawn = single !== undefined
    ? [single]
    : Array.from({ length: random.pick([0, 1, 1, 2, 2, 3]) }, () => {
      return random.pick(Object.entries(random.pick(GROUPS)));
    });
  for (const [label, mutate] of drawn) {
    mutate(world, ring);
    world.labels.push(label);
  }
  return renderWorld(world);
}
