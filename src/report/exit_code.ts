/** The exit code is this program's product; it depends on results only. */

import type { CheckFailure, CheckResult, EndingFailure, FailedCheck } from "../check/mod.ts";
import { unreachable } from "../errors.ts";
import type { RunReport } from "../runner/mod.ts";
import type { ScanResult } from "../tls_scan/mod.ts";

/** `default` keeps to the reference's codes; `detailed` distinguishes failures. */
export type ExitCodes = "default" | "detailed";

/** The codes by name, as `docs/exit-codes.md` explains them. */
export const EXIT = {
  verified: 0,
  failed: 1,
  certificateFailed: 22,
  inputFailed: 20,
  outputFailed: 40,
  localNetwork: 60,
  nameNotResolved: 61,
  connectFailed: 62,
  tlsFailed: 63,
  rejected: 64,
  noContext: 65,
  requestFailed: 66,
  aborted: 70,
  echoFailed: 71,
  expectationFailed: 72,
  endingFailed: 73,
  interrupted: 130,
  terminated: 143,
} as const;

/** The exit code for the result of one check. */
export function exitCodeOf(result: CheckResult, codes: ExitCodes): number {
  if (result.outcome === "verified") {
    const { endingError } = result;
    return endingError === undefined ? EXIT.verified : endingCode(endingError, codes);
  }
  for (const error of [result.error, result.endingError]) {
    if (error?.name === "Interrupted") return exitCodeOfSignal(error.reason);
  }
  return codes === "detailed" ? detailedCode(result) : defaultCode(result);
}

/** The exit code when a signal ended what had no result of its own. */
export function exitCodeOfSignal(reason: unknown): number {
  return reason === "SIGTERM" ? EXIT.terminated : EXIT.interrupted;
}

/** Why nothing could be checked. */
export type Obstacle =
  /** The command line, a plan, a list or a log configuration is wrong. */
  | "usage"
  /** A plan, a list, or a history that is to be reported cannot be read. */
  | "input"
  /** TLS cannot be set up. */
  | "tls"
  /** This computer cannot listen. */
  | "local-network";

/** The exit code when nothing could be checked. */
export function exitCodeBeforeChecks(obstacle: Obstacle, codes: ExitCodes): number {
  if (obstacle === "input") return EXIT.inputFailed;
  if (obstacle === "usage" || codes === "default") return EXIT.failed;
  return obstacle === "tls" ? EXIT.tlsFailed : EXIT.localNetwork;
}

/**
 * The exit code for a run of many checks: 0 when all peers passed.
 *
 * Otherwise 1, or in detail the code of the first that failed in the order of the plan. A run that a person ended has
 * the code of the signal, whatever was found before; one that its deadline ended has not met what was expected.
 */
export function exitCodeOfRun({ entries, interrupted }: RunReport, codes: ExitCodes): number {
  if (interrupted === "SIGINT" || interrupted === "SIGTERM") return exitCodeOfSignal(interrupted);
  if (entries.every(({ verdict }) => verdict === "passed")) return EXIT.verified;
  if (codes === "default") return EXIT.failed;
  const first = entries.find(({ verdict }) => verdict === "failed");
  if (first?.result === undefined || first.unmet.length > 0) return EXIT.expectationFailed;
  return exitCodeOf(first.result, codes);
}

/** The exit code of a scan: 0 when the peer speaks TLS with which a DICOM client of ours can connect. */
export function exitCodeOfScan(
  { spoken, choices }: Pick<ScanResult, "spoken" | "choices">,
  codes: ExitCodes,
): number {
  if (choices.echoscu !== undefined) return EXIT.verified;
  if (codes === "default") return EXIT.failed;
  if (spoken.kind !== "unreachable") return EXIT.tlsFailed;
  const { reason } = spoken;
  return NAME_REASONS.includes(reason) ? EXIT.nameNotResolved : connectCode(reason);
}

const NAME_REASONS: readonly string[] = ["unknown-host", "lookup-failed", "invalid-host"];

function connectCode(reason: string): number {
  return LOCAL_REASONS.includes(reason) ? EXIT.localNetwork : EXIT.connectFailed;
}

const LOCAL_REASONS: readonly string[] = [
  "no-descriptors",
  "not-allowed",
  "not-permitted",
  "network-unreachable",
  "source-address",
];

/**
 * The code of a verified peer whose association ended badly: the reference's, which is 1 unless the answer to the release
 * request was another PDU of the standard, which it meets with A-ABORT and takes for an end.
 */
function endingCode(error: EndingFailure, codes: ExitCodes): number {
  if (codes === "detailed") return EXIT.endingFailed;
  const isMet = error.name === "ProtocolViolation" && error.violation.kind === "unexpected-pdu";
  return isMet ? EXIT.verified : EXIT.failed;
}

/**
 * The reference's code, but never 0 for an echo that was not answered with Success.
 *
 * The reference ends with 1 when the association could not be ended properly, whatever had been before.
 */
function defaultCode({ error, endingError }: FailedCheck): number {
  if (endingError !== undefined) return EXIT.failed;
  if (error.name === "EchoFailed") return EXIT.echoFailed;
  return error.stage === "echo" ? EXIT.aborted : EXIT.failed;
}

function detailedCode({ error }: FailedCheck): number {
  switch (error.stage) {
    case "echo":
      return error.name === "EchoFailed" ? EXIT.echoFailed : EXIT.aborted;
    case "release":
    case "abort":
      return EXIT.aborted;
    case "options":
    case "plan":
      return EXIT.failed;
    case "resolve":
    case "connect":
    case "tls":
    case "associate":
      return beforeEcho(error);
    default:
      return unreachable(error.stage);
  }
}

function beforeEcho(error: CheckFailure): number {
  switch (error.name) {
    case "DialFailed":
      if (error.stage === "resolve") return EXIT.nameNotResolved;
      return connectCode(error.reason);
    case "TimedOut":
      return error.stage === "connect" ? EXIT.connectFailed : EXIT.requestFailed;
    case "AssociationRejected":
      return EXIT.rejected;
    case "NoAcceptedContext":
      return EXIT.noContext;
    case "InvalidParameter":
      return EXIT.failed;
    default:
      return error.stage === "tls" ? EXIT.tlsFailed : EXIT.requestFailed;
  }
}
