/** The reference's words for an A-ASSOCIATE-RJ. */

import { hex4 } from "../common/hex.ts";

/** The lines of an A-ASSOCIATE-RJ: complaints about codes the reference does not know, then the rejection. */
export function rejectionLines(
  codes: { readonly result: number; readonly source: number; readonly reason: number },
): { readonly errors: readonly string[]; readonly text: string } {
  const { result, source, reason } = codes;
  const errors: string[] = [];
  const complain = (field: string, value: number) => {
    errors.push(
      `Received invalid A-ASSOCIATE-RJ reject ${field} 0x${hex4(value)}, using default.`,
    );
  };
  if (RESULTS[result] === undefined) complain("result", result);
  if (SOURCES[source] === undefined) complain("source", source);
  const reasonText = REASONS[`${source}/${reason}`];
  if (reasonText === undefined) complain("reason", source * 0x100 + reason);
  const text = [
    "Association Rejected:",
    `Result: ${RESULTS[result] ?? RESULTS[1]}, Source: ${SOURCES[source] ?? SOURCES[1]}`,
    `Reason: ${reasonText ?? REASONS["1/1"]}`,
  ].join("\n");
  return { errors, text };
}

/** PS3.8 Table 9-21, in the reference's words. */
const RESULTS: Readonly<Record<number, string>> = {
  1: "Rejected Permanent",
  2: "Rejected Transient",
};

const SOURCES: Readonly<Record<number, string>> = {
  1: "Service User",
  2: "Service Provider (ACSE Related)",
  3: "Service Provider (Presentation Related)",
};

const REASONS: Readonly<Record<string, string>> = {
  "1/1": "No Reason",
  "1/2": "App Context Name Not Supported",
  "1/3": "Calling AE Title Not Recognized",
  "1/7": "Called AE Title Not Recognized",
  "2/1": "No Reason",
  "2/2": "Protocol Version Not Supported",
  "3/1": "Temporary Congestion",
  "3/2": "Local Limit Exceeded",
};
