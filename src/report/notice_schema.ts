// data table
/** The layout of the JSON of a notice: one value for the published schema and for the types of our own code. */

import { SUMMARY } from "./report_schema.ts";
import {
  choice,
  constant,
  integer,
  type JsonSchema,
  list,
  number,
  record,
  reference,
  schemaFile,
  text,
} from "./schema.ts";

/** Version of the layout: members are added, never renamed or removed, while it stays. */
const NOTICE_LAYOUT_VERSION = 1;

const TIME = { format: "date-time" };

const severity = choice(
  "critical: a peer with the tag critical is down; warning: other bad news; info: good news.",
  ["info", "warning", "critical"],
);

const EVENT = record("What a peer did.", {
  required: {
    event: choice(
      "down: it failed, so many times in a row; still-down: a reminder; changed: it is down for another reason; up: it is as expected again, after it was told to be down; unstable: it goes down and up all the time, and more is told once it has been the same for a while; certificate: one of its certificates ends soon.",
      ["down", "still-down", "changed", "up", "unstable", "certificate"],
    ),
    severity,
    text: text("All of it in one line."),
    name: text("Name in the plan; for a single peer host and port."),
    tags: list("Tags of the plan.", text("A tag.")),
    at: text("When the check began that found it, UTC.", TIME),
    since: text(
      "Since when the peer has been up, or down: when the first such check began, UTC.",
      TIME,
    ),
    failures: integer("How many checks in a row have failed; 0 when it is up."),
  },
  optional: {
    group: text("Group in the plan."),
    note: text("What this peer is, from the plan."),
    contact: text("Who looks after it, from the plan."),
    host: text("Host name or address as given."),
    port: integer("TCP port."),
    callingAeTitle: text("Our AE title."),
    calledAeTitle: text("AE title of the peer."),
    downMs: number("How long it has been down so far, or was before it came up, in milliseconds."),
    changes: integer(
      "How many changes of its state are summed up in this event, where more than one.",
      {
        minimum: 2,
      },
    ),
    stage: text("How far the check got."),
    fault: text("On whose side the failure arose."),
    situation: text("Stable name of what is wrong; see diagnosis.md."),
    reason: text("What is wrong, as a clause; also expectations that were not met."),
    message: text("The failure in its own words."),
    hint: text("What to try."),
  },
});

/** A notice. */
export const NOTICE = record("What one or more peers did.", {
  required: {
    version: constant("Version of this layout.", NOTICE_LAYOUT_VERSION),
    kind: constant("What this is.", "notice"),
    program: text("Program and version."),
    severity,
    text: text("All of it in one line."),
    summary: reference("summary", SUMMARY),
    events: list(
      "What happened, in the order of the plan; at least one.",
      reference("event", EVENT),
    ),
  },
  optional: {
    machine: text("The computer that checks."),
    title: text("What the plan calls itself, or its file."),
    site: text("Where the peers are, from the plan."),
  },
});

/** The published schema of notices. */
export const NOTICE_SCHEMA: JsonSchema = schemaFile({
  title: "Notice of echoscu",
  description: "What --notify posts to web hooks, and adds to files line by line.",
  alternatives: ["notice"],
  definitions: { notice: NOTICE, summary: SUMMARY, event: EVENT },
});
