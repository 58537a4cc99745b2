/**
 * Names and addresses in a network of their own: run by `../addresses_test.ts` inside namespaces where nothing but the
 * loopback exists, where names are what that test says, and where some routes fail as real ones do.
 */

import assert from "node:assert/strict";
import { askAgain } from "../../support/ask_reference.ts";
import {
  ourProgram,
  type Program,
  referenceProgram,
  runProgram,
} from "../../support/run_program.ts";
import { freePort } from "../../support/ports.ts";
import { racingMissing } from "../../support/runtime_of.ts";
import { startScriptedPeer } from "../../support/scripted_peer.ts";
import { testWith } from "../../support/test_with.ts";
import { ACCEPT, commandPdu, echoResponse, RELEASE_RP } from "../../support/wire_bytes.ts";

const STEPS = [
  { expect: "A-ASSOCIATE-RQ", send: ACCEPT },
  { expect: "P-DATA-TF", send: commandPdu(echoResponse()) },
  { expect: "A-RELEASE-RQ", send: RELEASE_RP },
  { send: "close" },
];

/** As in the hosts file of `../addresses_test.ts`; the reference cuts name and port together at 63 characters. */
const LONG_NAME = `${"a".repeat(59)}.${"b".repeat(20)}.test`;

const reference = await referenceProgram();

async function run(args: readonly string[], program: Program = ourProgram()) {
  const { code, stderr } = await runProgram(program, { args, timeoutMs: 30_000 });
  return { code, stderr };
}

const notRacing = await racingMissing(ourProgram());

function testRacing(name: string, fn: () => Promise<void>): void {
  testWith({ name, missing: notRacing, fn });
}

const REFUSED =
  "F: Association Request Failed: 0006:031c TCP Initialization Error: Connection refused\n";

function unknown(host: string): string {
  return `F: Association Request Failed: 0006:0320 Attempt to connect to unknown host: ${host}\n`;
}

for (const [alive, option, dead] of [["127.0.0.1", "-i4", "-i6"], ["::1", "-i6", "-i4"]] as const) {
  testRacing(`a name with both families is reached when only ${alive} answers`, async () => {
    for (const options of [[], ["-i0"], [option]]) {
      await using peer = await startScriptedPeer(STEPS, { host: alive });
      const outcome = await run([...options, "both.test", `${peer.port}`]);
      assert.deepEqual(outcome, { code: 0, stderr: "" }, options.join());
    }
    await using peer = await startScriptedPeer(STEPS, { host: alive });
    const outcome = await run([dead, "both.test", `${peer.port}`]);
    assert.deepEqual(outcome, { code: 1, stderr: REFUSED });
  });
}

testRacing("a name is reached when its first address never answers", async () => {
  const port = freePort("::1");
  await using _deaf = await startScriptedPeer([], { host: "::1", port, mode: "full-backlog" });
  await using peer = await startScriptedPeer(STEPS, { host: "127.0.0.1", port });
  assert.deepEqual(await run(["both.test", `${peer.port}`]), { code: 0, stderr: "" });
  const timedOut = await run(["-to", "1", "-i6", "both.test", `${peer.port}`]);
  assert.equal(timedOut.code, 1);
  assert.match(
    timedOut.stderr,
    /031c TCP Initialization Error: Operation now in progress \(Timeout\)/,
  );
});

testRacing("a family that a name or an address does not have makes it unknown", async () => {
  const rows = [["-i6", "four.test"], ["-i4", "six.test"], ["-i6", "127.0.0.1"], ["-i4", "::1"]];
  for (const [option = "", host = ""] of rows) {
    const outcome = await run([option, host, "104"]);
    assert.deepEqual(outcome, { code: 1, stderr: unknown(host) });
  }
});

Deno.test("a long name reaches the port that was given", async () => {
  await using peer = await startScriptedPeer(STEPS);
  assert.deepEqual(await run([LONG_NAME, `${peer.port}`]), { code: 0, stderr: "" });
});

Deno.test("an IPv6 address is reached with brackets and with a zone", async () => {
  for (const host of ["::1", "[::1]", "0:0:0:0:0:0:0:1", "::1%1", "[::1%1]", "::ffff:127.0.0.1"]) {
    const at = host.includes("ffff") ? "127.0.0.1" : "::1";
    await using peer = await startScriptedPeer(STEPS, { host: at });
    assert.deepEqual(await run([host, `${peer.port}`]), { code: 0, stderr: "" }, host);
  }
});

Deno.test("a link-local address is reached by the name of its zone", async () => {
  await using peer = await startScriptedPeer(STEPS, { host: "::" });
  assert.deepEqual(await run(["fe80::7%lo", `${peer.port}`]), { code: 0, stderr: "" });
});

/** Addresses whose routes fail, and the detailed exit code. */
const ROUTES = { "198.51.100.1": 62, "203.0.113.1": 60, "192.0.2.1": 60 };

for (const [address, code] of Object.entries(ROUTES)) {
  testWith({
    name: `a route to ${address} that fails is reported in the reference's words`,
    missing: "missing" in reference ? reference.missing : undefined,
    async fn() {
      if ("missing" in reference) throw new Error(reference.missing);
      const { code: exit, stderr } = await askAgain(() =>
        runProgram(reference, { args: [address, "104"] })
      );
      assert.deepEqual(await run([address, "104"]), { code: exit, stderr });
      const detailed = await run(["--exit-codes", "detailed", address, "104"]);
      assert.equal(detailed.code, code);
    },
  });
}

Deno.test("a name that no resolver can look up is unknown, and told from a failed connection", async () => {
  const outcome = await run(["no.such.test", "104"]);
  assert.deepEqual(outcome, { code: 1, stderr: unknown("no.such.test") });
  const detailed = ["--exit-codes", "detailed"];
  assert.equal((await run([...detailed, "no.such.test", "104"])).code, 61);
  assert.equal((await run([...detailed, "four.test", `${freePort()}`])).code, 62);
});
