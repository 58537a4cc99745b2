/** x */
export const UID_NAMES: ReadonlyMap<string, string> = new Map();
