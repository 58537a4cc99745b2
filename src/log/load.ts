/** Fetches texts that a check over plain TCP, logged as usual, does not need. */

/** The texts at trace level. */
export type TraceLines = Pick<
  typeof import("./trace_lines.ts"),
  "traceMessagesOf" | "upperLayerTraceOf"
>;

/** Loads the texts at trace level. */
export async function loadTraceLines(): Promise<TraceLines> {
  return await import("./trace_lines.ts");
}

/** The texts of the answering side. */
export type ScpLines = typeof import("./scp_lines.ts");

/** Loads the texts of the answering side. */
export async function loadScpLines(): Promise<ScpLines> {
  return await import("./scp_lines.ts");
}

/** The texts about TLS. */
export type TlsLines =
  & typeof import("./tls_lines.ts")
  & typeof import("./tls_setup_lines.ts");

/** Loads the texts about TLS. */
export async function loadTlsLines(): Promise<TlsLines> {
  const [lines, setup] = await Promise.all([
    import("./tls_lines.ts"),
    import("./tls_setup_lines.ts"),
  ]);
  return { ...lines, ...setup };
}
