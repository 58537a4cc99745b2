/** `--diagnose` with real peers: what works is found, and the command line that is printed does work. */

import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/2020";
import schema from "../../docs/diagnose.schema.json" with { type: "json" };
import { missing, pathOf } from "../support/installed.ts";
import { runInNetwork } from "../support/network_namespace.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { available, startRealPeer } from "../support/real_peers.ts";
import { ourProgram, type Running, runProgram, startProgram } from "../support/run_program.ts";
import { ownNetworkMissing, tlsTestsMissing } from "../support/runtime_of.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";

const NO_TLS = await tlsTestsMissing() ?? missing({ program: "storescp" });

const isDocument = new Ajv2020({ strict: true }).compile(schema);

interface Found {
  readonly works: string;
  readonly verdict: string;
  readonly command: readonly string[] | null;
  readonly ask: string | null;
  readonly ways: readonly { readonly outcome: string; readonly security: string }[];
}

async function diagnosed(args: readonly string[], cwd?: string) {
  const words = ["--diagnose", "--json", ...args];
  const { code, stdout, stderr } = await runProgram(ourProgram(), {
    args: words,
    ...(cwd === undefined ? {} : { cwd }),
  });
  const found: Found = JSON.parse(stdout);
  assert.ok(isDocument(found), JSON.stringify(isDocument.errors));
  return { code, found, stderr };
}

/** Asserts that the command line that was found does what it is said to do. */
async function assertWorks({ command }: Found, cwd?: string): Promise<void> {
  const [name, ...args] = command ?? [];
  assert.equal(name, "echoscu");
  const run = await runProgram(ourProgram(), { args, ...(cwd === undefined ? {} : { cwd }) });
  assert.deepEqual([run.code, run.stdout, run.stderr], [0, "", ""]);
}

async function startStorescp(options: readonly string[], cwd: string) {
  const port = freePort();
  const peer: Running = startProgram({ command: "storescp", args: [] }, {
    args: [...options, "--ignore", `${port}`],
    cwd,
  });
  assert.ok(await untilListening(port, { alive: () => peer.alive }), peer.output());
  return { port: `${port}`, [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose]() };
}

const SERVER = ["+tls", "server-good.key", "server-good.pem"];

testWith({
  name: "--diagnose of a peer that answers as asked asks once, and ends with 0",
  missing: available("storescp"),
  async fn() {
    await using peer = await startRealPeer("storescp");
    const { code, found, stderr } = await diagnosed([peer.host, `${peer.port}`]);
    assert.deepEqual([code, stderr, found.works, found.ask], [0, "", "as-asked", null]);
    assert.equal(found.ways.length, 1);
    await assertWorks(found);
  },
});

testWith({
  name: "--diagnose finds that the titles are swapped",
  missing: available("dcmqrscp"),
  async fn() {
    await using peer = await startRealPeer("dcmqrscp");
    const { code, found } = await diagnosed([
      ...["-aet", peer.aeTitle, "-aec", "STATION"],
      ...[peer.host, `${peer.port}`],
    ]);
    assert.deepEqual([code, found.works], [1, "otherwise"]);
    assert.match(found.verdict, /the titles are swapped/);
    assert.deepEqual(found.command?.slice(1, 5), ["-aet", "STATION", "-aec", peer.aeTitle]);
    await assertWorks(found);
  },
});

testWith({
  name: "--diagnose finds TLS where plain was asked, and plain where TLS was",
  missing: NO_TLS,
  async fn() {
    const cwd = await sharedPki();
    await using secured = await startStorescp([...SERVER, "-ic"], cwd);
    const overTls = await diagnosed(["127.0.0.1", secured.port], cwd);
    assert.deepEqual([overTls.code, overTls.found.works], [1, "otherwise"]);
    assert.deepEqual(overTls.found.command?.slice(1, 3), ["+tla", "-ic"]);
    await assertWorks(overTls.found, cwd);
    await using plain = await startStorescp([], cwd);
    const inPlain = await diagnosed(["+tla", "+cf", "ca.pem", "127.0.0.1", plain.port], cwd);
    assert.deepEqual([inPlain.code, inPlain.found.works], [1, "otherwise"]);
    assert.deepEqual(inPlain.found.command, ["echoscu", "127.0.0.1", plain.port]);
    await assertWorks(inPlain.found, cwd);
  },
});

testWith({
  name: "--diagnose of a TLS port that wants a certificate says that, and whom to ask",
  missing: NO_TLS,
  async fn() {
    const cwd = await sharedPki();
    await using secured = await startStorescp([...SERVER, "+cf", "ca.pem", "-rc"], cwd);
    const { code, found } = await diagnosed(["127.0.0.1", secured.port], cwd);
    assert.deepEqual([code, found.works, found.command], [1, "not", null]);
    assert.match(found.verdict, /it gets furthest over TLS .*: .*certificate/);
    assert.match(found.ask ?? "", /^the peer's administrator: /);
  },
});

testWith({
  name: "--diagnose asks the usual ports where nothing listens",
  missing: await ownNetworkMissing() ?? missing({ program: "storescp" }),
  async fn() {
    const file = pathOf("../peers/isolated/diagnose.ts");
    const command = [Deno.execPath(), "test", "--allow-all", "--quiet", file];
    const { code, output } = await runInNetwork(
      { hosts: ["127.0.0.1 localhost"], setup: [] },
      command,
    );
    assert.equal(code, 0, output);
  },
});
