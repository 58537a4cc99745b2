import assert from "node:assert/strict";
import { type Ending, watchSignals } from "./signals.ts";

/** Signals of Windows by name, as the runtime has them; it throws for all others. */
const OF_WINDOWS = ["SIGINT", "SIGBREAK", "SIGHUP"];

interface World {
  readonly ending: Ending;
  /** Exit codes that the program ended with. */
  readonly exits: readonly number[];
  /** Sends a signal. */
  readonly send: (name: string) => void;
}

function worldOf(os: typeof Deno.build.os, hangupIsIgnored = false): World {
  const handlers = new Map<string, () => void>();
  const exits: number[] = [];
  const ending = watchSignals({
    os,
    addSignalListener(name, handler) {
      if (os === "windows" ? !OF_WINDOWS.includes(name) : name === "SIGBREAK") {
        throw new TypeError(`Invalid signal: ${name}`);
      }
      handlers.set(name, handler);
    },
    exit: (code) => void exits.push(code),
  }, { hangupIsIgnored });
  function send(name: string): void {
    const handler = handlers.get(name);
    if (handler === undefined) throw new Error(`nobody listens to ${name}`);
    handler();
  }
  return { ending, exits, send };
}

const ENDS = [
  ["windows", "SIGINT", "SIGINT", 130],
  ["windows", "SIGBREAK", "SIGINT", 130],
  ["windows", "SIGHUP", "SIGTERM", 143],
  ["linux", "SIGINT", "SIGINT", 130],
  ["linux", "SIGTERM", "SIGTERM", 143],
  ["linux", "SIGHUP", "SIGTERM", 143],
  ["darwin", "SIGHUP", "SIGTERM", 143],
] as const;

for (const [os, name, reason, code] of ENDS) {
  Deno.test(`watchSignals() asks for an end at ${name} on ${os}, and ends at once at the second`, () => {
    const { ending, exits, send } = worldOf(os);
    assert.equal(ending.signal.aborted, false);
    send(name);
    assert.deepEqual([ending.signal.reason, exits], [reason, []]);
    send(name);
    assert.deepEqual([ending.codeOf(reason), exits], [code, [code]]);
  });
}

Deno.test("watchSignals() leaves SIGHUP to whoever reads a plan again, until an end is wanted", () => {
  const { ending, exits, send } = worldOf("linux");
  let reloads = 0;
  ending.setHangup(() => reloads++);
  send("SIGHUP");
  assert.deepEqual([reloads, ending.signal.aborted], [1, false]);
  ending.end("SIGINT");
  send("SIGHUP");
  assert.deepEqual([reloads, exits], [1, [143]]);
});

Deno.test("watchSignals() takes the closing of a Windows console for an end even where a plan could be read again", () => {
  const { ending, send } = worldOf("windows");
  ending.setHangup(() => assert.fail("read again"));
  send("SIGHUP");
  assert.equal(ending.signal.reason, "SIGTERM");
});

Deno.test("watchSignals() does not mind SIGHUP under nohup, unless a plan is to be read again", () => {
  const { ending, send } = worldOf("linux", true);
  send("SIGHUP");
  assert.equal(ending.signal.aborted, false);
  let reloads = 0;
  ending.setHangup(() => reloads++);
  send("SIGHUP");
  assert.deepEqual([reloads, ending.signal.aborted], [1, false]);
});

Deno.test("watchSignals() ends at once at SIGUSR1, which would open the debugger", () => {
  const { ending, exits, send } = worldOf("linux");
  send("SIGUSR1");
  assert.deepEqual([exits, ending.signal.aborted], [[138], false]);
});
