/** Where recordings of the conversation may be written. */

import type { Options } from "./options.ts";
import { UsageError } from "./problem.ts";
import { outputFile } from "./reports.ts";

/** What in the name of a file is replaced by the name of each peer of a plan. */
const NAME_PLACE = "{name}";

/** Modes with peers of a plan. */
const MANY: readonly string[] = ["plan", "surveys"];

/** Throws a `UsageError` when a recording cannot be written where it is wanted; reports have been looked at. */
export function checkRecordings({ mode, reports, pcap, trace, bundle, history }: Options): void {
  const taken = new Set(reports.map(({ file }) => file));
  const words = [
    ["--pcap", pcap],
    ["--trace", trace],
    ["--bundle", bundle],
    ["--history", history],
  ] as const;
  for (const [option, word] of words) {
    if (word === undefined) continue;
    const file = outputFile(word);
    if (file === undefined && option !== "--trace") {
      const because = "it needs a file";
      throw new UsageError({ kind: "invalid-value", option, word, reason: "invalid", because });
    }
    if (taken.has(file)) throw new UsageError({ kind: "reports-collide", file });
    taken.add(file);
    const isNamed = option === "--pcap" || option === "--trace";
    if (file?.includes(NAME_PLACE) && !MANY.includes(mode.kind) && isNamed) {
      const reportedAs = `${NAME_PLACE} in the file of ${option}`;
      const partners = ["--plan", "--peers"];
      throw new UsageError({ kind: "only-allowed-with", option, reportedAs, partners });
    }
  }
}
