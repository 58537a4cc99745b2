/** Fetches what reads and writes files when there are any: a plain check names none. */

import type { WriteOutcome } from "./types.ts";

/** Everything that keeps away from links that others may have planted. */
export type Links = typeof import("./links.ts");

/** Loads what looks at links. */
export async function loadLinks(): Promise<Links> {
  return await import("./links.ts");
}

/** Writes a seed to a file; says what came of it. */
export type SeedWriter = (path: string, bytes: Uint8Array) => Promise<WriteOutcome>;

/** Loads what writes seeds. */
export async function loadSeedWriter(): Promise<SeedWriter> {
  return (await import("./seed.ts")).writeSeed;
}

/** Everything that reads files. */
export type Files = typeof import("./files.ts");

/** Loads what reads files. */
export async function loadFiles(): Promise<Files> {
  return await import("./files.ts");
}

/** Everything about the end of the terminal. */
export type Hangup = typeof import("./hangup.ts");

/** Loads what knows whether SIGHUP is ignored. */
export async function loadHangup(): Promise<Hangup> {
  return await import("./hangup.ts");
}

/** Everything about a terminal that is drawn on. */
export type Terminals = typeof import("./terminal.ts");

/** Loads what takes the terminal. */
export async function loadTerminal(): Promise<Terminals> {
  return await import("./terminal.ts");
}
