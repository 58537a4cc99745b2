/** Names, addresses and routes, in a network of their own where only the loopback exists. */

import assert from "node:assert/strict";
import { runInNetwork } from "../support/network_namespace.ts";
import { pathOf } from "../support/installed.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { ownNetworkMissing } from "../support/runtime_of.ts";
import { startScriptedPeer } from "../support/scripted_peer.ts";
import { testWith } from "../support/test_with.ts";
import { ACCEPT, commandPdu, echoResponse, RELEASE_RP } from "../support/wire_bytes.ts";

testWith({
  name: "names with two families, dead families, zones and failing routes",
  missing: await ownNetworkMissing(),
  fn: async () => {
    const { code, output } = await runInNetwork({
      hosts: [
        `127.0.0.1 localhost four.test both.test ${"a".repeat(59)}.${"b".repeat(20)}.test`,
        "::1 both.test",
        "fd00::7 six.test",
      ],
      setup: [
        ["address", "add", "fe80::7/64", "dev", "lo"],
        ["address", "add", "fd00::7/128", "dev", "lo"],
        ["route", "add", "unreachable", "198.51.100.0/24"],
        ["route", "add", "prohibit", "203.0.113.0/24"],
      ],
    }, [
      Deno.execPath(),
      "test",
      "--allow-all",
      "--quiet",
      pathOf("../peers/isolated/addresses.ts"),
    ]);
    console.log(output);
    assert.equal(code, 0);
  },
});

function hasIpv6Loopback(): string | undefined {
  try {
    using _listener = Deno.listen({ hostname: "::1", port: 0 });
    return undefined;
  } catch {
    return "this machine has no IPv6 loopback";
  }
}

testWith({
  name: "an IPv6 address is checked, with and without brackets",
  missing: hasIpv6Loopback(),
  fn: async () => {
    for (const host of ["::1", "[::1]"]) {
      await using peer = await startScriptedPeer([
        { expect: "A-ASSOCIATE-RQ", send: ACCEPT },
        { expect: "P-DATA-TF", send: commandPdu(echoResponse()) },
        { expect: "A-RELEASE-RQ", send: RELEASE_RP },
        { send: "close" },
      ], { host: "::1" });
      const { code, stderr } = await runProgram(ourProgram(), { args: [host, `${peer.port}`] });
      assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    }
  },
});
