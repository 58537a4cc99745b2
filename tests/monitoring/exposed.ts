/** Which metrics there are, with their labels. */

import { diagnose } from "../../src/diagnosis/mod.ts";
import { loadReports } from "../../src/report/mod.ts";
import {
  checkOf,
  entryOf,
  failed,
  FAILURES,
  runOf,
  TLS,
  verified,
} from "../support/report_runs.ts";

/** Labels by name of the metric. */
export type Exposed = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the names in `text`. */
export function exposedNames(text: string): Exposed {
  const names = new Map<string, Set<string>>();
  for (const [, name = "", labels = ""] of text.matchAll(/^([a-z_]+)(\{.*\})? /gm)) {
    const known = names.get(name) ?? new Set();
    for (const [, label = ""] of labels.matchAll(/([a-z_]+)="/g)) known.add(label);
    names.set(name, known);
  }
  return names;
}

/** Everything that the report of a run can have. */
export async function exposedByRuns(): Promise<Exposed> {
  const { loadRenderer } = await loadReports();
  const render = await loadRenderer("prometheus");
  const secured = { ...verified(checkOf({ repeat: 3 })), tls: TLS };
  const unmet = [{ name: "maxLatency", message: "too slow" }];
  const run = runOf([
    entryOf(secured, { unmet, verdict: "failed" }),
    entryOf(verified(), { tags: ["ct"], note: "old", contact: "PACS team" }),
    ...FAILURES.map((error) => entryOf(failed(error))),
  ]);
  return exposedNames(render(run, { program: "p", diagnose }));
}
