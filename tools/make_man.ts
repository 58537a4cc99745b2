/** Writes `docs/echoscu.1` from the option table: `deno task manual`. */

import { type ExitCodeRow, renderManPage } from "../src/options/mod.ts";
import { EXIT } from "../src/report/mod.ts";

/** The page in the repository. */
export const MAN_PAGE = new URL("../docs/echoscu.1", import.meta.url);

const MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  verified: "Every echo was answered with success; or a text was printed as asked for",
  failed: "The command line is wrong; without --exit-codes detailed also what 60 to 66 mean",
  certificateFailed: "--verify-cert or --is-root-cert says no",
  inputFailed: "An input file cannot be read, such as a plan",
  outputFailed: "An output file cannot be written",
  localNetwork: "Detailed: the network of this host fails",
  nameNotResolved: "Detailed: the peer's name is not known",
  connectFailed: "Detailed: no connection to the peer",
  tlsFailed: "Detailed: TLS failed",
  rejected: "Detailed: the peer rejected the association",
  noContext: "Detailed: the peer accepted no presentation context",
  requestFailed: "Detailed: the association request failed otherwise",
  aborted: "The association was aborted or lost during the echo",
  echoFailed: "An echo was answered with a failing status",
  expectationFailed:
    "Detailed: an expectation of a plan was not met, or the run's --deadline came first",
  endingFailed: "Detailed: every echo was answered with success, but the association ended badly",
  interrupted: "Ended by an interrupt",
  terminated: "Ended by a request to terminate",
};

/** The page as it should be. */
export function currentManPage(): Promise<string> {
  const names = Object.keys(EXIT) as (keyof typeof EXIT)[];
  const rows: ExitCodeRow[] = names.map((name) => ({ code: EXIT[name], meaning: MEANINGS[name] }));
  return renderManPage(rows.sort((left, right) => left.code - right.code));
}

if (import.meta.main) await Deno.writeTextFile(MAN_PAGE, await currentManPage());
