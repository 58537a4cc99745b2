/** The exit codes of real runs where ours differ from the reference's: its 0 for a peer that was not verified. */

import assert from "node:assert/strict";
import { patiently } from "../support/patiently.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { startScriptedPeer } from "../support/scripted_peer.ts";
import type { Step } from "../support/script.ts";
import { ACCEPT, commandPdu, echoResponse, pdu, RELEASE_RP } from "../support/wire_bytes.ts";

const RELEASE: readonly Step[] = [{ expect: "A-RELEASE-RQ", send: RELEASE_RP }, { send: "close" }];

function answered(status: number, messageId = 1): Step {
  return { expect: "P-DATA-TF", send: commandPdu(echoResponse([], { status, messageId })) };
}

/** What the peer does after it accepted, options, and our exit code; the reference exits 0 in each. */
const ROWS: Readonly<Record<string, readonly [readonly Step[], readonly string[], number]>> = {
  "Success": [[answered(0), ...RELEASE], [], 0],
  "a failing status": [[answered(0x0110), ...RELEASE], [], 71],
  "a warning status": [[answered(0xb000), ...RELEASE], [], 71],
  "a failing status in a later round": [
    [answered(0), answered(0x0122, 2), answered(0, 3), ...RELEASE],
    ["--repeat", "3"],
    71,
  ],
  "an abort": [
    [{ expect: "P-DATA-TF", send: pdu(0x07, "00000000") }, { send: "close" }],
    [],
    70,
  ],
  "an abort in a later round": [
    [answered(0), { expect: "P-DATA-TF", send: pdu(0x07, "00000202") }, { send: "close" }],
    ["--repeat", "2"],
    70,
  ],
  "a close": [[{ expect: "P-DATA-TF", send: "close" }], [], 70],
  "a reset": [[{ expect: "P-DATA-TF", send: "rst" }], [], 70],
  "half a header": [[{ expect: "P-DATA-TF", send: "0400" }, { send: "close" }], [], 70],
  "silence": [[{ expect: "P-DATA-TF" }, { expect: "eof" }], ["-ts", "1"], 70],
};

for (const [name, [steps, options, code]] of Object.entries(ROWS)) {
  Deno.test(`the exit code is ${code} when the echo meets ${name}`, async () => {
    for (const codes of ["default", "detailed"]) {
      await patiently(async (limits) => {
        const script = [{ expect: "A-ASSOCIATE-RQ", send: ACCEPT }, ...steps];
        await using peer = await startScriptedPeer(script);
        const run = await runProgram(ourProgram(), {
          args: ["--exit-codes", codes, ...limits.args(options), peer.host, `${peer.port}`],
        });
        assert.equal(run.code, code, run.stderr);
      });
    }
  });
}
