/**
 * The reference meets every A-ASSOCIATE-RJ that three bytes can make of these codes; ours has the same words for it.
 *
 * Without `-- --slow` each source with each reason comes with one result only, another one each time.
 */

import assert from "node:assert/strict";
import { AssociationRejected } from "../../src/check/mod.ts";
import { commandElement, nameOfWellKnownUid } from "../../src/dicom/mod.ts";
import { messagesOf } from "../../src/log/mod.ts";
import { fromHex } from "../support/script.ts";
import { referenceProgram, type Run, runProgram } from "../support/run_program.ts";
import { askReference } from "../support/ask_reference.ts";
import { startPeer } from "../support/scripted_peer.ts";
import { testWith } from "../support/test_with.ts";
import { number, pdu } from "../support/wire_bytes.ts";

const RESULTS = [0, 1, 2, 3, 255];
const SOURCES = [0, 1, 2, 3, 4, 255];
const REASONS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 255];
const AT_ONCE = 4;

interface Codes {
  readonly result: number;
  readonly source: number;
  readonly reason: number;
}

const IS_SLOW = Deno.args.includes("--slow");
const ALL: readonly Codes[] = SOURCES.flatMap((source, row) =>
  REASONS.flatMap((reason, column) =>
    RESULTS.filter((_, at) => IS_SLOW || (row + column) % RESULTS.length === at)
      .map((result) => ({ result, source, reason }))
  )
);

const reference = await referenceProgram();

testWith({
  name: `rejections are reported in the reference's words: ${ALL.length} of 300 (-- --slow: all)`,
  missing: "missing" in reference ? reference.missing : undefined,
  fn: async () => {
    const left = [...ALL];
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      for (let codes = left.pop(); codes !== undefined; codes = left.pop()) {
        const name = JSON.stringify(codes);
        const theirs = await askReference(name, () => theirsTo(codes));
        if (theirs === undefined) continue;
        assert.equal(theirs.code, 1);
        assert.equal(oursTo(codes), theirs.stderr, name);
      }
    }));
  },
});

function oursTo(codes: Codes): string {
  const names = { uids: nameOfWellKnownUid, elements: commandElement, hasDictionary: false };
  const error = new AssociationRejected(codes);
  return messagesOf({ type: "association-request-failed", error }, names)
    .map(({ level, text }) => {
      const prefix = `${level.charAt(0).toUpperCase()}: `;
      return `${prefix}${text().replaceAll("\n", `\n${prefix}`)}\n`;
    }).join("");
}

async function theirsTo({ result, source, reason }: Codes): Promise<Run> {
  if ("missing" in reference) throw new Error(reference.missing);
  const codes = [result, source, reason].map((code) => number(code, 1)).join("");
  await using peer = await startPeer(async (connection) => {
    await connection.readPdu(10_000);
    await connection.write(fromHex(pdu(0x03, `00${codes}`)));
    return undefined;
  });
  return await runProgram(reference, { args: [peer.host, `${peer.port}`] });
}
