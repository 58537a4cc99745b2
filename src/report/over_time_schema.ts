/** The layout of the JSON of a report over time: one value for the published schema and for the types of our own code. */

import {
  choice,
  constant,
  integer,
  type JsonSchema,
  list,
  number,
  record,
  schemaFile,
  text,
  type TypeOf,
} from "./schema.ts";

/** Version of the layout: members are added, never renamed or removed, while it stays. */
export const OVER_TIME_LAYOUT_VERSION = 1;

const TIME = { format: "date-time" };
const SHARE = { minimum: 0, maximum: 1 };
const LEAST = { minimum: 0 };

/** How long somebody was what. */
const SUMS = {
  required: {
    upMs: number("Time in which the last check had passed, in milliseconds.", LEAST),
    downMs: number("Time in which the last check had failed, in milliseconds.", LEAST),
    unmeasuredMs: number("Time of which nothing is known, in milliseconds.", LEAST),
    measured: number("The part of the period that was measured.", SHARE),
  },
  optional: {
    availability: number(
      "Of the time that was measured the part in which it was up, rounded down to 7 decimals; absent: nothing was measured.",
      SHARE,
    ),
  },
} as const;

const TIMES = {
  required: {
    count: integer("How many checks that passed."),
    medianMs: number("Half of them took no longer; within 2.5 %.", LEAST),
    p95Ms: number("Of 100, 95 took no longer; within 2.5 %.", LEAST),
    slowestMs: number("The slowest.", LEAST),
    slowestAt: text("When that began, UTC.", TIME),
  },
  optional: {},
} as const;

const STAGE = choice("The stage of a check; `end`: release or abort.", [
  "resolve",
  "connect",
  "tls",
  "associate",
  "echo",
  "end",
]);

const OUTAGE = record("A time in which a peer was down without a break.", {
  required: {
    begin: text("When the first check that failed began, UTC.", TIME),
    end: text("When the first check that passed began, or until when it is known, UTC.", TIME),
    downMs: number("How long that is, in milliseconds.", LEAST),
    before: choice(
      "What was before: `unmeasured`: it may have begun earlier; `period`: it began before the period.",
      ["up", "unmeasured", "period"],
    ),
    after: choice(
      "What came after it: `unmeasured`: it may have gone on; `period`: it was down at the end of the period.",
      ["up", "unmeasured", "period"],
    ),
    also: list("Further situations that it went through.", text("Name of a situation.")),
  },
  optional: {
    situation: text("Why: name of the situation; absent: an expectation was not met."),
    stage: text("How far the first check that failed got."),
    fault: text("On whose side it failed."),
    message: text("What it said, in a sentence."),
  },
});

const CELL = record("One cell of the strip of a peer, in the order of the bounds.", {
  required: { upMs: SUMS.required.upMs, downMs: SUMS.required.downMs },
  optional: { medianMs: number("Median of the checks that passed in it.", LEAST) },
});

const ADDRESS = record("Where a peer was checked.", {
  required: {
    host: text("Host name or address as it was given."),
    port: integer("TCP port.", { minimum: 1, maximum: 65_535 }),
    callingAeTitle: text("Calling AE title."),
    calledAeTitle: text("Called AE title."),
  },
  optional: {},
});

const EARLIER = record("The same in the period before this one, which is as long.", {
  required: SUMS.required,
  optional: {
    ...SUMS.optional,
    medianMs: number("Median of the checks that passed in it.", LEAST),
  },
});

const PEER = record("A peer.", {
  required: {
    name: text("Its name in the plan; without one its address."),
    addresses: list("Where it was checked, the latest last.", ADDRESS),
    ...SUMS.required,
    state: choice("At the end of the period.", ["up", "down", "unmeasured"]),
    results: integer("Results that began in the period."),
    failed: integer("Of these, how many failed."),
    outageCount: integer("How many outages there were."),
    outages: list("The longest of them, 200 at most, in their order.", OUTAGE),
    stages: list(
      "Times of the stages that checks reached.",
      record("One stage.", { required: { stage: STAGE, ...TIMES.required }, optional: {} }),
    ),
    cells: list("The strip of the calendar.", CELL),
    earlier: EARLIER,
  },
  optional: {
    ...SUMS.optional,
    group: text("Its group in the plan."),
    firstAt: text("When its first result in the period began, UTC.", TIME),
    lastAt: text("When its last result in the period began, UTC.", TIME),
    times: record("Times of whole checks that passed.", TIMES),
    tls: record("What is known of its certificate.", {
      required: {
        daysLeft: integer("Whole days that were left at that time, negative after its end.", {
          minimum: -1_000_000,
        }),
        at: text("When that was seen, UTC.", TIME),
        until: text("About when it ends, UTC: within a day.", TIME),
      },
      optional: {},
    }),
  },
});

const TOGETHER = record("Several peers together: each counts for as long as it was measured.", {
  required: {
    ...SUMS.required,
    peers: integer("How many peers."),
    outageCount: integer("How many outages they had."),
    earlier: EARLIER,
  },
  optional: { ...SUMS.optional, group: text("The group of the plan that they are.") },
});

const OVER_TIME = record("Peers over time.", {
  required: {
    version: constant("Version of this layout.", OVER_TIME_LAYOUT_VERSION),
    kind: constant("What this is.", "availability"),
    program: text("Name and version of the program."),
    history: text("The file that it was made from, as it was given."),
    since: text("Beginning of the period, UTC.", TIME),
    until: text("End of the period, UTC.", TIME),
    timeZone: text("Time zone of the calendar, such as Europe/Berlin."),
    cellUnit: choice("What a cell of the strips is.", ["hour", "day", "month"]),
    cellBounds: list(
      "Where cells begin, the end of the last one besides: one more than there are cells.",
      text("UTC.", TIME),
    ),
    total: TOGETHER,
    groups: list("The groups of the plan; empty: there are none.", TOGETHER),
    peers: list("Peers with results in the period or in the one before it.", PEER),
  },
  optional: {
    commit: text("The commit the program was built from."),
    machine: text("Name of the machine that made the report."),
    operator: text("Who made it."),
  },
});

/** A report over time as data. */
export type OverTimeDocument = TypeOf<typeof OVER_TIME>;

/** One peer of it. */
export type PeerDocument = OverTimeDocument["peers"][number];

/** The schema of what `--since` prints with `--json`, for the file in `docs/`. */
export const OVER_TIME_SCHEMA: JsonSchema = schemaFile({
  title: "echoscu availability",
  description: "What `echoscu --history FILE --since 30d --json` prints.",
  alternatives: ["availability"],
  definitions: { availability: OVER_TIME },
});
