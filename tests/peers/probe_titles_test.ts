/** `--probe-titles` against real peers of which it is known what they check. */

import assert from "node:assert/strict";
import { fromFileUrl } from "../support/paths.ts";
import { available, type PeerName, startRealPeer } from "../support/real_peers.ts";
import { listenInProcess, runInProcess } from "../support/run_in_process.ts";
import { testWith } from "../support/test_with.ts";

/** Whether the peers check the called title, and the calling one. */
const KNOWN: readonly (readonly [PeerName, boolean, boolean])[] = [
  ["storescp", false, false],
  ["dcmqrscp", true, false],
  ["orthanc", false, false],
  ["orthanc-strict", true, false],
  ["orthanc-known", false, true],
];

for (const [name, called, calling] of KNOWN) {
  testWith({
    name: `--probe-titles finds out what ${name} checks`,
    missing: available(name),
    async fn() {
      await using peer = await startRealPeer(name);
      const args = ["--probe-titles", "--json", "-aet", "KNOWN", "-aec", peer.aeTitle];
      const run = await runInProcess([...args, peer.host, `${peer.port}`]);
      assert.equal(run.code, 0, run.stderr);
      const found = JSON.parse(run.stdout);
      assert.deepEqual(
        [found.called.isChecked, found.calling.isChecked],
        [called, calling],
        run.stdout,
      );
      assert.ok(found.asked.length <= 6);
    },
  });
}

Deno.test("docs/answering.md shows what --probe-titles prints of our own answering side", async () => {
  await using side = await listenInProcess(["--accept-titles", "ARCHIVE"], {});
  const run = await runInProcess(
    ["--probe-titles", "-aet", "CT1", "-aec", "ARCHIVE", "127.0.0.1", `${side.port}`],
  );
  const page = await Deno.readTextFile(
    fromFileUrl(new URL("../../docs/answering.md", import.meta.url)),
  );
  const shown = /```console\n\$ echoscu --probe-titles .*\n([^`]*)```/.exec(page)?.[1] ?? "";
  const plain = (text: string) => text.replace(/\S+:\d+:/, "PEER").replace(/\s+/g, " ").trim();
  assert.equal(plain(run.stdout), plain(shown));
  assert.equal(run.code, 0);
});
