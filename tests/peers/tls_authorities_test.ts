/** Whose certificates a server accepts is shown where ours is missing or refused: with `openssl s_server`. */

import assert from "node:assert/strict";
import { startOpensslServer } from "../support/openssl_server.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { clientTlsMissing } from "../support/runtime_of.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";

const NO_TLS = await clientTlsMissing();
const SERVER = ["-cert", "server-good.pem", "-key", "server-good.key"];
const TRUST = ["+tla", "+cf", "ca.pem"];

/** What we show, and what the server's alert comes to. */
const CERTIFICATES = {
  missing: { options: TRUST, situation: "tls-own-certificate-wanted" },
  refused: {
    options: ["+tls", "client-untrusted.key", "client-untrusted.pem", "+cf", "ca.pem"],
    situation: "tls-own-chain-incomplete",
  },
};

/** The own engine's words about a server that wants certificates of one CA: `--tls-report`, then JSON. */
async function asked(version: string, options: readonly string[]): Promise<readonly string[]> {
  const cwd = await sharedPki();
  const wanting = ["-Verify", "2", "-verify_return_error", "-CAfile", "ca.pem"];
  await using server = await startOpensslServer([...SERVER, version, ...wanting], cwd);
  const runs = ["--tls-report", "--json"].map(async (output) => {
    const args = [...options, "--tls-engine", "own", output, "-ta", "2"];
    return await runProgram(ourProgram(), {
      args: [...args, "localhost", String(server.port)],
      cwd,
    });
  });
  return (await Promise.all(runs)).map(({ stdout }) => stdout);
}

for (const version of ["-tls1_2", "-tls1_3"]) {
  for (const [what, { options, situation }] of Object.entries(CERTIFICATES)) {
    testWith({
      name: `s_server ${version} names its CAs where our certificate is ${what}`,
      missing: NO_TLS,
      async fn() {
        const [text = "", json = ""] = await asked(version, options);
        assert.match(text, /^ {2}accepted CAs: {7}CN=Test Root CA, O=Test PKI$/m);
        const [{ failure, tls }] = JSON.parse(json).entries;
        assert.equal(failure.situation, situation);
        const authorities = { names: ["CN=Test Root CA, O=Test PKI"], more: 0 };
        assert.deepEqual(failure.fields.problem.authorities, authorities);
        assert.match(failure.hint, /; it accepts certificates of "CN=Test Root CA, O=Test PKI"$/);
        if (version === "-tls1_3") assert.deepEqual(tls.authorities, authorities);
      },
    });
  }
}
