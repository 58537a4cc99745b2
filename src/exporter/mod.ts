/** Metrics of peers for Prometheus, asked for one by one. */

export { type OwnHosts, ownHosts } from "./access.ts";
export { serveMetrics } from "./exporter.ts";
export type * from "./types.ts";
