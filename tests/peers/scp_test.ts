/** The main job against real SCPs of other vendors. */

import assert from "node:assert/strict";
import { patiently } from "../support/patiently.ts";
import { available, type PeerName, type RealPeer, startRealPeer } from "../support/real_peers.ts";
import { ourProgram, type Run, runProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";

const VERIFYING: readonly PeerName[] = [
  "storescp",
  "storescp-fork",
  "storescp-nodelay",
  "dcmrecv",
  "dcmqrscp",
  "dcmqrscp-single",
  "wlmscpfs",
  "orthanc",
  "orthanc-strict",
  "ctn",
  "pixelmed",
  "odil",
  "dcmjs",
];

/** `fact` reads from "our program" to the name of the peer. */
function testPeer(
  { fact, peer: name }: { readonly fact: string; readonly peer: PeerName },
  fn: (peer: RealPeer) => Promise<void>,
): void {
  testWith({
    name: `our program ${fact} ${name}`,
    missing: available(name),
    fn: async () => {
      await using peer = await startRealPeer(name);
      await fn(peer);
    },
  });
}

function check(peer: RealPeer, ...options: string[]): Promise<Run> {
  const args = ["-v", ...options, peer.host, `${peer.port}`];
  return runProgram(ourProgram(), { args });
}

for (const name of VERIFYING) {
  testPeer({ fact: "verifies", peer: name }, async (peer) => {
    const run = await check(peer, "-aec", peer.aeTitle, "-aet", "OURSCU");
    assert.match(
      run.stderr,
      /^I: Requesting Association\nI: Association Accepted \(Max Send PDV: \d+\)\nI: Sending Echo Request \(MsgID 1\)\nI: Received Echo Response \(Success\)\nI: Releasing Association\n$/,
    );
    assert.equal(run.stdout, "");
    assert.equal(run.code, 0);
  });
}

for (const name of ["storescp-nodelay", "pixelmed", "dcmjs", "odil"] as const) {
  testPeer({ fact: "repeats the echo on one association with", peer: name }, async (peer) => {
    const run = await check(peer, "-aec", peer.aeTitle, "--repeat", "5");
    const ids = [...run.stderr.matchAll(/Sending Echo Request \(MsgID (\d+)\)/g)].map(([, id]) =>
      id
    );
    assert.deepEqual(ids, ["1", "2", "3", "4", "5"]);
    assert.equal(run.stderr.match(/Received Echo Response \(Success\)/g)?.length, 5);
    assert.equal(run.code, 0);
  });
}

testPeer({ fact: "reports the rejection by", peer: "storescp-refuse" }, async (peer) => {
  const run = await check(peer);
  assert.match(
    run.stderr,
    /F: Association Rejected:\nF: Result: Rejected Permanent, Source: Service User\n/,
  );
  assert.equal(run.code, 1);
});

for (const name of ["dcmqrscp", "orthanc-strict", "pixelmed", "wlmscpfs", "ctn"] as const) {
  testPeer({ fact: "reports an unknown called AE title to", peer: name }, async (peer) => {
    const run = await check(peer, "-aec", "NOT ITS TITLE");
    assert.match(run.stderr, /F: Reason: Called AE Title Not Recognized\n/);
    assert.equal(run.code, 1);
  });
}

for (const name of ["dcmqrscp-broken", "orthanc-known"] as const) {
  testPeer({ fact: "ends with 70 when the echo is aborted by", peer: name }, async (peer) => {
    const run = await check(peer, "-aec", peer.aeTitle);
    assert.match(run.stderr, /E: Echo Failed: 0006:0317 Peer aborted Association/);
    assert.equal(run.code, 70);
  });
}

testPeer(
  { fact: "ends with 70 when the echo is never answered by", peer: "ctn-silent" },
  async (peer) => {
    await patiently(async (limits) => {
      const run = await check(peer, ...limits.args(["-td", "1", "-ta", "1"]));
      assert.match(run.stderr, /E: Echo Failed: 0006:0207 DIMSE No data available/);
      assert.equal(run.code, 70);
    });
  },
);

testPeer(
  { fact: "ends with 71 when the echo is answered with a failing status by", peer: "dcmjs-0122" },
  async (peer) => {
    const run = await check(peer);
    assert.match(run.stderr, /I: Received Echo Response \(Unknown Status: 0x122\)/);
    assert.equal(run.code, 71);
  },
);
