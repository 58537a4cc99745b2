/** Everything about reports, of which the code of each format is fetched when it is asked for. */

import type { ReportFormat } from "../common/choices.ts";
import { unreachable } from "../errors.ts";
import type { ReportSettings } from "./settings.ts";
import type { RunReport } from "../runner/mod.ts";

export { entryOf } from "./document.ts";
export { singleReport } from "./single.ts";

/** Makes the text of a report. */
export type Renderer = (report: RunReport, settings: ReportSettings) => string;

/** Loads what renders `format`. */
export async function loadRenderer(format: ReportFormat): Promise<Renderer> {
  switch (format) {
    case "text":
      return (await import("./text.ts")).renderText;
    case "json":
      return (await import("./json.ts")).renderJson;
    case "jsonl":
      return (await import("./jsonl.ts")).renderJsonl;
    case "junit":
      return (await import("./junit.ts")).renderJunit;
    case "prometheus":
      return (await import("./prometheus.ts")).renderPrometheus;
    case "nagios":
      return (await import("./nagios.ts")).renderNagios;
    case "csv":
      return (await import("./csv.ts")).renderCsv;
    case "html":
      return (await import("./html.ts")).renderHtml;
    default:
      return unreachable(format);
  }
}

/** Loads the lines of a `jsonl` report one by one. */
export async function loadLines(): Promise<typeof import("./jsonl.ts")> {
  return await import("./jsonl.ts");
}

/** Loads the states of Nagios. */
export async function loadNagios(): Promise<typeof import("./nagios.ts")> {
  return await import("./nagios.ts");
}

/** Loads what the exporter renders with. */
export async function loadMetrics(): Promise<
  & typeof import("./exposition.ts")
  & typeof import("./prometheus.ts")
  & typeof import("./exporter_page.ts")
> {
  return {
    ...await import("./exposition.ts"),
    ...await import("./prometheus.ts"),
    ...await import("./exporter_page.ts"),
  };
}
