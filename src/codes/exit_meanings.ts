/** What the exit codes mean, for the manual page and for people who have only the number. */

import type { EXIT } from "../report/mod.ts";

/** One sentence for each name, without a full stop. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
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
