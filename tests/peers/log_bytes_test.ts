/** Which bytes of PDUs a log shows: those that docs/security.md names, and no others. */

import assert from "node:assert/strict";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { startScriptedPeer } from "../support/scripted_peer.ts";
import { ACCEPT, commandPdu, echoResponse, RELEASE_RP } from "../support/wire_bytes.ts";

/** The first `most` bytes of a PDU, apart by blanks. */
function bytesOf(pdu: string, most = Infinity): string {
  return (pdu.replace(/\s/g, "").match(/../g) ?? []).slice(0, most).join(" ").toLowerCase();
}

/** All runs of hex bytes that stand alone or after a colon, one after another. */
function bytesIn(log: string, level: "D" | "T"): string {
  return [...log.matchAll(/^([DT]): (?:Read PDU HEAD TCP:)?((?: *\b[0-9a-f]{2}\b)+)$/gm)]
    .filter(([, of]) => of === level)
    .map(([, , bytes = ""]) => bytes.trim().replace(/ +/g, " ")).join(" ");
}

for (const level of ["debug", "trace"]) {
  Deno.test(`-ll ${level} shows the bytes of A-ASSOCIATE-AC, of other PDUs at most their headers`, async () => {
    const echo = commandPdu(echoResponse());
    await using peer = await startScriptedPeer([
      { expect: "A-ASSOCIATE-RQ", send: ACCEPT },
      { expect: "P-DATA-TF", send: echo },
      { expect: "A-RELEASE-RQ", send: RELEASE_RP },
      { send: "close" },
    ]);
    const args = ["-ll", level, "127.0.0.1", `${peer.port}`];
    const { code, stderr } = await runProgram(ourProgram(), { args });
    assert.equal(code, 0, stderr);
    assert.equal(bytesIn(stderr, "D"), bytesOf(ACCEPT));
    const headers = [ACCEPT, echo, RELEASE_RP].map((pdu) => bytesOf(pdu, 6));
    assert.equal(bytesIn(stderr, "T"), level === "trace" ? headers.join(" ") : "");
  });
}
