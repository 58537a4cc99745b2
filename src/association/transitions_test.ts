import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { Bug } from "../errors.ts";
import {
  type ActionName,
  type Effect,
  type EventName,
  isPossible,
  type StateName,
  STATES,
  step,
  TRANSITIONS,
} from "./transitions.ts";

const EVENTS = Object.keys(TRANSITIONS) as EventName[];
const ROLES = ["requestor", "acceptor"] as const;

/**
 * Table 9-10 read by columns, each cell as event number and action: written from the standard, apart from the table of
 * the program, which is laid out by rows.
 */
const COLUMNS: Readonly<Record<StateName, string>> = {
  Sta1: "1 AE-1, 5 AE-5",
  Sta2: "3 AA-1, 4 AA-1, 6 AE-6, 10 AA-1, 12 AA-1, 13 AA-1, 16 AA-2, 17 AA-5, 18 AA-2, 19 AA-1",
  Sta3: "3 AA-8, 4 AA-8, 6 AA-8, 7 AE-7, 8 AE-8, 10 AA-8, 12 AA-8, 13 AA-8, 15 AA-1, 16 AA-3, " +
    "17 AA-4, 19 AA-8",
  Sta4: "2 AE-2, 15 AA-2, 17 AA-4",
  Sta5: "3 AE-3, 4 AE-4, 6 AA-8, 10 AA-8, 12 AA-8, 13 AA-8, 15 AA-1, 16 AA-3, 17 AA-4, 19 AA-8",
  Sta6: "3 AA-8, 4 AA-8, 6 AA-8, 9 DT-1, 10 DT-2, 11 AR-1, 12 AR-2, 13 AA-8, 15 AA-1, 16 AA-3, " +
    "17 AA-4, 19 AA-8",
  Sta7: "3 AA-8, 4 AA-8, 6 AA-8, 10 AR-6, 12 AR-8, 13 AR-3, 15 AA-1, 16 AA-3, 17 AA-4, 19 AA-8",
  Sta8: "3 AA-8, 4 AA-8, 6 AA-8, 9 AR-7, 10 AA-8, 12 AA-8, 13 AA-8, 14 AR-4, 15 AA-1, 16 AA-3, " +
    "17 AA-4, 19 AA-8",
  Sta9: "3 AA-8, 4 AA-8, 6 AA-8, 10 AA-8, 12 AA-8, 13 AA-8, 14 AR-9, 15 AA-1, 16 AA-3, 17 AA-4, " +
    "19 AA-8",
  Sta10: "3 AA-8, 4 AA-8, 6 AA-8, 10 AA-8, 12 AA-8, 13 AR-10, 15 AA-1, 16 AA-3, 17 AA-4, 19 AA-8",
  Sta11: "3 AA-8, 4 AA-8, 6 AA-8, 10 AA-8, 12 AA-8, 13 AR-3, 15 AA-1, 16 AA-3, 17 AA-4, 19 AA-8",
  Sta12: "3 AA-8, 4 AA-8, 6 AA-8, 10 AA-8, 12 AA-8, 13 AA-8, 14 AR-4, 15 AA-1, 16 AA-3, 17 AA-4, " +
    "19 AA-8",
  Sta13: "3 AA-6, 4 AA-6, 6 AA-7, 10 AA-6, 12 AA-6, 13 AA-6, 16 AA-2, 17 AR-5, 18 AA-2, 19 AA-7",
};

/** Tables 9-6 to 9-9 in the words of the standard, shortened: what is done, and the next state. */
const DEFINITIONS: Readonly<Record<ActionName, string>> = {
  "AE-1": "issue TRANSPORT CONNECT request | Sta4",
  "AE-2": "send A-ASSOCIATE-RQ | Sta5",
  "AE-3": "issue A-ASSOCIATE confirmation (accept) | Sta6",
  "AE-4": "issue A-ASSOCIATE confirmation (reject), close | Sta1",
  "AE-5": "issue TRANSPORT CONNECT response, start ARTIM | Sta2",
  "AE-6": "stop ARTIM, issue A-ASSOCIATE indication | Sta3",
  "AE-7": "send A-ASSOCIATE-AC | Sta6",
  "AE-8": "send A-ASSOCIATE-RJ, start ARTIM | Sta13",
  "DT-1": "send P-DATA-TF | Sta6",
  "DT-2": "issue P-DATA indication | Sta6",
  "AR-1": "send A-RELEASE-RQ | Sta7",
  "AR-2": "issue A-RELEASE indication | Sta8",
  "AR-3": "issue A-RELEASE confirmation, close | Sta1",
  "AR-4": "send A-RELEASE-RP, start ARTIM | Sta13",
  "AR-5": "stop ARTIM | Sta1",
  "AR-6": "issue P-DATA indication | Sta7",
  "AR-7": "send P-DATA-TF | Sta8",
  "AR-8": "issue A-RELEASE indication | Sta9 or Sta10",
  "AR-9": "send A-RELEASE-RP | Sta11",
  "AR-10": "issue A-RELEASE confirmation | Sta12",
  "AA-1": "send A-ABORT, start ARTIM | Sta13",
  "AA-2": "stop ARTIM, close | Sta1",
  "AA-3": "issue A-ABORT or A-P-ABORT indication, close | Sta1",
  "AA-4": "issue A-P-ABORT indication | Sta1",
  "AA-5": "stop ARTIM | Sta1",
  "AA-6": "ignore | Sta13",
  "AA-7": "send A-ABORT | Sta13",
  "AA-8": "send A-ABORT, issue A-P-ABORT indication, start ARTIM | Sta13",
};

/** What the standard's words ask a driver to do that takes over an open transport connection. */
const EFFECTS_BY_WORDS: Readonly<Record<string, Effect | undefined>> = {
  "issue TRANSPORT CONNECT request": undefined,
  "issue TRANSPORT CONNECT response": undefined,
  ignore: undefined,
  close: "close",
  "start ARTIM": "start-artim",
  "stop ARTIM": "stop-artim",
  "send A-ASSOCIATE-RQ": "send-associate-rq",
  "send A-ASSOCIATE-AC": "send-associate-ac",
  "send A-ASSOCIATE-RJ": "send-associate-rj",
  "send P-DATA-TF": "send-data",
  "send A-RELEASE-RQ": "send-release-rq",
  "send A-RELEASE-RP": "send-release-rp",
  "send A-ABORT": "send-abort",
};

function definedEffects(words: string): (Effect | undefined)[] {
  return words.split(", ").map((word) =>
    /^issue (A-|P-DATA)/.test(word) ? "indicate" : EFFECTS_BY_WORDS[word]
  ).filter((effect) => effect !== undefined);
}

Deno.test("step() does what Tables 9-6 to 9-10 of the standard say, cell by cell, and nothing in empty ones", () => {
  let visited = 0;
  for (const state of STATES) {
    const column = new Map(
      COLUMNS[state].split(", ").map((cell) => {
        const [event = "", action = ""] = cell.split(" ");
        return [`Evt${event}`, action as ActionName];
      }),
    );
    for (const event of EVENTS) {
      const action = column.get(event);
      strictEqual(isPossible(state, event), action !== undefined, `${event} in ${state}`);
      for (const role of ROLES) {
        if (action === undefined) {
          throws(() => step({ state, role }, event), Bug);
          continue;
        }
        const taken = step({ state, role }, event);
        strictEqual(taken.action, action, `${event} in ${state}`);
        const [words = "", next = ""] = DEFINITIONS[action].split(" | ");
        const states = next.split(" or ");
        strictEqual(taken.next, role === "acceptor" ? states.at(-1) : states[0], action);
        deepStrictEqual(taken.effects, definedEffects(words), action);
      }
      visited++;
    }
  }
  strictEqual(visited, 19 * 13);
});

Deno.test("a requestor's part of Table 9-10 has 144 cells, 79 of them filled", () => {
  const states = STATES.filter((s) => !["Sta2", "Sta3", "Sta10", "Sta12"].includes(s));
  const events = EVENTS.filter((e) => !["Evt5", "Evt7", "Evt8"].includes(e));
  strictEqual(states.length * events.length, 144);
  const filled = events.flatMap((e) => states.filter((s) => isPossible(s, e)));
  strictEqual(filled.length, 79);
});

Deno.test("step() sends the rejection and waits when the provider finds a request unacceptable", () => {
  const taken = step({ state: "Sta2", role: "acceptor", acceptable: false }, "Evt6");
  strictEqual(taken.next, "Sta13");
  deepStrictEqual(taken.effects, ["stop-artim", "send-associate-rj", "start-artim"]);
});

Deno.test("a PDU in Sta13 never leads to an answer other than A-ABORT", () => {
  for (const event of EVENTS) {
    if (!isPossible("Sta13", event)) continue;
    const { effects } = step({ state: "Sta13", role: "requestor" }, event);
    strictEqual(effects.some((e) => e.startsWith("send-") && e !== "send-abort"), false, event);
  }
});
