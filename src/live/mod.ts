/**
 * Watched peers as a table that stays in place on a terminal: keys in, lines out.
 *
 * @module
 */

export { choiceOf, frameOf, nameWidthOf, type Picture } from "./frame.ts";
export { type Key, KeyReader, type NamedKey } from "./keys.ts";
export type { LiveLook } from "./look.ts";
export { LiveModel, type LiveNews, type LiveRow, type LiveRuns } from "./model.ts";
export { asciiOf, ENTER, LEAVE, Screen } from "./screen.ts";
export { afterKey, type Choice, FIRST_VIEW, type LiveView, type Pressed, settled } from "./view.ts";
