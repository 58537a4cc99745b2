/** Which of the known names a person meant. A leaf: every room may import it, it imports nothing. */

/** The name that begins like `typed`, or differs from it in at most a third of its letters. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const longer = names.filter((name) => typed.length > 3 && name.startsWith(typed));
  if (longer.length === 1) return longer[0];
  // Of two characters one may be a sign: only the case of the other may be wrong.
  const allowed = typed.length < 3 ? 0.5 : Math.max(1, Math.floor(typed.length / 3));
  const ranked = names
    .map((name) => ({ name, distance: editDistance(typed, name) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((left, right) => left.distance - right.distance);
  return ranked[0]?.name;
}

/**
 * How many letters to insert, remove, replace or swap with their neighbour; a letter in the other case costs half.
 *
 * Optimal string alignment: rows of a table, of which the last two are kept.
 */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const current = [i];
    for (let j = 1; j <= to.length; j++) {
      const cost = letterCost(from.charAt(i - 1), to.charAt(j - 1));
      const isSwap = i > 1 && j > 1 && from.charAt(i - 1) === to.charAt(j - 2) &&
        from.charAt(i - 2) === to.charAt(j - 1);
      current.push(Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + cost,
        isSwap ? (before[j - 2] ?? 0) + 1 : Infinity,
      ));
    }
    [before, previous] = [previous, current];
  }
  return previous[to.length] ?? 0;
}

function letterCost(left: string, right: string): number {
  if (left === right) return 0;
  return left.toLowerCase() === right.toLowerCase() ? 0.5 : 1;
}
