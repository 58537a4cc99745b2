/** Fetches the texts of the answering side, which a check does not need. */

/** The texts of the answering side. */
export type ScpLines = typeof import("./scp_lines.ts");

/** Loads the texts of the answering side. */
export async function loadScpLines(): Promise<ScpLines> {
  return await import("./scp_lines.ts");
}
