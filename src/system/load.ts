/** Fetches what reads files when there are any: a plain check names none. */

/** Everything that reads files. */
export type Files = typeof import("./files.ts");

/** Loads what reads files. */
export async function loadFiles(): Promise<Files> {
  return await import("./files.ts");
}
