/** What the reference calls an element that nobody knows. */
export const UNKNOWN_KEYWORD = "Unknown Tag & Data";
