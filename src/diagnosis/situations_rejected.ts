/** Situations in which the peer answers with A-ASSOCIATE-RJ (PS3.8 9.3.4, Table 9-21). */

import type { Applies, Situation } from "./types.ts";
import { when } from "./when.ts";

/** The titles that go out when no others are given. */
const DEFAULT_CALLED = "ANY-SCP";
const DEFAULT_CALLING = "ECHOSCU";
const TITLE_LENGTH = 16;

const TRANSIENT = 2;

/** The pairs of source and reason that Table 9-21 defines, but for "no reason given". */
const NAMED_REASONS = ["1/2", "1/3", "1/7", "2/2", "3/1", "3/2"];
const NO_REASON = ["1/1", "2/1"];
/** The reasons that Table 9-21 reserves. */
const RESERVED_REASONS: Readonly<Record<number, readonly number[]>> = {
  1: [4, 5, 6, 8, 9, 10],
  2: [],
  3: [0, 3, 4, 5, 6, 7],
};
const SOURCES = [1, 2, 3];

/** Rejected for `pair` of source and reason; the result byte does not count. */
function rejected(pair: string, test: (titles: Titles) => boolean = () => true): Applies {
  return when(
    "AssociationRejected",
    ({ codes }, { check }) =>
      `${codes.source}/${codes.reason}` === pair &&
      test({ called: check.calledAeTitle, calling: check.callingAeTitle }),
  );
}

interface Titles {
  readonly called: string;
  readonly calling: string;
}

function isFull(title: string): boolean {
  return title.length >= TITLE_LENGTH;
}

/** All of stage `associate`; by source and reason. */
export const REJECTED: readonly Situation[] = [
  {
    id: "called-title-default",
    stage: "associate",
    fault: "peer",
    title: "the peer does not go by the default called AE title",
    applies: rejected("1/7", ({ called }) => called === DEFAULT_CALLED),
    hint: ({ called }) =>
      `the called AE title sent was the default, "${called}": give the peer's own title with -aec, in its exact spelling`,
  },
  {
    id: "called-title-full",
    stage: "associate",
    fault: "peer",
    title: "the peer does not go by a called AE title of 16 bytes, which may have been cut",
    applies: rejected("1/7", ({ called }) => isFull(called)),
    hint: ({ called }) =>
      `the called AE title sent was "${called}", and 16 bytes are all that is sent: check it with the peer's administrator and give it with -aec`,
  },
  {
    id: "called-title-unknown",
    stage: "associate",
    fault: "peer",
    title: "the peer does not go by the called AE title",
    applies: rejected("1/7", ({ called }) => called !== DEFAULT_CALLED && !isFull(called)),
    hint: ({ called, calling }) =>
      `the called AE title sent was "${called}": change -aec (letter case counts), or have the peer's administrator add it; some peers mean the calling title, "${calling}"`,
  },
  {
    id: "calling-title-default",
    stage: "associate",
    fault: "peer",
    title: "the peer does not know the default calling AE title",
    applies: rejected("1/3", ({ calling }) => calling === DEFAULT_CALLING),
    hint: ({ calling }) =>
      `the calling AE title sent was the default, "${calling}": give one that the peer knows with -aet, or have its administrator add this one`,
  },
  {
    id: "calling-title-unknown",
    stage: "associate",
    fault: "peer",
    title: "the peer does not know the calling AE title",
    applies: rejected("1/3", ({ calling }) => calling !== DEFAULT_CALLING),
    hint: ({ calling }) =>
      `the calling AE title sent was "${calling}": have the peer's administrator add it with this machine's address, or change -aet`,
  },
  {
    id: "rejected-for-now",
    stage: "associate",
    fault: "peer",
    title: "the peer rejects for the time being and gives no reason",
    applies: when(
      "AssociationRejected",
      ({ codes }) =>
        NO_REASON.includes(`${codes.source}/${codes.reason}`) && codes.result === TRANSIENT,
    ),
    hint: () => "the peer rejects only for the time being: try again in a few seconds",
  },
  {
    id: "rejected-by-application",
    stage: "associate",
    fault: "peer",
    title: "the peer's application rejects and gives no reason",
    applies: when(
      "AssociationRejected",
      ({ codes }) => `${codes.source}/${codes.reason}` === "1/1" && codes.result !== TRANSIENT,
    ),
    hint: ({ calling }) =>
      `no reason given: often the peer does not know "${calling}" or this machine's address, or is set to refuse everyone; its log should say`,
  },
  {
    id: "rejected-by-provider",
    stage: "associate",
    fault: "peer",
    title: "the peer's upper layer rejects and gives no reason",
    applies: when(
      "AssociationRejected",
      ({ codes }) => `${codes.source}/${codes.reason}` === "2/1" && codes.result !== TRANSIENT,
    ),
    hint: () =>
      "no reason given, and not by the peer's application but below it: its log should say",
  },
  {
    id: "application-context-unsupported",
    stage: "associate",
    fault: "peer",
    title: "the peer does not support the DICOM application context name",
    applies: rejected("1/2"),
    hint: () =>
      "the peer refuses 1.2.840.10008.3.1.1.1, the only application context name of DICOM: its set-up or its software is at odds with PS3.7 A.2.1",
  },
  {
    id: "protocol-version-unsupported",
    stage: "associate",
    fault: "peer",
    title: "the peer does not support the version of the upper layer protocol",
    applies: rejected("2/2"),
    hint: () =>
      "the peer refuses version 1 of the DICOM upper layer, the only one there is: its log should say what it wants",
  },
  {
    id: "temporary-congestion",
    stage: "associate",
    fault: "peer",
    title: "the peer is congested",
    applies: rejected("3/1"),
    hint: () => "the peer is too busy at the moment: try again in a few seconds",
  },
  {
    id: "local-limit-exceeded",
    stage: "associate",
    fault: "peer",
    title: "the peer has as many associations open as it allows",
    applies: rejected("3/2"),
    hint: () =>
      "the peer serves as many associations as it allows: try again in a few seconds, or have its limit raised",
  },
  {
    id: "rejected-reason-reserved",
    stage: "associate",
    fault: "peer",
    title: "the peer rejects for a reason that the standard reserves",
    applies: when("AssociationRejected", ({ codes }) => isReserved(codes)),
    hint: ({ source, reason }) =>
      `reason ${reason} of source ${source} is a reserved value of PS3.8 Table 9-21: the peer's log should say what it means`,
  },
  {
    id: "rejected-reason-undefined",
    stage: "associate",
    fault: "peer",
    title: "the peer rejects for a reason that the standard does not define",
    applies: when(
      "AssociationRejected",
      ({ codes }) =>
        SOURCES.includes(codes.source) && !isReserved(codes) &&
        ![...NAMED_REASONS, ...NO_REASON].includes(`${codes.source}/${codes.reason}`),
    ),
    hint: ({ source, reason }) =>
      `reason ${reason} of source ${source} is not in PS3.8 Table 9-21: the peer's log should say what it means`,
  },
  {
    id: "rejected-source-undefined",
    stage: "associate",
    fault: "peer",
    title: "the peer rejects with a source that the standard does not define",
    applies: when("AssociationRejected", ({ codes }) => !SOURCES.includes(codes.source)),
    hint: ({ source, reason }) =>
      `source ${source} (reason ${reason}) is not in PS3.8 Table 9-21: the peer's log should say what it means`,
  },
];

function isReserved(codes: { readonly source: number; readonly reason: number }): boolean {
  return RESERVED_REASONS[codes.source]?.includes(codes.reason) ?? false;
}
