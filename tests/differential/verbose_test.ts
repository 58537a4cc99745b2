/** Runs the reference and ours against the same live peer and compares what they print, line by line. */

import assert from "node:assert/strict";
import { askAgain, askReference } from "../support/ask_reference.ts";
import { closedPort } from "../support/ports.ts";
import { available, type PeerName, type RealPeer, startRealPeer } from "../support/real_peers.ts";
import { playerOf, sayShare } from "../support/players.ts";
import { isReference, type Program, referenceProgram, runProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";
import { describe, toOutcome } from "./outcome.ts";

sayShare("ours runs with -d");
const reference = await referenceProgram();

const LEVELS: readonly (readonly string[])[] = [[], ["-v"], ["-d"]];

/** `{AE}` means the AE title of the peer. */
const OPTION_SETS = [
  ["-aec", "{AE}"],
  ["-aec", "{AE}", "-pts", "3", "-ppc", "3"],
  ["-aec", "{AE}", "-pts", "38"],
  ["-aec", "{AE}", "-ppc", "128"],
  ["-aec", "{AE}", "--abort"],
  ["-aec", "{AE}", "--repeat", "3"],
  ["-aec", "{AE}", "-pdu", "4096"],
  ["-aet", "OTHER SCU", "-aec", "{AE}"],
  ["-aet", "OTHER SCU", "-aec", "NOT ITS TITLE"],
  ["-aec", "{AE}", "-to", "10", "-ta", "10", "-td", "10"],
  ["-aec", "{AE}", "-ts", "-1"],
];

const PEERS: readonly PeerName[] = [
  "storescp",
  "dcmqrscp",
  "orthanc",
  "orthanc-strict",
  "wlmscpfs",
  "dcmrecv",
];

for (const name of PEERS) {
  testWith({
    name: `ours prints what the reference prints against ${name}`,
    missing: "missing" in reference ? reference.missing : available(name),
    fn: (t) => comparePrograms(t, name),
  });
}

testWith({
  name: "ours prints what the reference prints when nothing listens",
  missing: "missing" in reference ? reference.missing : undefined,
  fn: async (t) => {
    await using peer = await closedPort();
    const at = { host: "127.0.0.1", port: peer.port, aeTitle: "ANY-SCP" };
    await compareLevels(t, { options: [], at });
  },
});

async function comparePrograms(t: Deno.TestContext, name: PeerName): Promise<void> {
  await using peer = await startRealPeer(name);
  for (const options of OPTION_SETS) await compareLevels(t, { options, at: peer });
}

interface Comparison {
  readonly options: readonly string[];
  readonly at: Pick<RealPeer, "host" | "port" | "aeTitle">;
}

async function compareLevels(t: Deno.TestContext, { options, at }: Comparison): Promise<void> {
  for (const level of LEVELS) {
    const title = [...level, ...options].join(" ");
    const args = [...level, ...options, at.host, `${at.port}`].map((arg) =>
      arg.replace("{AE}", at.aeTitle)
    );
    await t.step(title, async () => {
      const theirs = await askReference(title, () => run(reference, args));
      if (theirs === undefined) return;
      const expected = toOutcome(theirs);
      const ours = await playerOf(level.includes("-d"))({ args });
      assert.equal(describe(expected, toOutcome(ours)), undefined);
    });
  }
}

async function run(program: Program | { missing: string }, args: readonly string[]) {
  if ("missing" in program) throw new Error(program.missing);
  return await runProgram(program, { args });
}

testWith({
  name: "the reference talks at debug level, so that equal silence cannot pass for equality",
  missing: "missing" in reference ? reference.missing : available("storescp"),
  fn: async () => {
    await using peer = await startRealPeer("storescp");
    const { stderr } = await askAgain(() => run(reference, ["-d", peer.host, `${peer.port}`]));
    assert.match(stderr, /^D: Association Parameters Negotiated:$/m);
    assert.match(stderr, /^I: Received Echo Response \(Success\)$/m);
    if ("missing" in reference) return;
    assert.ok(await isReference(reference));
  },
});
