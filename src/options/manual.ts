/** Documents made from the option table, for the tools that write them; loaded when asked for. */

import { OPTION_ROWS } from "./rows.ts";

/** An exit code with its meaning. */
export interface ExitCodeRow {
  /** The code. */
  readonly code: number;
  /** One sentence without a full stop. */
  readonly meaning: string;
}

/** The manual page, with these exit codes. */
export async function renderManPage(exitCodes: readonly ExitCodeRow[]): Promise<string> {
  const { manPage } = await import("./man_page.ts");
  return manPage(OPTION_ROWS, { exitCodes });
}
