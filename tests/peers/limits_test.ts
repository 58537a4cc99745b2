/** Each time limit in real time: it is kept, and it ends the run. The exact reach is tested on a clock of its own. */

import assert from "node:assert/strict";
import { patiently } from "../support/patiently.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { type Listen, startScriptedPeer } from "../support/scripted_peer.ts";
import type { Step } from "../support/script.ts";
import { ACCEPT } from "../support/wire_bytes.ts";

const LIMIT_SECONDS = 2;
/** Generous: the machine may be busy, and the program has to start. */
const LATEST_MS = 120_000;

interface Row {
  readonly options: readonly string[];
  readonly steps: readonly Step[];
  readonly listen?: Listen;
  readonly condition: string;
}

const REQUEST = { expect: "A-ASSOCIATE-RQ" };
const SILENT_ECHO = [{ ...REQUEST, send: ACCEPT }, { expect: "P-DATA-TF" }, { expect: "eof" }];

const ROWS: Readonly<Record<string, Row>> = {
  "-to": {
    options: ["-to", `${LIMIT_SECONDS}`],
    steps: [],
    listen: { mode: "full-backlog" },
    condition: "0006:031c TCP Initialization Error: Operation now in progress (Timeout)",
  },
  "-ta": {
    options: ["-ta", `${LIMIT_SECONDS}`],
    steps: [REQUEST, { expect: "eof" }],
    condition: "0006:031a DUL network read timeout",
  },
  "-td": {
    options: ["-td", `${LIMIT_SECONDS}`, "-ta", "1"],
    steps: SILENT_ECHO,
    condition: "0006:0207 DIMSE No data available (timeout in non-blocking mode)",
  },
  "-ts": {
    options: ["-ts", `${LIMIT_SECONDS}`],
    steps: SILENT_ECHO,
    condition: "0006:0317 Peer aborted Association (or never connected)",
  },
};

for (const [option, { options, steps, listen, condition }] of Object.entries(ROWS)) {
  Deno.test(`${option} ends a silent run when its time is up, and not before`, async () => {
    await patiently(async (limits) => {
      await using peer = await startScriptedPeer(steps, listen);
      const run = await runProgram(ourProgram(), {
        args: [...limits.args(options), peer.host, `${peer.port}`],
        timeoutMs: LATEST_MS,
      });
      assert.ok(run.stderr.includes(condition), run.stderr);
      assert.ok(run.wallMs >= 1_000 * LIMIT_SECONDS * limits.factor, `after ${run.wallMs} ms`);
      assert.ok(!run.killed);
    });
  });
}
