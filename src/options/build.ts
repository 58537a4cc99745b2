/** What an executable was made from. `deno task compile` writes this file anew in the copy that it compiles. */

/** The commit, as Git names it; `undefined` when the program runs from its sources. */
export const COMMIT: string | undefined = undefined;
