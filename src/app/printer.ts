/** Prints lines on standard output while checks go on. */

import type { WriteOutcome } from "../system/types.ts";
import type { World } from "./world.ts";

/** What prints. */
export interface Printer {
  /** Prints after everything before; does not wait, so that a slow reader does not hold up any check. */
  readonly print: (text: string) => void;
  /** Resolves when all has been printed, with what came of it. */
  readonly done: () => Promise<WriteOutcome>;
}

/** Opens a printer. After what could not be written nothing more is: it would make no sense. */
export function openPrinter(write: World["print"]): Printer {
  let outcome: Promise<WriteOutcome> = Promise.resolve("written");
  async function behind(before: Promise<WriteOutcome>, text: string): Promise<WriteOutcome> {
    const known = await before;
    return known === "written" ? await write(new TextEncoder().encode(text)) : known;
  }
  return {
    print: (text) => void (outcome = behind(outcome, text)),
    done: () => outcome,
  };
}
