/** `--source-address` with real peers: plain, over TLS by both engines, and in a plan. */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { ourProgram, runProgram, startProgram } from "../support/run_program.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";

/** Loopback has more than one address on Linux only. */
const NOT_LINUX = Deno.build.os === "linux" ? undefined : "127.0.0.5 is there on Linux only";
const SOURCE = "127.0.0.5";

interface Report {
  readonly entries: readonly { readonly local?: { readonly host: string } }[];
}

/** Checks, and gives the address that the peer saw. */
async function seenFrom(args: readonly string[], cwd?: string): Promise<string | undefined> {
  const { code, stdout, stderr } = await runProgram(ourProgram(), {
    args: ["--json", ...args],
    ...(cwd === undefined ? {} : { cwd }),
  });
  assert.equal(code, 0, stderr);
  const { entries: [entry] } = JSON.parse(stdout) as Report;
  return entry?.local?.host;
}

testWith({
  name: "--source-address connects from there over TLS, whichever engine speaks, and from a plan",
  missing: NOT_LINUX ?? missing({ program: "storescp" }) ?? await tlsTestsMissing(),
  async fn() {
    const cwd = await sharedPki();
    const port = `${freePort()}`;
    await using peer = startProgram({ command: "storescp", args: [] }, {
      args: ["-d", "+tls", "server-good.key", "server-good.pem", "-ic", "--ignore", port],
      cwd,
    });
    assert.ok(await untilListening(Number(port), { alive: () => peer.alive }), peer.output());
    for (const engine of ["runtime", "own"]) {
      const tls = ["+tla", "+cf", "ca.pem", "--tls-engine", engine];
      const words = [...tls, "--source-address", SOURCE, "127.0.0.1", port];
      assert.equal(await seenFrom(words, cwd), SOURCE, engine);
    }
    const folder = await Deno.makeTempDir({ prefix: "echoscu-source-" });
    const plan = `defaults: { sourceAddress: ${SOURCE}, tls: { ca: [${cwd}/ca.pem] } }
peers: [{ host: 127.0.0.1, port: ${port} }]
`;
    await Deno.writeTextFile(`${folder}/plan.yaml`, plan);
    assert.equal(await seenFrom(["--plan", `${folder}/plan.yaml`]), SOURCE);
    await Deno.remove(folder, { recursive: true });
  },
});

testWith({
  name: "--source-address over IPv6, to our answering side",
  missing: NOT_LINUX,
  fn: overIpv6,
});

async function overIpv6(): Promise<void> {
  const port = `${freePort("::1")}`;
  await using peer = startProgram(ourProgram(), { args: ["-v", "--listen", `[::1]:${port}`] });
  assert.ok(await untilListening(Number(port), { alive: () => peer.alive }));
  assert.equal(await seenFrom(["--source-address", "::1", `X@[::1]:${port}`]), "::1");
}
