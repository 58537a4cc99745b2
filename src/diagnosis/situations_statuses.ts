/** Situations in which the echo was answered with a status other than Success (PS3.7 9.1.5.1.4 and Annex C). */

import type { Applies, Situation } from "./types.ts";
import { when } from "./when.ts";

/** Codes of warnings next to the range B000H to BFFFH (PS3.7 Annex C). */
const WARNINGS = [0x0001, 0x0107, 0x0116];
/** Failures of PS3.7 Annex C that have a situation of their own. */
const OWN = [0x0110, 0x0118, 0x0122, 0x0124, 0x0210, 0x0211, 0x0212, 0x0213];

function status(test: (status: number) => boolean): Applies {
  return when("EchoFailed", ({ details }) => test(details.status));
}

function isWarning(code: number): boolean {
  return code >> 12 === 0xb || WARNINGS.includes(code);
}

function isGeneralFailure(code: number): boolean {
  return [0x01, 0x02].includes(code >> 8) && !isWarning(code);
}

function isPending(code: number): boolean {
  return code >> 8 === 0xff;
}

function isRanged(code: number): boolean {
  return [0xa, 0xc].includes(code >> 12) || isWarning(code) || isGeneralFailure(code) ||
    isPending(code) || code === 0xfe00;
}

/** All of stage `echo`. */
export const STATUSES: readonly Situation[] = [
  {
    id: "status-sop-class-unsupported",
    stage: "echo",
    fault: "peer",
    title: "0122H, Refused: SOP Class Not Supported",
    applies: status((code) => code === 0x0122),
    hint: ({ calling }) =>
      `the peer accepted the context and now says that it does not support Verification: have it enabled there, if need be for "${calling}"`,
  },
  {
    id: "status-duplicate-invocation",
    stage: "echo",
    fault: "peer",
    title: "0210H, Failure: Duplicate Invocation",
    applies: status((code) => code === 0x0210),
    hint: () =>
      "the peer takes the message ID for one that is still in use: it mixes up associations, or lost an earlier answer; its log should say",
  },
  {
    id: "status-unrecognized-operation",
    stage: "echo",
    fault: "peer",
    title: "0211H, Failure: Unrecognized Operation",
    applies: status((code) => code === 0x0211),
    hint: () =>
      "the peer does not know the echo command though it accepted the context: have its Verification service looked at",
  },
  {
    id: "status-mistyped-argument",
    stage: "echo",
    fault: "peer",
    title: "0212H, Failure: Mistyped Argument",
    applies: status((code) => code === 0x0212),
    hint: () =>
      "the peer did not like an element of the echo request, which has only those of PS3.7 9.3.5.1: its log should say which",
  },
  {
    id: "status-resource-limitation",
    stage: "echo",
    fault: "peer",
    title: "0213H, Failure: Resource Limitation",
    applies: status((code) => code === 0x0213),
    hint: () => "the peer is short of something at the moment: try again, and see its log",
  },
  {
    id: "status-processing-failure",
    stage: "echo",
    fault: "peer",
    title: "0110H, Failure: Processing Failure",
    applies: status((code) => code === 0x0110),
    hint: () =>
      "the peer's own processing failed: its log should say what, often storage or database",
  },
  {
    id: "status-no-such-sop-class",
    stage: "echo",
    fault: "peer",
    title: "0118H, Failure: No Such SOP Class",
    applies: status((code) => code === 0x0118),
    hint: () =>
      "the peer does not know the Verification SOP Class though it accepted the context: have the service enabled there",
  },
  {
    id: "status-not-authorized",
    stage: "echo",
    fault: "peer",
    title: "0124H, Refused: Not Authorized",
    applies: status((code) => code === 0x0124),
    hint: ({ calling }) =>
      `the peer does not permit the echo to "${calling}": have its administrator permit it, or change -aet`,
  },
  {
    id: "status-out-of-resources",
    stage: "echo",
    fault: "peer",
    title: "A000H to AFFFH, Failure: as in A700H, Out of Resources",
    applies: status((code) => code >> 12 === 0xa),
    hint: ({ status }) =>
      `status ${status} is a refusal of storage and query services, for lack of resources as a rule: have disk space and licences of the peer looked at`,
  },
  {
    id: "status-cannot-process",
    stage: "echo",
    fault: "peer",
    title: "C000H to CFFFH, Failure: Cannot Understand or Unable to Process",
    applies: status((code) => code >> 12 === 0xc),
    hint: ({ status }) =>
      `status ${status} is a failure of storage and query services, for which each vendor has its own codes: the peer's conformance statement or log should say`,
  },
  {
    id: "status-warning",
    stage: "echo",
    fault: "peer",
    title: "0001H, 0107H, 0116H or B000H to BFFFH, a warning",
    applies: status(isWarning),
    hint: ({ status }) =>
      `status ${status} is a warning, and an echo has none: the peer answers, but take it for verified only if its log says why`,
  },
  {
    id: "status-cancelled",
    stage: "echo",
    fault: "peer",
    title: "FE00H, Cancel",
    applies: status((code) => code === 0xfe00),
    hint: () =>
      "the peer says the echo was cancelled, but nobody cancelled it: it may be shutting down; try again",
  },
  {
    id: "status-pending",
    stage: "echo",
    fault: "peer",
    title: "FF00H to FFFFH, Pending",
    applies: status(isPending),
    hint: ({ status }) =>
      `status ${status} announces another response, and an echo has only one: the peer seems to answer as for a query`,
  },
  {
    id: "status-failure",
    stage: "echo",
    fault: "peer",
    title: "another failure of PS3.7 Annex C, 0100H to 02FFH",
    applies: status((code) => isGeneralFailure(code) && !OWN.includes(code)),
    hint: ({ status }) =>
      `status ${status} is a failure of PS3.7 Annex C that an echo should not meet: the peer's log should say`,
  },
  {
    id: "status-undefined",
    stage: "echo",
    fault: "peer",
    title: "a status of no class that the standard defines",
    applies: status((code) => !isRanged(code)),
    hint: ({ status }) =>
      `status ${status} is not in PS3.7 Annex C: the peer's conformance statement or log should say`,
  },
];
