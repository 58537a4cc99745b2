/** Fetches the texts at trace level, which hardly any run needs. */

/** The texts at trace level. */
export type TraceLines = Pick<
  typeof import("./trace_lines.ts"),
  "traceMessagesOf" | "upperLayerTraceOf"
>;

/** Loads the texts at trace level. */
export async function loadTraceLines(): Promise<TraceLines> {
  return await import("./trace_lines.ts");
}
