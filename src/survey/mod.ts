/** Which SOP classes and transfer syntaxes a peer accepts: what to ask next, and what the answers mean. */

export { CLASSES, SYNTAXES } from "./catalogue.ts";
export { MOST_ASSOCIATIONS, Survey } from "./survey.ts";
export type * from "./types.ts";
