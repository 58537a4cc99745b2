/** Our own TLS engine with `openssl s_server`: what only it can speak, and which keys of ours it can show. */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { startOpensslServer } from "../support/openssl_server.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { clientTlsMissing, keyTransportMissing } from "../support/runtime_of.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";
import { startTlsServer } from "../support/tls_servers.ts";

const NO_TLS = await clientTlsMissing();
const NO_KEY_TRANSPORT = await keyTransportMissing();
const SERVER = ["-cert", "server-good.pem", "-key", "server-good.key"];
const TRUST = ["+tla", "+cf", "ca.pem"];

interface Meeting {
  readonly what: string;
  readonly server: readonly string[];
  readonly ours: readonly string[];
}

const ALL = ["-cipher", "ALL:eNULL:@SECLEVEL=0"];

const MEETINGS: readonly Meeting[] = [
  ...["-tls1", "-tls1_1", "-tls1_2"].flatMap((version) =>
    ["+pa", "+pn"].map((profile) => ({
      what: `s_server ${version}, ours ${profile}`,
      server: [...SERVER, version, ...ALL],
      ours: [...TRUST, profile],
    }))
  ),
  {
    what: "a server with DHE alone by a second connection",
    server: [...SERVER, "-tls1_2", "-cipher", "DHE"],
    ours: TRUST,
  },
  {
    what: "a server with P-521 alone by a second connection",
    server: [...SERVER, "-tls1_3", "-groups", "P-521"],
    ours: TRUST,
  },
  {
    what: "a server with a key of 1024 bits by a second connection",
    server: ["-cert", "server-rsa1024.pem", "-key", "server-rsa1024.key", ...ALL],
    ours: TRUST,
  },
  {
    what: "a server with an Ed448 key by a second connection",
    server: ["-cert", "server-ed448.pem", "-key", "server-ed448.key"],
    ours: TRUST,
  },
];

for (const { what, server, ours } of MEETINGS) {
  testWith({
    name: `speaks to ${what}`,
    missing: /^\+p[an]$/.test(ours.at(-1) ?? "") ? NO_KEY_TRANSPORT : NO_TLS,
    async fn() {
      const cwd = await sharedPki();
      await using running = await startOpensslServer(server, cwd);
      const args = ["-ta", "1", ...ours, "localhost", String(running.port)];
      await runProgram(ourProgram(), { args, cwd });
      const { received } = await running.stop();
      assert.equal(received.subarray(0, 2).toHex(), "0100");
    },
  });
}

/** Versions in which a key of ours is shown. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "client-good": ["-tls1", "-tls1_1", "-tls1_2", "-tls1_3"],
  "client-rsa1024": ["-tls1", "-tls1_2", "-tls1_3"],
  "client-ec": ["-tls1", "-tls1_2", "-tls1_3"],
  "client-dsa": ["-tls1", "-tls1_2"],
  "client-ed25519": ["-tls1_2", "-tls1_3"],
  "server-ec384": ["-tls1_2", "-tls1_3"],
  "server-ec521": ["-tls1_2", "-tls1_3"],
  "server-ed448": ["-tls1_2", "-tls1_3"],
  "server-rsapss": ["-tls1_2", "-tls1_3"],
};

for (const [key, versions] of Object.entries(KEYS)) {
  testWith({
    name: `shows ${key} in ${versions.join(" ")}, and in no other version`,
    // What servers speak in TLS 1.0 is key transport.
    missing: versions.includes("-tls1") ? NO_KEY_TRANSPORT : NO_TLS,
    async fn() {
      const cwd = await sharedPki();
      for (const version of ["-tls1", "-tls1_2", "-tls1_3"]) {
        const wanted = ["-Verify", "2", "-CAfile", "ca.pem"];
        await using server = await startOpensslServer(
          [...SERVER, version, ...ALL, ...wanted],
          cwd,
        );
        const own = ["+tls", `${key}.key`, `${key}.pem`, "+cf", "ca.pem"];
        const args = [...own, "+px", "--tls-engine", "own", "localhost", String(server.port)];
        await runProgram(ourProgram(), { args: ["-ta", "1", ...args], cwd });
        const { received } = await server.stop();
        assert.equal(received.length > 0, versions.includes(version), `${key} ${version}`);
      }
    },
  });
}

testWith({
  name: "what is weak is told to people, to reports, and to nobody who captures a plain log",
  missing: NO_KEY_TRANSPORT ?? missing({ program: "storescp" }),
  async fn() {
    const cwd = await sharedPki();
    const command = ["storescp", "+tls", "server-good.key", "server-good.pem"];
    await using server = await startTlsServer(
      [...command, "-ic", "+pn", "--ignore", "{port}"],
      cwd,
    );
    const args = [...TRUST, "+pn", "localhost", String(server.port)];
    const plain = await runProgram(ourProgram(), { args, cwd });
    assert.deepEqual([plain.code, plain.stderr], [0, ""]);
    const told = await runProgram(ourProgram(), { args: ["--explain", ...args], cwd });
    assert.match(told.stderr, /^W: TLS is weak: nothing is encrypted, no forward secrecy$/m);
    const json = await runProgram(ourProgram(), { args: ["--json", ...args], cwd });

    assert.match(json.stdout, /"engine":\s*"own"/);
    assert.match(json.stdout, /"weaknesses":\s*\[\s*"not-encrypted",\s*"no-forward-secrecy"\s*\]/);
  },
});
