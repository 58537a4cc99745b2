import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { Bug } from "../errors.ts";
import { ACTIONS, type EventName, isPossible, STATES, step, TRANSITIONS } from "./transitions.ts";

const EVENTS = Object.keys(TRANSITIONS) as EventName[];
const ROLES = ["requestor", "acceptor"] as const;

Deno.test("step() visits every cell of Table 9-10: impossible ones are a Bug, the others follow their action", () => {
  let visited = 0;
  for (const event of EVENTS) {
    for (const state of STATES) {
      for (const role of ROLES) {
        const action = TRANSITIONS[event][state];
        if (action === "-") {
          throws(() => step({ state, role }, event), Bug);
        } else {
          const taken = step({ state, role }, event);
          strictEqual(taken.action, action);
          const collision = action === "AR-8" && role === "acceptor";
          strictEqual(taken.next, collision ? "Sta10" : ACTIONS[action].next);
          deepStrictEqual(taken.effects, ACTIONS[action].effects);
        }
        strictEqual(isPossible(state, event), action !== "-");
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
