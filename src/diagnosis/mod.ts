/**
 * What a failed check means and what to try: a table of situations.
 *
 * Loaded only where a diagnosis is shown; a check that succeeds never needs it.
 */

export { diagnose } from "./diagnose.ts";
export type { Speech } from "./speech.ts";
export { SITUATIONS } from "./situations.ts";
export { titleNotes } from "./titles.ts";
export { setupHint } from "./tls_details.ts";
export type { Applies, Diagnosis, Facts, Situation } from "./types.ts";
export { PLACEHOLDERS, type Words } from "./words.ts";
