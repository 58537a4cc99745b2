/** Work done a few pieces at a time. */

/**
 * Does all pieces, the first ones first, at most `lanes` at once; gives the results in the order of the pieces.
 *
 * An error of a piece is thrown when the others that had begun are done; none begins after it.
 */
export async function inLanes<Piece, Result>(
  pieces: readonly Piece[],
  { lanes, work }: { readonly lanes: number; readonly work: (piece: Piece) => Promise<Result> },
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const left = [...pieces.entries()];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [at, piece] = next;
      results[at] = await work(piece).catch((error) => {
        left.length = 0;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ended) if (end.status === "rejected") throw end.reason;
  return results;
}
