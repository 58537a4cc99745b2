/** Metrics of peers for Prometheus, asked for one by one. */

export { serveMetrics } from "./exporter.ts";
export type * from "./types.ts";
