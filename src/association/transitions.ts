/**
 * The upper layer state machine of PS3.8 section 9.2 as data: every transition lives in this file.
 *
 * `TRANSITIONS` is laid out as Table 9-10 (a row for each event, a column for each state), so that a reader can
 * hold both side by side; "-" is a cell the standard leaves empty: the event cannot happen there. `ACTIONS` is
 * Tables 9-6 to 9-9: what an action does and the state it leads to. The file does not know which PDUs a Verification
 * needs, and `step()` has no clock, no socket and no memory: state and event in, state and effects out.
 */

import { Bug } from "../errors.ts";

/** State names of PS3.8 Tables 9-1 to 9-5. */
export type StateName =
  | "Sta1"
  | "Sta2"
  | "Sta3"
  | "Sta4"
  | "Sta5"
  | "Sta6"
  | "Sta7"
  | "Sta8"
  | "Sta9"
  | "Sta10"
  | "Sta11"
  | "Sta12"
  | "Sta13";

/** Action names of PS3.8 Tables 9-6 to 9-9. */
export type ActionName =
  | "AE-1"
  | "AE-2"
  | "AE-3"
  | "AE-4"
  | "AE-5"
  | "AE-6"
  | "AE-7"
  | "AE-8"
  | "DT-1"
  | "DT-2"
  | "AR-1"
  | "AR-2"
  | "AR-3"
  | "AR-4"
  | "AR-5"
  | "AR-6"
  | "AR-7"
  | "AR-8"
  | "AR-9"
  | "AR-10"
  | "AA-1"
  | "AA-2"
  | "AA-3"
  | "AA-4"
  | "AA-5"
  | "AA-6"
  | "AA-7"
  | "AA-8";

type Row = Record<StateName, ActionName | "-">;

/** The states in the order of the columns of Table 9-10. */
export const STATES: readonly StateName[] = [
  "Sta1",
  "Sta2",
  "Sta3",
  "Sta4",
  "Sta5",
  "Sta6",
  "Sta7",
  "Sta8",
  "Sta9",
  "Sta10",
  "Sta11",
  "Sta12",
  "Sta13",
];

function row(cells: string): Row {
  const actions = cells.trim().split(/\s+/);
  if (actions.length !== STATES.length) {
    throw new Bug(`a transition row of ${actions.length} cells`);
  }
  return Object.fromEntries(STATES.map((state, at) => [state, actions[at]])) as Row;
}

/* Sta:                     1    2    3    4    5    6    7    8    9    10    11   12   13 */
/** PS3.8 Table 9-10: (event, state) to action. */
export const TRANSITIONS = {
  /** A-ASSOCIATE request primitive (local user). */
  Evt1: row("              AE-1  -    -    -    -    -    -    -    -    -     -    -    -"),
  /** Transport connection confirmation (local). */
  Evt2: row("               -    -    -   AE-2  -    -    -    -    -    -     -    -    -"),
  /** A-ASSOCIATE-AC PDU received. */
  Evt3: row("               -   AA-1 AA-8  -   AE-3 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8 AA-8 AA-6"),
  /** A-ASSOCIATE-RJ PDU received. */
  Evt4: row("               -   AA-1 AA-8  -   AE-4 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8 AA-8 AA-6"),
  /** Transport connection indication (local). */
  Evt5: row("              AE-5  -    -    -    -    -    -    -    -    -     -    -    -"),
  /** A-ASSOCIATE-RQ PDU received. */
  Evt6: row("               -   AE-6 AA-8  -   AA-8 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8 AA-8 AA-7"),
  /** A-ASSOCIATE response primitive (accept). */
  Evt7: row("               -    -   AE-7  -    -    -    -    -    -    -     -    -    -"),
  /** A-ASSOCIATE response primitive (reject). */
  Evt8: row("               -    -   AE-8  -    -    -    -    -    -    -     -    -    -"),
  /** P-DATA request primitive. */
  Evt9: row("               -    -    -    -    -   DT-1  -   AR-7  -    -     -    -    -"),
  /** P-DATA-TF PDU received. */
  Evt10: row("              -   AA-1 AA-8  -   AA-8 DT-2 AR-6 AA-8 AA-8 AA-8  AA-8 AA-8 AA-6"),
  /** A-RELEASE request primitive. */
  Evt11: row("              -    -    -    -    -   AR-1  -    -    -    -     -    -    -"),
  /** A-RELEASE-RQ PDU received. */
  Evt12: row("              -   AA-1 AA-8  -   AA-8 AR-2 AR-8 AA-8 AA-8 AA-8  AA-8 AA-8 AA-6"),
  /** A-RELEASE-RP PDU received. */
  Evt13: row("              -   AA-1 AA-8  -   AA-8 AA-8 AR-3 AA-8 AA-8 AR-10 AR-3 AA-8 AA-6"),
  /** A-RELEASE response primitive. */
  Evt14: row("              -    -    -    -    -    -    -   AR-4 AR-9  -     -   AR-4  -"),
  /** A-ABORT request primitive. */
  Evt15: row("              -    -   AA-1 AA-2 AA-1 AA-1 AA-1 AA-1 AA-1 AA-1  AA-1 AA-1  -"),
  /** A-ABORT PDU received. */
  Evt16: row("              -   AA-2 AA-3  -   AA-3 AA-3 AA-3 AA-3 AA-3 AA-3  AA-3 AA-3 AA-2"),
  /** Transport connection closed indication. */
  Evt17: row("              -   AA-5 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4 AA-4  AA-4 AA-4 AR-5"),
  /** ARTIM timer expired. */
  Evt18: row("              -   AA-2  -    -    -    -    -    -    -    -     -    -   AA-2"),
  /** Unrecognized or invalid PDU received. */
  Evt19: row("              -   AA-1 AA-8  -   AA-8 AA-8 AA-8 AA-8 AA-8 AA-8  AA-8 AA-8 AA-7"),
} as const satisfies Record<string, Row>;

/** Event names of PS3.8 Table 9-10. */
export type EventName = keyof typeof TRANSITIONS;

/** What an action asks its driver to do; the driver supplies the PDU's content. */
export type Effect =
  | "send-associate-rq"
  | "send-associate-ac"
  | "send-associate-rj"
  | "send-data"
  | "send-release-rq"
  | "send-release-rp"
  | "send-abort"
  | "indicate"
  | "start-artim"
  | "stop-artim"
  | "close";

interface ActionRow {
  readonly next: StateName;
  readonly effects: readonly Effect[];
}

/**
 * PS3.8 Tables 9-6 to 9-9. AE-6 and AR-8 depend on more than state and event; `step()` completes them. AE-1 has no
 * effect here, because the upper layer takes over a transport connection that is open already.
 */
const ACTIONS = {
  "AE-1": { next: "Sta4", effects: [] },
  "AE-2": { next: "Sta5", effects: ["send-associate-rq"] },
  "AE-3": { next: "Sta6", effects: ["indicate"] },
  "AE-4": { next: "Sta1", effects: ["indicate", "close"] },
  "AE-5": { next: "Sta2", effects: ["start-artim"] },
  "AE-6": { next: "Sta3", effects: ["stop-artim", "indicate"] },
  "AE-7": { next: "Sta6", effects: ["send-associate-ac"] },
  "AE-8": { next: "Sta13", effects: ["send-associate-rj", "start-artim"] },
  "DT-1": { next: "Sta6", effects: ["send-data"] },
  "DT-2": { next: "Sta6", effects: ["indicate"] },
  "AR-1": { next: "Sta7", effects: ["send-release-rq"] },
  "AR-2": { next: "Sta8", effects: ["indicate"] },
  "AR-3": { next: "Sta1", effects: ["indicate", "close"] },
  "AR-4": { next: "Sta13", effects: ["send-release-rp", "start-artim"] },
  "AR-5": { next: "Sta1", effects: ["stop-artim"] },
  "AR-6": { next: "Sta7", effects: ["indicate"] },
  "AR-7": { next: "Sta8", effects: ["send-data"] },
  "AR-8": { next: "Sta9", effects: ["indicate"] },
  "AR-9": { next: "Sta11", effects: ["send-release-rp"] },
  "AR-10": { next: "Sta12", effects: ["indicate"] },
  "AA-1": { next: "Sta13", effects: ["send-abort", "start-artim"] },
  "AA-2": { next: "Sta1", effects: ["stop-artim", "close"] },
  "AA-3": { next: "Sta1", effects: ["indicate", "close"] },
  "AA-4": { next: "Sta1", effects: ["indicate"] },
  "AA-5": { next: "Sta1", effects: ["stop-artim"] },
  "AA-6": { next: "Sta13", effects: [] },
  "AA-7": { next: "Sta13", effects: ["send-abort"] },
  "AA-8": { next: "Sta13", effects: ["send-abort", "indicate", "start-artim"] },
} as const satisfies Record<ActionName, ActionRow>;

/** Which side of the association a machine plays (PS3.8 7.1). */
export type Role = "requestor" | "acceptor";

/** What `step()` needs besides the event. */
export interface StepContext {
  /** The current state. */
  readonly state: StateName;
  /** Decides AR-8: Sta9 for the requestor, Sta10 for the acceptor. */
  readonly role: Role;
  /** Decides AE-6: whether the service provider finds the request acceptable. Default true. */
  readonly acceptable?: boolean;
}

/** One transition: what was done and where it led. */
export interface Transition {
  /** The action of Table 9-10. */
  readonly action: ActionName;
  /** The state afterwards. */
  readonly next: StateName;
  /** What the driver has to do now, in this order. */
  readonly effects: readonly Effect[];
}

/**
 * Looks up what `event` does in the state of `context` (PS3.8 Table 9-10).
 *
 * Throws `Bug` for an empty cell: the driver made an event happen that cannot happen there.
 */
export function step(context: StepContext, event: EventName): Transition {
  const action = TRANSITIONS[event][context.state];
  if (action === "-") throw new Bug(`${event} in ${context.state}`);
  const { next, effects } = ACTIONS[action];
  if (action === "AE-6" && context.acceptable === false) {
    return { action, next: "Sta13", effects: ["stop-artim", "send-associate-rj", "start-artim"] };
  }
  if (action === "AR-8" && context.role === "acceptor") return { action, next: "Sta10", effects };
  return { action, next, effects };
}

/** Whether `event` can happen in `state`. */
export function isPossible(state: StateName, event: EventName): boolean {
  return TRANSITIONS[event][state] !== "-";
}
