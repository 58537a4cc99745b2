/** Writes `docs/echoscu.1` from the option table: `deno task manual`. */

import { EXIT_MEANINGS } from "../src/codes/mod.ts";
import { type ExitCodeRow, renderManPage } from "../src/options/mod.ts";
import { EXIT } from "../src/report/mod.ts";

/** The page in the repository. */
export const MAN_PAGE = new URL("../docs/echoscu.1", import.meta.url);

/** The page as it should be. */
export function currentManPage(): Promise<string> {
  const names = Object.keys(EXIT) as (keyof typeof EXIT)[];
  const rows: ExitCodeRow[] = names.map((name) => ({
    code: EXIT[name],
    meaning: EXIT_MEANINGS[name],
  }));
  return renderManPage(rows.sort((left, right) => left.code - right.code));
}

if (import.meta.main) await Deno.writeTextFile(MAN_PAGE, await currentManPage());
