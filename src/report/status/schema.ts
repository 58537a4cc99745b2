// data table
/** The layout of what the status page answers as JSON: one value for the published schema and for our own types. */

import { ENTRY, ENTRY_PARTS, TIME } from "../report_schema.ts";
import {
  choice,
  constant,
  flag,
  integer,
  type JsonSchema,
  list,
  number,
  record,
  reference,
  schemaFile,
  text,
  type TypeOf,
} from "../schema.ts";

/** Version of the layout: members are added, never renamed or removed, while it stays. */
export const STATUS_LAYOUT_VERSION = 1;

/** What a peer may be, the worst first. */
export const PEER_STATES = [
  "down",
  "not-as-expected",
  "not-checked",
  "down-as-expected",
  "up",
] as const;

const version = constant("Version of this layout.", STATUS_LAYOUT_VERSION);

const SAMPLE = record("One check.", {
  required: {
    at: text("When it began, UTC.", TIME),
    passed: flag("Whether the peer did what was expected of it."),
    elapsedMs: number("How long it took, in milliseconds.", { minimum: 0 }),
  },
  optional: {},
});

const AVAILABILITY = record("How available a peer was in a period that has just ended.", {
  required: {
    days: integer("How long it is."),
    measured: number("The part of it that was measured, 0 to 1.", { minimum: 0, maximum: 1 }),
    outages: integer("How many outages began or went on in it."),
  },
  optional: {
    availability: number(
      "Of what was measured, the part in which it was up; missing: nothing was.",
      {
        minimum: 0,
        maximum: 1,
      },
    ),
  },
});

const PEER_REQUIRED = {
  id: text("The last part of its address: /peers/ID and /api/v1/peers/ID."),
  name: text("Its name in the plan."),
  tags: list("Tags of the plan.", text("A tag.")),
  state: choice(
    "not-as-expected: it answers, but an expectation of the plan is not met; down-as-expected: the plan says so.",
    PEER_STATES,
  ),
  sinceIsExact: flag("Whether it was seen to be otherwise before `since`."),
  changedNow: flag("Whether the newest run found this change."),
  recent: list("The newest checks, the oldest first.", reference("sample", SAMPLE)),
} as const;

const PEER_OPTIONAL = {
  group: text("Group in the plan."),
  note: text("What this peer is, from the plan."),
  contact: text("Who looks after it, from the plan."),
  host: text("Host name or address."),
  port: integer("TCP port.", { maximum: 65_535 }),
  calledAeTitle: text("Its AE title."),
  since: text("When the check began that first found it so, UTC.", TIME),
  checkedAt: text("When the newest check began, UTC.", TIME),
  lastSuccessAt: text("When it last answered, UTC.", TIME),
  reason: text("Why it is not up, as a sentence."),
  hint: text("One sentence: what to try."),
  situation: text("Stable name of the situation, as docs/diagnosis.md lists them."),
  elapsedMs: number("How long the newest check took, in milliseconds.", { minimum: 0 }),
  medianMs: number("The median of `recent` checks that passed, in milliseconds.", { minimum: 0 }),
  slowestMs: number("The slowest of them, in milliseconds.", { minimum: 0 }),
  availability: list(
    "From the history: how available it was in the last 1, 7 and 30 days; missing without one.",
    reference("availability", AVAILABILITY),
  ),
  availabilityAt: text("When that was summed up, UTC.", TIME),
  certificateDaysLeft: number("Whole days until the first of its certificates ends."),
} as const;

const PEER = record("One peer.", { required: PEER_REQUIRED, optional: PEER_OPTIONAL });

const SUMMARY = record("How many peers are what.", {
  required: {
    total: integer("All of them."),
    down: integer("Those that do not answer."),
    notAsExpected: integer("Those that answer, but not as expected."),
    notChecked: integer("Those that were not checked yet."),
    downAsExpected: integer("Those that do not answer, as the plan says."),
    up: integer("Those that answer as expected."),
  },
  optional: {},
});

const ABOUT_REQUIRED = {
  program: text("Program and version."),
  at: text("When this was asked for, UTC.", TIME),
  everySeconds: number("From the beginning of one run to that of the next, in seconds."),
} as const;

const ABOUT_OPTIONAL = {
  title: text("What the plan calls itself."),
  site: text("Where the peers are, from the plan."),
  machine: text("The name of the machine that checks."),
  runStartedAt: text("When the newest run began, UTC; missing before the first has ended.", TIME),
  runElapsedMs: number("How long it took, in milliseconds.", { minimum: 0 }),
} as const;

const STATUS = record("What /api/v1/status answers: all peers, in the order of the plan.", {
  required: {
    version,
    kind: constant("What this value is.", "status"),
    ...ABOUT_REQUIRED,
    summary: reference("summary", SUMMARY),
    peers: list("The peers.", reference("peer", PEER)),
  },
  optional: ABOUT_OPTIONAL,
});

const FAILED = record("A check that failed.", {
  required: {
    entry: reference("entry", ENTRY),
    log: list(
      "Its log lines, as --debug prints them; empty where they are not known.",
      text("A line."),
    ),
  },
  optional: {},
});

const PEER_DETAILS = record("What /api/v1/peers/ID answers: everything about one peer.", {
  required: {
    version,
    kind: constant("What this value is.", "peer"),
    ...ABOUT_REQUIRED,
    ...PEER_REQUIRED,
    newest: reference("entry", ENTRY),
    failures: list("Its newest failures, the newest first.", reference("failedCheck", FAILED)),
  },
  optional: { ...ABOUT_OPTIONAL, ...PEER_OPTIONAL },
});

/** All peers. */
export type StatusDocument = TypeOf<typeof STATUS>;
/** One of them. */
export type PeerDocument = TypeOf<typeof PEER>;
/** Everything about one. */
export type PeerDetailsDocument = TypeOf<typeof PEER_DETAILS>;
/** A check that failed, with its log. */
export type FailedDocument = TypeOf<typeof FAILED>;
/** One check. */
export type SampleDocument = TypeOf<typeof SAMPLE>;
/** What a peer is. */
export type PeerStateName = (typeof PEER_STATES)[number];

/** The schema of these, for the file in `docs/`. */
export const STATUS_SCHEMA: JsonSchema = schemaFile({
  title: "echoscu status",
  description: "What `echoscu --serve` answers at /api/v1/.",
  alternatives: ["status", "peerDetails"],
  definitions: {
    status: STATUS,
    peerDetails: PEER_DETAILS,
    peer: PEER,
    sample: SAMPLE,
    failedCheck: FAILED,
    availability: AVAILABILITY,
    summary: SUMMARY,
    ...ENTRY_PARTS,
  },
});
